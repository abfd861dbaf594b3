package org.tornadovit.frontend;

import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.HalfFloat;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.HalfFloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** Kernels written for one work item. */
final class ItemKernels {
    private static final int TILE = 4;

    private ItemKernels() {}

    static void places(KernelContext context, IntArray out) {
        int x = context.globalIdx;
        int y = context.globalIdy;
        int at = 12 * (y * context.globalGroupSizeX + x);
        out.set(at, context.globalIdx);
        out.set(at + 1, context.globalIdy);
        out.set(at + 2, context.globalIdz);
        out.set(at + 3, context.localIdx);
        out.set(at + 4, context.localIdy);
        out.set(at + 5, context.groupIdx);
        out.set(at + 6, context.groupIdy);
        out.set(at + 7, context.globalGroupSizeX);
        out.set(at + 8, context.globalGroupSizeY);
        out.set(at + 9, context.localGroupSizeX);
        out.set(at + 10, context.localGroupSizeY);
        out.set(at + 11, context.localGroupSizeZ + context.globalGroupSizeZ);
    }

    static void reduce(KernelContext context, FloatArray x, FloatArray sums) {
        int local = context.localIdx;
        float[] partial = context.allocateFloatLocalArray(8);
        partial[local] = x.get(context.globalIdx);
        for (int stride = context.localGroupSizeX / 2; stride > 0; stride /= 2) {
            context.localBarrier();
            if (local < stride) {
                partial[local] += partial[local + stride];
            }
        }
        if (local == 0) {
            sums.set(context.groupIdx, partial[0]);
        }
    }

    static void matmul(FloatArray a, FloatArray b, FloatArray c, int n, KernelContext context) {
        int row = context.localIdx;
        int column = context.localIdy;
        int globalRow = TILE * context.groupIdx + row;
        int globalColumn = TILE * context.groupIdy + column;
        float[] aTile = context.allocateFloatLocalArray(TILE * TILE);
        float[] bTile = context.allocateFloatLocalArray(TILE * TILE);
        float sum = 0;
        for (int t = 0; t < n / TILE; t++) {
            aTile[column * TILE + row] = a.get((TILE * t + column) * n + globalRow);
            bTile[column * TILE + row] = b.get(globalColumn * n + TILE * t + row);
            context.localBarrier();
            for (int k = 0; k < TILE; k++) {
                sum += aTile[k * TILE + row] * bTile[column * TILE + k];
            }
            context.localBarrier();
        }
        c.set(globalColumn * n + globalRow, sum);
    }

    static void histogram(KernelContext context, IntArray x, IntArray counts, FloatArray sums) {
        int[] local = context.allocateIntLocalArray(4);
        if (context.localIdx < 4) {
            local[context.localIdx] = 0;
        }
        context.localBarrier();
        int value = x.get(context.globalIdx);
        context.atomicAdd(local, value & 3, 1);
        context.localBarrier();
        if (context.localIdx < 4) {
            context.atomicAdd(counts, context.localIdx, local[context.localIdx]);
        }
        context.atomicAdd(sums, 0, value);
        context.globalBarrier();
    }

    static void gridStride(KernelContext context, FloatArray x, FloatArray y, int n) {
        for (int i = context.globalIdx; i < n; i += context.globalGroupSizeX) {
            y.set(i, 2 * x.get(i));
        }
    }

    static void earlyReturn(KernelContext context, HalfFloatArray x, int n) {
        int i = context.globalIdx;
        if (i >= n) {
            return;
        }
        HalfFloat[] mine = context.allocateHalfFloatLocalArray(8);
        mine[context.localIdx] = x.get(i);
        x.set(i, HalfFloat.add(mine[context.localIdx], new HalfFloat(1.0f)));
    }
}
