package org.tornadovit.nn;

import java.util.Optional;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * The way back through {@link Convolution}. The gradient of the weights is a convolution of the
 * input with {@code dy}; that of the input is one of {@code dy}, spread out by the step and inside
 * a border of {@code kernel - 1} zeros, with the weights turned by 180°.
 *
 * <p>Error: |dx - float64 reference| &lt;= (kernel² · outChannels + 4) · 2⁻²⁴ · Σ|dy w|, and
 * likewise for {@code dw} with positions (ConvolutionGradientTest).
 *
 * @param x input inside its border, float32 [batch, inHeight, inWidth, inChannels]
 * @param w float32 [outChannels, kernel, kernel, inChannels]
 * @param bias where there is one
 * @param y result, float32 [batch, outHeight, outWidth, outChannels]
 */
public record ConvolutionGradient(
        FloatArray x,
        FloatArray w,
        Optional<FloatArray> bias,
        FloatArray y,
        int batch,
        int inHeight,
        int inWidth,
        int inChannels,
        int outHeight,
        int outWidth,
        int outChannels,
        int kernel,
        int stride)
        implements Adjoint {

    /** {@code dw[o, u, v, c] = Σ dy[n, i, j, o] · x[n, i·stride + u, j·stride + v, c]}. */
    public static void weight(
            FloatArray dy,
            FloatArray x,
            FloatArray dw,
            int batch,
            int inHeight,
            int inWidth,
            int inChannels,
            int outHeight,
            int outWidth,
            int outChannels,
            int kernel,
            int stride) {
        for (@Parallel int u = 0; u < kernel; u++) {
            for (@Parallel int o = 0; o < outChannels; o++) {
                for (@Parallel int k = 0; k < kernel * inChannels; k++) {
                    float sum = 0.0f;
                    for (int n = 0; n < batch; n++) {
                        for (int i = 0; i < outHeight; i++) {
                            for (int j = 0; j < outWidth; j++) {
                                sum +=
                                        dy.get(
                                                        ((n * outHeight + i) * outWidth + j)
                                                                        * outChannels
                                                                + o)
                                                * x.get(
                                                        ((n * inHeight + i * stride + u) * inWidth
                                                                                + j * stride)
                                                                        * inChannels
                                                                + k);
                            }
                        }
                    }
                    dw.set((o * kernel + u) * kernel * inChannels + k, sum);
                }
            }
        }
    }

    /**
     * Spreads {@code dy} out: its element (i, j) goes to row {@code i · stride + kernel - 1},
     * column {@code j · stride + kernel - 1}, and the rest is 0. Exact.
     *
     * @param spread float32 [batch, height, width, channels]
     */
    public static void spread(
            FloatArray dy,
            FloatArray spread,
            int batch,
            int outHeight,
            int outWidth,
            int channels,
            int kernel,
            int stride,
            int height,
            int width) {
        for (int n = 0; n < batch; n++) {
            for (@Parallel int r = 0; r < height; r++) {
                for (@Parallel int q = 0; q < width; q++) {
                    for (@Parallel int c = 0; c < channels; c++) {
                        int row = r - kernel + 1;
                        int column = q - kernel + 1;
                        int i = row / stride;
                        int j = column / stride;
                        float value = 0.0f;
                        if (row >= 0
                                && column >= 0
                                && i * stride == row
                                && j * stride == column
                                && i < outHeight
                                && j < outWidth) {
                            value = dy.get(((n * outHeight + i) * outWidth + j) * channels + c);
                        }
                        spread.set(((n * height + r) * width + q) * channels + c, value);
                    }
                }
            }
        }
    }

    /**
     * {@code dx[n, i, j, c] = Σ s[n, i + u, j + v, o] · w[o, kernel - 1 - u, kernel - 1 - v, c]},
     * or added to {@code dx}.
     *
     * @param spread s, float32 [batch, inHeight + kernel - 1, inWidth + kernel - 1, outChannels]
     */
    public static void input(
            FloatArray spread,
            FloatArray w,
            FloatArray dx,
            int batch,
            int inHeight,
            int inWidth,
            int inChannels,
            int outChannels,
            int kernel,
            int adds) {
        for (int n = 0; n < batch; n++) {
            for (@Parallel int i = 0; i < inHeight; i++) {
                for (@Parallel int j = 0; j < inWidth; j++) {
                    for (@Parallel int c = 0; c < inChannels; c++) {
                        float sum = 0.0f;
                        for (int u = 0; u < kernel; u++) {
                            for (int v = 0; v < kernel; v++) {
                                for (int o = 0; o < outChannels; o++) {
                                    sum +=
                                            spread.get(
                                                            ((n * (inHeight + kernel - 1) + i + u)
                                                                                            * (inWidth
                                                                                                    + kernel
                                                                                                    - 1)
                                                                                    + j
                                                                                    + v)
                                                                            * outChannels
                                                                    + o)
                                                    * w.get(
                                                            ((o * kernel + kernel - 1 - u) * kernel
                                                                                    + kernel
                                                                                    - 1
                                                                                    - v)
                                                                            * inChannels
                                                                    + c);
                                }
                            }
                        }
                        int at = ((n * inHeight + i) * inWidth + j) * inChannels + c;
                        dx.set(at, adds == 0 ? sum : dx.get(at) + sum);
                    }
                }
            }
        }
    }

    @Override
    public void write(Gradients gradients, Section section, String id) {
        FloatArray dy = gradients.of(y);
        if (gradients.needs(w)) {
            FloatArray dw = gradients.only(w);
            section.task(
                            id + "_dw",
                            ConvolutionGradient::weight,
                            dy,
                            x,
                            dw,
                            batch,
                            inHeight,
                            inWidth,
                            inChannels,
                            outHeight,
                            outWidth,
                            outChannels,
                            kernel,
                            stride)
                    .macs(batch, outHeight, outWidth, outChannels, kernel, kernel, inChannels);
        }
        bias.filter(gradients::needs)
                .ifPresent(b -> {
                    int rows = batch * outHeight * outWidth;
                    FloatArray db = gradients.only(b);
                    Sums.write(gradients, section, id + "_db", dy, db, rows, outChannels);
                });
        if (gradients.needs(x)) {
            input(gradients, section, id, dy);
        }
    }

    private void input(Gradients gradients, Section section, String id, FloatArray dy) {
        FloatArray spread = dy;
        if (kernel > 1 || stride > 1) {
            int height = inHeight + kernel - 1;
            int width = inWidth + kernel - 1;
            spread = gradients.scratch(batch * height * width * outChannels);
            section.task(
                    id + "_spread",
                    ConvolutionGradient::spread,
                    dy,
                    spread,
                    batch,
                    outHeight,
                    outWidth,
                    outChannels,
                    kernel,
                    stride,
                    height,
                    width);
        }
        Gradients.Target dx = gradients.into(x);
        section.task(
                        id + "_dx",
                        ConvolutionGradient::input,
                        spread,
                        w,
                        dx.array(),
                        batch,
                        inHeight,
                        inWidth,
                        inChannels,
                        outChannels,
                        kernel,
                        dx.adds())
                .macs(batch, inHeight, inWidth, inChannels, kernel, kernel, outChannels);
    }
}
