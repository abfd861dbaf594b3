package org.tornadovit.io.onnx;

import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.function.Supplier;

/**
 * A tensor that belongs to a graph: a weight, or numbers that an operation needs.
 *
 * @param name its name
 * @param element type of its elements
 * @param shape extents, outermost first; none for a scalar
 * @param data gives the elements, row-major and little-endian, when they are written
 */
public record Constant(
        String name, Element element, List<Long> shape, Supplier<MemorySegment> data) {

    /** Types of elements, with the numbers that {@code TensorProto.DataType} gives them. */
    public enum Element {
        /** Four bytes. */
        FLOAT32(1, Float.BYTES),
        /** Eight bytes. */
        INT64(7, Long.BYTES);

        private final int code;
        private final int bytes;

        Element(int code, int bytes) {
            this.code = code;
            this.bytes = bytes;
        }

        int code() {
            return code;
        }
    }

    /** Copies the shape. */
    public Constant {
        shape = List.copyOf(shape);
    }

    /** {@return the bytes of the elements} */
    public long bytes() {
        return shape.stream().reduce((long) element.bytes, Math::multiplyExact);
    }

    /** {@return the message {@code TensorProto} with the elements in it} */
    Message message() {
        return head().bytes(9, bytes(), data);
    }

    /** {@return the message {@code TensorProto} with the elements at {@code offset} of a file} */
    Message message(String file, long offset) {
        return head().message(13, OnnxFile.entry("location", file))
                .message(13, OnnxFile.entry("offset", Long.toString(offset)))
                .message(13, OnnxFile.entry("length", Long.toString(bytes())))
                .integer(14, 1);
    }

    private Message head() {
        Message message = new Message();
        shape.forEach(extent -> message.integer(1, extent));
        return message.integer(2, element.code).text(8, name);
    }
}
