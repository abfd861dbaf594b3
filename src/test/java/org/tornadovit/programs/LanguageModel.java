package org.tornadovit.programs;

import static org.tornadovit.programs.Case.list;
import static org.tornadovit.programs.Check.floats;
import static org.tornadovit.programs.Check.grid;
import static org.tornadovit.programs.Check.halves;
import static org.tornadovit.programs.Check.ints;

import java.util.List;
import java.util.Random;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.HalfFloat;
import uk.ac.manchester.tornado.api.types.arrays.ByteArray;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.HalfFloatArray;
import uk.ac.manchester.tornado.api.types.arrays.Int8Array;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** Kernels of a Llama-like decoder: one token a step. */
final class LanguageModel {
    private static final int DIM = 64;
    private static final int GROUP = 32;
    private static final int HEADS = 4;
    private static final int HEAD = DIM / HEADS;
    private static final int CONTEXT = 24;

    private LanguageModel() {}

    static List<Case> cases() {
        return List.of(
                Case.items(
                        "squares",
                        grid(DIM, GROUP),
                        () -> list(context(), floats(DIM, 1), new FloatArray(3), DIM, 1e-5f)),
                Case.of(
                        "normalised",
                        () -> list(floats(DIM, 1), floats(DIM, 2), new FloatArray(DIM), 0.7f)),
                Case.items(
                        "rope",
                        grid(DIM / 2, 16),
                        () ->
                                list(
                                        context(),
                                        position(7),
                                        floats(DIM, 3),
                                        floats(32, 4),
                                        32,
                                        HEAD)),
                Case.items(
                        "matrixVector",
                        grid(40 * GROUP, GROUP),
                        () ->
                                list(
                                        context(),
                                        floats(DIM, 5),
                                        new FloatArray(40),
                                        floats(40 * DIM, 6),
                                        DIM,
                                        40,
                                        GROUP)),
                Case.items(
                        "halfMatrixVector",
                        grid(40 * GROUP, GROUP),
                        () ->
                                list(
                                        context(),
                                        floats(DIM, 5),
                                        floats(40, 8),
                                        halves(40 * DIM, 6),
                                        DIM,
                                        40,
                                        GROUP)),
                Case.items(
                        "q8",
                        grid(20 * GROUP, GROUP),
                        () ->
                                list(
                                        context(),
                                        floats(DIM, 5),
                                        new FloatArray(20),
                                        int8(20 * DIM, 6),
                                        halves(20 * DIM / 32, 7),
                                        DIM,
                                        20,
                                        GROUP)),
                Case.items(
                        "q8Blocks",
                        grid(20 * GROUP, GROUP),
                        () ->
                                list(
                                        context(),
                                        floats(DIM, 5),
                                        new FloatArray(20),
                                        blocks(20 * DIM / 32, 34),
                                        DIM,
                                        20,
                                        GROUP)),
                Case.of("q4", () -> list(blocks(12, 18), new FloatArray(12 * 32))),
                Case.items(
                        "feedForward",
                        grid(24 * GROUP, GROUP),
                        () ->
                                list(
                                        context(),
                                        floats(DIM, 5),
                                        new FloatArray(24),
                                        halves(24 * DIM, 6),
                                        halves(24 * DIM, 7),
                                        DIM,
                                        24)),
                Case.of(
                        "cache",
                        () ->
                                list(
                                        new FloatArray(2 * CONTEXT * DIM),
                                        floats(DIM, 1),
                                        new FloatArray(2 * CONTEXT * DIM),
                                        floats(DIM, 2),
                                        position(5),
                                        DIM,
                                        1,
                                        CONTEXT)),
                Case.of(
                        "attention",
                        () ->
                                list(
                                        floats(DIM, 1),
                                        floats(CONTEXT * DIM, 2),
                                        floats(CONTEXT * DIM, 3),
                                        new FloatArray(DIM),
                                        HEADS,
                                        HEAD,
                                        position(9),
                                        new FloatArray(HEADS * CONTEXT))),
                Case.items(
                        "flash",
                        grid(HEADS * 8, 8),
                        () ->
                                list(
                                        context(),
                                        floats(DIM, 1),
                                        floats(CONTEXT * DIM, 2),
                                        floats(CONTEXT * DIM, 3),
                                        new FloatArray(DIM),
                                        HEADS,
                                        HEAD,
                                        position(19))),
                Case.of("softmax", () -> list(floats(100, 9), 100)),
                Case.of("swiglu", () -> list(floats(77, 1), floats(77, 2))),
                Case.of("gelu", () -> list(floats(77, 1), new FloatArray(77))),
                Case.of("embedding", () -> list(halves(10 * DIM, 1), new FloatArray(DIM), 3, DIM)),
                Case.of(
                        "dequantise",
                        () ->
                                list(
                                        ints(16, Integer.MIN_VALUE, Integer.MAX_VALUE, 2),
                                        new FloatArray(128),
                                        0.25f)),
                Case.of("sample", () -> list(floats(100, 3), new IntArray(1), 0.3f, 100)));
    }

    private static KernelContext context() {
        return new KernelContext();
    }

    private static IntArray position(int value) {
        return IntArray.fromElements(value);
    }

    private static Int8Array int8(int size, long seed) {
        Int8Array array = new Int8Array(size);
        Random random = new Random(seed);
        for (int i = 0; i < size; i++) {
            array.set(i, (byte) random.nextInt());
        }
        return array;
    }

    private static ByteArray blocks(int count, int bytes) {
        ByteArray array = new ByteArray(count * bytes);
        Random random = new Random(4);
        for (int i = 0; i < array.getSize(); i++) {
            array.set(i, (byte) random.nextInt());
        }
        for (int b = 0; b < count; b++) {
            array.setHalfFloat(b * bytes, new HalfFloat(random.nextFloat() / 64));
        }
        return array;
    }

    static void squares(KernelContext context, FloatArray x, FloatArray out, int n, float eps) {
        int global = context.globalIdx;
        int local = context.localIdx;
        int group = context.groupIdx;
        int size = context.localGroupSizeX;
        float[] shared = context.allocateFloatLocalArray(GROUP);
        if (global < n) {
            float v = x.get(global);
            shared[local] = v * v;
        } else {
            shared[local] = 0.0f;
        }
        for (int stride = (size / 2); stride > 0; stride /= 2) {
            context.localBarrier();
            if (local < stride) {
                shared[local] += shared[local + stride];
            }
        }
        if (local == 0) {
            out.set(group + 1, shared[0] / n + eps);
        }
    }

    static void squaresReference(
            KernelContext context, FloatArray x, FloatArray out, int n, float eps) {
        for (int group = 0; group < 2; group++) {
            float sum = 0;
            for (int i = 0; i < GROUP; i++) {
                sum += x.get(group * GROUP + i) * x.get(group * GROUP + i);
            }
            out.set(group + 1, sum / n + eps);
        }
    }

    static void normalised(FloatArray x, FloatArray weight, FloatArray out, float scale) {
        float total = 0;
        for (int i = 0; i < x.getSize(); i++) {
            total += x.get(i) * x.get(i);
        }
        float norm = 1.0f / TornadoMath.sqrt(total / x.getSize() + 1e-5f);
        for (@Parallel int i = 0; i < x.getSize(); i++) {
            out.set(i, weight.get(i) * (norm * x.get(i)) * scale);
        }
    }

    static void rope(
            KernelContext context,
            IntArray position,
            FloatArray q,
            FloatArray k,
            int kvDim,
            int headSize) {
        int i = context.globalIdx * 2;
        int headDim = i % headSize;
        float freq = 1.0f / TornadoMath.pow(10000.0f, headDim / (float) headSize);
        float val = position.get(0) * freq;
        float fcr = TornadoMath.cos(val);
        float fci = TornadoMath.sin(val);
        float v0 = q.get(i);
        float v1 = q.get(i + 1);
        q.set(i, v0 * fcr - v1 * fci);
        q.set(i + 1, v0 * fci + v1 * fcr);
        if (i < kvDim) {
            float k0 = k.get(i);
            float k1 = k.get(i + 1);
            k.set(i, k0 * fcr - k1 * fci);
            k.set(i + 1, k0 * fci + k1 * fcr);
        }
    }

    static void ropeReference(
            KernelContext context,
            IntArray position,
            FloatArray q,
            FloatArray k,
            int kvDim,
            int headSize) {
        for (int i = 0; i < q.getSize(); i += 2) {
            double angle = position.get(0) / Math.pow(10000, i % headSize / (double) headSize);
            for (FloatArray array : List.of(q, k)) {
                if (i < array.getSize()) {
                    double x = array.get(i);
                    double y = array.get(i + 1);
                    array.set(i, (float) (x * Math.cos(angle) - y * Math.sin(angle)));
                    array.set(i + 1, (float) (x * Math.sin(angle) + y * Math.cos(angle)));
                }
            }
        }
    }

    private static float rowMajor(
            KernelContext context, int localSize, FloatArray x, FloatArray w, int n) {
        int row = context.groupIdx;
        int local = context.localIdx;
        float[] sums = context.allocateFloatLocalArray(localSize);
        int offset = row * n;
        float partial = 0.0f;
        for (int j = local; j < n; j += localSize) {
            partial += w.get(offset + j) * x.get(j);
        }
        sums[local] = partial;
        context.localBarrier();
        for (int stride = localSize / 2; stride > 0; stride >>= 1) {
            if (local < stride) {
                sums[local] += sums[local + stride];
            }
            context.localBarrier();
        }
        return sums[0];
    }

    static void matrixVector(
            KernelContext context,
            FloatArray x,
            FloatArray out,
            FloatArray w,
            int n,
            int d,
            int localSize) {
        int row = context.groupIdx;
        if (row >= d) {
            return;
        }
        float sum = rowMajor(context, localSize, x, w, n);
        if (context.localIdx == 0) {
            out.set(row, sum);
        }
    }

    static void matrixVectorReference(
            KernelContext context,
            FloatArray x,
            FloatArray out,
            FloatArray w,
            int n,
            int d,
            int localSize) {
        for (int row = 0; row < d; row++) {
            float sum = 0;
            for (int j = 0; j < n; j++) {
                sum += w.get(row * n + j) * x.get(j);
            }
            out.set(row, sum);
        }
    }

    static void halfMatrixVector(
            KernelContext context,
            FloatArray x,
            FloatArray hb,
            HalfFloatArray w,
            int n,
            int d,
            int localSize) {
        int row = context.groupIdx;
        int local = context.localIdx;
        float[] sums = context.allocateFloatLocalArray(localSize);
        float partial = 0;
        for (int j = local; j < n; j += localSize) {
            partial += w.get(row * n + j).getFloat32() * x.get(j);
        }
        sums[local] = partial;
        context.localBarrier();
        for (int stride = localSize / 2; stride > 0; stride >>= 1) {
            if (local < stride) {
                sums[local] += sums[local + stride];
            }
            context.localBarrier();
        }
        if (local == 0) {
            hb.set(row, hb.get(row) + sums[0]);
        }
    }

    static void halfMatrixVectorReference(
            KernelContext context,
            FloatArray x,
            FloatArray hb,
            HalfFloatArray w,
            int n,
            int d,
            int localSize) {
        for (int row = 0; row < d; row++) {
            float sum = 0;
            for (int j = 0; j < n; j++) {
                sum += w.get(row * n + j).getFloat32() * x.get(j);
            }
            hb.set(row, hb.get(row) + sum);
        }
    }

    static void q8(
            KernelContext context,
            FloatArray x,
            FloatArray out,
            Int8Array quants,
            HalfFloatArray scales,
            int n,
            int d,
            int localSize) {
        int row = context.groupIdx;
        int local = context.localIdx;
        int blockSize = 32;
        float[] sums = context.allocateFloatLocalArray(localSize);
        int rowOffset = row * n;
        int scalesRow = row * ((n + blockSize - 1) / blockSize);
        float partial = 0.0f;
        for (int j = local; j < n; j += localSize) {
            int block = j / blockSize;
            float scale = scales.get(scalesRow + block).getFloat32();
            partial += ((float) quants.get(rowOffset + j) * scale) * x.get(j);
        }
        sums[local] = partial;
        context.localBarrier();
        for (int stride = localSize / 2; stride > 0; stride >>= 1) {
            if (local < stride) {
                sums[local] += sums[local + stride];
            }
            context.localBarrier();
        }
        if (local == 0) {
            out.set(row, sums[0]);
        }
    }

    static void q8Reference(
            KernelContext context,
            FloatArray x,
            FloatArray out,
            Int8Array quants,
            HalfFloatArray scales,
            int n,
            int d,
            int localSize) {
        for (int row = 0; row < d; row++) {
            float sum = 0;
            for (int j = 0; j < n; j++) {
                int at = row * n + j;
                sum += quants.get(at) * scales.get(at / 32).getFloat32() * x.get(j);
            }
            out.set(row, sum);
        }
    }

    static void q8Blocks(
            KernelContext context,
            FloatArray x,
            FloatArray out,
            ByteArray q,
            int n,
            int d,
            int localSize) {
        int row = context.groupIdx;
        int local = context.localIdx;
        final int blockSize = 32;
        final int blockBytes = 34;
        float[] sums = context.allocateFloatLocalArray(localSize);
        int blocksPerRow = (n + blockSize - 1) / blockSize;
        int rowBlock = row * blocksPerRow;
        float partial = 0.0f;
        for (int j = local; j < n; j += localSize) {
            int offset = (rowBlock + j / blockSize) * blockBytes;
            HalfFloat scale = q.getHalfFloat(offset);
            byte quant = q.get(offset + 2 + j % blockSize);
            partial += ((float) quant * scale.getFloat32()) * x.get(j);
        }
        sums[local] = partial;
        context.localBarrier();
        for (int stride = localSize / 2; stride > 0; stride >>= 1) {
            if (local < stride) {
                sums[local] += sums[local + stride];
            }
            context.localBarrier();
        }
        if (local == 0) {
            out.set(row, sums[0]);
        }
    }

    static void q8BlocksReference(
            KernelContext context,
            FloatArray x,
            FloatArray out,
            ByteArray q,
            int n,
            int d,
            int localSize) {
        for (int row = 0; row < d; row++) {
            float sum = 0;
            for (int j = 0; j < n; j++) {
                int block = (row * n + j) / 32 * 34;
                int low = q.get(block) & 0xff;
                int high = q.get(block + 1) << 8;
                float scale = Float.float16ToFloat((short) (high | low));
                sum += q.get(block + 2 + j % 32) * scale * x.get(j);
            }
            out.set(row, sum);
        }
    }

    static void q4(ByteArray q, FloatArray out) {
        for (@Parallel int i = 0; i < out.getSize(); i++) {
            int block = i / 32;
            int offset = block * 18;
            float scale = q.getHalfFloat(offset).getFloat32();
            int inBlock = i % 32;
            byte quant;
            if (inBlock < 16) {
                quant = (byte) (q.get(offset + 2 + inBlock) & 0x0F);
            } else {
                quant = (byte) ((q.get(offset + 2 + inBlock - 16) >>> 4) & 0x0F);
            }
            quant -= 8;
            out.set(i, quant * scale);
        }
    }

    private static float silu(float x) {
        return x * (1.0f / (1.0f + TornadoMath.exp(-x)));
    }

    static void feedForward(
            KernelContext context,
            FloatArray x,
            FloatArray hb,
            HalfFloatArray w1,
            HalfFloatArray w3,
            int n,
            int d) {
        int row = context.groupIdx;
        int local = context.localIdx;
        float[] a = context.allocateFloatLocalArray(GROUP);
        float[] b = context.allocateFloatLocalArray(GROUP);
        float s1 = 0;
        float s3 = 0;
        for (int j = local; j < n; j += GROUP) {
            float v = x.get(j);
            s1 += w1.get(row * n + j).getFloat32() * v;
            s3 += w3.get(row * n + j).getFloat32() * v;
        }
        a[local] = s1;
        b[local] = s3;
        context.localBarrier();
        for (int stride = GROUP / 2; stride > 0; stride >>= 1) {
            if (local < stride) {
                a[local] += a[local + stride];
                b[local] += b[local + stride];
            }
            context.localBarrier();
        }
        if (local == 0) {
            hb.set(row, silu(a[0]) * b[0]);
        }
    }

    static void feedForwardReference(
            KernelContext context,
            FloatArray x,
            FloatArray hb,
            HalfFloatArray w1,
            HalfFloatArray w3,
            int n,
            int d) {
        for (int row = 0; row < d; row++) {
            float s1 = 0;
            float s3 = 0;
            for (int j = 0; j < n; j++) {
                s1 += w1.get(row * n + j).getFloat32() * x.get(j);
                s3 += w3.get(row * n + j).getFloat32() * x.get(j);
            }
            hb.set(row, silu(s1) * s3);
        }
    }

    static void cache(
            FloatArray keys,
            FloatArray key,
            FloatArray values,
            FloatArray value,
            IntArray position,
            int kvDim,
            int layer,
            int contextLength) {
        int offset = layer * contextLength * kvDim + position.get(0) * kvDim;
        for (@Parallel int i = 0; i < kvDim; i++) {
            keys.set(offset + i, key.get(i));
            values.set(offset + i, value.get(i));
        }
    }

    private static void head(
            FloatArray q,
            FloatArray keys,
            FloatArray values,
            FloatArray out,
            int h,
            int headSize,
            int dim,
            int pos,
            FloatArray scores) {
        int base = h * CONTEXT;
        float max = Float.NEGATIVE_INFINITY;
        for (int t = 0; t <= pos; t++) {
            float score = 0;
            for (int i = 0; i < headSize; i++) {
                score += q.get(h * headSize + i) * keys.get(t * dim + h * headSize + i);
            }
            score /= TornadoMath.sqrt(headSize);
            scores.set(base + t, score);
            if (score > max) {
                max = score;
            }
        }
        float sum = 0;
        for (int t = 0; t <= pos; t++) {
            float e = TornadoMath.exp(scores.get(base + t) - max);
            scores.set(base + t, e);
            sum += e;
        }
        float normal = sum > 0 ? 1f / sum : 1f / (pos + 1);
        for (int i = 0; i < headSize; i++) {
            float weighted = 0;
            for (int t = 0; t <= pos; t++) {
                weighted += scores.get(base + t) * normal * values.get(t * dim + h * headSize + i);
            }
            out.set(h * headSize + i, weighted);
        }
    }

    static void attention(
            FloatArray q,
            FloatArray keys,
            FloatArray values,
            FloatArray out,
            int heads,
            int headSize,
            IntArray position,
            FloatArray scores) {
        int pos = position.get(0);
        for (@Parallel int h = 0; h < heads; h++) {
            head(q, keys, values, out, h, headSize, heads * headSize, pos, scores);
        }
    }

    static void flash(
            KernelContext context,
            FloatArray q,
            FloatArray keys,
            FloatArray values,
            FloatArray out,
            int heads,
            int headSize,
            IntArray position) {
        int tid = context.localIdx;
        int h = context.groupIdx;
        int size = context.localGroupSizeX;
        int dim = heads * headSize;
        int pos = position.get(0);
        int tile = 8;
        float[] qShared = context.allocateFloatLocalArray(HEAD);
        float[] kTile = context.allocateFloatLocalArray(8 * HEAD);
        float[] vTile = context.allocateFloatLocalArray(8 * HEAD);
        float[] scores = context.allocateFloatLocalArray(8);
        float[] tileMax = context.allocateFloatLocalArray(1);
        float maxScore = Float.NEGATIVE_INFINITY;
        float sumExp = 0.0f;
        float[] output = new float[HEAD];
        for (int i = 0; i < headSize; i++) {
            output[i] = 0.0f;
        }
        for (int i = tid; i < headSize; i += size) {
            qShared[i] = q.get(h * headSize + i);
        }
        context.localBarrier();
        for (int tileC = 0; tileC <= pos; tileC += tile) {
            int tileEnd = Math.min(tileC + tile - 1, pos);
            for (int at = tileC + tid; at <= tileEnd; at += size) {
                int inTile = at - tileC;
                for (int d = 0; d < headSize; d++) {
                    kTile[inTile * headSize + d] = keys.get(at * dim + h * headSize + d);
                    vTile[inTile * headSize + d] = values.get(at * dim + h * headSize + d);
                }
            }
            context.localBarrier();
            for (int at = tileC + tid; at <= tileEnd; at += size) {
                int inTile = at - tileC;
                float score = 0.0f;
                for (int d = 0; d < headSize; d++) {
                    score += qShared[d] * kTile[inTile * headSize + d];
                }
                score /= TornadoMath.sqrt(headSize);
                scores[inTile] = score;
            }
            context.localBarrier();
            float max = Float.NEGATIVE_INFINITY;
            for (int i = 0; i <= tileEnd - tileC; i++) {
                if (scores[i] > max) {
                    max = scores[i];
                }
            }
            if (tid == 0) {
                tileMax[0] = max;
            }
            context.localBarrier();
            float newMax = Math.max(maxScore, tileMax[0]);
            if (newMax != maxScore && maxScore != Float.NEGATIVE_INFINITY) {
                float scale = TornadoMath.exp(maxScore - newMax);
                sumExp *= scale;
                for (int d = 0; d < headSize; d++) {
                    output[d] *= scale;
                }
            }
            maxScore = newMax;
            for (int t = 0; t <= tileEnd - tileC; t++) {
                float exp = TornadoMath.exp(scores[t] - maxScore);
                sumExp += exp;
                for (int d = 0; d < headSize; d++) {
                    output[d] += exp * vTile[t * headSize + d];
                }
            }
            context.localBarrier();
        }
        float normal = (sumExp > 0.0f) ? (1.0f / sumExp) : 0.0f;
        for (int d = tid; d < headSize; d += size) {
            out.set(h * headSize + d, output[d] * normal);
        }
    }

    static void flashReference(
            KernelContext context,
            FloatArray q,
            FloatArray keys,
            FloatArray values,
            FloatArray out,
            int heads,
            int headSize,
            IntArray position) {
        attention(q, keys, values, out, heads, headSize, position, new FloatArray(heads * CONTEXT));
    }

    static void softmax(FloatArray x, int size) {
        float max = x.get(0);
        for (int i = 1; i < size; i++) {
            if (x.get(i) > max) {
                max = x.get(i);
            }
        }
        float sum = 0;
        for (int i = 0; i < size; i++) {
            x.set(i, (float) Math.exp(x.get(i) - max));
            sum += x.get(i);
        }
        for (int i = 0; i < size; i++) {
            x.set(i, x.get(i) / sum);
        }
    }

    static void swiglu(FloatArray hb, FloatArray hb2) {
        for (@Parallel int i = 0; i < hb.getSize(); i++) {
            float val = hb.get(i);
            val *= 1.0f / (1.0f + TornadoMath.exp(-val));
            val *= hb2.get(i);
            hb.set(i, val);
        }
    }

    static void gelu(FloatArray x, FloatArray out) {
        for (@Parallel int i = 0; i < x.getSize(); i++) {
            float v = x.get(i);
            float cube = v * v * v;
            float inner = 0.797885f * (v + 0.044715f * cube);
            out.set(i, 0.5f * v * (1 + TornadoMath.tanh(inner)));
        }
    }

    static void embedding(HalfFloatArray table, FloatArray x, int token, int dim) {
        for (@Parallel int i = 0; i < dim; i++) {
            x.set(i, table.get(token * dim + i).getFloat32());
        }
    }

    static void dequantise(IntArray packed, FloatArray out, float scale) {
        for (@Parallel int i = 0; i < packed.getSize(); i++) {
            int word = packed.get(i);
            for (int k = 0; k < 8; k++) {
                int nibble = (word >>> (4 * k)) & 0xF;
                out.set(i * 8 + k, (nibble - 8) * scale);
            }
        }
    }

    static void sample(FloatArray logits, IntArray token, float coin, int n) {
        float total = 0;
        for (int i = 0; i < n; i++) {
            total += TornadoMath.exp(logits.get(i));
        }
        float cdf = 0;
        token.set(0, n - 1);
        for (int i = 0; i < n; i++) {
            cdf += TornadoMath.exp(logits.get(i)) / total;
            if (coin < cdf) {
                token.set(0, i);
                break;
            }
        }
    }
}
