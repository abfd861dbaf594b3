package org.tornadovit.nn;

import static org.tornadovit.nn.GroupNormTest.normalized;
import static org.tornadovit.nn.LayerNormGradientTest.ones;
import static org.tornadovit.nn.LayerNormGradientTest.zeros;
import static org.tornadovit.nn.Samples.assertClose;
import static org.tornadovit.nn.Samples.doubles;
import static org.tornadovit.nn.Samples.largest;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** All steps against differences of the layer in float64, and sums for its parameters. */
class GroupNormGradientTest {
    private static final float EPSILON = 1e-5f;

    @ParameterizedTest
    @CsvSource({
        "1,1,3,2,1,0,1",
        "2,3,5,6,2,0,1",
        "3,2,3,8,8,2,1",
        "2,5,3,12,3,-20,1",
        "1,3,3,4,2,0.1,0.02"
    })
    void agreesWithFloat64(
            int batch,
            int height,
            int width,
            int channels,
            int groups,
            double mean,
            double deviation) {
        Samples samples = new Samples(height * 10L + channels);
        int positions = height * width;
        int size = batch * positions * channels;
        FloatArray x = samples.normal(size, mean, deviation);
        FloatArray gamma = samples.normal(channels);
        FloatArray dy = samples.normal(size);
        FloatArray moments = Samples.unwritten(batch * height * 2 * channels);
        FloatArray statistics = Samples.unwritten(batch * groups * 2);
        FloatArray products = Samples.unwritten(batch * channels);
        FloatArray sums = Samples.unwritten(batch * channels);
        FloatArray a = Samples.unwritten(batch * channels);
        FloatArray b = Samples.unwritten(batch * channels);
        FloatArray c = Samples.unwritten(batch * channels);
        FloatArray dx = Samples.unwritten(size);
        GroupNorm.stripMoments(x, moments, batch * height, width, channels);
        GroupNormGradient.statistics(
                moments, statistics, batch, height, width, channels, groups, EPSILON);
        GroupNormGradient.channelSums(
                x, dy, statistics, products, sums, batch, positions, channels, groups);
        GroupNormGradient.groupFactors(
                statistics, products, sums, gamma, a, b, c, batch, positions, channels, groups);
        GroupNormGradient.input(x, dy, a, b, c, dx, batch, positions, channels, 0);

        FloatArray zeros = zeros(channels);
        double[] expected =
                Differences.gradient(
                        v ->
                                normalized(
                                        v, gamma, zeros, batch, positions, channels, groups,
                                        EPSILON),
                        doubles(x),
                        dy);
        double[] bounds = new double[size];
        for (int n = 0; n < batch; n++) {
            for (int g = 0; g < groups; g++) {
                bound(bounds, x, gamma, dy, n, g, positions, channels, channels / groups);
            }
        }
        assertClose(dx, expected, bounds);

        double[] normal =
                normalized(
                        doubles(x),
                        ones(channels),
                        zeros,
                        batch,
                        positions,
                        channels,
                        groups,
                        EPSILON);
        double conditioned = Math.max(largest(normal), 4 * Math.abs(mean) / deviation);
        double[] dgamma = new double[batch * channels];
        double[] dbeta = new double[batch * channels];
        double[] sumBounds = new double[batch * channels];
        for (int i = 0; i < size; i++) {
            int channel = i / channels / positions * channels + i % channels;
            dgamma[channel] += dy.get(i) * normal[i];
            dbeta[channel] += dy.get(i);
            sumBounds[channel] += 2e-6 * Math.abs(dy.get(i)) * conditioned;
        }
        assertClose(products, dgamma, sumBounds);
        assertClose(sums, dbeta, sumBounds);

        GroupNormGradient.input(x, dy, a, b, c, dx, batch, positions, channels, 1);
        for (int i = 0; i < size; i++) {
            expected[i] *= 2;
            bounds[i] *= 3;
        }
        assertClose(dx, expected, bounds);
    }

    /** 2e-5 · max|γ dy| / s · max(1, |μ| / s) for each element of a group. */
    private static void bound(
            double[] bounds,
            FloatArray x,
            FloatArray gamma,
            FloatArray dy,
            int image,
            int group,
            int positions,
            int channels,
            int size) {
        double sum = 0;
        double squares = 0;
        double most = 0;
        int count = positions * size;
        for (int k = 0; k < count; k++) {
            int at = at(image, group, k, positions, channels, size);
            sum += x.get(at);
            squares += (double) x.get(at) * x.get(at);
            most = Math.max(most, Math.abs((double) gamma.get(at % channels) * dy.get(at)));
        }
        double mean = sum / count;
        double s = Math.sqrt(squares / count - mean * mean + EPSILON);
        for (int k = 0; k < count; k++) {
            bounds[at(image, group, k, positions, channels, size)] =
                    2e-5 * most / s * Math.max(1, Math.abs(mean) / s);
        }
    }

    private static int at(
            int image, int group, int element, int positions, int channels, int size) {
        return (image * positions + element / size) * channels + group * size + element % size;
    }

    @Test
    void theRectifierAndTheBorderAreLeft() {
        FloatArray y = zeros(4 * 5 * 2); // 1 row above, 2 columns left of 3 x 4, and cut at 4 x 5
        FloatArray dy = new Samples(1).normal(40);
        FloatArray dz = Samples.unwritten(24);
        for (int i = 0; i < 40; i++) {
            y.set(i, i % 3 == 0 ? 0 : i);
        }
        GroupNormGradient.reluCrop(y, dy, dz, 1, 3, 4, 2, 1, 2, 4, 5);
        double[] expected = new double[24];
        for (int i = 0; i < 24; i++) {
            int row = i / 8 + 1;
            int column = i / 2 % 4 + 2;
            int from = (row * 5 + column) * 2 + i % 2;
            expected[i] = column < 5 && from % 3 != 0 ? dy.get(from) : 0;
        }
        assertClose(dz, expected, 0);
    }
}
