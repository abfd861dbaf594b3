package org.tornadovit.nn;

import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** The ways back through {@link Pooling}. */
public final class PoolingGradient {
    private PoolingGradient() {}

    /**
     * Gives the gradient of each window to its maximum; of equals, to the first in the order of
     * rows and columns. Shapes as in {@link Pooling#max}; each position gathers what is its own.
     *
     * <p>Error: |dx - float64 reference| &lt;= ⌈kernel / stride⌉² · 2⁻²⁴ · Σ|dy|
     * (PoolingGradientTest).
     *
     * @param x input of the forward pass
     * @param y its result
     */
    public static void max(
            FloatArray x,
            FloatArray y,
            FloatArray dy,
            FloatArray dx,
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
        for (@Parallel int n = 0; n < batch; n++) {
            for (@Parallel int at = 0; at < height * width; at++) {
                for (@Parallel int c = 0; c < channels; c++) {
                    int row = at / width;
                    int column = at % width;
                    float value = x.get((n * height * width + at) * channels + c);
                    float sum = 0.0f;
                    int lastI = TornadoMath.min((row + top) / stride, outHeight - 1);
                    int lastJ = TornadoMath.min((column + left) / stride, outWidth - 1);
                    int firstI = TornadoMath.max((row + top - kernel + stride) / stride, 0);
                    int firstJ = TornadoMath.max((column + left - kernel + stride) / stride, 0);
                    for (int i = firstI; i <= lastI; i++) {
                        for (int j = firstJ; j <= lastJ; j++) {
                            int window = ((n * outHeight + i) * outWidth + j) * channels + c;
                            if (y.get(window) == value) {
                                int earlier = 0;
                                int firstRow = TornadoMath.max(i * stride - top, 0);
                                int firstColumn = TornadoMath.max(j * stride - left, 0);
                                int endColumn = TornadoMath.min(j * stride - left + kernel, width);
                                for (int r = firstRow; r <= row; r++) {
                                    int end = r < row ? endColumn : column;
                                    for (int q = firstColumn; q < end; q++) {
                                        int other = ((n * height + r) * width + q) * channels + c;
                                        earlier += x.get(other) == value ? 1 : 0;
                                    }
                                }
                                sum += earlier == 0 ? dy.get(window) : 0.0f;
                            }
                        }
                    }
                    dx.set((n * height * width + at) * channels + c, sum);
                }
            }
        }
    }

    /** The way back through {@link Pooling#average}: each position gets its share, rounded once. */
    public static void average(
            FloatArray dy, FloatArray dx, int batch, int positions, int channels) {
        for (@Parallel int n = 0; n < batch; n++) {
            for (@Parallel int p = 0; p < positions; p++) {
                for (@Parallel int c = 0; c < channels; c++) {
                    dx.set(
                            (n * positions + p) * channels + c,
                            dy.get(n * channels + c) / positions);
                }
            }
        }
    }

    /** The way back through {@link Pooling#first}: all but the first position get 0. Exact. */
    public static void first(FloatArray dy, FloatArray dx, int batch, int positions, int channels) {
        for (@Parallel int n = 0; n < batch; n++) {
            for (@Parallel int p = 0; p < positions; p++) {
                for (@Parallel int c = 0; c < channels; c++) {
                    dx.set(
                            (n * positions + p) * channels + c,
                            p == 0 ? dy.get(n * channels + c) : 0.0f);
                }
            }
        }
    }

    /** {@return the adjoint of {@link Pooling#average}} */
    public static Adjoint ofAverage(FloatArray x, FloatArray y, int batch, int positions, int dim) {
        return (gradients, section, id) -> {
            if (gradients.needs(x)) {
                FloatArray dx = gradients.only(x);
                FloatArray dy = gradients.of(y);
                section.task(id + "_dx", PoolingGradient::average, dy, dx, batch, positions, dim);
            }
        };
    }

    /** {@return the adjoint of {@link Pooling#first}} */
    public static Adjoint ofFirst(FloatArray x, FloatArray y, int batch, int positions, int dim) {
        return (gradients, section, id) -> {
            if (gradients.needs(x)) {
                FloatArray dx = gradients.only(x);
                FloatArray dy = gradients.of(y);
                section.task(id + "_dx", PoolingGradient::first, dy, dx, batch, positions, dim);
            }
        };
    }

    /** {@return the adjoint of {@link Pooling#max} with windows of {@code kernel} and a step} */
    public static Adjoint ofMax(
            FeatureMap x, FeatureMap y, int batch, int kernel, int stride, int before) {
        return (gradients, section, id) -> {
            if (gradients.needs(x.values())) {
                FloatArray dx = gradients.only(x.values());
                section.task(
                        id + "_dx",
                        PoolingGradient::max,
                        x.values(),
                        y.values(),
                        gradients.of(y.values()),
                        dx,
                        batch,
                        x.height(),
                        x.width(),
                        x.channels(),
                        y.height(),
                        y.width(),
                        kernel,
                        stride,
                        before,
                        before);
            }
        };
    }
}
