package org.tornadovit.lab.statistics;

import java.util.Arrays;
import java.util.function.LongSupplier;

/**
 * When to stop repeating: as soon as the median is known well enough, or a bound is reached.
 *
 * @param least number of repetitions before the rule may stop, at least 1
 * @param most number of repetitions after which it stops
 * @param nanoseconds time after which no further repetition is started, once there are the least
 * @param hopeless time after which no further repetition is started, however few there are; not
 *     below {@code nanoseconds}
 * @param relative half-width of the interval of the median, over the median, that suffices
 */
public record StoppingRule(int least, int most, long nanoseconds, long hopeless, double relative) {
    /** Coverage of the interval that must become small. */
    public static final double LEVEL = 0.95;

    /** Least sample whose range covers the median with probability {@link #LEVEL}. */
    public static final int ENOUGH_FOR_LEVEL = 6;

    /** Why a measurement ended. */
    public enum Reason {
        /** The interval of the median became small. */
        PRECISE,
        /** The greatest number of repetitions was reached. */
        REPETITIONS,
        /** The time was up. */
        TIME,
        /** Too much time had passed before there were the least repetitions. */
        HOPELESS
    }

    /** One repetition. */
    @FunctionalInterface
    public interface Repetition {
        /** {@return what was measured; positive} */
        double measure();
    }

    /**
     * What a repeated measurement gave.
     *
     * @param sample what each repetition gave
     * @param reason why no further one was made
     */
    public record Outcome(Sample sample, Reason reason) {}

    /** Checks the bounds. */
    public StoppingRule {
        if (least < 1
                || most < least
                || nanoseconds <= 0
                || hopeless < nanoseconds
                || !(relative > 0)) {
            throw new IllegalArgumentException(
                    "Not a stopping rule: %d to %d repetitions, %d to %d ns, interval %s"
                            .formatted(least, most, nanoseconds, hopeless, relative));
        }
    }

    /**
     * Repeats and times an action.
     *
     * @param action what is measured
     * @param clock nanoseconds, monotonic; {@code System::nanoTime} outside tests
     * @return the durations in ms and why they are not more
     */
    public Outcome repeat(Runnable action, LongSupplier clock) {
        return measure(
                () -> {
                    long before = clock.getAsLong();
                    action.run();
                    return (clock.getAsLong() - before) / 1e6;
                },
                clock);
    }

    /**
     * Repeats a measurement, whose median is to be known well.
     *
     * @param repetition measures once
     * @param clock nanoseconds, monotonic
     * @return what was measured and why it is not more
     */
    public Outcome measure(Repetition repetition, LongSupplier clock) {
        double[] measured = new double[most];
        long start = clock.getAsLong();
        for (int done = 1; ; done++) {
            measured[done - 1] = repetition.measure();
            long now = clock.getAsLong();
            if (done == most) {
                return new Outcome(new Sample(measured), Reason.REPETITIONS);
            }
            if (done >= least && precise(measured, done)) {
                return outcome(measured, done, Reason.PRECISE);
            }
            if (done >= least && now - start >= nanoseconds) {
                return outcome(measured, done, Reason.TIME);
            }
            if (now - start >= hopeless) {
                return outcome(measured, done, Reason.HOPELESS);
            }
        }
    }

    private boolean precise(double[] measured, int done) {
        if (done < ENOUGH_FOR_LEVEL) {
            return false;
        }
        Sample sample = new Sample(Arrays.copyOf(measured, done));
        return sample.medianInterval(LEVEL).halfWidth() <= relative * sample.median();
    }

    private static Outcome outcome(double[] measured, int done, Reason reason) {
        return new Outcome(new Sample(Arrays.copyOf(measured, done)), reason);
    }
}
