package org.tornadovit.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tornadovit.nn.Samples.assertClose;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

class PatchesGradientTest {
    private static final double UNIT = Math.scalb(1.0, -24);

    @ParameterizedTest
    @CsvSource({"1,3,0,5", "3,5,1,7", "17,4,2,3"})
    void patchesAndPositionsGetTheirOwn(int batch, int count, int first, int dim) {
        int tokens = first + count;
        FloatArray dtokens = new Samples(batch).normal(batch * tokens * dim);
        FloatArray dpatches = Samples.unwritten(batch * count * dim);
        PatchesGradient.patches(dtokens, dpatches, batch, count, first, dim);
        for (int i = 0; i < dpatches.getSize(); i++) {
            int image = i / (count * dim);
            int within = i % (count * dim);
            int from = (image * tokens + first) * dim + within;
            assertThat(dpatches.get(i)).isEqualTo(dtokens.get(from));
        }

        FloatArray positions = Samples.unwritten(tokens * dim);
        PatchesGradient.positions(dtokens, positions, batch, tokens, first, count, dim);
        for (int i = 0; i < first * dim; i++) {
            assertThat(positions.get(i)).isNaN(); // those of the leading tokens are left alone
        }
        if (first > 0) {
            PatchesGradient.positions(dtokens, positions, batch, tokens, 0, first, dim);
        }
        double[] expected = new double[tokens * dim];
        double[] bounds = new double[tokens * dim];
        for (int i = 0; i < dtokens.getSize(); i++) {
            expected[i % (tokens * dim)] += dtokens.get(i);
            bounds[i % (tokens * dim)] += batch * UNIT * Math.abs(dtokens.get(i));
        }
        assertClose(positions, expected, bounds);
    }
}
