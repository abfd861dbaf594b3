package org.tornadovit.nn;

import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * The way back through {@link GroupNorm}. With {@code n = (x - μ) / s} and {@code g = γ dy}, means
 * over the positions and channels of a group:
 *
 * <pre>
 * dx = (g - mean(g) - n mean(g n)) / s,   dγ = Σ dy n,   dβ = Σ dy
 * </pre>
 *
 * <p>Steps: {@link #statistics} of groups, {@link #channelSums} of each image, {@link
 * #groupFactors} from these, then {@link #input}; the sums over all images are those of the
 * parameters.
 *
 * <p>Error: |dx - float64 reference| &lt;= 2e-5 · max|γ dy| / s · max(1, |μ| / s)
 * (GroupNormGradientTest).
 */
public final class GroupNormGradient {
    private GroupNormGradient() {}

    /**
     * Mean and 1 / s of each group.
     *
     * @param moments float32 [batch, strips, 2, channels] of {@link GroupNorm#stripMoments}
     * @param statistics float32 [batch, groups, 2]
     */
    public static void statistics(
            FloatArray moments,
            FloatArray statistics,
            int batch,
            int strips,
            int length,
            int channels,
            int groups,
            float epsilon) {
        int size = channels / groups;
        for (@Parallel int n = 0; n < batch; n++) {
            for (@Parallel int g = 0; g < groups; g++) {
                float sum = 0.0f;
                for (int s = 0; s < strips; s++) {
                    float all = 0.0f;
                    for (int c = 0; c < size; c++) {
                        all += moments.get(2 * (n * strips + s) * channels + g * size + c);
                    }
                    sum += all;
                }
                float mean = sum / (strips * size);
                float squares = 0.0f;
                for (int s = 0; s < strips; s++) {
                    float all = 0.0f;
                    for (int c = 0; c < size; c++) {
                        int at = 2 * (n * strips + s) * channels + g * size + c;
                        float difference = moments.get(at) - mean;
                        all += moments.get(at + channels) + difference * difference * length;
                    }
                    squares += all;
                }
                float variance = squares / (strips * length * size);
                statistics.set((n * groups + g) * 2, mean);
                statistics.set(
                        (n * groups + g) * 2 + 1, 1.0f / TornadoMath.sqrt(variance + epsilon));
            }
        }
    }

    /**
     * {@code Σ dy n} and {@code Σ dy} of each channel of each image.
     *
     * @param x float32 [batch, positions, channels]
     * @param dy float32 [batch, positions, channels]
     * @param statistics float32 [batch, groups, 2]
     * @param products float32 [batch, channels]
     * @param sums float32 [batch, channels]
     */
    public static void channelSums(
            FloatArray x,
            FloatArray dy,
            FloatArray statistics,
            FloatArray products,
            FloatArray sums,
            int batch,
            int positions,
            int channels,
            int groups) {
        int size = channels / groups;
        for (@Parallel int n = 0; n < batch; n++) {
            for (@Parallel int c = 0; c < channels; c++) {
                float mean = statistics.get((n * groups + c / size) * 2);
                float scale = statistics.get((n * groups + c / size) * 2 + 1);
                float product = 0.0f;
                float sum = 0.0f;
                for (int p = 0; p < positions; p++) {
                    float gradient = dy.get((n * positions + p) * channels + c);
                    float value = x.get((n * positions + p) * channels + c);
                    product += gradient * ((value - mean) * scale);
                    sum += gradient;
                }
                products.set(n * channels + c, product);
                sums.set(n * channels + c, sum);
            }
        }
    }

    /**
     * The coefficients of {@code dx = a dy + b x + c} for each channel of each image.
     *
     * @param a float32 [batch, channels]
     * @param b float32 [batch, channels]
     * @param c float32 [batch, channels]
     */
    public static void groupFactors(
            FloatArray statistics,
            FloatArray products,
            FloatArray sums,
            FloatArray gamma,
            FloatArray a,
            FloatArray b,
            FloatArray c,
            int batch,
            int positions,
            int channels,
            int groups) {
        int size = channels / groups;
        for (@Parallel int n = 0; n < batch; n++) {
            for (@Parallel int g = 0; g < groups; g++) {
                float mean = statistics.get((n * groups + g) * 2);
                float scale = statistics.get((n * groups + g) * 2 + 1);
                float product = 0.0f;
                float sum = 0.0f;
                for (int k = 0; k < size; k++) {
                    int at = n * channels + g * size + k;
                    product += gamma.get(g * size + k) * products.get(at);
                    sum += gamma.get(g * size + k) * sums.get(at);
                }
                float meanProduct = product / (positions * size);
                float meanGradient = sum / (positions * size);
                float slope = -meanProduct * scale * scale;
                for (int k = 0; k < size; k++) {
                    int at = n * channels + g * size + k;
                    a.set(at, gamma.get(g * size + k) * scale);
                    b.set(at, slope);
                    c.set(at, -meanGradient * scale - mean * slope);
                }
            }
        }
    }

    /** {@code dx = a dy + b x + c}, or added; shapes as in the steps before. */
    public static void input(
            FloatArray x,
            FloatArray dy,
            FloatArray a,
            FloatArray b,
            FloatArray c,
            FloatArray dx,
            int batch,
            int positions,
            int channels,
            int adds) {
        for (@Parallel int n = 0; n < batch; n++) {
            for (@Parallel int p = 0; p < positions; p++) {
                for (@Parallel int k = 0; k < channels; k++) {
                    int at = (n * positions + p) * channels + k;
                    int channel = n * channels + k;
                    float value =
                            a.get(channel) * dy.get(at)
                                    + b.get(channel) * x.get(at)
                                    + c.get(channel);
                    dx.set(at, adds == 0 ? value : dx.get(at) + value);
                }
            }
        }
    }

    /**
     * The gradient of the result before the rectifier, out of its border: {@code y > 0 ? dy : 0}.
     *
     * @param y float32 [batch, paddedHeight, paddedWidth, channels]
     * @param dy as {@code y}
     * @param dz float32 [batch, height, width, channels]; 0 where the border left it out
     */
    public static void reluCrop(
            FloatArray y,
            FloatArray dy,
            FloatArray dz,
            int batch,
            int height,
            int width,
            int channels,
            int top,
            int left,
            int paddedHeight,
            int paddedWidth) {
        for (int n = 0; n < batch; n++) {
            for (@Parallel int i = 0; i < height; i++) {
                for (@Parallel int j = 0; j < width; j++) {
                    for (@Parallel int c = 0; c < channels; c++) {
                        int row = i + top;
                        int column = j + left;
                        float value = 0.0f;
                        if (row < paddedHeight && column < paddedWidth) {
                            int at =
                                    ((n * paddedHeight + row) * paddedWidth + column) * channels
                                            + c;
                            value = y.get(at) > 0.0f ? dy.get(at) : 0.0f;
                        }
                        dz.set(((n * height + i) * width + j) * channels + c, value);
                    }
                }
            }
        }
    }
}
