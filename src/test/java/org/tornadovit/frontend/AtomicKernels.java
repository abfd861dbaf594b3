package org.tornadovit.frontend;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.types.HalfFloat;
import uk.ac.manchester.tornado.api.types.arrays.ByteArray;
import uk.ac.manchester.tornado.api.types.arrays.DoubleArray;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.HalfFloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;
import uk.ac.manchester.tornado.api.types.arrays.LongArray;
import uk.ac.manchester.tornado.api.types.matrix.Matrix8x8Float;

/** Kernels with atomic numbers, and with what work-items do together. */
public final class AtomicKernels {
    private AtomicKernels() {}

    public static void count(IntArray a, AtomicInteger even, AtomicLong sum) {
        for (@Parallel int i = 0; i < a.getSize(); i++) {
            if ((a.get(i) & 1) == 0) {
                even.incrementAndGet();
            }
            sum.addAndGet(a.get(i));
        }
    }

    public static void tickets(IntArray taken, AtomicInteger next) {
        for (@Parallel int i = 0; i < taken.getSize(); i++) {
            int ticket = next.getAndIncrement();
            taken.set(ticket, taken.get(ticket) + 1);
        }
    }

    public static void own(IntArray out) {
        AtomicInteger counter = new AtomicInteger(10);
        for (@Parallel int i = 0; i < out.getSize(); i++) {
            out.set(i, counter.decrementAndGet());
        }
    }

    public static void items(
            KernelContext context, IntArray a, LongArray b, FloatArray c, DoubleArray d, int[] e) {
        int i = context.globalIdx;
        context.atomicAdd(a, i % 3, i);
        context.atomicAdd(b, 0, i * 10_000_000_000L);
        context.atomicAdd(c, i & 1, 0.5f);
        context.atomicAdd(d, 0, 0.25);
        context.atomicAdd(e, 1, -i);
    }

    public static void groupCounts(KernelContext context, IntArray out, AtomicInteger total) {
        int[] counts = context.allocateIntLocalArray(4);
        counts[context.localIdx] = 0;
        context.localBarrier();
        context.atomicAdd(counts, context.globalIdx % 2, 1);
        context.localBarrier();
        out.set(context.globalIdx, counts[context.localIdx]);
        total.getAndAdd(counts[1]);
    }

    public static void simd(KernelContext context, FloatArray a, FloatArray out) {
        int i = context.globalIdx;
        float sum = context.simdSum(a.get(i));
        float x = a.get(i);
        for (int offset = 16; offset > 0; offset /= 2) {
            x += context.simdShuffleDown(x, offset);
        }
        float first = context.simdBroadcastFirst(x);
        out.set(3 * i, sum);
        out.set(3 * i + 1, context.simdShuffleDown(a.get(i), 1));
        out.set(3 * i + 2, first);
    }

    public static void tiles(
            KernelContext context, FloatArray a, FloatArray b, FloatArray c, FloatArray d) {
        Matrix8x8Float sum = context.simdgroupMatrixZero();
        for (int k = 0; k < 16; k += 8) {
            Matrix8x8Float x = context.simdgroupMatrixLoad(a, k, 16);
            Matrix8x8Float y = context.simdgroupMatrixLoad(b, k * 8, 8);
            sum = context.simdgroupMatrixMultiplyAccumulate(x, y, sum);
        }
        context.simdgroupMatrixStore(sum, c, 0, 8);
        context.matrixMultiply8x8(a, 0, 16, b, 0, 8, d, 0, 8, 16);
    }

    public static void copies(
            KernelContext context, ByteArray a, HalfFloatArray b, IntArray out, FloatArray halves) {
        int[] tile = context.allocateIntLocalArray(8);
        HalfFloat[] swizzled = context.allocateHalfFloatLocalArray(16);
        if (context.localIdx == 0) {
            context.asyncCopyToLocal(tile, 0, a, 3);
            context.asyncCopyToLocal(tile, 4, b, 2);
            context.asyncCopyCommit();
            context.asyncCopyWaitGroup(0);
        }
        for (int k = context.localIdx; k < 16; k += context.localGroupSizeX) {
            context.swizzleStoreFp16Stride16(swizzled, k / 4, k % 4, 4, b.get(k));
        }
        context.localBarrier();
        for (int k = context.localIdx; k < 8; k += context.localGroupSizeX) {
            out.set(k, tile[k]);
        }
        int at = context.localIdx;
        HalfFloat h = context.swizzleLoadFp16Stride16(swizzled, at, 3 - at, 4);
        halves.set(at, h.getFloat32());
    }
}
