package org.tornadovit.nn;

import static org.tornadovit.nn.Samples.doubles;

import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** All steps after the forward kernels, against differences of attention in float64. */
class AttentionGradientTest {
    private static final double STEP = 0x1p-17;

    /** {@code sample}: of how many elements one is compared. */
    @ParameterizedTest
    @CsvSource({"1,1,1,2,1", "2,5,2,3,1", "1,9,3,5,1", "1,65,2,8,41", "1,197,1,8,311"})
    void agreesWithFloat64(int batch, int tokens, int heads, int headDim, int sample) {
        Samples samples = new Samples(tokens);
        int dim = heads * headDim;
        FloatArray qkv = samples.normal(batch * tokens * 3 * dim);
        FloatArray relative = samples.normal((2 * tokens - 1) * dim);
        FloatArray dout = samples.normal(batch * tokens * dim);
        check(qkv, relative, dout, batch, tokens, heads, headDim, sample, 0);
        check(qkv, relative, dout, batch, tokens, heads, headDim, sample, 1);
    }

    private static void check(
            FloatArray qkv,
            FloatArray relative,
            FloatArray dout,
            int batch,
            int tokens,
            int heads,
            int headDim,
            int sample,
            int withRelative) {
        float scale = (float) (1 / Math.sqrt(headDim));
        int rows = batch * heads * tokens;
        FloatArray weights = Samples.unwritten(rows * tokens);
        FloatArray dweights = Samples.unwritten(rows * tokens);
        FloatArray dqkv = Samples.unwritten(qkv.getSize());
        FloatArray drelative = Samples.unwritten(relative.getSize());
        Attention.scores(qkv, weights, batch, tokens, heads, headDim, scale);
        if (withRelative == 1) {
            Attention.addRelativeScores(
                    qkv, relative, weights, batch, tokens, heads, headDim, scale);
        }
        Attention.softmax(weights, rows, tokens);
        AttentionGradient.values(weights, dout, dqkv, batch, tokens, heads, headDim);
        AttentionGradient.weights(dout, qkv, dweights, batch, tokens, heads, headDim);
        AttentionGradient.softmax(weights, dweights, rows, tokens);
        if (withRelative == 1) {
            AttentionGradient.relativeQueries(
                    dweights, relative, dqkv, batch, tokens, heads, headDim, scale);
            AttentionGradient.offsets(
                    dweights, qkv, drelative, batch, tokens, heads, headDim, scale);
        }
        AttentionGradient.queries(
                dweights, qkv, dqkv, batch, tokens, heads, headDim, scale, withRelative);
        AttentionGradient.keys(dweights, qkv, dqkv, batch, tokens, heads, headDim, scale);

        double[] x = doubles(qkv);
        double[] r = withRelative == 1 ? doubles(relative) : new double[relative.getSize()];
        Objective objective = new Objective(x, r, dout, batch, tokens, heads, headDim);
        compare(objective, x, dqkv, sample);
        if (withRelative == 1) {
            compare(objective, r, drelative, sample);
        }
    }

    /** Moves elements of {@code parameters}, which the objective reads. */
    private static void compare(
            Objective objective, double[] parameters, FloatArray found, int sample) {
        List<Double> slopes = new ArrayList<>();
        double largest = 0;
        for (int i = 0; i < parameters.length; i++) {
            Assertions.assertThat(found.get(i)).isFinite();
            if (i % sample == 0) {
                double at = parameters[i];
                parameters[i] = at + STEP;
                double up = objective.value();
                parameters[i] = at - STEP;
                slopes.add((up - objective.value()) / (2 * STEP));
                parameters[i] = at;
                largest = Math.max(largest, Math.abs(slopes.getLast()));
            }
        }
        for (int k = 0; k < slopes.size(); k++) {
            Assertions.assertThat((double) found.get(k * sample))
                    .as("element %d", k * sample)
                    .isCloseTo(slopes.get(k), Offset.offset(2e-5 * Math.max(largest, 1e-3)));
        }
    }

    /** {@code Σ do · attention(qkv, relative)}. */
    private record Objective(
            double[] qkv,
            double[] relative,
            FloatArray dout,
            int batch,
            int tokens,
            int heads,
            int headDim) {

        double value() {
            double sum = 0;
            for (int b = 0; b < batch; b++) {
                for (int h = 0; h < heads; h++) {
                    for (int i = 0; i < tokens; i++) {
                        sum += row(b, h, i);
                    }
                }
            }
            return sum;
        }

        private double row(int b, int h, int i) {
            int dim = heads * headDim;
            int query = (b * tokens + i) * 3 * dim + h * headDim;
            double norm = 0;
            double sum = 0;
            for (int j = 0; j < tokens; j++) {
                int key = (b * tokens + j) * 3 * dim + dim + h * headDim;
                int offset = (i - j + tokens - 1) * dim + h * headDim;
                double score = 0;
                double value = 0;
                for (int d = 0; d < headDim; d++) {
                    score += qkv[query + d] * (qkv[key + d] + relative[offset + d]);
                    value +=
                            qkv[key + dim + d] * dout.get((b * tokens + i) * dim + h * headDim + d);
                }
                double weight = Math.exp(score / Math.sqrt(headDim));
                norm += weight;
                sum += weight * value;
            }
            return sum / norm;
        }
    }
}
