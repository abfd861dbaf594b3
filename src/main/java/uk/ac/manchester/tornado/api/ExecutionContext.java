package uk.ac.manchester.tornado.api;

import uk.ac.manchester.tornado.api.types.HalfFloat;
import uk.ac.manchester.tornado.api.types.arrays.DoubleArray;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;
import uk.ac.manchester.tornado.api.types.arrays.LongArray;
import uk.ac.manchester.tornado.api.types.vectors.Half2;

/**
 * The part of a kernel's context that does not depend on thread indices: local memory, barriers and
 * atomics.
 */
public interface ExecutionContext {
    byte[] allocateByteLocalArray(int size);

    double[] allocateDoubleLocalArray(int size);

    float[] allocateFloatLocalArray(int size);

    Half2[] allocateHalf2LocalArray(int size);

    HalfFloat[] allocateHalfFloatLocalArray(int size);

    int[] allocateIntLocalArray(int size);

    long[] allocateLongLocalArray(int size);

    void atomicAdd(DoubleArray array, int index, double val);

    void atomicAdd(FloatArray array, int index, float val);

    void atomicAdd(IntArray array, int index, int val);

    void atomicAdd(LongArray array, int index, long val);

    void atomicAdd(int[] array, int index, int val);

    /** As {@link #localBarrier()}, for writes to global memory too. */
    void globalBarrier();

    /** Waits for all work items of the group, and makes their local writes visible. */
    void localBarrier();
}
