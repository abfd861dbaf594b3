package org.tornadovit.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import uk.ac.manchester.tornado.api.GridScheduler;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.TornadoExecutionPlan;
import uk.ac.manchester.tornado.api.WorkerGrid1D;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.enums.DataTransferMode;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** Fields of objects that kernels assign, on each device as in Java. */
class FieldsTest {
    private static final int COUNT = 23;

    /** Counts. */
    static class Counter {
        protected long total = 5;
    }

    /** A kernel that is a method, with fields of its own and of its superclass. */
    static final class Histogram extends Counter {
        private final int[] bins = new int[4];
        private IntArray copy = new IntArray(COUNT);
        private int runs;
        private int sum;
        private boolean seen;
        private short small = -3;

        void fill(IntArray x) {
            runs++;
            int next = runs * 10;
            for (int i = 0; i < x.getSize(); i++) {
                bins[x.get(i) & 3]++;
                total += x.get(i);
                if (x.get(i) > 5) {
                    seen = !seen;
                }
                small += (short) (20000 + i);
                copy.set(i, runs + small);
            }
            count(next + runs);
        }

        private void count(int n) {
            runs = n - runs;
        }

        void parallel(IntArray x) {
            for (@Parallel int i = 0; i < x.getSize(); i++) {
                sum += x.get(i) * runs;
                copy.set(i, x.get(i) + runs);
            }
        }
    }

    static void items(KernelContext context, Histogram h, IntArray x) {
        if (context.globalIdx == 3) {
            h.runs = x.get(3) + h.small;
        }
        x.set(context.globalIdx, context.globalIdx);
    }

    static List<TornadoDevice> devices() {
        return OnDevices.all();
    }

    private static IntArray numbers() {
        IntArray x = new IntArray(COUNT);
        for (int i = 0; i < COUNT; i++) {
            x.set(i, i * 7 % 11 - 2);
        }
        return x;
    }

    private static List<Object> state(Histogram h) {
        List<Integer> bins = java.util.Arrays.stream(h.bins).boxed().toList();
        List<Integer> copy = java.util.Arrays.stream(h.copy.toHeapArray()).boxed().toList();
        return List.of(bins, copy, h.runs, h.sum, h.seen, h.small, h.total);
    }

    private static void run(TornadoDevice device, TaskGraph graph, int times, boolean withItems)
            throws Exception {
        WorkerGrid1D grid = new WorkerGrid1D(COUNT);
        try (TornadoExecutionPlan plan = new TornadoExecutionPlan(graph.snapshot())) {
            plan.withDevice(device);
            if (withItems) {
                plan.withGridScheduler(new GridScheduler("g.items", grid));
            }
            for (int i = 0; i < times; i++) {
                plan.execute();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("devices")
    void fieldsOfTheReceiver(TornadoDevice device) throws Exception {
        IntArray x = numbers();
        Histogram found = new Histogram();
        Histogram wanted = new Histogram();
        TaskGraph graph =
                new TaskGraph("g")
                        .transferToDevice(DataTransferMode.EVERY_EXECUTION, x)
                        .task("t", found::fill, x);
        run(device, graph, 3, false);
        for (int i = 0; i < 3; i++) {
            wanted.fill(x);
        }
        assertThat(state(found)).isEqualTo(state(wanted));
    }

    @ParameterizedTest
    @MethodSource("devices")
    void fieldsBetweenTasksAndExecutions(TornadoDevice device) throws Exception {
        IntArray x = numbers();
        Histogram found = new Histogram();
        Histogram wanted = new Histogram();
        TaskGraph graph =
                new TaskGraph("g")
                        .transferToDevice(DataTransferMode.FIRST_EXECUTION, x, found)
                        .task("t", Histogram::fill, found, x)
                        .task("u", Histogram::parallel, found, x)
                        .task("items", FieldsTest::items, new KernelContext(), found, x)
                        .transferToHost(DataTransferMode.EVERY_EXECUTION, found);
        run(device, graph, 2, true);
        for (int i = 0; i < 2; i++) {
            wanted.fill(x);
            wanted.parallel(x);
            wanted.runs = x.get(3) + wanted.small;
            for (int j = 0; j < COUNT; j++) {
                x.set(j, j);
            }
        }
        assertThat(state(found)).isEqualTo(state(wanted));
    }

    @ParameterizedTest
    @MethodSource("devices")
    void fieldsThatAreNotTransferredBack(TornadoDevice device) throws Exception {
        IntArray x = numbers();
        Histogram found = new Histogram();
        TaskGraph graph =
                new TaskGraph("g")
                        .transferToDevice(DataTransferMode.EVERY_EXECUTION, x, found)
                        .task("t", Histogram::fill, found, x)
                        .transferToHost(DataTransferMode.EVERY_EXECUTION, x);
        run(device, graph, 1, false);
        assertThat(state(found)).isEqualTo(state(new Histogram()));
    }
}
