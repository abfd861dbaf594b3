package org.tornadovit.lab.measure;

import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.LongSupplier;
import org.tornadovit.lab.experiment.Timing;
import org.tornadovit.lab.results.CeilingRow;
import org.tornadovit.lab.results.Column;
import org.tornadovit.lab.results.Plain;
import org.tornadovit.lab.results.RowBuilder;
import org.tornadovit.lab.statistics.Interval;
import org.tornadovit.lab.statistics.Sample;
import org.tornadovit.lab.statistics.StoppingRule;
import org.tornadovit.lab.statistics.WarmUp;

/** Measures how long passes take once they are steady, and sets their rate beside the ceiling. */
final class SpeedMeasurement {
    /** Clock drift between the ceiling and the cell; a rate beyond it is no rate. */
    private static final double ABOVE_CEILING = 1.05;

    private static final Column[] SPREAD = {
        Column.LATENCY_LOW,
        Column.LATENCY_HIGH,
        Column.LATENCY_P90,
        Column.LATENCY_P99,
        Column.LATENCY_CV
    };

    private final Timing timing;
    private final LongSupplier clock;

    SpeedMeasurement(Timing timing, LongSupplier clock) {
        this.timing = timing;
        this.clock = clock;
    }

    static WarmUp warmUp(Timing timing) {
        return new WarmUp(timing.warmUp(), Steadiness.nanoseconds(timing.warmUpSeconds()));
    }

    /**
     * Times a model's passes.
     *
     * @param row receives latency, rates, energy and the state of the machine
     * @param prepared the model on its device
     * @param macs multiply-adds of one image
     * @param ceiling tells what the device can do
     */
    void measure(RowBuilder row, Prepared prepared, long macs, Ceiling ceiling) {
        Sample sample = steady(row, prepared);
        row.samples(sample.values());
        row.number(Column.LATENCY_MEDIAN, sample.median());
        row.count(Column.REPETITIONS, sample.size());
        spread(row, sample);
        row.number(Column.IMAGES_PER_SECOND, prepared.batch() * 1e3 / sample.median());
        double rate = 2.0 * macs * prepared.batch() / (sample.median() * 1e6);
        rates(row, rate, rate > ceiling.known().best() ? ceiling.again() : ceiling.known());
        number(row, Column.CLOCK, Machine.clockMhz(), "the system does not tell");
        number(row, Column.TEMPERATURE, Machine.temperature(), "no sensor can be read");
    }

    /** A few passes tell a median, but neither its interval nor the ends of the distribution. */
    private void spread(RowBuilder row, Sample sample) {
        int passes = sample.size();
        if (passes < timing.minRepetitions()) {
            row.tooFew(Steadiness.tooFew(passes, timing));
            row.missing("too few passes were timed", SPREAD);
            return;
        }
        row.number(Column.LATENCY_P90, sample.quantile(0.9));
        if (passes > 1) {
            row.number(Column.LATENCY_CV, sample.coefficientOfVariation());
        } else {
            row.missing(Column.LATENCY_CV, "a single pass was timed");
        }
        if (passes < StoppingRule.ENOUGH_FOR_LEVEL) {
            row.missing(
                    "fewer than %d passes were timed".formatted(StoppingRule.ENOUGH_FOR_LEVEL),
                    Column.LATENCY_LOW,
                    Column.LATENCY_HIGH,
                    Column.LATENCY_P99);
            return;
        }
        Interval interval = sample.medianInterval(StoppingRule.LEVEL);
        row.number(Column.LATENCY_LOW, interval.low()).number(Column.LATENCY_HIGH, interval.high());
        row.number(Column.LATENCY_P99, sample.quantile(0.99));
    }

    /** Passes that still became faster while they were timed were part of the warm-up. */
    private Sample steady(RowBuilder row, Prepared prepared) {
        long end = clock.getAsLong() + Steadiness.nanoseconds(timing.warmUpSeconds());
        WarmUp.Outcome warm = warmUp(timing).run(prepared::run, clock);
        StoppingRule rule = Steadiness.rule(timing, 1);
        int before = warm.runs();
        OptionalDouble joules = Energy.joules();
        HostLoad load = HostLoad.begin();
        StoppingRule.Outcome outcome = rule.repeat(prepared::run, clock);
        while (outcome.sample().isFalling(StoppingRule.LEVEL) && clock.getAsLong() < end) {
            before += outcome.sample().size();
            joules = Energy.joules();
            load = HostLoad.begin();
            outcome = rule.repeat(prepared::run, clock);
        }
        Sample sample = outcome.sample();
        OptionalDouble others = load.shareOfOthers();
        energy(row, joules, sample.size() * prepared.batch());
        number(row, Column.OTHER_LOAD, others, "the system does not tell");
        row.count(Column.WARM_UP, before);
        row.text(Column.STOPPED_BY, outcome.reason().name().toLowerCase(Locale.ROOT));
        boolean unsettled =
                warm.reason() == WarmUp.Reason.TIME && sample.size() < Sample.SHOWS_TREND;
        if (unsettled || sample.isFalling(StoppingRule.LEVEL)) {
            row.unstable(Steadiness.falling(timing));
        }
        if (sample.size() >= timing.minRepetitions()) {
            Steadiness.scatter("the passes", sample, others, timing).forEach(row::unstable);
        }
        return sample;
    }

    /**
     * Sets the rate beside what the device can do.
     *
     * @param rate GFLOP/s at two operations a MAC
     */
    private static void rates(RowBuilder row, double rate, CeilingRow ceiling) {
        row.number(Column.RATE, rate);
        if (ceiling.bestCopy() == 0) {
            row.missing(Column.COPY_RATE, "no copy was measured: " + ceiling.reason());
        } else {
            row.number(Column.COPY_RATE, ceiling.bestCopy());
        }
        if (ceiling.best() == 0) {
            row.missing(
                    "no ceiling was measured: " + ceiling.reason(),
                    Column.CEILING,
                    Column.CEILING_FRACTION);
            return;
        }
        row.number(Column.CEILING, ceiling.best());
        row.number(Column.CEILING_FRACTION, rate / ceiling.best());
        if (rate > ABOVE_CEILING * ceiling.best()) {
            row.rejected(
                    "%s GFLOP/s is above the measured ceiling of %s"
                            .formatted(Plain.brief(rate), Plain.brief(ceiling.best())));
            row.missing(
                    "above the measured ceiling",
                    Column.IMAGES_PER_SECOND,
                    Column.RATE,
                    Column.CEILING_FRACTION);
        }
    }

    private static void energy(RowBuilder row, OptionalDouble before, int images) {
        OptionalDouble after = Energy.joules();
        if (before.isEmpty() || after.isEmpty() || after.getAsDouble() <= before.getAsDouble()) {
            row.missing(Column.ENERGY, "no counter can be read");
        } else {
            row.number(Column.ENERGY, (after.getAsDouble() - before.getAsDouble()) / images);
        }
    }

    private static void number(
            RowBuilder row, Column column, OptionalDouble value, String otherwise) {
        if (value.isPresent()) {
            row.number(column, value.getAsDouble());
        } else {
            row.missing(column, otherwise);
        }
    }
}
