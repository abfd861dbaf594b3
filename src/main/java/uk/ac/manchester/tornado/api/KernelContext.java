package uk.ac.manchester.tornado.api;

import java.util.Arrays;
import uk.ac.manchester.tornado.api.enums.MMAShape;
import uk.ac.manchester.tornado.api.exceptions.TornadoRuntimeException;
import uk.ac.manchester.tornado.api.types.HalfFloat;
import uk.ac.manchester.tornado.api.types.arrays.ByteArray;
import uk.ac.manchester.tornado.api.types.arrays.DoubleArray;
import uk.ac.manchester.tornado.api.types.arrays.FP8Array;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.HalfFloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;
import uk.ac.manchester.tornado.api.types.arrays.LongArray;
import uk.ac.manchester.tornado.api.types.matrix.Matrix8x8Float;
import uk.ac.manchester.tornado.api.types.vectors.Half2;

/**
 * What a kernel written per work item sees: its indices, local memory, barriers, atomics and the
 * cooperative operations of a SIMD group.
 *
 * <p>A device gives these their parallel meaning. The Java bodies are those of a grid of one work
 * item: indices are 0, sizes are 1, barriers wait for nobody. The operations on the fragments of a
 * tensor core need a whole SIMD group and throw {@link TornadoRuntimeException} in Java.
 */
public class KernelContext implements ExecutionContext {
    /** The index in the grid in x. */
    public final Integer globalIdx = 0;

    /** The index in the grid in y. */
    public final Integer globalIdy = 0;

    /** The index in the grid in z. */
    public final Integer globalIdz = 0;

    /** The index of the group in x. */
    public final Integer groupIdx = 0;

    /** The index of the group in y. */
    public final Integer groupIdy = 0;

    /** The index of the group in z. */
    public final Integer groupIdz = 0;

    /** The index in the group in x. */
    public final Integer localIdx = 0;

    /** The index in the group in y. */
    public final Integer localIdy = 0;

    /** The index in the group in z. */
    public final Integer localIdz = 0;

    /** The size of the grid in x. */
    public final Integer globalGroupSizeX = 1;

    /** The size of the grid in y. */
    public final Integer globalGroupSizeY = 1;

    /** The size of the grid in z. */
    public final Integer globalGroupSizeZ = 1;

    /** The size of a group in x. */
    public final Integer localGroupSizeX = 1;

    /** The size of a group in y. */
    public final Integer localGroupSizeY = 1;

    /** The size of a group in z. */
    public final Integer localGroupSizeZ = 1;

    /** Makes the context to pass as a task's argument. */
    public KernelContext() {}

    private static TornadoRuntimeException onlyOnDevice(String method) {
        return new TornadoRuntimeException(
                "KernelContext."
                        + method
                        + " needs the SIMD group of a device with matrix"
                        + " multiply-accumulate instructions; it has no meaning in plain Java");
    }

    @Override
    public void localBarrier() {}

    @Override
    public void globalBarrier() {}

    @Override
    public byte[] allocateByteLocalArray(int size) {
        return new byte[size];
    }

    @Override
    public double[] allocateDoubleLocalArray(int size) {
        return new double[size];
    }

    @Override
    public float[] allocateFloatLocalArray(int size) {
        return new float[size];
    }

    @Override
    public int[] allocateIntLocalArray(int size) {
        return new int[size];
    }

    @Override
    public long[] allocateLongLocalArray(int size) {
        return new long[size];
    }

    @Override
    public Half2[] allocateHalf2LocalArray(int size) {
        Half2[] array = new Half2[size];
        Arrays.setAll(array, i -> new Half2());
        return array;
    }

    @Override
    public HalfFloat[] allocateHalfFloatLocalArray(int size) {
        HalfFloat[] array = new HalfFloat[size];
        Arrays.fill(array, new HalfFloat((short) 0));
        return array;
    }

    @Override
    public void atomicAdd(DoubleArray array, int index, double val) {
        array.set(index, array.get(index) + val);
    }

    @Override
    public void atomicAdd(FloatArray array, int index, float val) {
        array.set(index, array.get(index) + val);
    }

    @Override
    public void atomicAdd(IntArray array, int index, int val) {
        array.set(index, array.get(index) + val);
    }

    @Override
    public void atomicAdd(LongArray array, int index, long val) {
        array.set(index, array.get(index) + val);
    }

    @Override
    public void atomicAdd(int[] array, int index, int val) {
        array[index] += val;
    }

    /** {@return the sum of {@code val} over the SIMD group} */
    public float simdSum(float val) {
        return val;
    }

    /** {@return {@code val} of the group's first item} */
    public float simdBroadcastFirst(float val) {
        return val;
    }

    /** {@return {@code val} of the item {@code delta} places above, its own if there is none} */
    public float simdShuffleDown(float val, int delta) {
        return val;
    }

    /**
     * Multiplies two tiles of 8 x 8 results: C = A B.
     *
     * @param aBase the first element of A's 8 rows, {@code lda} apart
     * @param bBase the first element of B's {@code k} rows, {@code ldb} apart
     * @param cBase the first element of C's 8 rows, {@code ldc} apart
     */
    public void matrixMultiply8x8(
            FloatArray a,
            int aBase,
            int lda,
            FloatArray b,
            int bBase,
            int ldb,
            FloatArray c,
            int cBase,
            int ldc,
            int k) {
        for (int row = 0; row < 8; row++) {
            for (int col = 0; col < 8; col++) {
                float sum = 0;
                for (int n = 0; n < k; n++) {
                    sum += a.get(aBase + row * lda + n) * b.get(bBase + n * ldb + col);
                }
                c.set(cBase + row * ldc + col, sum);
            }
        }
    }

    /** {@return a tile of zeros} */
    public Matrix8x8Float simdgroupMatrixZero() {
        return new Matrix8x8Float();
    }

    /** {@return the tile whose rows start at {@code base}, {@code stride} apart} */
    public Matrix8x8Float simdgroupMatrixLoad(FloatArray a, int base, int stride) {
        Matrix8x8Float m = new Matrix8x8Float();
        for (int n = 0; n < 64; n++) {
            m.values[n] = a.get(base + n / 8 * stride + n % 8);
        }
        return m;
    }

    /** {@return the tile whose rows start at {@code base}, {@code stride} apart} */
    public Matrix8x8Float simdgroupMatrixLoad(float[] a, int base, int stride) {
        Matrix8x8Float m = new Matrix8x8Float();
        for (int n = 0; n < 64; n++) {
            m.values[n] = a[base + n / 8 * stride + n % 8];
        }
        return m;
    }

    /** {@return a b + c} */
    public Matrix8x8Float simdgroupMatrixMultiplyAccumulate(
            Matrix8x8Float a, Matrix8x8Float b, Matrix8x8Float c) {
        Matrix8x8Float m = new Matrix8x8Float();
        for (int n = 0; n < 64; n++) {
            float sum = c.values[n];
            for (int k = 0; k < 8; k++) {
                sum += a.get(n / 8, k) * b.get(k, n % 8);
            }
            m.values[n] = sum;
        }
        return m;
    }

    /** Stores the rows of a tile from {@code base} on, {@code stride} apart. */
    public void simdgroupMatrixStore(Matrix8x8Float m, FloatArray c, int base, int stride) {
        for (int n = 0; n < 64; n++) {
            c.set(base + n / 8 * stride + n % 8, m.values[n]);
        }
    }

    /** Copies 16 bytes from global memory to a tile, in the background on devices that can. */
    public void asyncCopyToLocal(int[] dstTile, int dstIndex, HalfFloatArray src, int srcIndex) {
        for (int i = 0; i < 4; i++) {
            int low = src.get(srcIndex + 2 * i).getHalfFloatValue() & 0xffff;
            int high = src.get(srcIndex + 2 * i + 1).getHalfFloatValue() << 16;
            dstTile[dstIndex + i] = low | high;
        }
    }

    /** Copies 16 bytes from global memory to a tile, in the background on devices that can. */
    public void asyncCopyToLocal(int[] dstTile, int dstIndex, ByteArray src, int srcIndex) {
        for (int i = 0; i < 4; i++) {
            int low = pair(src.get(srcIndex + 4 * i), src.get(srcIndex + 4 * i + 1));
            int high = pair(src.get(srcIndex + 4 * i + 2), src.get(srcIndex + 4 * i + 3));
            dstTile[dstIndex + i] = low | high << 16;
        }
    }

    /** Copies 16 bytes from global memory to a tile, in the background on devices that can. */
    public void asyncCopyToLocal(int[] dstTile, int dstIndex, FP8Array src, int srcIndex) {
        for (int i = 0; i < 4; i++) {
            int low = pair(src.get(srcIndex + 4 * i), src.get(srcIndex + 4 * i + 1));
            int high = pair(src.get(srcIndex + 4 * i + 2), src.get(srcIndex + 4 * i + 3));
            dstTile[dstIndex + i] = low | high << 16;
        }
    }

    private static int pair(byte low, byte high) {
        return low & 0xff | (high & 0xff) << 8;
    }

    /** Ends a group of background copies. */
    public void asyncCopyCommit() {}

    /** Waits until at most so many groups of background copies are under way. */
    public void asyncCopyWaitGroup(int groups) {}

    /** {@return an element of a tile whose columns are permuted against bank conflicts} */
    public HalfFloat swizzleLoadFp16Stride16(HalfFloat[] arr, int row, int col, int stride) {
        return arr[row * stride + col];
    }

    /** Stores an element of a tile whose columns are permuted against bank conflicts. */
    public void swizzleStoreFp16Stride16(
            HalfFloat[] arr, int row, int col, int stride, HalfFloat v) {
        arr[row * stride + col] = v;
    }

    /** {@return an element of a tile whose columns are permuted against bank conflicts} */
    public HalfFloat swizzleLoadFp16Stride32(HalfFloat[] arr, int row, int col, int stride) {
        return arr[row * stride + col];
    }

    /** Stores an element of a tile whose columns are permuted against bank conflicts. */
    public void swizzleStoreFp16Stride32(
            HalfFloat[] arr, int row, int col, int stride, HalfFloat v) {
        arr[row * stride + col] = v;
    }

    /** {@return an element of a tile whose columns are permuted against bank conflicts} */
    public byte swizzleLoadInt8(byte[] arr, int row, int col, int stride) {
        return arr[row * stride + col];
    }

    /** Stores an element of a tile whose columns are permuted against bank conflicts. */
    public void swizzleStoreInt8(byte[] arr, int row, int col, int stride, byte v) {
        arr[row * stride + col] = v;
    }

    /** {@return the products of two fragments added to a third} */
    public float[] mma(HalfFloat[] fragA, HalfFloat[] fragB, float[] fragC, MMAShape mmaShape) {
        throw onlyOnDevice("mma");
    }

    /** {@return the products of two fragments added to a third} */
    public float[] mmaBF16(HalfFloat[] fragA, HalfFloat[] fragB, float[] fragC, MMAShape mmaShape) {
        throw onlyOnDevice("mmaBF16");
    }

    /** {@return the products of two fragments added to a third} */
    public float[] mmaFP8E4M3(byte[] fragA, byte[] fragB, float[] fragC, MMAShape shape) {
        throw onlyOnDevice("mmaFP8E4M3");
    }

    /** {@return the products of two fragments added to a third} */
    public float[] mmaFP8E5M2(byte[] fragA, byte[] fragB, float[] fragC, MMAShape shape) {
        throw onlyOnDevice("mmaFP8E5M2");
    }

    /** {@return an accumulator fragment} */
    public float[] mmaFragment(float v) {
        throw onlyOnDevice("mmaFragment");
    }

    /** {@return an accumulator fragment} */
    public int[] mmaFragmentInt(int initValue) {
        throw onlyOnDevice("mmaFragmentInt");
    }

    /** {@return the products of two fragments added to a third} */
    public int[] mmaInt8(byte[] fragA, byte[] fragB, int[] fragC, MMAShape shape) {
        throw onlyOnDevice("mmaInt8");
    }

    /** {@return the item's part of a tile} */
    public HalfFloat[] mmaLoadA(int[] aTile, int wmmaK) {
        throw onlyOnDevice("mmaLoadA");
    }

    /** {@return the item's part of a tile} */
    public HalfFloat[] mmaLoadA(int[] aTile, int wmmaK, int byteOffset) {
        throw onlyOnDevice("mmaLoadA");
    }

    /** {@return the item's part of a tile} */
    public byte[] mmaLoadAFP8(int[] aTile, int tileK) {
        throw onlyOnDevice("mmaLoadAFP8");
    }

    /** {@return the item's part of a tile} */
    public byte[] mmaLoadAInt8(int[] aTile, int tileK) {
        throw onlyOnDevice("mmaLoadAInt8");
    }

    /** {@return the item's part of a tile} */
    public HalfFloat[] mmaLoadB(int[] bTile, int wmmaK) {
        throw onlyOnDevice("mmaLoadB");
    }

    /** {@return the item's part of a tile} */
    public HalfFloat[] mmaLoadB(int[] bTile, int wmmaK, int byteOffset) {
        throw onlyOnDevice("mmaLoadB");
    }

    /** {@return the item's part of a tile} */
    public byte[] mmaLoadBFP8(int[] bTile, int tileK) {
        throw onlyOnDevice("mmaLoadBFP8");
    }

    /** {@return the item's part of a tile} */
    public byte[] mmaLoadBInt8(int[] bTile, int tileK) {
        throw onlyOnDevice("mmaLoadBInt8");
    }

    /** {@return the item's part of a tile} */
    public HalfFloat[] mmaLoadBSwizzled(HalfFloat[] bTile, int wmmaK) {
        throw onlyOnDevice("mmaLoadBSwizzled");
    }

    /** {@return the item's part of a tile} */
    public HalfFloat[] mmaLoadBSwizzled(HalfFloat[] bTile, int wmmaK, int byteOffset) {
        throw onlyOnDevice("mmaLoadBSwizzled");
    }

    /** Stores the item's part of a tile. */
    public void mmaStore(float[] fragD, FloatArray c, int tileRow, int tileCol, int dimN) {
        throw onlyOnDevice("mmaStore");
    }

    /** Stores the item's part of a tile. */
    public void mmaStoreBSwizzled(
            HalfFloat[] arr, int row, int col, int stride, HalfFloat value, int byteOffset) {
        throw onlyOnDevice("mmaStoreBSwizzled");
    }

    /** Stores the item's part of a tile. */
    public void mmaStoreInt(int[] fragD, IntArray out, int row, int col, int stride) {
        throw onlyOnDevice("mmaStoreInt");
    }
}
