package org.tornadovit.lab.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.tornadovit.lab.statistics.WarmUp.Outcome;
import org.tornadovit.lab.statistics.WarmUp.Reason;

class WarmUpTest {
    private static final long MS = 1_000_000;
    private final AtomicInteger runs = new AtomicInteger();

    private Outcome run(WarmUp warmUp, long... milliseconds) {
        AtomicLong now = new AtomicLong();
        return warmUp.run(
                () -> {
                    int run = Math.min(runs.getAndIncrement(), milliseconds.length - 1);
                    now.addAndGet(MS * milliseconds[run]);
                },
                now::get);
    }

    @Test
    void whatIsSteadyIsRunForTwoWindows() {
        assertThat(run(new WarmUp(3, 10_000 * MS), 100)).isEqualTo(new Outcome(Reason.STEADY, 6));
        assertThat(runs).hasValue(6);
    }

    @Test
    void aWindowOfShortRunsLastsAWhile() {
        assertThat(run(new WarmUp(3, 10_000 * MS), 10)).isEqualTo(new Outcome(Reason.STEADY, 50));
    }

    @Test
    void whatBecomesFasterIsRunUntilItDoesNot() {
        assertThat(
                        run(
                                new WarmUp(3, 10_000 * MS),
                                900,
                                800,
                                700,
                                600,
                                500,
                                400,
                                300,
                                300,
                                300,
                                299,
                                301,
                                295))
                .isEqualTo(new Outcome(Reason.STEADY, 12));
    }

    @Test
    void aSingleFastRunIsNoProgressAndASlowOneNoEnd() {
        assertThat(run(new WarmUp(3, 10_000 * MS), 400, 400, 400, 900, 300, 300, 300, 100, 300))
                .isEqualTo(new Outcome(Reason.STEADY, 9));
    }

    @Test
    void theTimeIsBounded() {
        assertThat(run(new WarmUp(3, 150 * MS), 100, 80, 60, 40))
                .isEqualTo(new Outcome(Reason.TIME, 2));
    }
}
