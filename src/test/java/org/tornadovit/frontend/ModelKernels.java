package org.tornadovit.frontend;

import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** Kernels as models have them. */
final class ModelKernels {
    private ModelKernels() {}

    static void matmul(FloatArray a, FloatArray b, FloatArray c, int m, int n, int k) {
        for (@Parallel int i = 0; i < m; i++) {
            for (@Parallel int j = 0; j < n; j++) {
                float sum = 0;
                for (int x = 0; x < k; x++) {
                    sum += a.get(i * k + x) * b.get(j * k + x);
                }
                c.set(i * n + j, sum);
            }
        }
    }

    static void softmax(FloatArray x, FloatArray y, int rows, int columns) {
        for (@Parallel int r = 0; r < rows; r++) {
            float max = Float.NEGATIVE_INFINITY;
            for (int c = 0; c < columns; c++) {
                max = TornadoMath.max(max, x.get(r * columns + c));
            }
            float sum = 0;
            for (int c = 0; c < columns; c++) {
                float e = TornadoMath.exp(x.get(r * columns + c) - max);
                y.set(r * columns + c, e);
                sum += e;
            }
            for (int c = 0; c < columns; c++) {
                y.set(r * columns + c, y.get(r * columns + c) / sum);
            }
        }
    }

    static void layerNorm(
            FloatArray x, FloatArray gain, FloatArray bias, FloatArray y, int n, float epsilon) {
        int rows = x.getSize() / n;
        for (@Parallel int r = 0; r < rows; r++) {
            float mean = 0;
            for (int c = 0; c < n; c++) {
                mean += x.get(r * n + c);
            }
            mean /= n;
            float variance = 0;
            for (int c = 0; c < n; c++) {
                float d = x.get(r * n + c) - mean;
                variance += d * d;
            }
            float scale = 1.0f / (float) Math.sqrt(variance / n + epsilon);
            for (int c = 0; c < n; c++) {
                float normal = (x.get(r * n + c) - mean) * scale;
                y.set(r * n + c, normal * gain.get(c) + bias.get(c));
            }
        }
    }

    static void convolution(
            FloatArray input,
            FloatArray weights,
            FloatArray output,
            int channels,
            int height,
            int width,
            int filters,
            int size,
            int stride,
            int pad) {
        int outHeight = (height + 2 * pad - size) / stride + 1;
        int outWidth = (width + 2 * pad - size) / stride + 1;
        for (@Parallel int f = 0; f < filters; f++) {
            for (@Parallel int y = 0; y < outHeight; y++) {
                for (@Parallel int x = 0; x < outWidth; x++) {
                    float sum = 0;
                    for (int c = 0; c < channels; c++) {
                        for (int ky = 0; ky < size; ky++) {
                            for (int kx = 0; kx < size; kx++) {
                                int iy = y * stride + ky - pad;
                                int ix = x * stride + kx - pad;
                                if (iy >= 0 && iy < height && ix >= 0 && ix < width) {
                                    sum +=
                                            input.get(at(c, iy, ix, height, width))
                                                    * weights.get(
                                                            ((f * channels + c) * size + ky) * size
                                                                    + kx);
                                }
                            }
                        }
                    }
                    output.set(at(f, y, x, outHeight, outWidth), relu(sum));
                }
            }
        }
    }

    private static int at(int plane, int y, int x, int height, int width) {
        return (plane * height + y) * width + x;
    }

    private static float relu(float x) {
        return x > 0 ? x : 0;
    }

    static void gelu(FloatArray x, FloatArray y) {
        for (@Parallel int i = 0; i < x.getSize(); i++) {
            y.set(i, gelu(x.get(i)));
        }
    }

    private static float gelu(float x) {
        return 0.5f * x * (1 + erf(x * 0.70710678f));
    }

    /** Abramowitz and Stegun 7.1.26. */
    private static float erf(float x) {
        float sign = 1;
        if (x < 0) {
            sign = -1;
            x = -x;
        }
        float t = 1 / (1 + 0.3275911f * x);
        float p = t * (0.2548296f + t * (-0.2844967f + t * (1.4214137f - t * 1.453152f)));
        return sign * (1 - p * (float) Math.exp(-x * x));
    }
}
