package org.tornadovit.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** The loss against float64, and its gradient against differences of that. */
class CrossEntropyTest {
    private static final double STEP = 0x1p-17;

    @ParameterizedTest
    @CsvSource({"1,1,0,1,0", "5,3,1,0.2,0", "7,10,50,0.25,0.1", "3,257,3,1,0.1", "2,1000,20,8,0"})
    void agreesWithFloat64(int batch, int classes, double deviation, float scale, float smoothing) {
        Random random = new Random(classes);
        FloatArray logits = new FloatArray(batch * classes);
        FloatArray targets = new FloatArray(batch * classes);
        targets.init(0);
        for (int i = 0; i < logits.getSize(); i++) {
            logits.set(i, (float) (deviation * random.nextGaussian()));
        }
        for (int n = 0; n < batch; n++) {
            int first = n * classes + random.nextInt(classes);
            int second = n * classes + random.nextInt(classes);
            targets.set(first, n == 1 ? 0 : 0.75f); // image 1 counts nothing
            targets.set(second, n == 1 ? 0 : targets.get(second) + 0.25f);
        }
        FloatArray losses = unwritten(batch);
        FloatArray gradient = unwritten(batch * classes);
        CrossEntropy.loss(logits, targets, losses, gradient, batch, classes, smoothing, scale);

        for (int n = 0; n < batch; n++) {
            double[] z = row(logits, n, classes);
            double[] t = row(targets, n, classes);
            double largest = 1;
            for (double logit : z) {
                largest = Math.max(largest, Math.abs(logit));
            }
            double expected = loss(z, t, smoothing);
            assertThat((double) losses.get(n)).isCloseTo(expected, within(4e-6 * largest));
            for (int c = 0; c < classes; c++) {
                double at = z[c];
                z[c] = at + STEP;
                double up = loss(z, t, smoothing);
                z[c] = at - STEP;
                double slope = (up - loss(z, t, smoothing)) / (2 * STEP);
                z[c] = at;
                assertThat((double) gradient.get(n * classes + c))
                        .as("image %d, class %d", n, c)
                        .isCloseTo(slope * scale, within(2e-6 * scale));
            }
        }
    }

    /** {@code Σ t' (log Σ exp z - z)} with t' the smoothed targets. */
    private static double loss(double[] z, double[] targets, double smoothing) {
        double maximum = Double.NEGATIVE_INFINITY;
        double mass = 0;
        for (int c = 0; c < z.length; c++) {
            maximum = Math.max(maximum, z[c]);
            mass += targets[c];
        }
        double sum = 0;
        for (double logit : z) {
            sum += Math.exp(logit - maximum);
        }
        double loss = 0;
        for (int c = 0; c < z.length; c++) {
            double target = (1 - smoothing) * targets[c] + mass * smoothing / z.length;
            loss += target * (Math.log(sum) + maximum - z[c]);
        }
        return loss;
    }

    private static double[] row(FloatArray x, int row, int columns) {
        double[] values = new double[columns];
        for (int c = 0; c < columns; c++) {
            values[c] = x.get(row * columns + c);
        }
        return values;
    }

    private static FloatArray unwritten(int size) {
        FloatArray array = new FloatArray(size);
        array.init(Float.NaN);
        return array;
    }
}
