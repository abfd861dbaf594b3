package org.tornadovit.nn;

import static org.tornadovit.nn.LayerNormTest.normalized;
import static org.tornadovit.nn.Samples.assertClose;
import static org.tornadovit.nn.Samples.largest;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** Against differences of the layer in float64, and sums of them for its parameters. */
class LayerNormGradientTest {
    private static final float EPSILON = 1e-6f;

    @ParameterizedTest
    @CsvSource({"1,3,0,1", "5,7,2,1", "6,33,-20,1", "3,192,0.1,0.02", "2,768,0,3", "1,1280,5,1"})
    void agreesWithFloat64(int rows, int dim, double mean, double deviation) {
        Samples samples = new Samples(dim);
        FloatArray x = samples.normal(rows * dim, mean, deviation);
        FloatArray gamma = samples.normal(dim);
        FloatArray dy = samples.normal(rows * dim);
        FloatArray dx = Samples.unwritten(rows * dim);
        FloatArray statistics = Samples.unwritten(2 * rows);
        LayerNormGradient.input(x, gamma, dy, dx, statistics, rows, dim, EPSILON, 0);

        FloatArray zeros = zeros(dim);
        double[] expected = new double[rows * dim];
        double[] bounds = new double[rows * dim];
        double[] dgamma = new double[dim];
        double[] dgammaBounds = new double[dim];
        for (int i = 0; i < rows; i++) {
            double[] row = new double[dim];
            FloatArray gradient = new FloatArray(dim);
            double most = 0;
            for (int k = 0; k < dim; k++) {
                row[k] = x.get(i * dim + k);
                gradient.set(k, dy.get(i * dim + k));
                most = Math.max(most, Math.abs((double) gradient.get(k) * gamma.get(k)));
            }
            double shift = mean(row) / deviation(row);
            double conditioned = Math.max(1, Math.abs(shift));
            double[] slopes =
                    Differences.gradient(
                            v -> normalized(v, gamma, zeros, 1, dim, EPSILON), row, gradient);
            double[] normal = normalized(row, ones(dim), zeros, 1, dim, EPSILON);
            for (int k = 0; k < dim; k++) {
                int at = i * dim + k;
                expected[at] = slopes[k];
                bounds[at] = 2e-5 * most / deviation(row) * conditioned;
                double d = gradient.get(k);
                dgamma[k] += d * normal[k];
                dgammaBounds[k] += 2e-6 * Math.abs(d) * Math.max(conditioned, largest(normal));
            }
        }
        assertClose(dx, expected, bounds);

        LayerNormGradient.input(x, gamma, dy, dx, statistics, rows, dim, EPSILON, 1);
        for (int i = 0; i < expected.length; i++) {
            expected[i] *= 2;
            bounds[i] *= 3;
        }
        assertClose(dx, expected, bounds);

        for (int chunks = 1; chunks <= rows; chunks++) {
            if (rows % chunks == 0) {
                FloatArray partial = Samples.unwritten(chunks * dim);
                FloatArray total = Samples.unwritten(dim);
                LayerNormGradient.gammaChunks(
                        x, dy, statistics, partial, chunks, rows / chunks, dim);
                Sums.total(partial, total, chunks, dim);
                assertClose(total, dgamma, dgammaBounds);
            }
        }
    }

    private static double mean(double[] row) {
        double sum = 0;
        for (double value : row) {
            sum += value;
        }
        return sum / row.length;
    }

    /** {@return s, with ε} */
    private static double deviation(double[] row) {
        double mean = mean(row);
        double squares = 0;
        for (double value : row) {
            squares += (value - mean) * (value - mean);
        }
        return Math.sqrt(squares / row.length + EPSILON);
    }

    static FloatArray ones(int size) {
        FloatArray ones = new FloatArray(size);
        ones.init(1);
        return ones;
    }

    static FloatArray zeros(int size) {
        FloatArray zeros = new FloatArray(size);
        zeros.init(0);
        return zeros;
    }
}
