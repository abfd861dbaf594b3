package org.tornadovit.nn;

import static org.tornadovit.nn.Samples.assertClose;
import static org.tornadovit.nn.Samples.doubles;
import static org.tornadovit.nn.Samples.largest;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

class LayerNormTest {

    @ParameterizedTest
    @CsvSource({
        "1,1,0",
        "3,7,0",
        "5,65,1",
        "17,192,-3",
        "4,768,20",
        "2,1280,100",
    })
    void agreesWithFloat64(int rows, int dim, double mean) {
        Samples samples = new Samples(rows * 1000L + dim);
        FloatArray x = samples.normal(rows * dim, mean, 1.0);
        FloatArray gamma = samples.normal(dim);
        FloatArray beta = samples.normal(dim);
        FloatArray y = Samples.unwritten(rows * dim);
        LayerNorm.layerNorm(x, gamma, beta, y, rows, dim, 1e-6f);
        double[] expected = normalized(doubles(x), gamma, beta, rows, dim, 1e-6f);
        double bound = 4e-6 * largest(doubles(gamma)) * Math.max(1, Math.abs(mean));
        assertClose(y, expected, bound);
    }

    @ParameterizedTest
    @CsvSource({"1e-12", "1e-6", "1e-1"})
    void epsilonStandsInsideTheRoot(float epsilon) {
        FloatArray x = FloatArray.fromElements(1e-3f, -1e-3f);
        FloatArray ones = FloatArray.fromElements(1, 1);
        FloatArray y = new FloatArray(2);
        LayerNorm.layerNorm(x, ones, new FloatArray(2), y, 1, 2, epsilon);
        double expected = 1e-3 / Math.sqrt(1e-6 + epsilon);
        assertClose(y, new double[] {expected, -expected}, 1e-6 * expected);
    }

    static double[] normalized(
            double[] x, FloatArray gamma, FloatArray beta, int rows, int dim, double epsilon) {
        double[] y = new double[x.length];
        for (int i = 0; i < rows; i++) {
            double mean = 0;
            for (int k = 0; k < dim; k++) {
                mean += x[i * dim + k] / dim;
            }
            double variance = 0;
            for (int k = 0; k < dim; k++) {
                variance += (x[i * dim + k] - mean) * (x[i * dim + k] - mean) / dim;
            }
            for (int k = 0; k < dim; k++) {
                y[i * dim + k] =
                        (x[i * dim + k] - mean) / Math.sqrt(variance + epsilon) * gamma.get(k)
                                + beta.get(k);
            }
        }
        return y;
    }
}
