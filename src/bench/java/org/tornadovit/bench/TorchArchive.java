package org.tornadovit.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.tornadovit.io.onnx.Constant;

/**
 * Writes TorchScript archives: a zip of source text, of the module's attributes as a pickle, and of
 * the bytes of its tensors.
 */
final class TorchArchive {
    private static final String ROOT = "net/";

    /** The version of operators that the source text is written for. */
    private static final String VERSION = "10\n";

    private TorchArchive() {}

    /**
     * Writes a module {@code Net}.
     *
     * @param source text of the class
     * @param tensors its attributes of float32
     */
    static void write(Path file, String source, Map<String, Constant> tensors) throws IOException {
        try (ZipOutputStream zip =
                new ZipOutputStream(new BufferedOutputStream(Files.newOutputStream(file)))) {
            zip.setMethod(ZipOutputStream.STORED);
            put(zip, "data.pkl", module(tensors));
            put(zip, "code/__torch__.py", source.getBytes(US_ASCII));
            int index = 0;
            for (Constant tensor : tensors.values()) {
                put(zip, "data/" + index++, bytes(tensor.data().get()));
            }
            put(zip, "constants.pkl", new byte[] {(byte) 0x80, 2, ')', '.'});
            put(zip, "version", VERSION.getBytes(US_ASCII));
        }
    }

    private static byte[] bytes(MemorySegment segment) {
        return segment.toArray(ValueLayout.JAVA_BYTE);
    }

    private static void put(ZipOutputStream zip, String name, byte[] content) throws IOException {
        ZipEntry entry = new ZipEntry(ROOT + name);
        CRC32 crc = new CRC32();
        crc.update(content);
        entry.setCrc(crc.getValue());
        entry.setSize(content.length);
        entry.setTimeLocal(java.time.LocalDateTime.of(2026, 1, 1, 0, 0));
        zip.putNextEntry(entry);
        zip.write(content);
        zip.closeEntry();
    }

    /** An object of class {@code __torch__.Net}, as Python pickles it with protocol 2. */
    private static byte[] module(Map<String, Constant> tensors) {
        ByteArrayOutputStream pickle = new ByteArrayOutputStream();
        pickle.writeBytes(new byte[] {(byte) 0x80, 2});
        global(pickle, "__torch__", "Net");
        pickle.writeBytes(new byte[] {')', (byte) 0x81, '}', '('}); // new Net(), {, mark
        text(pickle, "training");
        pickle.write(0x89); // false
        int index = 0;
        for (Map.Entry<String, Constant> entry : tensors.entrySet()) {
            text(pickle, entry.getKey());
            tensor(pickle, index++, entry.getValue().shape());
        }
        pickle.writeBytes(new byte[] {'u', 'b', '.'}); // set items, build, stop
        return pickle.toByteArray();
    }

    private static void tensor(ByteArrayOutputStream pickle, int index, List<Long> shape) {
        long size = shape.stream().reduce(1L, Math::multiplyExact);
        global(pickle, "torch._utils", "_rebuild_tensor_v2");
        pickle.writeBytes(new byte[] {'(', '('});
        text(pickle, "storage");
        global(pickle, "torch", "FloatStorage");
        text(pickle, Integer.toString(index));
        text(pickle, "cpu");
        number(pickle, size);
        pickle.writeBytes(new byte[] {'t', 'Q'}); // tuple, a storage by its persistent id
        number(pickle, 0);
        tuple(pickle, shape.stream().mapToLong(Long::longValue).toArray());
        long[] strides = new long[shape.size()];
        long stride = 1;
        for (int axis = strides.length - 1; axis >= 0; axis--) {
            strides[axis] = stride;
            stride *= shape.get(axis);
        }
        tuple(pickle, strides);
        pickle.write(0x89); // needs no gradient
        global(pickle, "collections", "OrderedDict");
        pickle.writeBytes(new byte[] {')', 'R', 't', 'R'}); // no hooks; call
    }

    private static void tuple(ByteArrayOutputStream pickle, long[] numbers) {
        pickle.write('(');
        for (long number : numbers) {
            number(pickle, number);
        }
        pickle.write('t');
    }

    private static void global(ByteArrayOutputStream pickle, String module, String name) {
        pickle.writeBytes(("c" + module + "\n" + name + "\n").getBytes(US_ASCII));
    }

    private static void text(ByteArrayOutputStream pickle, String text) {
        pickle.write('X');
        littleEndian(pickle, text.length());
        pickle.writeBytes(text.getBytes(US_ASCII));
    }

    private static void number(ByteArrayOutputStream pickle, long number) {
        pickle.write('J');
        littleEndian(pickle, Math.toIntExact(number));
    }

    private static void littleEndian(ByteArrayOutputStream pickle, int value) {
        for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
            pickle.write(value >>> shift);
        }
    }
}
