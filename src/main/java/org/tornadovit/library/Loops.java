package org.tornadovit.library;

import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** The kernels of the library's functions. */
final class Loops {
    private Loops() {}

    /** {@code c = a b}; element i, p of {@code a} lies at {@code i * aRow + p * aColumn}. */
    static void product(
            FloatArray a,
            FloatArray b,
            FloatArray c,
            int m,
            int n,
            int k,
            int aRow,
            int aColumn,
            int bRow,
            int bColumn) {
        for (@Parallel int i = 0; i < m; i++) {
            for (@Parallel int j = 0; j < n; j++) {
                float sum = 0;
                for (int p = 0; p < k; p++) {
                    sum += a.get(i * aRow + p * aColumn) * b.get(p * bRow + j * bColumn);
                }
                c.set(i * n + j, sum);
            }
        }
    }

    /** {@code c = alpha a b}. */
    static void scaledProduct(
            FloatArray a,
            FloatArray b,
            FloatArray c,
            int m,
            int n,
            int k,
            int aRow,
            int aColumn,
            int bRow,
            int bColumn,
            float alpha) {
        for (@Parallel int i = 0; i < m; i++) {
            for (@Parallel int j = 0; j < n; j++) {
                float sum = 0;
                for (int p = 0; p < k; p++) {
                    sum += a.get(i * aRow + p * aColumn) * b.get(p * bRow + j * bColumn);
                }
                c.set(i * n + j, alpha * sum);
            }
        }
    }

    /** {@code c = alpha a b + beta c}. */
    static void productAdd(
            FloatArray a,
            FloatArray b,
            FloatArray c,
            int m,
            int n,
            int k,
            int aRow,
            int aColumn,
            int bRow,
            int bColumn,
            float alpha,
            float beta) {
        for (@Parallel int i = 0; i < m; i++) {
            for (@Parallel int j = 0; j < n; j++) {
                float sum = 0;
                for (int p = 0; p < k; p++) {
                    sum += a.get(i * aRow + p * aColumn) * b.get(p * bRow + j * bColumn);
                }
                c.set(i * n + j, alpha * sum + beta * c.get(i * n + j));
            }
        }
    }

    /** {@code weights[b, h, i, j] = scale · q[b, i, h] · k[b, j, h]}. */
    static void scores(
            FloatArray q,
            FloatArray k,
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
                        float sum = 0;
                        for (int d = 0; d < headDim; d++) {
                            sum +=
                                    q.get((b * tokens + i) * dim + h * headDim + d)
                                            * k.get((b * tokens + j) * dim + h * headDim + d);
                        }
                        weights.set(((b * heads + h) * tokens + i) * tokens + j, sum * scale);
                    }
                }
            }
        }
    }

    /** {@code out[b, i, h] = sum over j of weights[b, h, i, j] · v[b, j, h]}. */
    static void weightedSum(
            FloatArray weights,
            FloatArray v,
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
                        float sum = 0;
                        for (int j = 0; j < tokens; j++) {
                            sum +=
                                    weights.get(((b * heads + h) * tokens + i) * tokens + j)
                                            * v.get((b * tokens + j) * dim + h * headDim + d);
                        }
                        out.set((b * tokens + i) * dim + h * headDim + d, sum);
                    }
                }
            }
        }
    }
}
