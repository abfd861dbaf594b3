package org.tornadovit.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tornadovit.nn.Samples.assertClose;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

class PoolingTest {

    @ParameterizedTest
    @CsvSource({
        // batch, height, width, channels, kernel, stride, border
        "1,1,1,1,3,2,1",
        "2,7,5,3,3,2,1",
        "1,8,8,4,3,2,0",
        "2,112,9,5,3,2,1",
        "1,9,9,2,2,2,0",
    })
    void maximumIgnoresTheBorder(
            int batch, int height, int width, int channels, int kernel, int stride, int border) {
        Window rows = Window.symmetric(height, kernel, stride, border);
        Window columns = Window.symmetric(width, kernel, stride, border);
        FloatArray x = new Samples(height).normal(batch * height * width * channels, -5, 1);
        int size = batch * rows.output() * columns.output() * channels;
        double[] expected = new double[size];
        for (int at = 0; at < size; at++) {
            int c = at % channels;
            int j = at / channels % columns.output();
            int i = at / channels / columns.output() % rows.output();
            int n = at / channels / columns.output() / rows.output();
            expected[at] = Double.NEGATIVE_INFINITY;
            for (int u = 0; u < kernel; u++) {
                for (int v = 0; v < kernel; v++) {
                    int row = i * stride + u - border;
                    int column = j * stride + v - border;
                    if (row >= 0 && row < height && column >= 0 && column < width) {
                        double value = x.get(((n * height + row) * width + column) * channels + c);
                        expected[at] = Math.max(expected[at], value);
                    }
                }
            }
        }
        FloatArray y = Samples.unwritten(size);
        Pooling.max(
                x,
                y,
                batch,
                height,
                width,
                channels,
                rows.output(),
                columns.output(),
                kernel,
                stride,
                border,
                border);
        assertClose(y, expected, 0.0);
    }

    @ParameterizedTest
    @CsvSource({"1,1,1", "3,7,5", "2,196,33", "1,3136,3"})
    void averageAgreesWithFloat64(int batch, int positions, int channels) {
        FloatArray x = new Samples(positions).normal(batch * positions * channels);
        double[] expected = new double[batch * channels];
        double[] bounds = new double[batch * channels];
        for (int i = 0; i < expected.length; i++) {
            for (int p = 0; p < positions; p++) {
                double value = x.get((i / channels * positions + p) * channels + i % channels);
                expected[i] += value / positions;
                bounds[i] += Math.abs(value) / positions * positions * Math.scalb(1.0, -24);
            }
        }
        FloatArray y = Samples.unwritten(batch * channels);
        Pooling.average(x, y, batch, positions, channels);
        assertClose(y, expected, bounds);
    }

    @Test
    void firstIsTheFirstPosition() {
        FloatArray x = new Samples(1).normal(3 * 5 * 7);
        FloatArray y = Samples.unwritten(3 * 7);
        Pooling.first(x, y, 3, 5, 7);
        for (int n = 0; n < 3; n++) {
            for (int c = 0; c < 7; c++) {
                assertThat(y.get(n * 7 + c)).isEqualTo(x.get(n * 35 + c));
            }
        }
    }
}
