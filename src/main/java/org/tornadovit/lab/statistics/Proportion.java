package org.tornadovit.lab.statistics;

import org.apache.commons.statistics.distribution.BetaDistribution;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * A share of independent trials, such as top-1 accuracy.
 *
 * @param successes number of trials that succeeded
 * @param trials number of trials, at least 1
 */
public record Proportion(int successes, int trials) {
    /** Checks the counts. */
    public Proportion {
        if (trials < 1 || successes < 0 || successes > trials) {
            throw new IllegalArgumentException(successes + " of " + trials + " is no proportion");
        }
    }

    /** {@return successes over trials} */
    public double value() {
        return (double) successes / trials;
    }

    /**
     * The score interval: short, and close to its level on average.
     *
     * @param level wanted coverage
     * @return the interval, within [0, 1]
     * @see <a href="https://doi.org/10.1080/01621459.1927.10502953">Wilson 1927</a>
     */
    public Interval wilson(double level) {
        double z = NormalDistribution.of(0, 1).inverseCumulativeProbability(0.5 + level / 2);
        double p = value();
        double scale = 1 + z * z / trials;
        double centre = (p + z * z / (2 * trials)) / scale;
        double half = z * Math.sqrt(p * (1 - p) / trials + z * z / (4.0 * trials * trials)) / scale;
        double low = successes == 0 ? 0 : Math.max(0, centre - half);
        double high = successes == trials ? 1 : Math.min(1, centre + half);
        return new Interval(low, high, level);
    }

    /**
     * The exact interval: its coverage is never below the level.
     *
     * @param level wanted coverage
     * @return the interval, within [0, 1]
     * @see <a href="https://doi.org/10.1093/biomet/26.4.404">Clopper and Pearson 1934</a>
     */
    public Interval clopperPearson(double level) {
        double tail = (1 - level) / 2;
        int failures = trials - successes;
        double low =
                successes == 0
                        ? 0
                        : BetaDistribution.of(successes, failures + 1.0)
                                .inverseCumulativeProbability(tail);
        double high =
                failures == 0
                        ? 1
                        : BetaDistribution.of(successes + 1.0, failures)
                                .inverseSurvivalProbability(tail);
        return new Interval(low, high, level);
    }
}
