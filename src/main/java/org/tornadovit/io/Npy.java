package org.tornadovit.io;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/**
 * Single NumPy arrays, {@code .npy} files of versions 1 to 3.
 *
 * @see <a href="https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html">the
 *     format's description</a>
 */
public final class Npy {
    private Npy() {}

    /**
     * {@return the array in {@code file}, read in full}
     *
     * @throws CheckpointException when the file is missing, truncated, too long or of a type that
     *     is not a {@link DType}
     */
    public static Tensor read(Path file) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment bytes = MappedFile.map(file, arena);
            String place = file.toString();
            NpyHeader header = NpyHeader.parse(place, bytes);
            DType dtype =
                    header.dtype()
                            .orElseThrow(() -> new CheckpointException(unsupported(place, header)));
            long length = header.dataBytes(place, dtype);
            if (length != bytes.byteSize() - header.length()) {
                throw lengthMismatch(place, header, length, bytes.byteSize() - header.length());
            }
            MemorySegment data =
                    NpyData.normalise(header, dtype, bytes.asSlice(header.length(), length), arena);
            MemorySegment copy = Arena.ofAuto().allocate(length).copyFrom(data);
            return new Tensor(place, "array", dtype, header.shape(), copy);
        }
    }

    /**
     * Writes {@code tensor}, row-major, whole or not at all.
     *
     * @throws InputException when the file cannot be written
     */
    public static void write(Path file, Tensor tensor) {
        byte[] header = NpyHeader.format(tensor.dtype(), tensor.shape());
        AtomicFile.write(
                file,
                channel -> {
                    AtomicFile.writeFully(channel, ByteBuffer.wrap(header));
                    AtomicFile.writeFully(channel, tensor.data());
                });
    }

    static String unsupported(String place, NpyHeader header) {
        return "%s has the unsupported NumPy type %s.".formatted(place, header.descr());
    }

    static CheckpointException lengthMismatch(
            String place, NpyHeader header, long expected, long found) {
        return new CheckpointException(
                "%s is damaged: %s %s takes %d bytes, but %d follow its header."
                        .formatted(
                                place,
                                header.descr(),
                                Tensor.text(header.shape()),
                                expected,
                                found));
    }
}
