package org.tornadovit.lab.statistics;

import java.util.function.LongSupplier;

/**
 * When something that is still being compiled has become as fast as it gets: a row of runs brought
 * no new best time.
 *
 * @param least length of that row, and least number of runs
 * @param nanoseconds time after which no further run is started
 */
public record WarmUp(int least, long nanoseconds) {
    /** A run must be this much faster than the best so far to count as progress. */
    private static final double PROGRESS = 0.9;

    /** How a warm-up ended. */
    public enum Reason {
        /** No run of the last ones was faster. */
        STEADY,
        /** The time was up while runs were still becoming faster. */
        TIME
    }

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
    public Reason run(Runnable action, LongSupplier clock) {
        long begun = clock.getAsLong();
        long best = Long.MAX_VALUE;
        int withoutProgress = 0;
        while (withoutProgress < least) {
            long start = clock.getAsLong();
            action.run();
            long end = clock.getAsLong();
            boolean progress = end - start < PROGRESS * best;
            withoutProgress = progress ? 0 : withoutProgress + 1;
            best = Math.min(best, end - start);
            if (withoutProgress < least && end - begun >= nanoseconds) {
                return Reason.TIME;
            }
        }
        return Reason.STEADY;
    }
}
