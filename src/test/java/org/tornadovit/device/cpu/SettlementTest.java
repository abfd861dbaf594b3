package org.tornadovit.device.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class SettlementTest {
    /** A kernel that notes what is done with it and is never compiled. */
    private static class Noted implements GeneratedKernel {
        final List<String> events = Collections.synchronizedList(new ArrayList<>());
        final double work;
        long dryCalls;

        Noted(double work) {
            this.work = work;
        }

        @Override
        public double work() {
            return work;
        }

        @Override
        public int vectorMethods() {
            return 2;
        }

        @Override
        public void rehearse(long scratch) {
            assertThat(scratch).isNotZero();
            events.add("rehearsal");
        }

        @Override
        public void callDry(int number, int calls) {
            dryCalls += calls;
            String event = "method " + number;
            if (!events.getLast().equals(event)) {
                events.add(event);
            }
        }

        @Override
        public void run(long[] arguments, long scratch, long from, long to) {
            events.add("run");
        }

        @Override
        public String signature() {
            return "";
        }

        @Override
        public String axes() {
            return "";
        }

        @Override
        public long scratchBytes() {
            return 64;
        }
    }

    private static void runAfter(Settlement settlement, Noted kernel) {
        settlement.await();
        kernel.run(new long[3], 0, 0, 1);
    }

    @Test
    void aKernelWithMuchToDoIsRehearsedAndCalledDryBeforeItRuns() {
        Noted kernel = new Noted(1e9);
        runAfter(Settlement.of(kernel), kernel);
        assertThat(kernel.events).containsExactly("rehearsal", "method 0", "method 1", "run");
    }

    @Test
    void callsEndWhereNothingIsCompiled() {
        Noted kernel = new Noted(1e9);
        Settlement.of(kernel).await();
        assertThat(kernel.dryCalls).isLessThan(2_000_000);
    }

    @Test
    void aKernelWithLittleToDoRunsAtOnce() {
        Noted kernel = new Noted(100);
        runAfter(Settlement.of(kernel), kernel);
        assertThat(kernel.events).containsExactly("run");
    }

    @Test
    void aFailureIsThrownWhereTheKernelWouldRun() {
        Noted kernel =
                new Noted(1e9) {
                    @Override
                    public void rehearse(long scratch) {
                        throw new IllegalStateException("no such operation");
                    }
                };
        Settlement settlement = Settlement.of(kernel);
        assertThatThrownBy(settlement::await).hasMessageContaining("no such operation");
    }
}
