package org.tornadovit.io.onnx;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.tornadovit.io.AtomicFile;
import org.tornadovit.io.InputException;

/**
 * Writes graphs as ONNX files of operator set 17, which every runtime since 2022 reads. A message
 * of Protocol Buffers has less than 2 GiB, so larger graphs keep their constants in a second file,
 * {@code FILE.data}, which must stay beside the first.
 */
public final class OnnxFile {
    /** The operator set that graphs are written for: the first with layer normalisation. */
    public static final int OPERATOR_SET = 17;

    private static final int FORMAT = 8;
    private static final long LARGEST_MESSAGE = Integer.MAX_VALUE;

    /** Readers map the second file into memory page by page. */
    private static final long PAGE = 4096;

    private OnnxFile() {}

    /**
     * Writes a graph.
     *
     * @param file where to; replaced as a whole
     * @param graph what
     * @param metadata about the model, kept in the file
     * @return the files written
     * @throws InputException when a file cannot be written
     */
    public static List<Path> write(Path file, OnnxGraph graph, Map<String, String> metadata) {
        return write(file, graph, metadata, LARGEST_MESSAGE);
    }

    /** As {@link #write(Path, OnnxGraph, Map)}, with another limit of the first file's bytes. */
    static List<Path> write(
            Path file, OnnxGraph graph, Map<String, String> metadata, long largestMessage) {
        Message whole = model(graph, graph.constants().stream().map(Constant::message), metadata);
        if (whole.size() <= largestMessage) {
            AtomicFile.write(file, whole::writeTo);
            return List.of(file);
        }
        Path name = file.getFileName();
        if (name == null) {
            throw new InputException("Cannot write %s: it is a folder.".formatted(file));
        }
        Path data = file.resolveSibling(name + ".data");
        Map<Constant, Long> offsets = offsets(graph);
        AtomicFile.write(data, channel -> writeData(channel, offsets));
        Message first =
                model(
                        graph,
                        graph.constants().stream()
                                .map(constant -> inOrBeside(constant, name + ".data", offsets)),
                        metadata);
        AtomicFile.write(file, first::writeTo);
        return List.of(file, data);
    }

    /** {@return the message {@code StringStringEntryProto}} */
    static Message entry(String key, String value) {
        return new Message().text(1, key).text(2, value);
    }

    /** {@return the message {@code ModelProto}} */
    private static Message model(
            OnnxGraph graph, Stream<Message> constants, Map<String, String> metadata) {
        Message body = new Message();
        graph.operations().forEach(operation -> body.message(1, operation.message()));
        body.text(2, graph.name());
        constants.forEach(constant -> body.message(5, constant));
        graph.inputs().forEach(port -> body.message(11, port.message()));
        graph.outputs().forEach(port -> body.message(12, port.message()));
        Message model =
                new Message()
                        .integer(1, FORMAT)
                        .text(2, "tornado-vit")
                        .message(7, body)
                        .message(8, new Message().text(1, "").integer(2, OPERATOR_SET));
        metadata.forEach((key, value) -> model.message(14, entry(key, value)));
        return model;
    }

    /** Shapes and the like stay in the first file, where readers look for them. */
    private static Message inOrBeside(Constant constant, String file, Map<Constant, Long> offsets) {
        Long offset = offsets.get(constant);
        return offset == null ? constant.message() : constant.message(file, offset);
    }

    private static Map<Constant, Long> offsets(OnnxGraph graph) {
        Map<Constant, Long> offsets = new LinkedHashMap<>();
        long end = 0;
        for (Constant constant : graph.constants()) {
            if (constant.element() == Constant.Element.FLOAT32 && !constant.shape().isEmpty()) {
                long offset = (end + PAGE - 1) / PAGE * PAGE;
                offsets.put(constant, offset);
                end = offset + constant.bytes();
            }
        }
        return offsets;
    }

    private static void writeData(FileChannel channel, Map<Constant, Long> offsets)
            throws IOException {
        for (Map.Entry<Constant, Long> entry : offsets.entrySet()) {
            int gap = Math.toIntExact(entry.getValue() - channel.position());
            AtomicFile.writeFully(channel, ByteBuffer.allocate(gap));
            AtomicFile.writeFully(channel, entry.getKey().data().get());
        }
    }
}
