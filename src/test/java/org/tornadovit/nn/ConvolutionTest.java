package org.tornadovit.nn;

import static org.tornadovit.nn.Samples.assertClose;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

class ConvolutionTest {

    @ParameterizedTest
    @CsvSource({
        // batch, in height, in width, in, out, kernel, stride
        "1,1,1,1,1,1,1",
        "2,5,7,3,5,3,1",
        "1,9,8,2,7,3,2",
        "2,13,11,3,4,7,2",
        "3,6,5,33,17,1,2",
        "1,8,16,5,3,8,8",
    })
    void everyEpilogueAgreesWithFloat64(
            int batch, int height, int width, int in, int out, int kernel, int stride) {
        int rows = (height - kernel) / stride + 1;
        int columns = (width - kernel) / stride + 1;
        Samples samples = new Samples(height * 100L + in);
        FloatArray x = samples.normal(batch * height * width * in);
        FloatArray w = samples.normal(out * kernel * kernel * in);
        FloatArray b = samples.normal(out);
        int size = batch * rows * columns * out;
        FloatArray residual = samples.normal(size);
        FloatArray y = Samples.unwritten(size);

        double[] plain = new double[size];
        double[] bounds = new double[size];
        double unit = (kernel * kernel * in + 4) * Math.scalb(1.0, -24);
        for (int at = 0; at < size; at++) {
            int o = at % out;
            int j = at / out % columns;
            int i = at / out / columns % rows;
            int n = at / out / columns / rows;
            for (int u = 0; u < kernel; u++) {
                for (int v = 0; v < kernel; v++) {
                    for (int c = 0; c < in; c++) {
                        double product =
                                (double)
                                                x.get(
                                                        ((n * height + i * stride + u) * width
                                                                                + j * stride
                                                                                + v)
                                                                        * in
                                                                + c)
                                        * w.get(((o * kernel + u) * kernel + v) * in + c);
                        plain[at] += product;
                        bounds[at] += Math.abs(product) * unit;
                    }
                }
            }
            bounds[at] += (Math.abs(b.get(o)) + Math.abs(residual.get(at))) * unit;
        }
        Convolution.convolution(
                x, w, y, batch, height, width, in, rows, columns, out, kernel, stride);
        assertClose(y, plain, bounds);
        Convolution.convolutionBias(
                x, w, b, y, batch, height, width, in, rows, columns, out, kernel, stride);
        double[] biased = plain.clone();
        double[] positive = plain.clone();
        double[] added = plain.clone();
        for (int at = 0; at < size; at++) {
            biased[at] += b.get(at % out);
            positive[at] = Math.max(biased[at], 0);
            added[at] = Math.max(biased[at] + residual.get(at), 0);
        }
        assertClose(y, biased, bounds);
        Convolution.convolutionRelu(
                x, w, b, y, batch, height, width, in, rows, columns, out, kernel, stride);
        assertClose(y, positive, bounds);
        Convolution.convolutionAddRelu(
                x, w, b, residual, y, batch, height, width, in, rows, columns, out, kernel, stride);
        assertClose(y, added, bounds);
    }
}
