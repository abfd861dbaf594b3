package org.tornadovit.nn;

import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** Reductions over positions. */
public final class Pooling {
    private Pooling() {}

    /**
     * Maximum of each window; positions outside the map do not count. Exact.
     *
     * <p>An index outside is clamped to the border, which lies in the window anyway: so every
     * window must touch the map, {@code top < kernel} and {@code left < kernel}.
     *
     * @param x float32 [batch, height, width, channels]
     * @param y float32 [batch, outHeight, outWidth, channels]; window (i, j) starts at row {@code i
     *     · stride - top}, column {@code j · stride - left}
     */
    public static void max(
            FloatArray x,
            FloatArray y,
            int batch,
            int height,
            int width,
            int channels,
            int outHeight,
            int outWidth,
            int kernel,
            int stride,
            int top,
            int left) {
        for (int n = 0; n < batch; n++) {
            for (@Parallel int i = 0; i < outHeight; i++) {
                for (@Parallel int j = 0; j < outWidth; j++) {
                    for (@Parallel int c = 0; c < channels; c++) {
                        float maximum = Float.NEGATIVE_INFINITY;
                        for (int u = 0; u < kernel; u++) {
                            int row = TornadoMath.clamp(i * stride + u - top, 0, height - 1);
                            for (int v = 0; v < kernel; v++) {
                                int column = TornadoMath.clamp(j * stride + v - left, 0, width - 1);
                                maximum =
                                        TornadoMath.max(
                                                maximum,
                                                x.get(
                                                        ((n * height + row) * width + column)
                                                                        * channels
                                                                + c));
                            }
                        }
                        y.set(((n * outHeight + i) * outWidth + j) * channels + c, maximum);
                    }
                }
            }
        }
    }

    /**
     * Mean over the positions.
     *
     * <p>Error: |y - float64 reference| &lt;= positions · 2⁻²⁴ · mean|x| (PoolingTest).
     *
     * @param x float32 [batch, positions, channels]
     * @param y float32 [batch, channels]
     */
    public static void average(FloatArray x, FloatArray y, int batch, int positions, int channels) {
        for (@Parallel int n = 0; n < batch; n++) {
            for (@Parallel int c = 0; c < channels; c++) {
                float sum = 0.0f;
                for (int p = 0; p < positions; p++) {
                    sum += x.get((n * positions + p) * channels + c);
                }
                y.set(n * channels + c, sum / positions);
            }
        }
    }

    /**
     * The first position, which is the class token's. Exact.
     *
     * @param x float32 [batch, positions, channels]
     * @param y float32 [batch, channels]
     */
    public static void first(FloatArray x, FloatArray y, int batch, int positions, int channels) {
        for (@Parallel int n = 0; n < batch; n++) {
            for (@Parallel int c = 0; c < channels; c++) {
                y.set(n * channels + c, x.get(n * positions * channels + c));
            }
        }
    }
}
