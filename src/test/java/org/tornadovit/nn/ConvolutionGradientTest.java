package org.tornadovit.nn;

import static org.tornadovit.nn.Samples.assertClose;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** Against sums in float64 over the products of the forward pass. */
class ConvolutionGradientTest {
    private static final double UNIT = Math.scalb(1.0, -24);

    @ParameterizedTest
    @CsvSource({
        "1,5,5,3,4,3,1",
        "2,7,6,2,3,3,2",
        "1,8,9,3,2,2,2",
        "2,6,5,4,3,1,2",
        "3,5,3,7,5,1,1",
        "1,11,13,3,2,7,2",
    })
    void agreesWithFloat64(
            int batch, int height, int width, int in, int out, int kernel, int stride) {
        int rows = (height - kernel) / stride + 1;
        int columns = (width - kernel) / stride + 1;
        int spreadHeight = height + kernel - 1;
        int spreadWidth = width + kernel - 1;
        Samples samples = new Samples(height);
        FloatArray x = samples.normal(batch * height * width * in);
        FloatArray w = samples.normal(out * kernel * kernel * in);
        FloatArray dy = samples.normal(batch * rows * columns * out);
        FloatArray dw = Samples.unwritten(w.getSize());
        FloatArray dx = Samples.unwritten(x.getSize());
        FloatArray spread = Samples.unwritten(batch * spreadHeight * spreadWidth * out);
        ConvolutionGradient.weight(
                dy, x, dw, batch, height, width, in, rows, columns, out, kernel, stride);
        ConvolutionGradient.spread(
                dy, spread, batch, rows, columns, out, kernel, stride, spreadHeight, spreadWidth);
        ConvolutionGradient.input(spread, w, dx, batch, height, width, in, out, kernel, 0);

        double[] dw64 = new double[w.getSize()];
        double[] dx64 = new double[x.getSize()];
        double[] dwBounds = new double[w.getSize()];
        double[] dxBounds = new double[x.getSize()];
        for (int at = 0; at < dy.getSize(); at++) {
            int o = at % out;
            int j = at / out % columns;
            int i = at / out / columns % rows;
            int n = at / out / columns / rows;
            for (int k = 0; k < kernel * kernel * in; k++) {
                int row = i * stride + k / in / kernel;
                int pixel = (n * height + row) * width + j * stride + k / in % kernel;
                int weight = o * kernel * kernel * in + k;
                int value = pixel * in + k % in;
                double toWeight = (double) dy.get(at) * x.get(value);
                double toInput = (double) dy.get(at) * w.get(weight);
                dw64[weight] += toWeight;
                dx64[value] += toInput;
                dwBounds[weight] += (batch * rows * columns + 4) * UNIT * Math.abs(toWeight);
                dxBounds[value] += (kernel * kernel * out + 4) * UNIT * Math.abs(toInput);
            }
        }
        assertClose(dw, dw64, dwBounds);
        assertClose(dx, dx64, dxBounds);

        ConvolutionGradient.input(spread, w, dx, batch, height, width, in, out, kernel, 1);
        for (int i = 0; i < dx64.length; i++) {
            dx64[i] *= 2;
            dxBounds[i] *= 3;
        }
        assertClose(dx, dx64, dxBounds);
    }
}
