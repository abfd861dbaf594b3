package org.tornadovit.io;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Brings the data of a NumPy array into row-major little-endian form. */
final class NpyData {
    private NpyData() {}

    /**
     * {@return {@code data} itself when it already has that form, else a converted copy}
     *
     * @param data exactly the array's bytes
     */
    static MemorySegment normalise(NpyHeader header, DType dtype, MemorySegment data, Arena arena) {
        MemorySegment swapped =
                header.bigEndian() && dtype.bytes() > 1 ? swap(dtype, data, arena) : data;
        return header.fortranOrder() && header.shape().length > 1
                ? toRowMajor(dtype, header.shape(), swapped, arena)
                : swapped;
    }

    private static MemorySegment swap(DType dtype, MemorySegment data, Arena arena) {
        MemorySegment result = arena.allocate(data.byteSize());
        int bytes = dtype.bytes();
        for (long start = 0; start < data.byteSize(); start += bytes) {
            for (int i = 0; i < bytes; i++) {
                byte value = data.get(ValueLayout.JAVA_BYTE, start + bytes - 1 - i);
                result.set(ValueLayout.JAVA_BYTE, start + i, value);
            }
        }
        return result;
    }

    private static MemorySegment toRowMajor(
            DType dtype, long[] shape, MemorySegment data, Arena arena) {
        MemorySegment result = arena.allocate(data.byteSize());
        int bytes = dtype.bytes();
        long[] strides = new long[shape.length];
        long stride = bytes;
        for (int axis = 0; axis < shape.length; axis++) {
            strides[axis] = stride;
            stride *= shape[axis];
        }
        long[] index = new long[shape.length];
        long from = 0;
        for (long to = 0; to < data.byteSize(); to += bytes) {
            MemorySegment.copy(data, from, result, to, bytes);
            int axis = shape.length - 1; // step the row-major odometer
            from += strides[axis];
            while (axis > 0 && ++index[axis] == shape[axis]) {
                from += strides[axis - 1] - shape[axis] * strides[axis];
                index[axis--] = 0;
            }
        }
        return result;
    }
}
