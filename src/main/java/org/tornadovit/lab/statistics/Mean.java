package org.tornadovit.lab.statistics;

import java.util.Arrays;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * The mean of independent values, such as the accuracies of several seeds.
 *
 * @param value the mean
 * @param interval Student's interval; of a single value the value itself, at level 0
 */
public record Mean(double value, Interval interval) {
    /**
     * {@return the mean of values that scatter normally}
     *
     * @param values at least one
     * @param level wanted coverage
     */
    public static Mean of(double[] values, double level) {
        int n = values.length;
        double mean = Arrays.stream(values).average().orElseThrow();
        if (n == 1) {
            return new Mean(mean, new Interval(mean, mean, 0));
        }
        double squares = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
        double error = Math.sqrt(squares / (n - 1) / n);
        double half = error * TDistribution.of(n - 1).inverseCumulativeProbability(0.5 + level / 2);
        return new Mean(mean, new Interval(mean - half, mean + half, level));
    }
}
