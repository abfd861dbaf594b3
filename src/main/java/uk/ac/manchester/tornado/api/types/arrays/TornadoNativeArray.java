package uk.ac.manchester.tornado.api.types.arrays;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * An off-heap array: a header that starts with the number of elements, then the elements in native
 * byte order.
 */
public abstract sealed class TornadoNativeArray
        permits BFloat16Array,
                ByteArray,
                CharArray,
                DoubleArray,
                FP8Array,
                FloatArray,
                HalfFloatArray,
                Int8Array,
                IntArray,
                LongArray,
                ShortArray {
    /** Bytes before the first element; {@code -Dtornado.panama.objectHeader} changes them. */
    public static final long ARRAY_HEADER = Long.getLong("tornado.panama.objectHeader", 16);

    private static final long ALIGNMENT = 64;

    /** For the arrays of this package. */
    public TornadoNativeArray() {}

    /** Sets every element to zero. */
    protected abstract void clear();

    /** {@return bytes per element} */
    public abstract int getElementSize();

    /** {@return bytes of the elements} */
    public abstract long getNumBytesOfSegment();

    /** {@return bytes of the header and the elements} */
    public abstract long getNumBytesOfSegmentWithHeader();

    /** {@return the memory of the elements} */
    public abstract MemorySegment getSegment();

    /** {@return the memory of the header and the elements} */
    public abstract MemorySegment getSegmentWithHeader();

    /** {@return the number of elements} */
    public abstract int getSize();

    /** {@return zeroed memory with a header; the first element lies on a cache line} */
    static MemorySegment allocate(int numberOfElements, int elementBytes) {
        if (numberOfElements < 0) {
            throw new NegativeArraySizeException(
                    "an array cannot have " + numberOfElements + " elements");
        }
        long bytes = (long) numberOfElements * elementBytes;
        long pad = Math.ceilDiv(ARRAY_HEADER, ALIGNMENT) * ALIGNMENT - ARRAY_HEADER;
        MemorySegment memory =
                Arena.ofAuto().allocate(pad + ARRAY_HEADER + bytes, ALIGNMENT).asSlice(pad);
        memory.set(ValueLayout.JAVA_INT_UNALIGNED, 0, numberOfElements);
        return memory;
    }

    /** {@return memory with a header that holds the elements of all arrays, one after the other} */
    static MemorySegment join(TornadoNativeArray[] arrays, int elementBytes) {
        int total = 0;
        for (TornadoNativeArray array : arrays) {
            total = Math.addExact(total, array.getSize());
        }
        MemorySegment memory = allocate(total, elementBytes);
        long offset = ARRAY_HEADER;
        for (TornadoNativeArray array : arrays) {
            MemorySegment.copy(array.getSegment(), 0, memory, offset, array.getNumBytesOfSegment());
            offset += array.getNumBytesOfSegment();
        }
        return memory;
    }

    /** {@return the elements behind a header, whole ones only} */
    static MemorySegment payload(MemorySegment segmentWithHeader, int elementBytes) {
        if (segmentWithHeader.byteSize() < ARRAY_HEADER) {
            throw new IllegalArgumentException(
                    "a segment of "
                            + segmentWithHeader.byteSize()
                            + " bytes is too small for the header of "
                            + ARRAY_HEADER);
        }
        MemorySegment payload = segmentWithHeader.asSlice(ARRAY_HEADER);
        elements(payload, elementBytes);
        return payload;
    }

    /** {@return the number of elements of a segment without a header} */
    static int elements(MemorySegment segment, int elementBytes) {
        if (segment.byteSize() % elementBytes != 0) {
            throw new IllegalArgumentException(
                    "a segment of "
                            + segment.byteSize()
                            + " bytes does not hold whole elements of "
                            + elementBytes);
        }
        return Math.toIntExact(segment.byteSize() / elementBytes);
    }
}
