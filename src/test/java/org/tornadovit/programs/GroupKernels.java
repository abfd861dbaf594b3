package org.tornadovit.programs;

import static org.tornadovit.programs.Case.list;
import static org.tornadovit.programs.Check.doubles;
import static org.tornadovit.programs.Check.floats;
import static org.tornadovit.programs.Check.grid;
import static org.tornadovit.programs.Check.ints;

import java.util.List;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.WorkerGrid;
import uk.ac.manchester.tornado.api.WorkerGrid2D;
import uk.ac.manchester.tornado.api.WorkerGrid3D;
import uk.ac.manchester.tornado.api.types.arrays.ByteArray;
import uk.ac.manchester.tornado.api.types.arrays.DoubleArray;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;
import uk.ac.manchester.tornado.api.types.arrays.LongArray;

/** Reductions, scans, histograms and sorting by work-items that share memory. */
final class GroupKernels {
    private static final int GROUP = 32;

    private GroupKernels() {}

    static List<Case> cases() {
        return List.of(
                Case.items(
                        "sums",
                        grid(256, GROUP),
                        () -> list(context(), ints(256, -50, 90, 1), new IntArray(8))),
                Case.items(
                        "largest",
                        grid(256, GROUP),
                        () -> list(context(), floats(256, 2), new FloatArray(8))),
                Case.items(
                        "products",
                        grid(96, GROUP),
                        () -> list(context(), doubles(96, 3), new DoubleArray(3))),
                Case.items(
                        "scan",
                        grid(64, 64),
                        () -> list(context(), ints(64, 0, 9, 4), new IntArray(64))),
                Case.items(
                        "blelloch",
                        grid(32, 32),
                        () -> list(context(), ints(64, 0, 9, 4), new IntArray(64))),
                Case.items(
                        "histogram",
                        grid(256, 64),
                        () -> list(context(), ints(256, 0, 16, 5), new IntArray(16))),
                Case.items(
                        "localHistogram",
                        grid(256, 64),
                        () -> list(context(), ints(256, 0, 16, 5), new IntArray(16))),
                Case.items(
                        "bitonic",
                        grid(64, 64),
                        () -> list(context(), ints(64, -999, 999, 6), new IntArray(64))),
                Case.items(
                        "oddEven",
                        grid(32, 32),
                        () -> list(context(), floats(64, 7), new FloatArray(64))),
                Case.items(
                        "convolve",
                        grid(128, GROUP),
                        () -> list(context(), floats(128, 8), floats(5, 9), new FloatArray(128))),
                Case.items(
                        "coordinates", cube(), () -> list(context(), new IntArray(8 * 4 * 6 * 2))),
                Case.items("places", plane(), () -> list(context(), new IntArray(16 * 8 * 4))),
                Case.items(
                        "bytes",
                        grid(64, GROUP),
                        () -> list(context(), new ByteArray(64), new LongArray(64))),
                Case.items(
                        "atomics",
                        grid(128, GROUP),
                        () ->
                                list(
                                        context(),
                                        new IntArray(2),
                                        new LongArray(2),
                                        new FloatArray(2),
                                        new DoubleArray(2))),
                Case.items(
                        "strided",
                        grid(64, GROUP),
                        () -> list(context(), ints(1000, 0, 9, 3), new IntArray(64))),
                Case.items(
                        "argmax",
                        grid(128, 128),
                        () -> list(context(), floats(128, 12), new IntArray(1))),
                Case.items(
                        "guarded",
                        grid(128, GROUP),
                        () -> list(context(), floats(101, 13), new FloatArray(101), 101)),
                Case.items(
                        "switched",
                        grid(128, GROUP),
                        () -> list(context(), ints(128, -9, 9, 15), new IntArray(128))),
                Case.items(
                        "compacted",
                        grid(64, 64),
                        () ->
                                list(
                                        context(),
                                        ints(64, -9, 9, 14),
                                        new IntArray(64),
                                        new IntArray(1))));
    }

    private static KernelContext context() {
        return new KernelContext();
    }

    private static WorkerGrid plane() {
        WorkerGrid grid = new WorkerGrid2D(16, 8);
        grid.setLocalWork(4, 2, 1);
        return grid;
    }

    private static WorkerGrid cube() {
        WorkerGrid grid = new WorkerGrid3D(8, 4, 6);
        grid.setLocalWork(2, 2, 3);
        return grid;
    }

    static void sums(KernelContext context, IntArray in, IntArray partial) {
        int local = context.localIdx;
        int size = context.localGroupSizeX;
        int group = context.groupIdx;
        int[] shared = context.allocateIntLocalArray(GROUP);
        shared[local] = in.get(context.globalIdx);
        for (int stride = size / 2; stride > 0; stride /= 2) {
            context.localBarrier();
            if (local < stride) {
                shared[local] += shared[local + stride];
            }
        }
        if (local == 0) {
            partial.set(group, shared[0]);
        }
    }

    static void sumsReference(KernelContext context, IntArray in, IntArray partial) {
        for (int i = 0; i < in.getSize(); i++) {
            partial.set(i / GROUP, partial.get(i / GROUP) + in.get(i));
        }
    }

    static void largest(KernelContext context, FloatArray in, FloatArray out) {
        float[] shared = context.allocateFloatLocalArray(GROUP);
        int local = context.localIdx;
        shared[local] = in.get(context.globalIdx);
        context.localBarrier();
        int stride = context.localGroupSizeX >> 1;
        while (stride > 0) {
            if (local < stride) {
                shared[local] = Math.max(shared[local], shared[local + stride]);
            }
            context.localBarrier();
            stride >>= 1;
        }
        if (local == 0) {
            out.set(context.groupIdx, shared[0]);
        }
    }

    static void largestReference(KernelContext context, FloatArray in, FloatArray out) {
        out.init(Float.NEGATIVE_INFINITY);
        for (int i = 0; i < in.getSize(); i++) {
            out.set(i / GROUP, Math.max(out.get(i / GROUP), in.get(i)));
        }
    }

    static void products(KernelContext context, DoubleArray in, DoubleArray out) {
        double[] shared = context.allocateDoubleLocalArray(GROUP);
        int local = context.localIdx;
        shared[local] = 1 + in.get(context.globalIdx);
        for (int stride = 1; stride < GROUP; stride *= 2) {
            context.localBarrier();
            if (local % (2 * stride) == 0) {
                shared[local] *= shared[local + stride];
            }
        }
        if (local == 0) {
            out.set(context.groupIdx, shared[0]);
        }
    }

    static void productsReference(KernelContext context, DoubleArray in, DoubleArray out) {
        out.init(1);
        for (int i = 0; i < in.getSize(); i++) {
            out.set(i / GROUP, out.get(i / GROUP) * (1 + in.get(i)));
        }
    }

    static void scan(KernelContext context, IntArray in, IntArray out) {
        int[] first = context.allocateIntLocalArray(64);
        int[] second = context.allocateIntLocalArray(64);
        int local = context.localIdx;
        first[local] = in.get(local);
        context.localBarrier();
        boolean fromFirst = true;
        for (int offset = 1; offset < 64; offset <<= 1) {
            if (fromFirst) {
                second[local] = first[local] + (local >= offset ? first[local - offset] : 0);
            } else {
                first[local] = second[local] + (local >= offset ? second[local - offset] : 0);
            }
            fromFirst = !fromFirst;
            context.localBarrier();
        }
        out.set(local, fromFirst ? first[local] : second[local]);
    }

    static void scanReference(KernelContext context, IntArray in, IntArray out) {
        int sum = 0;
        for (int i = 0; i < in.getSize(); i++) {
            sum += in.get(i);
            out.set(i, sum);
        }
    }

    static void blelloch(KernelContext context, IntArray in, IntArray out) {
        int[] temp = context.allocateIntLocalArray(64);
        int t = context.localIdx;
        int n = 64;
        int offset = 1;
        temp[2 * t] = in.get(2 * t);
        temp[2 * t + 1] = in.get(2 * t + 1);
        for (int d = n >> 1; d > 0; d >>= 1) {
            context.localBarrier();
            if (t < d) {
                int ai = offset * (2 * t + 1) - 1;
                int bi = offset * (2 * t + 2) - 1;
                temp[bi] += temp[ai];
            }
            offset *= 2;
        }
        if (t == 0) {
            temp[n - 1] = 0;
        }
        for (int d = 1; d < n; d *= 2) {
            offset >>= 1;
            context.localBarrier();
            if (t < d) {
                int ai = offset * (2 * t + 1) - 1;
                int bi = offset * (2 * t + 2) - 1;
                int old = temp[ai];
                temp[ai] = temp[bi];
                temp[bi] += old;
            }
        }
        context.localBarrier();
        out.set(2 * t, temp[2 * t]);
        out.set(2 * t + 1, temp[2 * t + 1]);
    }

    static void blellochReference(KernelContext context, IntArray in, IntArray out) {
        int sum = 0;
        for (int i = 0; i < in.getSize(); i++) {
            out.set(i, sum);
            sum += in.get(i);
        }
    }

    static void histogram(KernelContext context, IntArray in, IntArray bins) {
        context.atomicAdd(bins, in.get(context.globalIdx), 1);
    }

    static void histogramReference(KernelContext context, IntArray in, IntArray bins) {
        for (int i = 0; i < in.getSize(); i++) {
            bins.set(in.get(i), bins.get(in.get(i)) + 1);
        }
    }

    static void localHistogram(KernelContext context, IntArray in, IntArray bins) {
        int[] counts = context.allocateIntLocalArray(16);
        int local = context.localIdx;
        if (local < 16) {
            counts[local] = 0;
        }
        context.localBarrier();
        context.atomicAdd(counts, in.get(context.globalIdx), 1);
        context.localBarrier();
        if (local < 16) {
            context.atomicAdd(bins, local, counts[local]);
        }
    }

    static void localHistogramReference(KernelContext context, IntArray in, IntArray bins) {
        histogramReference(context, in, bins);
    }

    static void bitonic(KernelContext context, IntArray in, IntArray out) {
        int[] keys = context.allocateIntLocalArray(64);
        int i = context.localIdx;
        keys[i] = in.get(i);
        context.localBarrier();
        for (int k = 2; k <= 64; k *= 2) {
            for (int j = k / 2; j > 0; j /= 2) {
                int other = i ^ j;
                if (other > i) {
                    boolean up = (i & k) == 0;
                    if (keys[i] > keys[other] == up) {
                        int t = keys[i];
                        keys[i] = keys[other];
                        keys[other] = t;
                    }
                }
                context.localBarrier();
            }
        }
        out.set(i, keys[i]);
    }

    static void bitonicReference(KernelContext context, IntArray in, IntArray out) {
        int[] sorted = in.toHeapArray();
        java.util.Arrays.sort(sorted);
        for (int i = 0; i < sorted.length; i++) {
            out.set(i, sorted[i]);
        }
    }

    static void oddEven(KernelContext context, FloatArray in, FloatArray out) {
        float[] keys = context.allocateFloatLocalArray(64);
        int t = context.localIdx;
        keys[t] = in.get(t);
        keys[t + 32] = in.get(t + 32);
        for (int round = 0; round < 64; round++) {
            context.localBarrier();
            int low = 2 * t + (round & 1);
            if (low + 1 < 64 && keys[low] > keys[low + 1]) {
                float x = keys[low];
                keys[low] = keys[low + 1];
                keys[low + 1] = x;
            }
        }
        context.localBarrier();
        out.set(t, keys[t]);
        out.set(t + 32, keys[t + 32]);
    }

    static void oddEvenReference(KernelContext context, FloatArray in, FloatArray out) {
        float[] sorted = in.toHeapArray();
        java.util.Arrays.sort(sorted);
        for (int i = 0; i < sorted.length; i++) {
            out.set(i, sorted[i]);
        }
    }

    static void convolve(KernelContext context, FloatArray in, FloatArray filter, FloatArray out) {
        float[] tile = context.allocateFloatLocalArray(GROUP + 4);
        int global = context.globalIdx;
        int local = context.localIdx;
        tile[local + 2] = in.get(global);
        if (local < 2) {
            tile[local] = global - 2 >= 0 ? in.get(global - 2) : 0f;
        } else if (local >= context.localGroupSizeX - 2) {
            int at = global + 2;
            tile[local + 4] = at < in.getSize() ? in.get(at) : 0f;
        }
        context.localBarrier();
        float sum = 0f;
        for (int k = 0; k < 5; k++) {
            sum = Math.fma(filter.get(k), tile[local + k], sum);
        }
        out.set(global, sum);
    }

    static void convolveReference(
            KernelContext context, FloatArray in, FloatArray filter, FloatArray out) {
        for (int i = 0; i < in.getSize(); i++) {
            float sum = 0f;
            for (int k = 0; k < 5; k++) {
                int at = i + k - 2;
                float x = at >= 0 && at < in.getSize() ? in.get(at) : 0f;
                sum = Math.fma(filter.get(k), x, sum);
            }
            out.set(i, sum);
        }
    }

    static void coordinates(KernelContext context, IntArray out) {
        int x = context.globalIdx;
        int y = context.globalIdy;
        int z = context.globalIdz;
        int at = (z * context.globalGroupSizeY + y) * context.globalGroupSizeX + x;
        out.set(2 * at, x + 100 * y + 10000 * z);
        int local = context.localIdx + 10 * context.localIdy + 100 * context.localIdz;
        int group = context.groupIdx + 10 * context.groupIdy + 100 * context.groupIdz;
        out.set(2 * at + 1, local + 1000 * group);
    }

    static void coordinatesReference(KernelContext context, IntArray out) {
        for (int at = 0; at < 8 * 4 * 6; at++) {
            int x = at % 8;
            int y = at / 8 % 4;
            int z = at / 32;
            out.set(2 * at, x + 100 * y + 10000 * z);
            int local = x % 2 + 10 * (y % 2) + 100 * (z % 3);
            out.set(2 * at + 1, local + 1000 * (x / 2 + 10 * (y / 2) + 100 * (z / 3)));
        }
    }

    static void places(KernelContext context, IntArray out) {
        int row = context.globalIdy;
        int column = context.globalIdx;
        int at = 4 * (row * context.globalGroupSizeX + column);
        out.set(at, context.localGroupSizeX);
        out.set(at + 1, context.localGroupSizeY);
        out.set(at + 2, context.globalGroupSizeY);
        out.set(at + 3, context.localIdy * 10 + context.groupIdx);
    }

    static void placesReference(KernelContext context, IntArray out) {
        for (int row = 0; row < 8; row++) {
            for (int column = 0; column < 16; column++) {
                int at = 4 * (row * 16 + column);
                out.set(at, 4);
                out.set(at + 1, 2);
                out.set(at + 2, 8);
                out.set(at + 3, row % 2 * 10 + column / 4);
            }
        }
    }

    static void bytes(KernelContext context, ByteArray out, LongArray longs) {
        byte[] shared = context.allocateByteLocalArray(GROUP);
        long[] wide = context.allocateLongLocalArray(GROUP);
        int local = context.localIdx;
        shared[local] = (byte) (context.globalIdx * 5);
        wide[local] = (long) context.globalIdx << 33;
        context.localBarrier();
        byte next = shared[(local + 1) % GROUP];
        next += 100;
        out.set(context.globalIdx, next);
        longs.set(context.globalIdx, wide[GROUP - 1 - local] >>> 3);
    }

    static void bytesReference(KernelContext context, ByteArray out, LongArray longs) {
        for (int i = 0; i < out.getSize(); i++) {
            int base = i / GROUP * GROUP;
            out.set(i, (byte) ((byte) ((base + (i - base + 1) % GROUP) * 5) + 100));
            longs.set(i, ((long) (base + GROUP - 1 - (i - base)) << 33) >>> 3);
        }
    }

    static void atomics(
            KernelContext context, IntArray i, LongArray l, FloatArray f, DoubleArray d) {
        int id = context.globalIdx;
        context.atomicAdd(i, id & 1, id);
        context.atomicAdd(l, id % 2, -1L - id);
        context.atomicAdd(f, 0, 0.5f);
        if (id % 3 == 0) {
            context.atomicAdd(f, 1, 2f);
            context.atomicAdd(d, 1, 0.25);
        }
        context.atomicAdd(d, 0, id);
    }

    static void atomicsReference(
            KernelContext context, IntArray i, LongArray l, FloatArray f, DoubleArray d) {
        for (int id = 0; id < 128; id++) {
            i.set(id & 1, i.get(id & 1) + id);
            l.set(id % 2, l.get(id % 2) - 1 - id);
            f.set(0, f.get(0) + 0.5f);
            if (id % 3 == 0) {
                f.set(1, f.get(1) + 2);
                d.set(1, d.get(1) + 0.25);
            }
            d.set(0, d.get(0) + id);
        }
    }

    static void strided(KernelContext context, IntArray in, IntArray out) {
        int sum = 0;
        for (int i = context.globalIdx; i < in.getSize(); i += context.globalGroupSizeX) {
            sum += in.get(i);
        }
        out.set(context.globalIdx, sum);
    }

    static void stridedReference(KernelContext context, IntArray in, IntArray out) {
        for (int i = 0; i < in.getSize(); i++) {
            out.set(i % 64, out.get(i % 64) + in.get(i));
        }
    }

    static void argmax(KernelContext context, FloatArray in, IntArray out) {
        float[] best = context.allocateFloatLocalArray(128);
        int[] at = context.allocateIntLocalArray(128);
        int local = context.localIdx;
        best[local] = in.get(local);
        at[local] = local;
        context.localBarrier();
        for (int s = 64; s > 0; s >>= 1) {
            if (local < s) {
                float other = best[local + s];
                if (other > best[local] || other == best[local] && at[local + s] < at[local]) {
                    best[local] = other;
                    at[local] = at[local + s];
                }
            }
            context.localBarrier();
        }
        if (local == 0) {
            out.set(0, at[0]);
        }
    }

    static void argmaxReference(KernelContext context, FloatArray in, IntArray out) {
        for (int i = 1; i < in.getSize(); i++) {
            if (in.get(i) > in.get(out.get(0))) {
                out.set(0, i);
            }
        }
    }

    static void guarded(KernelContext context, FloatArray in, FloatArray out, int n) {
        int i = context.globalIdx;
        if (i >= n) {
            return;
        }
        float x = in.get(i);
        if (x < 0) {
            out.set(i, -x);
            return;
        }
        out.set(i, x * 2);
    }

    static void guardedReference(KernelContext context, FloatArray in, FloatArray out, int n) {
        for (int i = 0; i < n; i++) {
            out.set(i, in.get(i) < 0 ? -in.get(i) : in.get(i) * 2);
        }
    }

    /** A group takes one way through the switch; its last way has a choice of the items. */
    static void switched(KernelContext context, IntArray in, IntArray out) {
        int[] shared = context.allocateIntLocalArray(GROUP);
        int i = context.globalIdx;
        int j = context.localIdx;
        int x = in.get(i);
        for (int k = 0; k < 3; k++) {
            switch (context.groupIdx & 3) {
                case 0:
                    x += in.get(i);
                case 2:
                    shared[j] = x;
                    context.localBarrier();
                    x ^= shared[GROUP - 1 - j];
                    context.localBarrier();
                    break;
                default:
                    if (j == 5) {
                        x += 100;
                    }
            }
        }
        out.set(i, x);
    }

    static void switchedReference(KernelContext context, IntArray in, IntArray out) {
        for (int g = 0; g < 4; g++) {
            int[] x = new int[GROUP];
            for (int j = 0; j < GROUP; j++) {
                x[j] = in.get(g * GROUP + j);
            }
            for (int k = 0; k < 3; k++) {
                int[] before = new int[GROUP];
                for (int j = 0; j < GROUP; j++) {
                    before[j] = g == 0 ? x[j] + in.get(j) : x[j];
                }
                for (int j = 0; j < GROUP; j++) {
                    x[j] =
                            g % 2 == 0
                                    ? before[j] ^ before[GROUP - 1 - j]
                                    : j == 5 ? x[j] + 100 : x[j];
                }
            }
            for (int j = 0; j < GROUP; j++) {
                out.set(g * GROUP + j, x[j]);
            }
        }
    }

    static void compacted(KernelContext context, IntArray in, IntArray out, IntArray count) {
        int[] flags = context.allocateIntLocalArray(64);
        int i = context.localIdx;
        int keep = in.get(i) > 0 ? 1 : 0;
        flags[i] = keep;
        context.localBarrier();
        for (int d = 1; d < 64; d *= 2) {
            int add = i >= d ? flags[i - d] : 0;
            context.localBarrier();
            flags[i] += add;
            context.localBarrier();
        }
        if (keep == 1) {
            out.set(flags[i] - 1, in.get(i));
        }
        if (i == 63) {
            count.set(0, flags[63]);
        }
    }

    static void compactedReference(
            KernelContext context, IntArray in, IntArray out, IntArray count) {
        for (int i = 0; i < 64; i++) {
            if (in.get(i) > 0) {
                out.set(count.get(0), in.get(i));
                count.set(0, count.get(0) + 1);
            }
        }
    }
}
