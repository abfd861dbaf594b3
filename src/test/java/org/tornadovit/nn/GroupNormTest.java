package org.tornadovit.nn;

import static org.tornadovit.nn.Samples.assertClose;
import static org.tornadovit.nn.Samples.doubles;
import static org.tornadovit.nn.Samples.largest;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

class GroupNormTest {
    private static final float EPSILON = 1e-5f;

    @ParameterizedTest
    @CsvSource({
        "1,3,3,2,1,0",
        "2,3,5,6,2,0",
        "1,7,3,32,32,0",
        "3,5,5,96,32,2",
        "2,13,9,64,32,-20",
        "1,112,112,64,32,1",
    })
    void everyFormAgreesWithFloat64(
            int batch, int height, int width, int channels, int groups, double mean) {
        Samples samples = new Samples(batch * 100L + height * 10L + channels);
        int size = batch * height * width * channels;
        FloatArray x = samples.normal(size, mean, 1.0);
        FloatArray residual = samples.normal(size);
        FloatArray gamma = samples.normal(channels);
        FloatArray beta = samples.normal(channels);
        FloatArray moments = Samples.unwritten(batch * height * 2 * channels);
        FloatArray scale = Samples.unwritten(batch * channels);
        FloatArray shift = Samples.unwritten(batch * channels);
        GroupNorm.stripMoments(x, moments, batch * height, width, channels);
        GroupNorm.channelScales(
                moments, gamma, beta, scale, shift, batch, height, width, channels, groups,
                EPSILON);

        int positions = height * width;
        double[] expected =
                normalized(doubles(x), gamma, beta, batch, positions, channels, groups, EPSILON);
        double bound = 8e-6 * largest(doubles(gamma)) * Math.max(1, Math.abs(mean));
        FloatArray y = Samples.unwritten(size);
        GroupNorm.normalize(x, scale, shift, y, batch, positions, channels);
        assertClose(y, expected, bound);

        double[] added = new double[size];
        double[] positive = new double[size];
        for (int i = 0; i < size; i++) {
            positive[i] = Math.max(expected[i], 0);
            added[i] = Math.max(expected[i] + residual.get(i), 0);
        }
        GroupNorm.normalizeRelu(x, scale, shift, y, batch, positions, channels);
        assertClose(y, positive, bound);
        GroupNorm.normalizeAddRelu(x, scale, shift, residual, y, batch, positions, channels);
        assertClose(y, added, bound + 1e-6);

        int top = 1;
        int left = 2;
        int paddedHeight = height + 3;
        int paddedWidth = width + 2; // what would lie in the last column of a wider map is left out
        FloatArray z = Samples.unwritten(batch * paddedHeight * paddedWidth * channels);
        GroupNorm.normalizeReluPadded(
                x,
                scale,
                shift,
                z,
                batch,
                height,
                width,
                channels,
                top,
                left,
                paddedHeight,
                paddedWidth);
        double[] bordered =
                PaddingTest.bordered(
                        positive,
                        batch,
                        height,
                        width,
                        channels,
                        top,
                        left,
                        paddedHeight,
                        paddedWidth);
        assertClose(z, bordered, bound);
    }

    static double[] normalized(
            double[] x,
            FloatArray gamma,
            FloatArray beta,
            int batch,
            int positions,
            int channels,
            int groups,
            double epsilon) {
        double[] y = new double[x.length];
        int size = channels / groups;
        for (int n = 0; n < batch; n++) {
            for (int g = 0; g < groups; g++) {
                double mean = 0;
                double variance = 0;
                for (int pass = 0; pass < 2; pass++) {
                    for (int p = 0; p < positions; p++) {
                        for (int c = g * size; c < (g + 1) * size; c++) {
                            double value = x[(n * positions + p) * channels + c];
                            if (pass == 0) {
                                mean += value / positions / size;
                            } else {
                                variance += (value - mean) * (value - mean) / positions / size;
                            }
                        }
                    }
                }
                for (int p = 0; p < positions; p++) {
                    for (int c = g * size; c < (g + 1) * size; c++) {
                        int at = (n * positions + p) * channels + c;
                        y[at] =
                                (x[at] - mean) / Math.sqrt(variance + epsilon) * gamma.get(c)
                                        + beta.get(c);
                    }
                }
            }
        }
        return y;
    }
}
