package org.tornadovit.io;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The header of a NumPy array file: magic, version, length and a Python dictionary literal.
 *
 * @param descr NumPy's type string; for a record type the text of its list
 * @param fortranOrder whether the first index runs fastest
 * @param shape the extents, outermost first
 * @param length bytes before the data
 * @see <a href="https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html">the
 *     format's description</a>
 */
@SuppressWarnings("ArrayRecordComponent") // internal, not compared
record NpyHeader(String descr, boolean fortranOrder, long[] shape, int length) {
    /** What NumPy itself reads at most without being asked to trust the file. */
    static final int MAX_LENGTH = 10_000;

    private static final int PREFIX = 8;
    private static final String MAGIC = "\u0093NUMPY";

    /**
     * Reads the header at the start of {@code bytes}, which may be cut after {@link #MAX_LENGTH}.
     *
     * @param place names the array in messages
     */
    static NpyHeader parse(String place, MemorySegment bytes) {
        if (bytes.byteSize() < PREFIX || !text(bytes, 0, MAGIC.length()).equals(MAGIC)) {
            throw new CheckpointException("%s is not a NumPy array.".formatted(place));
        }
        int version = bytes.get(ValueLayout.JAVA_BYTE, 6);
        int lengthBytes =
                switch (version) {
                    case 1 -> Short.BYTES;
                    case 2, 3 -> Integer.BYTES;
                    default ->
                            throw new CheckpointException(
                                    "%s has version %d of the NumPy format; 1 to 3 can be read."
                                            .formatted(place, version));
                };
        int start = PREFIX + lengthBytes;
        if (bytes.byteSize() < start) {
            throw truncated(place);
        }
        long length =
                lengthBytes == Short.BYTES
                        ? Short.toUnsignedLong(bytes.get(DType.Layouts.I16, PREFIX))
                        : Integer.toUnsignedLong(bytes.get(DType.Layouts.I32, PREFIX));
        if (length > bytes.byteSize() - start || length > MAX_LENGTH) {
            throw truncated(place);
        }
        return NpyLiteral.parse(place, text(bytes, start, (int) length), start + (int) length);
    }

    /** {@return the element type, if it is a supported one} */
    Optional<DType> dtype() {
        return DType.ofDescr(descr);
    }

    /** {@return whether the elements are big-endian} */
    boolean bigEndian() {
        return descr.startsWith(">");
    }

    /**
     * {@return the bytes of the data}
     *
     * @throws CheckpointException when the shape is impossible
     */
    long dataBytes(String place, DType dtype) {
        try {
            return Tensor.bytes(dtype, shape);
        } catch (ArithmeticException e) {
            throw new CheckpointException(
                    "%s has the impossible shape %s.".formatted(place, Tensor.text(shape)), e);
        }
    }

    /** {@return a version 1 header for a row-major array, padded to a multiple of 64 bytes} */
    static byte[] format(DType dtype, long... shape) {
        StringBuilder tuple = new StringBuilder();
        for (long extent : shape) {
            tuple.append(extent).append(", ");
        }
        if (shape.length > 1) {
            tuple.setLength(tuple.length() - 2);
        } else if (shape.length == 1) {
            tuple.setLength(tuple.length() - 1);
        }
        String text =
                "{'descr': '%s', 'fortran_order': False, 'shape': (%s), }"
                        .formatted(dtype.descr(), tuple);
        int padding = -(PREFIX + Short.BYTES + text.length() + 1) & 63;
        text += " ".repeat(padding) + "\n";
        char length = (char) text.length();
        String header = MAGIC + "\1\0" + (char) (length & 255) + (char) (length >> 8) + text;
        return header.getBytes(StandardCharsets.ISO_8859_1);
    }

    static CheckpointException truncated(String place) {
        return new CheckpointException("%s is a truncated NumPy array.".formatted(place));
    }

    private static String text(MemorySegment bytes, long at, int length) {
        byte[] text = bytes.asSlice(at, length).toArray(ValueLayout.JAVA_BYTE);
        return new String(text, StandardCharsets.ISO_8859_1);
    }
}
