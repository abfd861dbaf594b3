package org.tornadovit.lab.measure;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.tornadovit.lab.experiment.Timing;
import org.tornadovit.lab.results.Plain;
import org.tornadovit.lab.statistics.Sample;
import org.tornadovit.lab.statistics.StoppingRule;

/** What makes timed passes doubtful, in words; the same for rows and for pairs. */
final class Steadiness {
    private Steadiness() {}

    /**
     * {@return when repeating ends, as an experiment wants it}
     *
     * @param passes forward passes of a repetition; the time is that of so many
     */
    static StoppingRule rule(Timing timing, int passes) {
        return new StoppingRule(
                timing.minRepetitions(),
                timing.maxRepetitions(),
                nanoseconds(passes * timing.maxSeconds()),
                nanoseconds(passes * timing.hopelessSeconds()),
                timing.interval());
    }

    static long nanoseconds(double seconds) {
        return (long) (seconds * 1e9);
    }

    /** {@return that there are fewer passes than asked for} */
    static String tooFew(int passes, Timing timing) {
        return "given up after %d of at least %d, which would take too long"
                .formatted(passes, timing.minRepetitions());
    }

    /** {@return that the passes were not at their end of becoming faster} */
    static String falling(Timing timing) {
        return "passes were still becoming faster after %s s of warm-up"
                .formatted(Plain.brief(timing.warmUpSeconds()));
    }

    /**
     * {@return that the passes scatter more than the experiment allows; empty when they do not}
     *
     * @param whose the passes, such as {@code the passes}
     * @param sample their durations
     * @param others share of the host that other processes took meanwhile
     */
    static List<String> scatter(String whose, Sample sample, OptionalDouble others, Timing timing) {
        double variation = sample.coefficientOfVariation();
        List<String> reasons = new ArrayList<>();
        if (variation > timing.unstableAbove()) {
            String cause =
                    others.isPresent()
                            ? "; other processes took %s of the processors meanwhile"
                                    .formatted(Plain.percent(others.getAsDouble()))
                            : "";
            reasons.add(
                    "%s scatter by %s (coefficient of variation), more than %s%s"
                            .formatted(
                                    whose,
                                    Plain.percent(variation),
                                    Plain.percent(timing.unstableAbove()),
                                    cause));
        }
        return reasons;
    }
}
