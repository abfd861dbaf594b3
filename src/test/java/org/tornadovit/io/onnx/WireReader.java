package org.tornadovit.io.onnx;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** Reads the wire format of Protocol Buffers, field by field. */
public final class WireReader {

    /**
     * A field.
     *
     * @param number its number
     * @param whole its value, where it is a varint or the bits of a float
     * @param bytes its bytes, where it is delimited by a length
     */
    public record Field(int number, long whole, ByteBuffer bytes) {
        /** {@return the value as text} */
        public String text() {
            return java.nio.charset.StandardCharsets.UTF_8.decode(bytes.duplicate()).toString();
        }

        /** {@return the fields of the value} */
        public List<Field> fields() {
            return read(bytes.duplicate());
        }
    }

    private WireReader() {}

    /** {@return all fields of a message} */
    public static List<Field> read(ByteBuffer message) {
        ByteBuffer in = message.slice().order(ByteOrder.LITTLE_ENDIAN);
        List<Field> fields = new ArrayList<>();
        while (in.hasRemaining()) {
            long key = varint(in);
            int number = (int) (key >>> 3);
            ByteBuffer none = ByteBuffer.allocate(0);
            switch ((int) (key & 7)) {
                case 0 -> fields.add(new Field(number, varint(in), none));
                case 2 -> {
                    int length = Math.toIntExact(varint(in));
                    ByteBuffer bytes =
                            in.slice(in.position(), length).order(ByteOrder.LITTLE_ENDIAN);
                    in.position(in.position() + length);
                    fields.add(new Field(number, 0, bytes));
                }
                case 5 -> fields.add(new Field(number, in.getInt(), none));
                default -> throw new AssertionError("wire type of key " + key);
            }
        }
        return fields;
    }

    private static long varint(ByteBuffer in) {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            byte next = in.get();
            value |= (long) (next & 0x7F) << shift;
            if (next >= 0) {
                return value;
            }
        }
    }
}
