package org.tornadovit.nn;

import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * Multi-head scaled dot-product self-attention, {@code softmax(q kᵀ / √d) v} (<a
 * href="https://arxiv.org/abs/1706.03762">Vaswani et al. 2017</a>, eq. 1), in three steps.
 *
 * <p>Queries, keys and values are read where the projection left them: {@code qkv} float32 [batch,
 * tokens, 3 · heads · headDim], a token's queries of all heads first, then its keys, then its
 * values. Weights of attention are float32 [batch, heads, tokens, tokens].
 *
 * <p>Error of the three together: |out - float64 reference| &lt;= 2e-5 · max|v| for tokens &lt;=
 * 577 and |q|, |k| of order 1 (AttentionTest).
 */
public final class Attention {
    private Attention() {}

    /** {@code weights[b, h, i, j] = scale · q[b, i, h] · k[b, j, h]}. */
    public static void scores(
            FloatArray qkv,
            FloatArray weights,
            int batch,
            int tokens,
            int heads,
            int headDim,
            float scale) {
        int dim = heads * headDim;
        for (int b = 0; b < batch; b++) {
            for (@Parallel int h = 0; h < heads; h++) {
                for (@Parallel int i = 0; i < tokens; i++) {
                    for (@Parallel int j = 0; j < tokens; j++) {
                        float sum = 0.0f;
                        for (int d = 0; d < headDim; d++) {
                            sum +=
                                    qkv.get((b * tokens + i) * 3 * dim + h * headDim + d)
                                            * qkv.get(
                                                    (b * tokens + j) * 3 * dim
                                                            + dim
                                                            + h * headDim
                                                            + d);
                        }
                        weights.set(((b * heads + h) * tokens + i) * tokens + j, sum * scale);
                    }
                }
            }
        }
    }

    /**
     * Adds attention to relative positions: {@code weights[b, h, i, j] += scale · q[b, i, h] · r[i
     * - j + tokens - 1, h]} (Dosovitskiy et al. 2021, appendix D.4: the query meets the embedding
     * of its offset to the key, and the result biases the attention to contents).
     *
     * @param relative embeddings of the offsets -(tokens - 1) … tokens - 1, float32 [2 · tokens -
     *     1, heads · headDim]
     */
    public static void addRelativeScores(
            FloatArray qkv,
            FloatArray relative,
            FloatArray weights,
            int batch,
            int tokens,
            int heads,
            int headDim,
            float scale) {
        int dim = heads * headDim;
        for (int b = 0; b < batch; b++) {
            for (@Parallel int h = 0; h < heads; h++) {
                for (@Parallel int i = 0; i < tokens; i++) {
                    for (@Parallel int j = 0; j < tokens; j++) {
                        float sum = 0.0f;
                        for (int d = 0; d < headDim; d++) {
                            sum +=
                                    qkv.get((b * tokens + i) * 3 * dim + h * headDim + d)
                                            * relative.get(
                                                    (i - j + tokens - 1) * dim + h * headDim + d);
                        }
                        int at = ((b * heads + h) * tokens + i) * tokens + j;
                        weights.set(at, weights.get(at) + sum * scale);
                    }
                }
            }
        }
    }

    /**
     * Softmax of each row in place: {@code w = exp(w - max) / Σ exp(w - max)}.
     *
     * @param weights float32 [rows, columns]
     */
    public static void softmax(FloatArray weights, int rows, int columns) {
        for (@Parallel int i = 0; i < rows; i++) {
            float maximum = weights.get(i * columns);
            for (int j = 1; j < columns; j++) {
                maximum = TornadoMath.max(maximum, weights.get(i * columns + j));
            }
            float sum = 0.0f;
            for (int j = 0; j < columns; j++) {
                float power = TornadoMath.exp(weights.get(i * columns + j) - maximum);
                weights.set(i * columns + j, power);
                sum += power;
            }
            float factor = 1.0f / sum;
            for (int j = 0; j < columns; j++) {
                weights.set(i * columns + j, weights.get(i * columns + j) * factor);
            }
        }
    }

    /**
     * {@code out[b, i, h] = Σⱼ weights[b, h, i, j] · v[b, j, h]}.
     *
     * @param out float32 [batch, tokens, heads · headDim]
     */
    public static void weightedSum(
            FloatArray weights,
            FloatArray qkv,
            FloatArray out,
            int batch,
            int tokens,
            int heads,
            int headDim) {
        int dim = heads * headDim;
        for (int b = 0; b < batch; b++) {
            for (@Parallel int h = 0; h < heads; h++) {
                for (@Parallel int i = 0; i < tokens; i++) {
                    for (@Parallel int d = 0; d < headDim; d++) {
                        float sum = 0.0f;
                        for (int j = 0; j < tokens; j++) {
                            sum +=
                                    weights.get(((b * heads + h) * tokens + i) * tokens + j)
                                            * qkv.get(
                                                    (b * tokens + j) * 3 * dim
                                                            + 2 * dim
                                                            + h * headDim
                                                            + d);
                        }
                        out.set((b * tokens + i) * dim + h * headDim + d, sum);
                    }
                }
            }
        }
    }
}
