package org.tornadovit.lab.statistics;

import java.util.Arrays;
import java.util.function.LongSupplier;

/**
 * When to stop repeating: as soon as the median is known well enough, or a bound is reached.
 *
 * @param least number of repetitions before the rule may stop, at least 1
 * @param most number of repetitions after which it stops
 * @param nanoseconds time after which no further repetition is started
 * @param relative half-width of the interval of the median, over the median, that suffices
 */
public record StoppingRule(int least, int most, long nanoseconds, double relative) {
    /** Coverage of the interval that must become small. */
    public static final double LEVEL = 0.95;

    /** Least sample whose range covers the median with probability {@link #LEVEL}. */
    private static final int ENOUGH_FOR_LEVEL = 6;

    /** Why a measurement ended. */
    public enum Reason {
        /** The interval of the median became small. */
        PRECISE,
        /** The greatest number of repetitions was reached. */
        REPETITIONS,
        /** The time was up. */
        TIME
    }

    /**
     * What a repeated measurement gave.
     *
     * @param milliseconds duration of each repetition
     * @param reason why no further one was made
     */
    public record Outcome(Sample milliseconds, Reason reason) {}

    /** Checks the bounds. */
    public StoppingRule {
        if (least < 1 || most < least || nanoseconds <= 0 || !(relative > 0)) {
            throw new IllegalArgumentException(
                    "Not a stopping rule: %d to %d repetitions, %d ns, interval %s"
                            .formatted(least, most, nanoseconds, relative));
        }
    }

    /**
     * Repeats and times an action.
     *
     * @param action what is measured
     * @param clock nanoseconds, monotonic; {@code System::nanoTime} outside tests
     * @return the durations and why they are not more
     */
    public Outcome repeat(Runnable action, LongSupplier clock) {
        double[] durations = new double[most];
        long start = clock.getAsLong();
        long now = start;
        for (int done = 1; ; done++) {
            long before = clock.getAsLong();
            action.run();
            now = clock.getAsLong();
            durations[done - 1] = (now - before) / 1e6;
            if (done == most) {
                return new Outcome(new Sample(durations), Reason.REPETITIONS);
            }
            if (done >= least && precise(durations, done)) {
                return outcome(durations, done, Reason.PRECISE);
            }
            if (now - start >= nanoseconds) {
                return outcome(durations, done, Reason.TIME);
            }
        }
    }

    private boolean precise(double[] durations, int done) {
        if (done < ENOUGH_FOR_LEVEL) {
            return false;
        }
        Sample sample = new Sample(Arrays.copyOf(durations, done));
        return sample.medianInterval(LEVEL).halfWidth() <= relative * sample.median();
    }

    private static Outcome outcome(double[] durations, int done, Reason reason) {
        return new Outcome(new Sample(Arrays.copyOf(durations, done)), reason);
    }
}
