package org.tornadovit.nn;

import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * Between a map of tokens and its windows (<a href="https://arxiv.org/abs/2103.14030">Liu et al.
 * 2021</a>): the map, padded with zeros to whole windows and rolled by {@code shift} rows and
 * columns towards the origin, is cut into squares of {@code window} by {@code window}. All but the
 * additions is exact.
 */
public final class Windows {
    private Windows() {}

    /**
     * Cuts a map into windows.
     *
     * @param x float32 [batch, height, width, channels]
     * @param y float32 [batch · windows, window · window, channels]; {@code paddedHeight} and
     *     {@code paddedWidth} are multiples of {@code window}
     */
    public static void cut(
            FloatArray x,
            FloatArray y,
            int batch,
            int height,
            int width,
            int channels,
            int window,
            int shiftRows,
            int shiftColumns,
            int paddedHeight,
            int paddedWidth) {
        for (int n = 0; n < batch; n++) {
            for (@Parallel int i = 0; i < paddedHeight; i++) {
                for (@Parallel int j = 0; j < paddedWidth; j++) {
                    for (@Parallel int c = 0; c < channels; c++) {
                        int row = (i + shiftRows) % paddedHeight;
                        int column = (j + shiftColumns) % paddedWidth;
                        float value = 0.0f;
                        if (row < height && column < width) {
                            value = x.get(((n * height + row) * width + column) * channels + c);
                        }
                        int index =
                                (n * (paddedHeight / window) + i / window) * (paddedWidth / window)
                                        + j / window;
                        int token = (i % window) * window + j % window;
                        y.set((index * window * window + token) * channels + c, value);
                    }
                }
            }
        }
    }

    /**
     * Puts windows back where {@link #cut} took them from, and adds: {@code y = residual + x}.
     *
     * @param x float32 [batch · windows, window · window, channels]
     * @param residual float32 [batch, height, width, channels]
     * @param y float32 [batch, height, width, channels]
     */
    public static void joinAdd(
            FloatArray x,
            FloatArray residual,
            FloatArray y,
            int batch,
            int height,
            int width,
            int channels,
            int window,
            int shiftRows,
            int shiftColumns,
            int paddedHeight,
            int paddedWidth) {
        for (int n = 0; n < batch; n++) {
            for (@Parallel int row = 0; row < height; row++) {
                for (@Parallel int column = 0; column < width; column++) {
                    for (@Parallel int c = 0; c < channels; c++) {
                        int i = (row + paddedHeight - shiftRows) % paddedHeight;
                        int j = (column + paddedWidth - shiftColumns) % paddedWidth;
                        int index =
                                (n * (paddedHeight / window) + i / window) * (paddedWidth / window)
                                        + j / window;
                        int token = (i % window) * window + j % window;
                        int at = ((n * height + row) * width + column) * channels + c;
                        float value = x.get((index * window * window + token) * channels + c);
                        y.set(at, residual.get(at) + value);
                    }
                }
            }
        }
    }

    /**
     * Adds a bias to the scores of each window, {@code weights[n, h, i, j] += bias[n mod windows,
     * h, i, j]}, in place.
     *
     * @param weights float32 [batch · windows, heads, tokens, tokens]
     * @param bias float32 [windows, heads, tokens, tokens]
     */
    public static void addBias(
            FloatArray weights, FloatArray bias, int batch, int windows, int heads, int tokens) {
        int size = heads * tokens * tokens;
        for (@Parallel int n = 0; n < batch; n++) {
            for (@Parallel int w = 0; w < windows; w++) {
                for (@Parallel int k = 0; k < size; k++) {
                    int at = (n * windows + w) * size + k;
                    weights.set(at, weights.get(at) + bias.get(w * size + k));
                }
            }
        }
    }

    /**
     * Puts each 2 x 2 square of tokens together, column by column, with zeros beyond an odd border.
     *
     * @param x float32 [batch, height, width, channels]
     * @param y float32 [batch, (height + 1) / 2, (width + 1) / 2, 4 · channels]
     */
    public static void gatherSquares(
            FloatArray x,
            FloatArray y,
            int batch,
            int height,
            int width,
            int channels,
            int outHeight,
            int outWidth) {
        for (int n = 0; n < batch; n++) {
            for (@Parallel int i = 0; i < outHeight; i++) {
                for (@Parallel int j = 0; j < outWidth; j++) {
                    for (@Parallel int k = 0; k < 4 * channels; k++) {
                        int part = k / channels;
                        int row = 2 * i + part % 2;
                        int column = 2 * j + part / 2;
                        float value = 0.0f;
                        if (row < height && column < width) {
                            value =
                                    x.get(
                                            ((n * height + row) * width + column) * channels
                                                    + k % channels);
                        }
                        y.set(((n * outHeight + i) * outWidth + j) * 4 * channels + k, value);
                    }
                }
            }
        }
    }
}
