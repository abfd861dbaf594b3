package org.tornadovit.lab.experiment;

import org.tornadovit.lab.LabException;

/**
 * How long a cell is measured: until the interval of the median is small, or a bound is reached.
 *
 * @param warmUp forward passes of a window of the warm-up, at least 1; it ends with a window whose
 *     median is no better than that of those before
 * @param warmUpSeconds wall time that a warm-up may take
 * @param minRepetitions least number of passes counted, however long they take; only {@link
 *     #hopelessSeconds()} end a measurement before
 * @param maxRepetitions greatest number of passes counted
 * @param maxSeconds wall time after which no further pass is started, beyond the least number
 * @param interval half-width of the 95 % interval of the median, relative to it, that suffices
 * @param unstableAbove coefficient of variation above which a cell is called unstable
 */
public record Timing(
        int warmUp,
        double warmUpSeconds,
        int minRepetitions,
        int maxRepetitions,
        double maxSeconds,
        double interval,
        double unstableAbove) {

    /** What an experiment file means when it says nothing. */
    public static final Timing DEFAULT = new Timing(3, 20, 10, 200, 10, 0.02, 0.05);

    private static final double HOPELESS_SECONDS = 120;

    /** Checks the bounds. */
    public Timing {
        require(warmUp >= 1, "warm-up", "at least 1", warmUp);
        require(warmUpSeconds >= 0, "warm-up-seconds", "at least 0", warmUpSeconds);
        require(minRepetitions >= 1, "min-repetitions", "at least 1", minRepetitions);
        require(
                maxRepetitions >= minRepetitions,
                "max-repetitions",
                "at least min-repetitions (" + minRepetitions + ")",
                maxRepetitions);
        require(maxSeconds > 0, "max-seconds", "above 0", maxSeconds);
        require(interval > 0 && interval < 1, "interval", "between 0 and 1", interval);
        require(unstableAbove > 0, "unstable-above", "above 0", unstableAbove);
    }

    /** {@return wall time after which even the least number of passes is given up} */
    public double hopelessSeconds() {
        return Math.max(HOPELESS_SECONDS, 10 * maxSeconds);
    }

    private static void require(boolean holds, String key, String bound, Number value) {
        if (!holds) {
            throw new LabException("timing." + key + " must be " + bound + ", not " + value + ".");
        }
    }
}
