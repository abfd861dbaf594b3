package org.tornadovit.lab.statistics;

import java.util.Arrays;
import org.apache.commons.statistics.distribution.BinomialDistribution;

/** Repeated measurements of one quantity, in the order they were made; immutable. */
public final class Sample {
    /** Least number of measurements whose halves both have an interval of the level 0.95. */
    public static final int SHOWS_TREND = 12;

    private final double[] values;
    private final double[] sorted;

    /**
     * Creates a sample.
     *
     * @param values at least one finite number
     */
    public Sample(double... values) {
        if (values.length == 0) {
            throw new IllegalArgumentException("A sample needs at least one value");
        }
        for (double value : values) {
            if (!Double.isFinite(value)) {
                throw new IllegalArgumentException("A sample holds finite numbers, not " + value);
            }
        }
        this.values = values.clone();
        this.sorted = values.clone();
        Arrays.sort(sorted);
    }

    /** {@return the number of measurements} */
    public int size() {
        return values.length;
    }

    /** {@return the measurements in the order they were made} */
    public double[] values() {
        return values.clone();
    }

    /** {@return the least value} */
    public double min() {
        return sorted[0];
    }

    /** {@return the 0.5 quantile} */
    public double median() {
        return quantile(0.5);
    }

    /**
     * The value below which a share of the measurements lies, linear between neighbours (type 7 of
     * Hyndman and Fan 1996, the default of R and NumPy).
     *
     * @param share between 0 and 1
     * @return the quantile
     */
    public double quantile(double share) {
        double position = share * (sorted.length - 1);
        int below = (int) Math.floor(position);
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
    }

    /** {@return the arithmetic mean} */
    public double mean() {
        return Arrays.stream(values).sum() / values.length;
    }

    /** {@return standard deviation (n - 1) over mean; 0 for a single value} */
    public double coefficientOfVariation() {
        if (values.length == 1) {
            return 0;
        }
        double mean = mean();
        double squares = 0;
        for (double value : values) {
            squares += (value - mean) * (value - mean);
        }
        return Math.sqrt(squares / (values.length - 1)) / mean;
    }

    /**
     * Whether the measurements still became smaller while they were made: the whole interval of the
     * later half's median lies below that of the earlier half's.
     *
     * @param level coverage of both intervals
     * @return false also of a sample too small to tell
     */
    public boolean isFalling(double level) {
        int half = values.length / 2;
        if (half == 0) {
            return false;
        }
        Interval early = new Sample(Arrays.copyOf(values, half)).medianInterval(level);
        Interval late =
                new Sample(Arrays.copyOfRange(values, values.length - half, values.length))
                        .medianInterval(level);
        return early.level() >= level && late.high() < early.low();
    }

    /**
     * The distribution-free interval of the median between two order statistics: the number of
     * values below the median is binomial with probability one half. With fewer values than the
     * level needs (6 for 0.95) it is the whole range, at the lower level that this covers.
     *
     * @param level wanted coverage
     * @return an interval whose level is at least the wanted one, if the sample is large enough
     */
    public Interval medianInterval(double level) {
        int n = sorted.length;
        if (n == 1) {
            return new Interval(sorted[0], sorted[0], 0);
        }
        BinomialDistribution below = BinomialDistribution.of(n, 0.5);
        int outside = 0;
        while (outside + 1 < n - outside - 1
                && 1 - 2 * below.cumulativeProbability(outside) >= level) {
            outside++;
        }
        int lowest = Math.max(0, outside - 1);
        double covered = 1 - 2 * below.cumulativeProbability(lowest);
        return new Interval(sorted[lowest], sorted[n - 1 - lowest], covered);
    }
}
