package org.tornadovit.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tornadovit.nn.Samples.assertClose;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

class PoolingGradientTest {
    private static final double UNIT = Math.scalb(1.0, -24);

    @ParameterizedTest
    @CsvSource({"5,7,3,2,1", "6,6,3,2,0", "4,5,2,2,0", "5,5,3,1,1", "7,3,2,3,0", "9,8,5,2,2"})
    void theFirstMaximumOfAWindowGetsItsGradient(
            int height, int width, int kernel, int stride, int before) {
        int batch = 2;
        int channels = 3;
        int rows = (height + 2 * before - kernel) / stride + 1;
        int columns = (width + 2 * before - kernel) / stride + 1;
        Samples samples = new Samples(width);
        FloatArray x = samples.normal(batch * height * width * channels);
        for (int i = 0; i < x.getSize(); i++) {
            x.set(i, Math.round(x.get(i))); // with equals
        }
        FloatArray y = Samples.unwritten(batch * rows * columns * channels);
        Pooling.max(
                x, y, batch, height, width, channels, rows, columns, kernel, stride, before,
                before);
        FloatArray dy = samples.normal(y.getSize());
        FloatArray dx = Samples.unwritten(x.getSize());
        PoolingGradient.max(
                x, y, dy, dx, batch, height, width, channels, rows, columns, kernel, stride, before,
                before);

        double[] expected = new double[x.getSize()];
        double[] bounds = new double[x.getSize()];
        int windows = (kernel + stride - 1) / stride;
        for (int at = 0; at < dy.getSize(); at++) {
            int c = at % channels;
            int j = at / channels % columns;
            int i = at / channels / columns % rows;
            int n = at / channels / columns / rows;
            int best = -1;
            for (int k = 0; k < kernel * kernel; k++) {
                int row = i * stride - before + k / kernel;
                int column = j * stride - before + k % kernel;
                if (row >= 0 && row < height && column >= 0 && column < width) {
                    int pixel = ((n * height + row) * width + column) * channels + c;
                    best = best < 0 || x.get(pixel) > x.get(best) ? pixel : best;
                }
            }
            expected[best] += dy.get(at);
            bounds[best] += windows * windows * UNIT * Math.abs(dy.get(at));
        }
        assertClose(dx, expected, bounds);
    }

    @Test
    void anAverageSharesAndAFirstPositionKeeps() {
        FloatArray dy = new Samples(1).normal(2 * 3);
        FloatArray shared = Samples.unwritten(2 * 7 * 3);
        FloatArray kept = Samples.unwritten(2 * 7 * 3);
        PoolingGradient.average(dy, shared, 2, 7, 3);
        PoolingGradient.first(dy, kept, 2, 7, 3);
        for (int i = 0; i < shared.getSize(); i++) {
            float gradient = dy.get(i / 21 * 3 + i % 3);
            assertThat(shared.get(i)).isEqualTo((float) (gradient / 7.0));
            assertThat(kept.get(i)).isEqualTo(i / 3 % 7 == 0 ? gradient : 0);
        }
    }
}
