package org.tornadovit.nn;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

class WindowsTest {

    @ParameterizedTest
    @CsvSource({
        // batch, height, width, channels, window, shift
        "1, 4, 4, 1, 4, 0",
        "2, 6, 4, 3, 2, 1",
        "1, 7, 5, 2, 4, 2",
        "3, 9, 9, 5, 3, 1",
    })
    void windowsAreCutFromTheRolledMapAndPutBack(
            int batch, int height, int width, int channels, int window, int shift) {
        int rows = Math.ceilDiv(height, window) * window;
        int columns = Math.ceilDiv(width, window) * window;
        FloatArray x = new Samples(height).normal(batch * height * width * channels);
        FloatArray y = Samples.unwritten(batch * rows * columns * channels);
        Windows.cut(x, y, batch, height, width, channels, window, shift, shift, rows, columns);

        int at = 0; // window after window, row by row within each
        for (int n = 0; n < batch; n++) {
            for (int top = 0; top < rows; top += window) {
                for (int left = 0; left < columns; left += window) {
                    for (int i = top; i < top + window; i++) {
                        for (int j = left; j < left + window; j++) {
                            int row = (i + shift) % rows;
                            int column = (j + shift) % columns;
                            for (int c = 0; c < channels; c++) {
                                boolean inside = row < height && column < width;
                                float expected =
                                        inside
                                                ? x.get(
                                                        ((n * height + row) * width + column)
                                                                        * channels
                                                                + c)
                                                : 0;
                                assertThat(y.get(at++)).isEqualTo(expected);
                            }
                        }
                    }
                }
            }
        }

        FloatArray zero = new FloatArray(x.getSize());
        FloatArray back = Samples.unwritten(x.getSize());
        Windows.joinAdd(
                y, zero, back, batch, height, width, channels, window, shift, shift, rows, columns);
        assertThat(back.toHeapArray()).isEqualTo(x.toHeapArray());
        Windows.joinAdd(
                y, x, back, batch, height, width, channels, window, shift, shift, rows, columns);
        assertThat(back.get(3 % x.getSize())).isEqualTo(2 * x.get(3 % x.getSize()));
    }

    @Test
    void biasIsAddedWindowByWindow() {
        Samples samples = new Samples(2);
        FloatArray bias = samples.normal(2 * 3 * 4 * 4);
        FloatArray scores = samples.normal(5 * 2 * 3 * 4 * 4);
        float[] before = scores.toHeapArray();
        Windows.addBias(scores, bias, 5, 2, 3, 4);
        for (int i = 0; i < before.length; i++) {
            assertThat(scores.get(i)).isEqualTo(before[i] + bias.get(i % bias.getSize()));
        }
    }

    @Test
    void squaresAreGatheredColumnByColumnWithZerosBeyondTheBorder() {
        FloatArray x = FloatArray.fromElements(1, 2, 3, 4, 5, 6, 7, 8, 9); // 3 x 3, one channel
        FloatArray y = Samples.unwritten(2 * 2 * 4);
        Windows.gatherSquares(x, y, 1, 3, 3, 1, 2, 2);
        assertThat(y.toHeapArray()).containsExactly(1, 4, 2, 5, 3, 6, 0, 0, 7, 0, 8, 0, 9, 0, 0, 0);
    }

    @Test
    void aShiftIsDroppedWhereOneWindowSpansTheMap() {
        assertThat(new WindowBlock("b", 7, 8, 2, 7, 3, 16, 1e-5f).shift()).isZero();
        assertThat(new WindowBlock("b", 8, 8, 2, 7, 3, 16, 1e-5f).shift()).isEqualTo(3);
    }
}
