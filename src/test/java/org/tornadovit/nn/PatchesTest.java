package org.tornadovit.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tornadovit.nn.Samples.assertClose;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

class PatchesTest {

    @ParameterizedTest
    @CsvSource({"1,1,1,1,1,1", "2,3,3,5,2,7", "1,3,2,2,7,16", "3,1,1,4,3,5"})
    void bothFormsAgreeWithFloat64(
            int batch, int channels, int rows, int columns, int patch, int dim) {
        Samples samples = new Samples(batch + patch * 10L);
        int height = rows * patch;
        int width = columns * patch;
        int inputs = channels * patch * patch;
        FloatArray image = samples.normal(batch * channels * height * width);
        FloatArray w = samples.normal(dim * inputs);
        FloatArray b = samples.normal(dim);
        int size = batch * rows * columns * dim;
        double[] expected = new double[size];
        double[] bounds = new double[size];
        double unit = (inputs + 4) * Math.scalb(1.0, -24);
        for (int at = 0; at < size; at++) {
            int o = at % dim;
            int j = at / dim % columns;
            int i = at / dim / columns % rows;
            int n = at / dim / columns / rows;
            expected[at] = b.get(o);
            bounds[at] = Math.abs(b.get(o)) * unit;
            for (int c = 0; c < channels; c++) {
                for (int u = 0; u < patch; u++) {
                    for (int v = 0; v < patch; v++) {
                        int pixel =
                                ((n * channels + c) * height + i * patch + u) * width
                                        + j * patch
                                        + v;
                        double product =
                                (double) image.get(pixel)
                                        * w.get(((o * channels + c) * patch + u) * patch + v);
                        expected[at] += product;
                        bounds[at] += Math.abs(product) * unit;
                    }
                }
            }
        }
        FloatArray direct = Samples.unwritten(size);
        Patches.embed(image, w, b, direct, batch, channels, rows, columns, patch, dim);
        assertClose(direct, expected, bounds);

        FloatArray flat = Samples.unwritten(batch * rows * columns * inputs);
        Patches.flatten(image, flat, batch, channels, rows, columns, patch);
        FloatArray linear = Samples.unwritten(size);
        Linear.linear(flat, w, b, linear, batch * rows * columns, inputs, dim);
        assertClose(linear, expected, bounds);
    }

    @Test
    void tokensAreClassThenPatchesEachWithItsPosition() {
        Samples samples = new Samples(3);
        FloatArray patches = samples.normal(2 * 5 * 3);
        FloatArray positions = samples.normal(6 * 3);
        FloatArray classToken = samples.normal(3);
        FloatArray tokens = Samples.unwritten(2 * 6 * 3);
        Patches.placePatches(patches, positions, tokens, 2, 5, 1, 3);
        Patches.placeClassToken(classToken, positions, tokens, 2, 6, 3);
        for (int n = 0; n < 2; n++) {
            for (int k = 0; k < 3; k++) {
                assertThat(tokens.get(n * 18 + k)).isEqualTo(classToken.get(k) + positions.get(k));
                for (int p = 0; p < 5; p++) {
                    assertThat(tokens.get(n * 18 + (1 + p) * 3 + k))
                            .isEqualTo(
                                    patches.get((n * 5 + p) * 3 + k)
                                            + positions.get((1 + p) * 3 + k));
                }
            }
        }
    }
}
