package org.tornadovit.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tornadovit.nn.Samples.assertClose;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

class AttentionTest {

    @ParameterizedTest
    @CsvSource({
        "1,1,1,1,false",
        "2,5,3,7,false",
        "1,17,2,16,true",
        "3,50,1,5,true",
        "1,197,2,33,false",
        "1,577,1,64,false",
    })
    void agreesWithFloat64(int batch, int tokens, int heads, int headDim, boolean relative) {
        Samples samples = new Samples(tokens);
        int dim = heads * headDim;
        FloatArray qkv = samples.normal(batch * tokens * 3 * dim);
        FloatArray offsets = samples.normal((2 * tokens - 1) * dim);
        FloatArray weights = Samples.unwritten(batch * heads * tokens * tokens);
        FloatArray out = Samples.unwritten(batch * tokens * dim);
        float scale = (float) (1 / Math.sqrt(headDim));
        Attention.scores(qkv, weights, batch, tokens, heads, headDim, scale);
        if (relative) {
            Attention.addRelativeScores(
                    qkv, offsets, weights, batch, tokens, heads, headDim, scale);
        }
        Attention.softmax(weights, batch * heads * tokens, tokens);
        Attention.weightedSum(weights, qkv, out, batch, tokens, heads, headDim);

        double[] expected = new double[out.getSize()];
        for (int b = 0; b < batch; b++) {
            for (int h = 0; h < heads; h++) {
                for (int i = 0; i < tokens; i++) {
                    attend(expected, qkv, offsets, relative, b, h, i, tokens, heads, headDim);
                }
            }
        }
        assertClose(out, expected, 2e-5 * Samples.largest(Samples.doubles(qkv)));
    }

    private static void attend(
            double[] out,
            FloatArray qkv,
            FloatArray offsets,
            boolean relative,
            int b,
            int h,
            int i,
            int tokens,
            int heads,
            int headDim) {
        int dim = heads * headDim;
        double[] scores = new double[tokens];
        double total = 0;
        for (int j = 0; j < tokens; j++) {
            double sum = 0;
            for (int d = 0; d < headDim; d++) {
                double key = qkv.get((b * tokens + j) * 3 * dim + dim + h * headDim + d);
                if (relative) {
                    key += offsets.get((i - j + tokens - 1) * dim + h * headDim + d);
                }
                sum += qkv.get((b * tokens + i) * 3 * dim + h * headDim + d) * key;
            }
            scores[j] = Math.exp(sum / Math.sqrt(headDim));
            total += scores[j];
        }
        for (int j = 0; j < tokens; j++) {
            for (int d = 0; d < headDim; d++) {
                out[(b * tokens + i) * dim + h * headDim + d] +=
                        scores[j]
                                / total
                                * qkv.get((b * tokens + j) * 3 * dim + 2 * dim + h * headDim + d);
            }
        }
    }

    @Test
    void softmaxOfHugeScoresStaysFinite() {
        FloatArray weights = FloatArray.fromElements(1e30f, 1e30f, -1e30f, 3e38f, 0f, -3e38f);
        Attention.softmax(weights, 2, 3);
        assertThat(weights.toHeapArray()).containsExactly(0.5f, 0.5f, 0f, 1f, 0f, 0f);
    }
}
