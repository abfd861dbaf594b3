package org.tornadovit.io;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.OptionalLong;

/**
 * A named array as a file holds it: row-major, little-endian.
 *
 * @param source what the array came from, for messages; a file's path
 * @param name its key in that file
 * @param dtype the type of its elements
 * @param shape its extents, outermost first; empty for a scalar
 * @param data its bytes, of any alignment; valid until the owning {@link Checkpoint} is closed
 */
@SuppressWarnings("ArrayRecordComponent") // copied in and out; tensors are not compared
public record Tensor(String source, String name, DType dtype, long[] shape, MemorySegment data) {

    /** Checks that {@code data} has exactly the bytes that {@code dtype} and {@code shape} need. */
    public Tensor {
        shape = shape.clone();
        long bytes = bytes(dtype, shape);
        if (bytes != data.byteSize()) {
            throw new CheckpointException(
                    "%s: %s is %s %s, which takes %d bytes, but has %d."
                            .formatted(source, name, dtype, text(shape), bytes, data.byteSize()));
        }
    }

    /** {@return a tensor of {@code values}, float32 of {@code shape}, over a copy of them} */
    public static Tensor of(String name, float[] values, long... shape) {
        byte[] bytes = new byte[Math.multiplyExact(values.length, Float.BYTES)];
        MemorySegment data = MemorySegment.ofArray(bytes);
        for (int i = 0; i < values.length; i++) {
            data.set(DType.Layouts.F32, 4L * i, values[i]);
        }
        return new Tensor("memory", name, DType.F32, shape, data);
    }

    /** {@return a tensor over the little-endian bytes {@code values}, which are not copied} */
    public static Tensor of(String name, DType dtype, byte[] values, long... shape) {
        return new Tensor("memory", name, dtype, shape, MemorySegment.ofArray(values));
    }

    @Override
    public long[] shape() {
        return shape.clone();
    }

    /** {@return the number of elements} */
    public long size() {
        return data.byteSize() / dtype.bytes();
    }

    /**
     * {@return this tensor}
     *
     * @throws CheckpointException when its shape is not {@code expected}; both are named
     */
    public Tensor requireShape(long... expected) {
        if (!Arrays.equals(expected, shape)) {
            throw new CheckpointException(
                    "%s: %s has shape %s, expected %s."
                            .formatted(source, name, text(shape), text(expected)));
        }
        return this;
    }

    /**
     * {@return this tensor}
     *
     * @throws CheckpointException when an element is NaN or infinite; key and index are named
     */
    public Tensor requireFinite() {
        OptionalLong found = Conversion.firstNonFinite(dtype, data);
        if (found.isPresent()) {
            long index = found.getAsLong();
            throw new CheckpointException(
                    "%s: %s holds %s at element %d of %d; the weights are damaged."
                            .formatted(source, name, at(index), index, size()));
        }
        return this;
    }

    /** Lets the machine take back the memory of elements that lie in a file, until next read. */
    public void rest() {
        if (data.isMapped()) {
            data.unload();
        }
    }

    /** {@return element {@code index} in row-major order} */
    public double at(long index) {
        return dtype.read(data, index * dtype.bytes());
    }

    /** {@return all elements converted to float32, row-major} */
    public float[] toFloats() {
        float[] values = new float[arrayLength()];
        copyTo(MemorySegment.ofArray(values), 0);
        return values;
    }

    /** {@return all elements converted to float64, row-major} */
    public double[] toDoubles() {
        double[] values = new double[arrayLength()];
        for (int i = 0; i < values.length; i++) {
            values[i] = at(i);
        }
        return values;
    }

    /** {@return all bytes as they lie in the file, little-endian} */
    public byte[] toBytes() {
        byte[] bytes = new byte[Math.toIntExact(data.byteSize())];
        MemorySegment.copy(data, 0, MemorySegment.ofArray(bytes), 0, bytes.length);
        return bytes;
    }

    /**
     * Writes all elements as native float32 to {@code destination} from {@code byteOffset} on.
     * Types wider than float32 are rounded to nearest.
     *
     * @throws IndexOutOfBoundsException when {@code 4 * size()} bytes do not fit
     */
    public void copyTo(MemorySegment destination, long byteOffset) {
        Conversion.toFloats(dtype, data, destination.asSlice(byteOffset, 4 * size()));
    }

    /** {@return {@code shape} as text, such as {@code [768, 3, 16, 16]}} */
    public static String text(long... shape) {
        return Arrays.toString(shape);
    }

    /**
     * {@return the bytes of an array}
     *
     * @throws ArithmeticException when they do not fit a long
     */
    static long bytes(DType dtype, long... shape) {
        boolean empty = false;
        for (long extent : shape) {
            if (extent < 0) {
                throw new ArithmeticException("negative extent");
            }
            empty |= extent == 0;
        }
        long bytes = dtype.bytes();
        for (long extent : empty ? new long[] {0} : shape) {
            bytes = Math.multiplyExact(bytes, extent);
        }
        return bytes;
    }

    private int arrayLength() {
        if (size() > Integer.MAX_VALUE - 8) {
            throw new CheckpointException(
                    "%s: %s has %d elements, too many for a Java array."
                            .formatted(source, name, size()));
        }
        return (int) size();
    }

    @Override
    public String toString() {
        return name + " " + dtype + " " + text(shape);
    }
}
