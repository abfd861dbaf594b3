package org.tornadovit.nn;

import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * Group normalisation (<a href="https://arxiv.org/abs/1803.08494">Wu and He 2018</a>) of feature
 * maps [batch, height, width, channels]: mean and variance are over height, width and the channels
 * of a group.
 *
 * <p>Three steps, so that each walks memory in order: {@link #stripMoments} takes mean and squared
 * deviations of each channel of a strip of positions in two passes; {@link #channelScales} combines
 * the channels and strips of a group exactly (Chan et al. 1979: {@code M₂ = Σ M₂ᵣ + n Σ (μᵣ - μ)²})
 * and turns them into one multiplication and one addition a channel; the {@code normalize…} kernels
 * apply these.
 *
 * <p>Error of the three: |y - float64 reference| &lt;= 8e-6 · max(|γ|) · max(1, |μ| / √(σ² + ε)) up
 * to 112 x 112 pixels (GroupNormTest).
 */
public final class GroupNorm {
    private GroupNorm() {}

    /**
     * Mean and sum of squared deviations of each channel of each strip.
     *
     * @param x float32 [strips, length, channels], where strips · length = batch · height · width
     * @param moments float32 [strips, 2, channels]: mean, Σ (x - mean)²
     */
    public static void stripMoments(
            FloatArray x, FloatArray moments, int strips, int length, int channels) {
        for (@Parallel int s = 0; s < strips; s++) {
            for (@Parallel int c = 0; c < channels; c++) {
                float sum = 0.0f;
                for (int p = 0; p < length; p++) {
                    sum += x.get((s * length + p) * channels + c);
                }
                float mean = sum / length;
                float squares = 0.0f;
                for (int p = 0; p < length; p++) {
                    float difference = x.get((s * length + p) * channels + c) - mean;
                    squares += difference * difference;
                }
                moments.set(2 * s * channels + c, mean);
                moments.set((2 * s + 1) * channels + c, squares);
            }
        }
    }

    /**
     * Scale {@code γ / √(σ² + ε)} and shift {@code β - μ · scale} of each channel.
     *
     * @param moments float32 [batch, strips, 2, channels] of {@link #stripMoments}
     * @param gamma float32 [channels]
     * @param beta float32 [channels]
     * @param scale float32 [batch, channels]
     * @param shift float32 [batch, channels]
     */
    public static void channelScales(
            FloatArray moments,
            FloatArray gamma,
            FloatArray beta,
            FloatArray scale,
            FloatArray shift,
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
                float inverse = 1.0f / TornadoMath.sqrt(variance + epsilon);
                for (int c = 0; c < size; c++) {
                    float factor = inverse * gamma.get(g * size + c);
                    scale.set(n * channels + g * size + c, factor);
                    shift.set(n * channels + g * size + c, beta.get(g * size + c) - mean * factor);
                }
            }
        }
    }

    /**
     * {@code y = x · scale + shift}.
     *
     * @param x float32 [batch, positions, channels]
     * @param scale float32 [batch, channels]
     * @param shift float32 [batch, channels]
     * @param y float32 [batch, positions, channels]
     */
    public static void normalize(
            FloatArray x,
            FloatArray scale,
            FloatArray shift,
            FloatArray y,
            int batch,
            int positions,
            int channels) {
        for (@Parallel int n = 0; n < batch; n++) {
            for (@Parallel int p = 0; p < positions; p++) {
                for (@Parallel int c = 0; c < channels; c++) {
                    float value = x.get((n * positions + p) * channels + c);
                    float normal =
                            value * scale.get(n * channels + c) + shift.get(n * channels + c);
                    y.set((n * positions + p) * channels + c, normal);
                }
            }
        }
    }

    /** {@code y = max(x · scale + shift, 0)}; shapes as {@link #normalize}. */
    public static void normalizeRelu(
            FloatArray x,
            FloatArray scale,
            FloatArray shift,
            FloatArray y,
            int batch,
            int positions,
            int channels) {
        for (@Parallel int n = 0; n < batch; n++) {
            for (@Parallel int p = 0; p < positions; p++) {
                for (@Parallel int c = 0; c < channels; c++) {
                    float value = x.get((n * positions + p) * channels + c);
                    float normal =
                            value * scale.get(n * channels + c) + shift.get(n * channels + c);
                    y.set((n * positions + p) * channels + c, TornadoMath.max(normal, 0.0f));
                }
            }
        }
    }

    /**
     * {@code y = max(x · scale + shift + residual, 0)}; shapes as {@link #normalize}, {@code
     * residual} as {@code x}.
     */
    public static void normalizeAddRelu(
            FloatArray x,
            FloatArray scale,
            FloatArray shift,
            FloatArray residual,
            FloatArray y,
            int batch,
            int positions,
            int channels) {
        for (@Parallel int n = 0; n < batch; n++) {
            for (@Parallel int p = 0; p < positions; p++) {
                for (@Parallel int c = 0; c < channels; c++) {
                    float value = x.get((n * positions + p) * channels + c);
                    float normal =
                            value * scale.get(n * channels + c) + shift.get(n * channels + c);
                    float added = normal + residual.get((n * positions + p) * channels + c);
                    y.set((n * positions + p) * channels + c, TornadoMath.max(added, 0.0f));
                }
            }
        }
    }

    /**
     * {@link #normalizeRelu} into a map with a border of zeros, for a convolution to read.
     *
     * @param x float32 [batch, height, width, channels]
     * @param y float32 [batch, paddedHeight, paddedWidth, channels]; {@code x} starts at row {@code
     *     top} and column {@code left}, and what of it does not fit is left out
     */
    public static void normalizeReluPadded(
            FloatArray x,
            FloatArray scale,
            FloatArray shift,
            FloatArray y,
            int batch,
            int height,
            int width,
            int channels,
            int top,
            int left,
            int paddedHeight,
            int paddedWidth) {
        for (int n = 0; n < batch; n++) {
            for (@Parallel int i = 0; i < paddedHeight; i++) {
                for (@Parallel int j = 0; j < paddedWidth; j++) {
                    for (@Parallel int c = 0; c < channels; c++) {
                        int row = i - top;
                        int column = j - left;
                        float value = 0.0f;
                        if (row >= 0 && row < height && column >= 0 && column < width) {
                            float normal =
                                    x.get(((n * height + row) * width + column) * channels + c)
                                                    * scale.get(n * channels + c)
                                            + shift.get(n * channels + c);
                            value = TornadoMath.max(normal, 0.0f);
                        }
                        y.set(((n * paddedHeight + i) * paddedWidth + j) * channels + c, value);
                    }
                }
            }
        }
    }
}
