package org.tornadovit.nn;

import static org.tornadovit.nn.Samples.assertClose;
import static org.tornadovit.nn.Samples.doubles;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

class PaddingTest {

    @ParameterizedTest
    @CsvSource({
        "1,1,1,1,0,0,1,1",
        "2,3,5,3,1,1,5,7",
        "1,4,4,2,0,0,5,5",
        "3,5,3,7,2,1,6,3",
    })
    void bordersAreZeroAndTheRestIsInPlace(
            int batch,
            int height,
            int width,
            int channels,
            int top,
            int left,
            int rows,
            int columns) {
        FloatArray x = new Samples(height).normal(batch * height * width * channels);
        FloatArray y = Samples.unwritten(batch * rows * columns * channels);
        Padding.pad(x, y, batch, height, width, channels, top, left, rows, columns);
        double[] expected =
                bordered(doubles(x), batch, height, width, channels, top, left, rows, columns);
        assertClose(y, expected, 0.0);

        FloatArray image = new FloatArray(x.getSize());
        for (int n = 0; n < batch; n++) {
            for (int p = 0; p < height * width; p++) {
                for (int c = 0; c < channels; c++) {
                    image.set(
                            (n * channels + c) * height * width + p,
                            x.get((n * height * width + p) * channels + c));
                }
            }
        }
        FloatArray z = Samples.unwritten(batch * rows * columns * channels);
        Padding.padImage(image, z, batch, channels, height, width, top, left, rows, columns);
        assertClose(z, expected, 0.0);
    }

    static double[] bordered(
            double[] x,
            int batch,
            int height,
            int width,
            int channels,
            int top,
            int left,
            int rows,
            int columns) {
        double[] y = new double[batch * rows * columns * channels];
        for (int n = 0; n < batch; n++) {
            for (int i = 0; i < height && i + top < rows; i++) {
                for (int j = 0; j < width && j + left < columns; j++) {
                    System.arraycopy(
                            x,
                            ((n * height + i) * width + j) * channels,
                            y,
                            ((n * rows + i + top) * columns + j + left) * channels,
                            channels);
                }
            }
        }
        return y;
    }
}
