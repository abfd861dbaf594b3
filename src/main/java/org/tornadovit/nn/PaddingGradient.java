package org.tornadovit.nn;

import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** The way back through {@link Padding}. */
public final class PaddingGradient {
    private PaddingGradient() {}

    /**
     * The way back from {@link Padding#pad}: what lies inside the border, or added. Exact, where it
     * is not added (PaddingGradientTest).
     *
     * @param dy float32 [batch, paddedHeight, paddedWidth, channels]
     * @param dx float32 [batch, height, width, channels]; what had been left out gets 0
     */
    public static void crop(
            FloatArray dy,
            FloatArray dx,
            int batch,
            int height,
            int width,
            int channels,
            int top,
            int left,
            int paddedHeight,
            int paddedWidth,
            int adds) {
        for (int n = 0; n < batch; n++) {
            for (@Parallel int i = 0; i < height; i++) {
                for (@Parallel int j = 0; j < width; j++) {
                    for (@Parallel int c = 0; c < channels; c++) {
                        int row = i + top;
                        int column = j + left;
                        float value = 0.0f;
                        if (row < paddedHeight && column < paddedWidth) {
                            value =
                                    dy.get(
                                            ((n * paddedHeight + row) * paddedWidth + column)
                                                            * channels
                                                    + c);
                        }
                        int at = ((n * height + i) * width + j) * channels + c;
                        dx.set(at, adds == 0 ? value : dx.get(at) + value);
                    }
                }
            }
        }
    }
}
