package org.tornadovit.nn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** Seeded inputs for kernels, and comparison of what they give. */
final class Samples {
    private final Random random;

    Samples(long seed) {
        random = new Random(seed);
    }

    /** {@return {@code size} values of a standard normal} */
    FloatArray normal(int size) {
        return normal(size, 0.0, 1.0);
    }

    FloatArray normal(int size, double mean, double deviation) {
        FloatArray array = new FloatArray(size);
        for (int i = 0; i < size; i++) {
            array.set(i, (float) (mean + deviation * random.nextGaussian()));
        }
        return array;
    }

    /** {@return an array of NaNs, so that what a kernel does not write is seen} */
    static FloatArray unwritten(int size) {
        FloatArray array = new FloatArray(size);
        array.init(Float.NaN);
        return array;
    }

    static double[] doubles(FloatArray array) {
        double[] values = new double[array.getSize()];
        for (int i = 0; i < values.length; i++) {
            values[i] = array.get(i);
        }
        return values;
    }

    static double largest(double[] values) {
        double largest = 0;
        for (double value : values) {
            largest = Math.max(largest, Math.abs(value));
        }
        return largest;
    }

    /** Fails unless every element is within {@code bound} of the expected one. */
    static void assertClose(FloatArray found, double[] expected, double bound) {
        double[] bounds = new double[expected.length];
        java.util.Arrays.fill(bounds, bound);
        assertClose(found, expected, bounds);
    }

    /** Fails unless every element is within its own bound of the expected one. */
    static void assertClose(FloatArray found, double[] expected, double[] bounds) {
        assertThat(found.getSize()).isEqualTo(expected.length);
        for (int i = 0; i < expected.length; i++) {
            double error = Math.abs(found.get(i) - expected[i]);
            if (!(error <= bounds[i])) {
                throw new AssertionError(
                        "element %d is %s, expected %s: off by %.3g, allowed %.3g"
                                .formatted(i, found.get(i), expected[i], error, bounds[i]));
            }
        }
    }
}
