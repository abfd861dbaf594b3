package org.tornadovit.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tornadovit.nn.Samples.assertClose;
import static org.tornadovit.nn.Samples.doubles;
import static org.tornadovit.nn.Samples.largest;

import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** Against float64 and differences of it. */
class StandardizedWeightsTest {
    private static final int OUT = 3;

    @ParameterizedTest
    @CsvSource({
        "5,1,0,1,1e-3,0",
        "5,9,0,1,1e-3,0",
        "5,9,0.5,1,1e-3,1",
        "7,9,0.01,0.05,1e-8,0",
        "7,9,0.01,0.05,1e-5,1",
        "3,49,0,0.1,1e-5,1",
    })
    void agreesWithFloat64(
            int in, int window, double mean, double spread, float epsilon, int deviation) {
        FloatArray w = new Samples(window).normal(OUT * in * window, mean, spread);
        FloatArray y = Samples.unwritten(w.getSize());
        StandardizedWeights.standardize(w, y, OUT, in, window, epsilon, deviation);
        UnaryOperator<double[]> f = v -> standardized(v, in, window, epsilon, deviation);
        double[] expected = f.apply(doubles(w));
        assertClose(y, expected, 4e-6 * largest(expected));

        FloatArray dy = new Samples(3).normal(w.getSize());
        FloatArray dw = Samples.unwritten(w.getSize());
        StandardizedWeights.gradient(w, dy, dw, OUT, in, window, epsilon, deviation);
        double[] slopes = Differences.gradient(f, doubles(w), dy);
        assertClose(dw, slopes, 2e-5 * largest(slopes));
    }

    @Test
    void equalWeightsHaveAFiniteGradient() {
        FloatArray w = new FloatArray(OUT * 4);
        w.init(0.25f);
        FloatArray dy = new Samples(1).normal(w.getSize());
        FloatArray dw = Samples.unwritten(w.getSize());
        for (int deviation = 0; deviation <= 1; deviation++) {
            StandardizedWeights.gradient(w, dy, dw, OUT, 4, 1, 1e-3f, deviation);
            for (int i = 0; i < dw.getSize(); i++) {
                assertThat(dw.get(i)).isFinite();
            }
        }
    }

    @Test
    void channelsGoLastAndBack() {
        FloatArray w = new Samples(2).normal(OUT * 5 * 9);
        FloatArray y = Samples.unwritten(w.getSize());
        FloatArray back = Samples.unwritten(w.getSize());
        StandardizedWeights.channelsLast(w, y, OUT, 5, 9);
        StandardizedWeights.channelsFirst(y, back, OUT, 5, 9);
        assertThat(back.toHeapArray()).isEqualTo(w.toHeapArray());
        for (int i = 0; i < w.getSize(); i++) {
            int o = i / 45;
            int c = i / 9 % 5;
            int p = i % 9;
            assertThat(y.get(o * 45 + p * 5 + c)).isEqualTo(w.get(i));
        }
    }

    private static double[] standardized(
            double[] w, int in, int window, double epsilon, int deviation) {
        double[] y = new double[w.length];
        int size = in * window;
        for (int o = 0; o < OUT; o++) {
            double mean = 0;
            double variance = 0;
            for (int i = 0; i < size; i++) {
                mean += w[o * size + i] / size;
            }
            for (int i = 0; i < size; i++) {
                variance += (w[o * size + i] - mean) * (w[o * size + i] - mean) / size;
            }
            double s =
                    deviation == 0 ? Math.sqrt(variance + epsilon) : Math.sqrt(variance) + epsilon;
            for (int i = 0; i < size; i++) {
                y[o * size + i % window * in + i / window] = (w[o * size + i] - mean) / s;
            }
        }
        return y;
    }
}
