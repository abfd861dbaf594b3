package org.tornadovit.nn;

import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * From an image to a sequence of tokens (<a href="https://arxiv.org/abs/2010.11929">Dosovitskiy et
 * al. 2021</a>, eq. 1).
 *
 * <p>Images are float32 [batch, channels, rows · patch, columns · patch]; patches are numbered row
 * by row.
 */
public final class Patches {
    private Patches() {}

    /**
     * Flattens the patches, each in channels-first order. Exact.
     *
     * @param patches float32 [batch, rows · columns, channels · patch · patch]
     */
    public static void flatten(
            FloatArray image,
            FloatArray patches,
            int batch,
            int channels,
            int rows,
            int columns,
            int patch) {
        int size = channels * patch * patch;
        for (int n = 0; n < batch; n++) {
            for (@Parallel int i = 0; i < rows; i++) {
                for (@Parallel int j = 0; j < columns; j++) {
                    for (@Parallel int c = 0; c < channels; c++) {
                        for (int u = 0; u < patch; u++) {
                            for (int v = 0; v < patch; v++) {
                                int pixel =
                                        ((n * channels + c) * rows * patch + i * patch + u)
                                                        * columns
                                                        * patch
                                                + j * patch
                                                + v;
                                int at =
                                        ((n * rows + i) * columns + j) * size
                                                + (c * patch + u) * patch
                                                + v;
                                patches.set(at, image.get(pixel));
                            }
                        }
                    }
                }
            }
        }
    }

    /**
     * The same linear map as {@link #flatten} and {@link Linear#linear}, as a convolution straight
     * from the image.
     *
     * <p>Error: |y - float64 reference| &lt;= (channels · patch² + 4) · 2⁻²⁴ · (Σ|x w| + |b|)
     * (PatchesTest).
     *
     * @param w float32 [dim, channels, patch, patch]
     * @param b float32 [dim]
     * @param y float32 [batch, rows · columns, dim]
     */
    public static void embed(
            FloatArray image,
            FloatArray w,
            FloatArray b,
            FloatArray y,
            int batch,
            int channels,
            int rows,
            int columns,
            int patch,
            int dim) {
        for (int n = 0; n < batch; n++) {
            for (@Parallel int i = 0; i < rows; i++) {
                for (@Parallel int j = 0; j < columns; j++) {
                    for (@Parallel int o = 0; o < dim; o++) {
                        float sum = 0.0f;
                        for (int c = 0; c < channels; c++) {
                            for (int u = 0; u < patch; u++) {
                                for (int v = 0; v < patch; v++) {
                                    sum +=
                                            image.get(
                                                            ((n * channels + c) * rows * patch
                                                                                    + i * patch
                                                                                    + u)
                                                                            * columns
                                                                            * patch
                                                                    + j * patch
                                                                    + v)
                                                    * w.get(
                                                            ((o * channels + c) * patch + u) * patch
                                                                    + v);
                                }
                            }
                        }
                        y.set(((n * rows + i) * columns + j) * dim + o, sum + b.get(o));
                    }
                }
            }
        }
    }

    /**
     * Puts the embedded patches with their positions behind the {@code first} leading tokens.
     *
     * @param patches float32 [batch, count, dim]
     * @param positions float32 [first + count, dim]
     * @param tokens float32 [batch, first + count, dim]; the leading tokens are left as they are
     */
    public static void placePatches(
            FloatArray patches,
            FloatArray positions,
            FloatArray tokens,
            int batch,
            int count,
            int first,
            int dim) {
        for (@Parallel int n = 0; n < batch; n++) {
            for (@Parallel int p = 0; p < count; p++) {
                for (@Parallel int k = 0; k < dim; k++) {
                    tokens.set(
                            (n * (first + count) + first + p) * dim + k,
                            patches.get((n * count + p) * dim + k)
                                    + positions.get((first + p) * dim + k));
                }
            }
        }
    }

    /**
     * Puts the class token with its position before the patches.
     *
     * @param classToken float32 [dim]
     * @param positions float32 [count, dim]
     * @param tokens float32 [batch, count, dim]; all but each image's first token is left as it is
     */
    public static void placeClassToken(
            FloatArray classToken,
            FloatArray positions,
            FloatArray tokens,
            int batch,
            int count,
            int dim) {
        for (@Parallel int n = 0; n < batch; n++) {
            for (@Parallel int k = 0; k < dim; k++) {
                tokens.set(n * count * dim + k, classToken.get(k) + positions.get(k));
            }
        }
    }
}
