package org.tornadovit.lab.statistics;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * When something that is still being compiled has become as fast as it gets: the median of a window
 * of runs is no better than that of the windows before. Single fast runs decide nothing.
 *
 * @param least number of runs in a window, which also lasts a quarter of a second at least
 * @param nanoseconds time after which no further run is started
 */
public record WarmUp(int least, long nanoseconds) {
    /** A window must be this much faster than the best so far to count as progress. */
    private static final double PROGRESS = 0.97;

    private static final long WINDOW_NANOSECONDS = 250_000_000;

    /** How a warm-up ended. */
    public enum Reason {
        /** The last window was no faster. */
        STEADY,
        /** The time was up while windows were still becoming faster. */
        TIME
    }

    /**
     * A warm-up that is over.
     *
     * @param reason how it ended
     * @param runs how many there were
     */
    public record Outcome(Reason reason, int runs) {}

    /** Checks the bounds. */
    public WarmUp {
        if (least < 1 || nanoseconds < 0) {
            throw new IllegalArgumentException(
                    "Not a warm-up: %d runs, %d ns".formatted(least, nanoseconds));
        }
    }

    /**
     * Runs an action until it is steady.
     *
     * @param action what is to be measured afterwards
     * @param clock nanoseconds, monotonic
     * @return how it ended
     */
    public Outcome run(Runnable action, LongSupplier clock) {
        long begun = clock.getAsLong();
        double best = Double.POSITIVE_INFINITY;
        int runs = 0;
        while (true) {
            List<Double> window = new ArrayList<>();
            long opened = clock.getAsLong();
            long now = opened;
            while (window.size() < least || now - opened < WINDOW_NANOSECONDS) {
                long start = now;
                action.run();
                now = clock.getAsLong();
                window.add((double) (now - start));
                runs++;
                if (now - begun >= nanoseconds) {
                    return new Outcome(Reason.TIME, runs);
                }
            }
            double median =
                    new Sample(window.stream().mapToDouble(Double::doubleValue).toArray()).median();
            if (median >= PROGRESS * best) {
                return new Outcome(Reason.STEADY, runs);
            }
            best = Math.min(best, median);
        }
    }
}
