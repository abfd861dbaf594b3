package org.tornadovit.lab.statistics;

/**
 * A confidence interval.
 *
 * @param low lower end
 * @param high upper end, not below {@code low}
 * @param level probability with which such intervals cover the true value, such as 0.95; 0 of a
 *     single value
 */
public record Interval(double low, double high, double level) {
    /** Checks the order of the ends and the level. */
    public Interval {
        if (!(low <= high) || !(level >= 0 && level < 1)) {
            throw new IllegalArgumentException(
                    "Not an interval: [%s, %s] at level %s".formatted(low, high, level));
        }
    }

    /** {@return whether {@code value} lies between the ends} */
    public boolean contains(double value) {
        return low <= value && value <= high;
    }

    /** {@return half of the distance of the ends} */
    public double halfWidth() {
        return (high - low) / 2;
    }
}
