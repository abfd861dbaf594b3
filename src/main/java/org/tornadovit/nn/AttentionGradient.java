package org.tornadovit.nn;

import java.util.Optional;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * The way back through {@link Attention}, {@code o = a v} with {@code a = softmax(s)} and {@code s
 * = q kᵀ / √d}; the weights {@code a} are those that the forward pass left behind:
 *
 * <pre>
 * dv = aᵀ do,   da = do vᵀ,   ds = a (da - Σ a da),   dq = ds k / √d,   dk = dsᵀ q / √d
 * </pre>
 *
 * <p>Shapes as in {@link Attention}; {@code dqkv} is laid out as {@code qkv}, and each kernel
 * writes its own third of it.
 *
 * <p>Error of all: |dqkv - float64 reference| &lt;= 2e-5 · max|dqkv| for tokens &lt;= 197 and |q|,
 * |k|, |v| of order 1 (AttentionGradientTest).
 *
 * @param qkv queries, keys and values
 * @param relative embeddings of offsets, where attention sees them
 * @param weights the weights of attention
 * @param mixed result
 */
public record AttentionGradient(
        FloatArray qkv,
        Optional<FloatArray> relative,
        FloatArray weights,
        FloatArray mixed,
        int batch,
        int tokens,
        int heads,
        int headDim,
        float scale) {

    /** {@code da[b, h, i, j] = do[b, i, h] · v[b, j, h]}. */
    public static void weights(
            FloatArray dout,
            FloatArray qkv,
            FloatArray dweights,
            int batch,
            int tokens,
            int heads,
            int headDim) {
        int dim = heads * headDim;
        for (int b = 0; b < batch; b++) {
            for (@Parallel int h = 0; h < heads; h++) {
                for (@Parallel int i = 0; i < tokens; i++) {
                    for (@Parallel int j = 0; j < tokens; j++) {
                        float sum = 0.0f;
                        for (int d = 0; d < headDim; d++) {
                            sum +=
                                    dout.get((b * tokens + i) * dim + h * headDim + d)
                                            * qkv.get(
                                                    (b * tokens + j) * 3 * dim
                                                            + 2 * dim
                                                            + h * headDim
                                                            + d);
                        }
                        dweights.set(((b * heads + h) * tokens + i) * tokens + j, sum);
                    }
                }
            }
        }
    }

    /** {@code dv[b, j, h] = Σᵢ a[b, h, i, j] · do[b, i, h]}. */
    public static void values(
            FloatArray weights,
            FloatArray dout,
            FloatArray dqkv,
            int batch,
            int tokens,
            int heads,
            int headDim) {
        int dim = heads * headDim;
        for (int b = 0; b < batch; b++) {
            for (@Parallel int h = 0; h < heads; h++) {
                for (@Parallel int j = 0; j < tokens; j++) {
                    for (@Parallel int d = 0; d < headDim; d++) {
                        float sum = 0.0f;
                        for (int i = 0; i < tokens; i++) {
                            sum +=
                                    weights.get(((b * heads + h) * tokens + i) * tokens + j)
                                            * dout.get((b * tokens + i) * dim + h * headDim + d);
                        }
                        dqkv.set((b * tokens + j) * 3 * dim + 2 * dim + h * headDim + d, sum);
                    }
                }
            }
        }
    }

    /** {@code ds = a (da - Σ a da)} of each row, in place; float32 [rows, columns]. */
    public static void softmax(FloatArray weights, FloatArray dweights, int rows, int columns) {
        for (@Parallel int i = 0; i < rows; i++) {
            float sum = 0.0f;
            for (int j = 0; j < columns; j++) {
                sum += weights.get(i * columns + j) * dweights.get(i * columns + j);
            }
            for (int j = 0; j < columns; j++) {
                float difference = dweights.get(i * columns + j) - sum;
                dweights.set(i * columns + j, weights.get(i * columns + j) * difference);
            }
        }
    }

    /** {@code dq[b, i, h] = scale · Σⱼ ds[b, h, i, j] · k[b, j, h]}, or added. */
    public static void queries(
            FloatArray dscores,
            FloatArray qkv,
            FloatArray dqkv,
            int batch,
            int tokens,
            int heads,
            int headDim,
            float scale,
            int adds) {
        int dim = heads * headDim;
        for (int b = 0; b < batch; b++) {
            for (@Parallel int h = 0; h < heads; h++) {
                for (@Parallel int i = 0; i < tokens; i++) {
                    for (@Parallel int d = 0; d < headDim; d++) {
                        float sum = 0.0f;
                        for (int j = 0; j < tokens; j++) {
                            sum +=
                                    dscores.get(((b * heads + h) * tokens + i) * tokens + j)
                                            * qkv.get(
                                                    (b * tokens + j) * 3 * dim
                                                            + dim
                                                            + h * headDim
                                                            + d);
                        }
                        int at = (b * tokens + i) * 3 * dim + h * headDim + d;
                        dqkv.set(at, adds == 0 ? sum * scale : dqkv.get(at) + sum * scale);
                    }
                }
            }
        }
    }

    /** {@code dk[b, j, h] = scale · Σᵢ ds[b, h, i, j] · q[b, i, h]}. */
    public static void keys(
            FloatArray dscores,
            FloatArray qkv,
            FloatArray dqkv,
            int batch,
            int tokens,
            int heads,
            int headDim,
            float scale) {
        int dim = heads * headDim;
        for (int b = 0; b < batch; b++) {
            for (@Parallel int h = 0; h < heads; h++) {
                for (@Parallel int j = 0; j < tokens; j++) {
                    for (@Parallel int d = 0; d < headDim; d++) {
                        float sum = 0.0f;
                        for (int i = 0; i < tokens; i++) {
                            sum +=
                                    dscores.get(((b * heads + h) * tokens + i) * tokens + j)
                                            * qkv.get((b * tokens + i) * 3 * dim + h * headDim + d);
                        }
                        dqkv.set((b * tokens + j) * 3 * dim + dim + h * headDim + d, sum * scale);
                    }
                }
            }
        }
    }

    /** {@code dq[b, i, h] = scale · Σⱼ ds[b, h, i, j] · r[i - j + tokens - 1, h]}. */
    public static void relativeQueries(
            FloatArray dscores,
            FloatArray relative,
            FloatArray dqkv,
            int batch,
            int tokens,
            int heads,
            int headDim,
            float scale) {
        int dim = heads * headDim;
        for (int b = 0; b < batch; b++) {
            for (@Parallel int h = 0; h < heads; h++) {
                for (@Parallel int i = 0; i < tokens; i++) {
                    for (@Parallel int d = 0; d < headDim; d++) {
                        float sum = 0.0f;
                        for (int j = 0; j < tokens; j++) {
                            sum +=
                                    dscores.get(((b * heads + h) * tokens + i) * tokens + j)
                                            * relative.get(
                                                    (i - j + tokens - 1) * dim + h * headDim + d);
                        }
                        dqkv.set((b * tokens + i) * 3 * dim + h * headDim + d, sum * scale);
                    }
                }
            }
        }
    }

    /** {@code dr[o, h] = scale · Σ ds[b, h, i, j] · q[b, i, h]} over i - j + tokens - 1 = o. */
    public static void offsets(
            FloatArray dscores,
            FloatArray qkv,
            FloatArray drelative,
            int batch,
            int tokens,
            int heads,
            int headDim,
            float scale) {
        int dim = heads * headDim;
        for (@Parallel int o = 0; o < 2 * tokens - 1; o++) {
            for (@Parallel int h = 0; h < heads; h++) {
                for (@Parallel int d = 0; d < headDim; d++) {
                    float sum = 0.0f;
                    for (int b = 0; b < batch; b++) {
                        for (int i = 0; i < tokens; i++) {
                            int j = i - o + tokens - 1;
                            if (j >= 0 && j < tokens) {
                                sum +=
                                        dscores.get(((b * heads + h) * tokens + i) * tokens + j)
                                                * qkv.get(
                                                        (b * tokens + i) * 3 * dim
                                                                + h * headDim
                                                                + d);
                            }
                        }
                    }
                    drelative.set(o * dim + h * headDim + d, sum * scale);
                }
            }
        }
    }

    /** {@return the adjoint of {@link Attention#weightedSum}} */
    Adjoint weightedSum() {
        return (gradients, section, id) -> {
            FloatArray dout = gradients.of(mixed);
            FloatArray dqkv = gradients.into(qkv).array();
            FloatArray da = gradients.into(weights).array();
            int rows = batch * tokens;
            int dim = heads * headDim;
            section.task(
                            id + "_dv",
                            AttentionGradient::values,
                            weights,
                            dout,
                            dqkv,
                            batch,
                            tokens,
                            heads,
                            headDim)
                    .macs(rows, tokens, dim);
            section.task(
                            id + "_da",
                            AttentionGradient::weights,
                            dout,
                            qkv,
                            da,
                            batch,
                            tokens,
                            heads,
                            headDim)
                    .macs(rows, tokens, dim);
        };
    }

    /** {@return the adjoint of {@link Attention#softmax}} */
    Adjoint softmax() {
        return (gradients, section, id) ->
                section.task(
                        id + "_dx",
                        AttentionGradient::softmax,
                        weights,
                        gradients.of(weights),
                        batch * heads * tokens,
                        tokens);
    }

    /** {@return the adjoint of {@link Attention#addRelativeScores}} */
    Adjoint relativeScores(FloatArray offsets) {
        return (gradients, section, id) -> {
            FloatArray ds = gradients.of(weights);
            FloatArray dqkv = gradients.into(qkv).array();
            int rows = batch * tokens;
            int dim = heads * headDim;
            section.task(
                            id + "_dq",
                            AttentionGradient::relativeQueries,
                            ds,
                            offsets,
                            dqkv,
                            batch,
                            tokens,
                            heads,
                            headDim,
                            scale)
                    .macs(rows, tokens, dim);
            if (gradients.needs(offsets)) {
                FloatArray doffsets = gradients.only(offsets);
                section.task(
                                id + "_dr",
                                AttentionGradient::offsets,
                                ds,
                                qkv,
                                doffsets,
                                batch,
                                tokens,
                                heads,
                                headDim,
                                scale)
                        .macs(rows, tokens, dim);
            }
        };
    }

    /** {@return the adjoint of {@link Attention#scores}, which comes after all the others} */
    Adjoint scores() {
        return (gradients, section, id) -> {
            FloatArray ds = gradients.of(weights);
            FloatArray dqkv = gradients.of(qkv);
            int rows = batch * tokens;
            int dim = heads * headDim;
            section.task(
                            id + "_dq",
                            AttentionGradient::queries,
                            ds,
                            qkv,
                            dqkv,
                            batch,
                            tokens,
                            heads,
                            headDim,
                            scale,
                            relative.isPresent() ? 1 : 0)
                    .macs(rows, tokens, dim);
            section.task(
                            id + "_dk",
                            AttentionGradient::keys,
                            ds,
                            qkv,
                            dqkv,
                            batch,
                            tokens,
                            heads,
                            headDim,
                            scale)
                    .macs(rows, tokens, dim);
        };
    }
}
