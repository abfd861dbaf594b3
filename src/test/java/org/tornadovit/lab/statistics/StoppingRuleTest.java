package org.tornadovit.lab.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.tornadovit.lab.statistics.StoppingRule.Reason;

class StoppingRuleTest {
    private static final long MS = 1_000_000;
    private final AtomicLong now = new AtomicLong(17);

    private StoppingRule.Outcome run(StoppingRule rule, long... milliseconds) {
        AtomicLong calls = new AtomicLong();
        return rule.repeat(
                () ->
                        now.addAndGet(
                                MS
                                        * milliseconds[
                                                (int) calls.getAndIncrement()
                                                        % milliseconds.length]),
                now::get);
    }

    @Test
    void aSteadyMeasurementStopsAtTheLeastNumber() {
        var outcome = run(new StoppingRule(10, 100, 10_000 * MS, 60_000 * MS, 0.02), 5);
        assertThat(outcome.reason()).isEqualTo(Reason.PRECISE);
        assertThat(outcome.sample().values()).hasSize(10).containsOnly(5.0);
    }

    @Test
    void fewValuesNeverCountAsPrecise() {
        var outcome = run(new StoppingRule(1, 100, 10_000 * MS, 60_000 * MS, 0.02), 5);
        assertThat(outcome.sample().size()).isEqualTo(6);
    }

    @Test
    void aNoisyMeasurementStopsAtTheGreatestNumber() {
        var outcome = run(new StoppingRule(10, 40, 10_000 * MS, 60_000 * MS, 0.02), 1, 9);
        assertThat(outcome.reason()).isEqualTo(Reason.REPETITIONS);
        assertThat(outcome.sample().size()).isEqualTo(40);
    }

    @Test
    void aSlowMeasurementStopsWhenTheTimeIsUp() {
        var outcome = run(new StoppingRule(4, 40, 3_500 * MS, 60_000 * MS, 0.02), 1000, 1100);
        assertThat(outcome.reason()).isEqualTo(Reason.TIME);
        assertThat(outcome.sample().values()).containsExactly(1000, 1100, 1000, 1100);
    }

    @Test
    void theLeastNumberIsReachedHoweverLongItTakes() {
        var outcome = run(new StoppingRule(6, 40, 1_000 * MS, 60_000 * MS, 0.02), 900, 1100);
        assertThat(outcome.reason()).isEqualTo(Reason.TIME);
        assertThat(outcome.sample().size()).isEqualTo(6);
    }

    @Test
    void aHopelessMeasurementIsGivenUp() {
        var outcome = run(new StoppingRule(6, 40, 1_000 * MS, 2_000 * MS, 0.02), 900, 1100);
        assertThat(outcome.reason()).isEqualTo(Reason.HOPELESS);
        assertThat(outcome.sample().values()).containsExactly(900, 1100);
    }

    @Test
    void whatIsMeasuredNeedNotBeTheTime() {
        var rule = new StoppingRule(6, 40, 1_000 * MS, 2_000 * MS, 0.02);
        var outcome = rule.measure(() -> now.addAndGet(MS) * 0 + 1.5, now::get);
        assertThat(outcome.sample().values()).hasSize(6).containsOnly(1.5);
    }

    @Test
    void moreValuesMakeANoisyMeasurementPrecise() {
        var outcome =
                run(
                        new StoppingRule(6, 1000, 10_000 * MS, 60_000 * MS, 0.02),
                        100,
                        101,
                        102,
                        103,
                        104,
                        105);
        assertThat(outcome.reason()).isEqualTo(Reason.PRECISE);
        assertThat(outcome.sample().size()).isGreaterThan(6);
    }
}
