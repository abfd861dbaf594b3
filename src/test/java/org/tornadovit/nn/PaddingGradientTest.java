package org.tornadovit.nn;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

class PaddingGradientTest {
    private static final int BATCH = 2;
    private static final int CHANNELS = 3;

    /** {@code bottom}, {@code right}: what is cut off where they are negative. */
    @ParameterizedTest
    @CsvSource({"5,4,1,2,1,3", "3,7,0,0,0,0", "5,5,0,0,-1,-2", "4,5,3,1,-2,2"})
    void cropIsTheWayBackFromPadding(
            int height, int width, int top, int left, int bottom, int right) {
        int paddedHeight = top + height + bottom;
        int paddedWidth = left + width + right;
        FloatArray dy = new Samples(width).normal(BATCH * paddedHeight * paddedWidth * CHANNELS);
        FloatArray dx = Samples.unwritten(BATCH * height * width * CHANNELS);
        PaddingGradient.crop(
                dy, dx, BATCH, height, width, CHANNELS, top, left, paddedHeight, paddedWidth, 0);
        float[] expected = new float[dx.getSize()];
        for (int i = 0; i < dy.getSize(); i++) {
            int column = i / CHANNELS % paddedWidth - left;
            int row = i / CHANNELS / paddedWidth % paddedHeight - top;
            int image = i / CHANNELS / paddedWidth / paddedHeight;
            if (row >= 0 && row < height && column >= 0 && column < width) {
                int pixel = (image * height + row) * width + column;
                expected[pixel * CHANNELS + i % CHANNELS] = dy.get(i);
            }
        }
        assertThat(dx.toHeapArray()).isEqualTo(expected);

        PaddingGradient.crop(
                dy, dx, BATCH, height, width, CHANNELS, top, left, paddedHeight, paddedWidth, 1);
        for (int i = 0; i < expected.length; i++) {
            expected[i] *= 2;
        }
        assertThat(dx.toHeapArray()).isEqualTo(expected);
    }
}
