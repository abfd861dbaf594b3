package org.tornadovit.lab.training;

import java.util.function.LongSupplier;
import org.tornadovit.lab.LabException;

/**
 * Time as a training run sees it.
 *
 * @param clock nanoseconds, monotonic
 * @param saveSeconds between states that an interrupted run goes on from; 0 for one after each step
 */
public record Pace(LongSupplier clock, double saveSeconds) {
    /** What a run loses at most unless told otherwise. */
    public static final double SAVE_SECONDS = 30;

    /** Checks the time. */
    public Pace {
        if (!(saveSeconds >= 0)) {
            throw new LabException(
                    "Between states lie 0 seconds or more, not %s.".formatted(saveSeconds));
        }
    }

    /** {@return what the clock says} */
    long now() {
        return clock.getAsLong();
    }

    /** {@return whether a state that was saved at {@code saved} is too old} */
    boolean isOld(long saved, long now) {
        return now - saved >= saveSeconds * 1e9;
    }
}
