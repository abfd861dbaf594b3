package org.tornadovit.io;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * The safetensors format: an unsigned 64-bit little-endian length N, N bytes of JSON ({@code {name:
 * {dtype, shape, data_offsets: [begin, end]}}} with optional {@code __metadata__}), then the arrays
 * without gaps.
 *
 * @see <a href="https://github.com/huggingface/safetensors#format">the format's description</a>
 */
public final class Safetensors {
    static final long MAX_HEADER = 100_000_000;
    private static final int LENGTH_BYTES = Long.BYTES;

    private Safetensors() {}

    /** {@return whether the start of {@code bytes} can be that of a safetensors file} */
    static boolean looksLike(MemorySegment bytes) {
        return bytes.byteSize() > LENGTH_BYTES
                && Long.compareUnsigned(headerLength(bytes), MAX_HEADER) <= 0
                && bytes.get(ValueLayout.JAVA_BYTE, LENGTH_BYTES) == '{';
    }

    /** Reads and verifies the directory of {@code file}. */
    static Checkpoint.Directory read(Path file, MemorySegment bytes) {
        if (bytes.byteSize() < LENGTH_BYTES) {
            throw damaged(file, "it has %d bytes, fewer than the header's length takes", bytes);
        }
        long length = headerLength(bytes);
        if (Long.compareUnsigned(length, MAX_HEADER) > 0) {
            throw new CheckpointException(
                    "%s is not a safetensors file: its header would take %s bytes, over %d."
                            .formatted(file, Long.toUnsignedString(length), MAX_HEADER));
        }
        if (length > bytes.byteSize() - LENGTH_BYTES) {
            throw damaged(
                    file, "its header takes " + length + " bytes but the file has only %d", bytes);
        }
        MemorySegment json = bytes.asSlice(LENGTH_BYTES, length);
        MemorySegment buffer = bytes.asSlice(LENGTH_BYTES + length);
        SafetensorsHeader header = SafetensorsHeader.parse(file, json);
        header.requireTiling(buffer.byteSize());
        Checkpoint.Builder directory = new Checkpoint.Builder(file);
        for (SafetensorsHeader.Slot slot : header.slots()) {
            Optional<DType> dtype = DType.ofSafetensors(slot.dtype());
            if (dtype.isEmpty()) {
                directory.addUnreadable(
                        slot.name(),
                        "%s: %s has the unsupported type %s."
                                .formatted(file, slot.name(), slot.dtype()));
                continue;
            }
            slot.requireSize(file, dtype.get());
            MemorySegment data = buffer.asSlice(slot.begin(), slot.end() - slot.begin());
            directory.add(
                    slot.name(), new Checkpoint.Entry(dtype.get(), slot.shape(), arena -> data));
        }
        return directory.build(header.metadata());
    }

    /**
     * Writes {@code tensors} and {@code metadata} as one file, whole or not at all. Wider types
     * come first, then by name, so that every array is aligned and equal input gives equal bytes.
     *
     * @throws CheckpointException when two tensors have one name
     * @throws InputException when the file cannot be written
     */
    public static void write(Path file, Collection<Tensor> tensors, Map<String, String> metadata) {
        Set<String> names = new HashSet<>();
        for (Tensor tensor : tensors) {
            if (!names.add(tensor.name()) || tensor.name().equals(SafetensorsHeader.METADATA)) {
                throw new CheckpointException(
                        "Cannot write %s: the key '%s' is taken.".formatted(file, tensor.name()));
            }
        }
        List<Tensor> ordered =
                tensors.stream()
                        .sorted(
                                Comparator.comparingInt((Tensor t) -> -t.dtype().bytes())
                                        .thenComparing(Tensor::name))
                        .toList();
        byte[] json = json(ordered, metadata);
        ByteBuffer length =
                ByteBuffer.allocate(LENGTH_BYTES)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putLong(0, json.length);
        AtomicFile.write(
                file,
                channel -> {
                    AtomicFile.writeFully(channel, length.duplicate());
                    AtomicFile.writeFully(channel, ByteBuffer.wrap(json));
                    for (Tensor tensor : ordered) {
                        AtomicFile.writeFully(channel, tensor.data());
                    }
                });
    }

    private static byte[] json(List<Tensor> tensors, Map<String, String> metadata) {
        java.io.StringWriter text = new java.io.StringWriter();
        try (JsonGenerator json =
                new JsonFactory().createGenerator(ObjectWriteContext.empty(), text)) {
            json.writeStartObject();
            if (!metadata.isEmpty()) {
                json.writeObjectPropertyStart(SafetensorsHeader.METADATA);
                new LinkedHashMap<>(metadata).forEach(json::writeStringProperty);
                json.writeEndObject();
            }
            long offset = 0;
            for (Tensor tensor : tensors) {
                json.writeObjectPropertyStart(tensor.name());
                json.writeStringProperty("dtype", tensor.dtype().name());
                json.writeName("shape");
                long[] shape = tensor.shape();
                json.writeArray(shape, 0, shape.length);
                json.writeName("data_offsets");
                long end = offset + tensor.data().byteSize();
                json.writeArray(new long[] {offset, end}, 0, 2);
                json.writeEndObject();
                offset = end;
            }
            json.writeEndObject();
        }
        int padding = -text.getBuffer().toString().getBytes(StandardCharsets.UTF_8).length & 7;
        text.write(" ".repeat(padding)); // the arrays start at a multiple of eight
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static long headerLength(MemorySegment bytes) {
        return bytes.get(DType.Layouts.I64, 0);
    }

    private static CheckpointException damaged(Path file, String reason, MemorySegment bytes) {
        return new CheckpointException(
                "%s is truncated or no safetensors file: %s."
                        .formatted(file, reason.formatted(bytes.byteSize())));
    }
}
