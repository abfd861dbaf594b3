package org.tornadovit.nn;

import java.util.function.UnaryOperator;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** Gradients in float64 by differences. */
final class Differences {
    private static final double STEP = 0x1p-17;

    private Differences() {}

    /** {@return the gradient of {@code Σ dy f(x)} with respect to {@code x}} */
    static double[] gradient(UnaryOperator<double[]> f, double[] x, FloatArray dy) {
        double[] gradient = new double[x.length];
        double[] at = x.clone();
        for (int i = 0; i < x.length; i++) {
            at[i] = x[i] + STEP;
            double[] up = f.apply(at);
            at[i] = x[i] - STEP;
            double[] down = f.apply(at);
            at[i] = x[i];
            for (int k = 0; k < up.length; k++) {
                gradient[i] += dy.get(k) * (up[k] - down[k]) / (2 * STEP);
            }
        }
        return gradient;
    }
}
