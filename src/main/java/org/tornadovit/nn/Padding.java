package org.tornadovit.nn;

import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** Borders of zeros around feature maps, written before a convolution reads them. Exact. */
public final class Padding {
    private Padding() {}

    /**
     * Moves an image to channels-last order inside a border of zeros.
     *
     * @param image float32 [batch, channels, height, width]
     * @param y float32 [batch, paddedHeight, paddedWidth, channels]; the image starts at row {@code
     *     top} and column {@code left}, and what of it does not fit is left out
     */
    public static void padImage(
            FloatArray image,
            FloatArray y,
            int batch,
            int channels,
            int height,
            int width,
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
                            value = image.get(((n * channels + c) * height + row) * width + column);
                        }
                        y.set(((n * paddedHeight + i) * paddedWidth + j) * channels + c, value);
                    }
                }
            }
        }
    }

    /**
     * Copies a feature map into a border of zeros.
     *
     * @param x float32 [batch, height, width, channels]
     * @param y float32 [batch, paddedHeight, paddedWidth, channels]; {@code x} starts at row {@code
     *     top} and column {@code left}, and what of it does not fit is left out
     */
    public static void pad(
            FloatArray x,
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
                            value = x.get(((n * height + row) * width + column) * channels + c);
                        }
                        y.set(((n * paddedHeight + i) * paddedWidth + j) * channels + c, value);
                    }
                }
            }
        }
    }
}
