package org.tornadovit.lab.statistics;

/**
 * How many times longer one thing takes than another.
 *
 * @param value the ratio
 * @param interval its interval
 */
public record Ratio(double value, Interval interval) {
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
     * the machine falls out; with the distribution-free interval of that median.
     *
     * @param numerators durations, all positive
     * @param denominators durations measured beside them, as many
     * @param level wanted coverage of the interval
     * @return the ratio; of fewer pairs than the level needs (6 for 0.95) the interval has a lower
     *     level
     */
    public static Ratio paired(double[] numerators, double[] denominators, double level) {
        if (numerators.length != denominators.length || numerators.length == 0) {
            throw new IllegalArgumentException(
                    "Pairs needed, not %d and %d values"
                            .formatted(numerators.length, denominators.length));
        }
        double[] ratios = new double[numerators.length];
        for (int i = 0; i < ratios.length; i++) {
            ratios[i] = numerators[i] / denominators[i];
        }
        Sample sample = new Sample(ratios);
        return new Ratio(sample.median(), sample.medianInterval(level));
    }
}
