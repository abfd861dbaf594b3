package org.tornadovit.lab.statistics;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * How many times longer one thing takes than another.
 *
 * @param value the ratio
 * @param interval its interval
 */
public record Ratio(double value, Interval interval) {
    private static final int RESAMPLES = 4000;

    /** Which of two is the smaller, as far as an interval tells. */
    public enum Verdict {
        /** The numerator is smaller: the whole interval lies below 1. */
        NUMERATOR,
        /** The denominator is smaller: the whole interval lies above 1. */
        DENOMINATOR,
        /** The interval contains 1. */
        UNDECIDED
    }

    /** {@return which of the two is the smaller} */
    public Verdict verdict() {
        if (interval.high() < 1) {
            return Verdict.NUMERATOR;
        }
        return interval.low() > 1 ? Verdict.DENOMINATOR : Verdict.UNDECIDED;
    }

    /**
     * The median ratio of measurements made in pairs, one right after the other, so that drift of
     * the machine falls out; with the percentile bootstrap interval of that median.
     *
     * @param numerators durations, all positive
     * @param denominators durations measured beside them, as many
     * @param level coverage of the interval
     * @param seed seed of the resampling
     * @return the ratio, the same for the same arguments
     */
    public static Ratio paired(
            double[] numerators, double[] denominators, double level, long seed) {
        if (numerators.length != denominators.length || numerators.length == 0) {
            throw new IllegalArgumentException(
                    "Pairs needed, not %d and %d values"
                            .formatted(numerators.length, denominators.length));
        }
        double[] logs = new double[numerators.length];
        for (int i = 0; i < logs.length; i++) {
            logs[i] = Math.log(numerators[i] / denominators[i]);
        }
        double[] medians = new double[RESAMPLES];
        double[] drawn = new double[logs.length];
        SplittableRandom random = new SplittableRandom(seed);
        for (int r = 0; r < RESAMPLES; r++) {
            for (int i = 0; i < drawn.length; i++) {
                drawn[i] = logs[random.nextInt(logs.length)];
            }
            medians[r] = median(drawn);
        }
        Sample spread = new Sample(medians);
        double tail = (1 - level) / 2;
        return new Ratio(
                Math.exp(new Sample(logs).median()),
                new Interval(
                        Math.exp(spread.quantile(tail)),
                        Math.exp(spread.quantile(1 - tail)),
                        level));
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
