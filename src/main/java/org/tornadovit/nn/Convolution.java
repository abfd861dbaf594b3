package org.tornadovit.nn;

import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * Two-dimensional convolutions of feature maps that are padded already:
 *
 * <pre>y[n, i, j, o] = epilogue(Σ x[n, i·stride + u, j·stride + v, c] · w[o, u, v, c] + b[o])</pre>
 *
 * <p>Shapes everywhere: {@code x} float32 [batch, inHeight, inWidth, inChannels] with inHeight
 * &gt;= (outHeight - 1) · stride + kernel and the like; {@code w} float32 [outChannels, kernel,
 * kernel, inChannels]; {@code b} float32 [outChannels]; {@code y} and {@code residual} float32
 * [batch, outHeight, outWidth, outChannels]. {@code y} aliases no other argument.
 *
 * <p>A window's row of {@code kernel · inChannels} values is contiguous, so {@code k} runs over v
 * and c at once.
 *
 * <p>Error: |y - float64 reference| &lt;= (kernel² · inChannels + 4) · 2⁻²⁴ · (Σ|x w| + |b| +
 * |residual|) (ConvolutionTest).
 */
public final class Convolution {
    private Convolution() {}

    /** {@code y = x * w}. */
    public static void convolution(
            FloatArray x,
            FloatArray w,
            FloatArray y,
            int batch,
            int inHeight,
            int inWidth,
            int inChannels,
            int outHeight,
            int outWidth,
            int outChannels,
            int kernel,
            int stride) {
        for (int n = 0; n < batch; n++) {
            for (@Parallel int i = 0; i < outHeight; i++) {
                for (@Parallel int j = 0; j < outWidth; j++) {
                    for (@Parallel int o = 0; o < outChannels; o++) {
                        float sum = 0.0f;
                        for (int u = 0; u < kernel; u++) {
                            for (int k = 0; k < kernel * inChannels; k++) {
                                sum +=
                                        x.get(
                                                        ((n * inHeight + i * stride + u) * inWidth
                                                                                + j * stride)
                                                                        * inChannels
                                                                + k)
                                                * w.get((o * kernel + u) * kernel * inChannels + k);
                            }
                        }
                        y.set(((n * outHeight + i) * outWidth + j) * outChannels + o, sum);
                    }
                }
            }
        }
    }

    /** {@code y = x * w + b}. */
    public static void convolutionBias(
            FloatArray x,
            FloatArray w,
            FloatArray b,
            FloatArray y,
            int batch,
            int inHeight,
            int inWidth,
            int inChannels,
            int outHeight,
            int outWidth,
            int outChannels,
            int kernel,
            int stride) {
        for (int n = 0; n < batch; n++) {
            for (@Parallel int i = 0; i < outHeight; i++) {
                for (@Parallel int j = 0; j < outWidth; j++) {
                    for (@Parallel int o = 0; o < outChannels; o++) {
                        float sum = 0.0f;
                        for (int u = 0; u < kernel; u++) {
                            for (int k = 0; k < kernel * inChannels; k++) {
                                sum +=
                                        x.get(
                                                        ((n * inHeight + i * stride + u) * inWidth
                                                                                + j * stride)
                                                                        * inChannels
                                                                + k)
                                                * w.get((o * kernel + u) * kernel * inChannels + k);
                            }
                        }
                        y.set(
                                ((n * outHeight + i) * outWidth + j) * outChannels + o,
                                sum + b.get(o));
                    }
                }
            }
        }
    }

    /** {@code y = max(x * w + b, 0)}. */
    public static void convolutionRelu(
            FloatArray x,
            FloatArray w,
            FloatArray b,
            FloatArray y,
            int batch,
            int inHeight,
            int inWidth,
            int inChannels,
            int outHeight,
            int outWidth,
            int outChannels,
            int kernel,
            int stride) {
        for (int n = 0; n < batch; n++) {
            for (@Parallel int i = 0; i < outHeight; i++) {
                for (@Parallel int j = 0; j < outWidth; j++) {
                    for (@Parallel int o = 0; o < outChannels; o++) {
                        float sum = 0.0f;
                        for (int u = 0; u < kernel; u++) {
                            for (int k = 0; k < kernel * inChannels; k++) {
                                sum +=
                                        x.get(
                                                        ((n * inHeight + i * stride + u) * inWidth
                                                                                + j * stride)
                                                                        * inChannels
                                                                + k)
                                                * w.get((o * kernel + u) * kernel * inChannels + k);
                            }
                        }
                        y.set(
                                ((n * outHeight + i) * outWidth + j) * outChannels + o,
                                TornadoMath.max(sum + b.get(o), 0.0f));
                    }
                }
            }
        }
    }

    /** {@code y = max(residual + (x * w + b), 0)}. */
    public static void convolutionAddRelu(
            FloatArray x,
            FloatArray w,
            FloatArray b,
            FloatArray residual,
            FloatArray y,
            int batch,
            int inHeight,
            int inWidth,
            int inChannels,
            int outHeight,
            int outWidth,
            int outChannels,
            int kernel,
            int stride) {
        for (int n = 0; n < batch; n++) {
            for (@Parallel int i = 0; i < outHeight; i++) {
                for (@Parallel int j = 0; j < outWidth; j++) {
                    for (@Parallel int o = 0; o < outChannels; o++) {
                        float sum = 0.0f;
                        for (int u = 0; u < kernel; u++) {
                            for (int k = 0; k < kernel * inChannels; k++) {
                                sum +=
                                        x.get(
                                                        ((n * inHeight + i * stride + u) * inWidth
                                                                                + j * stride)
                                                                        * inChannels
                                                                + k)
                                                * w.get((o * kernel + u) * kernel * inChannels + k);
                            }
                        }
                        int at = ((n * outHeight + i) * outWidth + j) * outChannels + o;
                        y.set(at, TornadoMath.max(residual.get(at) + (sum + b.get(o)), 0.0f));
                    }
                }
            }
        }
    }
}
