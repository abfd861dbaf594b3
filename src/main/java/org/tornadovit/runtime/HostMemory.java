package org.tornadovit.runtime;

import java.lang.foreign.MemorySegment;
import uk.ac.manchester.tornado.api.types.HalfFloat;
import uk.ac.manchester.tornado.api.types.arrays.TornadoNativeArray;

/** The memory behind the arrays that tasks take: off-heap arrays and primitive arrays. */
final class HostMemory {
    private HostMemory() {}

    /** {@return whether {@code object} is an array that can be moved to a device} */
    static boolean isArray(Object object) {
        return object instanceof TornadoNativeArray || object.getClass().isArray();
    }

    /**
     * {@return the elements of an array}
     *
     * @throws IllegalArgumentException when {@code array} is no array of numbers
     */
    static MemorySegment of(Object array) {
        return switch (array) {
            case TornadoNativeArray a -> a.getSegment();
            case byte[] a -> MemorySegment.ofArray(a);
            case char[] a -> MemorySegment.ofArray(a);
            case short[] a -> MemorySegment.ofArray(a);
            case int[] a -> MemorySegment.ofArray(a);
            case long[] a -> MemorySegment.ofArray(a);
            case float[] a -> MemorySegment.ofArray(a);
            case double[] a -> MemorySegment.ofArray(a);
            case HalfFloat[] _, boolean[] _ ->
                    throw new IllegalArgumentException(
                            array.getClass().getSimpleName()
                                    + " has no memory of its own;"
                                    + " use HalfFloatArray or ByteArray");
            default ->
                    throw new IllegalArgumentException(
                            array.getClass().getName() + " is no array of numbers");
        };
    }

    /** {@return the number of elements} */
    static int length(Object array) {
        return array instanceof TornadoNativeArray a
                ? a.getSize()
                : java.lang.reflect.Array.getLength(array);
    }
}
