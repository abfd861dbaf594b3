package org.tornadovit.lab.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.tornadovit.lab.statistics.WarmUp.Reason;

class WarmUpTest {
    private static final long MS = 1_000_000;
    private final AtomicInteger runs = new AtomicInteger();

    private Reason run(WarmUp warmUp, long... milliseconds) {
        AtomicLong now = new AtomicLong();
        return warmUp.run(
                () -> {
                    int run = Math.min(runs.getAndIncrement(), milliseconds.length - 1);
                    now.addAndGet(MS * milliseconds[run]);
                },
                now::get);
    }

    @Test
    void whatIsSteadyIsRunAFewTimes() {
        assertThat(run(new WarmUp(3, 1000 * MS), 10)).isEqualTo(Reason.STEADY);
        assertThat(runs).hasValue(4);
    }

    @Test
    void whatBecomesFasterIsRunUntilItDoesNot() {
        assertThat(run(new WarmUp(3, 10_000 * MS), 100, 90, 80, 81, 60, 40, 41, 39, 40))
                .isEqualTo(Reason.STEADY);
        assertThat(runs).hasValue(9);
    }

    @Test
    void theTimeIsBounded() {
        assertThat(run(new WarmUp(3, 150 * MS), 100, 80, 60, 40)).isEqualTo(Reason.TIME);
        assertThat(runs).hasValue(2);
    }
}
