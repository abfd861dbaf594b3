package org.tornadovit.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tornadovit.frontend.KernelMethod;
import org.tornadovit.frontend.ReduceKernels;
import uk.ac.manchester.tornado.api.ImmutableTaskGraph;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.TornadoExecutionPlan;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.enums.DataTransferMode;
import uk.ac.manchester.tornado.api.enums.ProfilerMode;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;
import uk.ac.manchester.tornado.api.types.arrays.LongArray;

/** Arrays that are processed a part at a time. */
class BatchTest {
    static List<TornadoDevice> devices() {
        return OnDevices.all();
    }

    /** Uses the number of the iteration as a value, and elements of another size. */
    static void mixed(FloatArray a, LongArray b, int factor) {
        for (@Parallel int i = 0; i < a.getSize(); i++) {
            int twice = i * 2;
            b.set(i, (long) a.get(i) * factor + twice);
        }
    }

    /** Rows of a matrix, a vector that all share, and results that are reversed. */
    static void rows(FloatArray m, FloatArray v, FloatArray y, FloatArray reversed, int columns) {
        for (@Parallel int r = 0; r < y.getSize(); r++) {
            float sum = 0;
            for (int c = 0; c < columns; c++) {
                int index = r * columns + c;
                sum += m.get(index) * v.get(c);
            }
            y.set(r, sum);
            reversed.set(y.getSize() - 1 - r, sum);
        }
    }

    private static FloatArray random(int size, long seed) {
        Random random = new Random(seed);
        FloatArray a = new FloatArray(size);
        for (int i = 0; i < size; i++) {
            a.set(i, random.nextInt(100));
        }
        return a;
    }

    @ParameterizedTest
    @MethodSource("devices")
    void elementsOfSeveralSizes(TornadoDevice device) throws Exception {
        int size = 1000; // batches of 128 longs, the last one has 104
        FloatArray a = random(size, 1);
        LongArray b = new LongArray(size);
        LongArray expected = new LongArray(size);
        ImmutableTaskGraph graph =
                new TaskGraph("g")
                        .transferToDevice(DataTransferMode.FIRST_EXECUTION, a)
                        .task("t", BatchTest::mixed, a, b, 3)
                        .transferToHost(DataTransferMode.EVERY_EXECUTION, b)
                        .snapshot();
        try (TornadoExecutionPlan plan = new TornadoExecutionPlan(graph)) {
            plan.withDevice(device).withBatch("1KB");
            for (int run = 0; run < 2; run++) {
                b.init(0);
                plan.execute();
                mixed(a, expected, 3);
                assertThat(b.toHeapArray()).isEqualTo(expected.toHeapArray());
            }
            assertThat(plan.getCurrentDeviceMemoryUsage()).isLessThan(4 * size);
        }
    }

    @ParameterizedTest
    @MethodSource("devices")
    void rowsAndSharedArrays(TornadoDevice device) throws Exception {
        int rows = 37;
        int columns = 20;
        FloatArray m = random(rows * columns, 2);
        FloatArray v = random(columns, 3);
        FloatArray y = new FloatArray(rows);
        FloatArray reversed = new FloatArray(rows);
        FloatArray expected = new FloatArray(rows);
        FloatArray expectedReversed = new FloatArray(rows);
        ImmutableTaskGraph graph =
                new TaskGraph("g")
                        .transferToDevice(DataTransferMode.EVERY_EXECUTION, m, v)
                        .task("t", BatchTest::rows, m, v, y, reversed, columns)
                        .transferToHost(DataTransferMode.EVERY_EXECUTION, y, reversed)
                        .snapshot();
        try (TornadoExecutionPlan plan = new TornadoExecutionPlan(graph)) {
            plan.withDevice(device).withBatch("800").withProfiler(ProfilerMode.SILENT);
            for (int run = 0; run < 2; run++) {
                m.set(run, 1000);
                var result = plan.execute().getProfilerResult();
                rows(m, v, expected, expectedReversed, columns);
                assertThat(y.toHeapArray()).isEqualTo(expected.toHeapArray());
                assertThat(reversed.toHeapArray()).isEqualTo(expectedReversed.toHeapArray());
                assertThat(result.getTotalBytesCopyOut()).isEqualTo(2 * 4 * rows);
                assertThat(result.getTotalBytesCopyIn())
                        .isBetween(4L * (rows * columns + columns), 4L * (rows * columns + 200));
                assertThat(result.getDeviceKernelTime()).isPositive();
            }
        }
    }

    static void plusOne(IntArray in, IntArray out) {
        for (@Parallel int i = 0; i < out.getSize(); i++) {
            out.set(i, in.get(i) + 1);
        }
    }

    static void neighbours(IntArray in, IntArray out) {
        for (@Parallel int i = 0; i < out.getSize(); i++) {
            out.set(i, in.get((i + 1) % in.getSize()));
        }
    }

    @ParameterizedTest
    @MethodSource("devices")
    void tasksInARow(TornadoDevice device) throws Exception {
        IntArray a = new IntArray(100);
        IntArray between = new IntArray(100);
        int[] c = new int[100];
        ImmutableTaskGraph graph =
                new TaskGraph("g")
                        .transferToDevice(DataTransferMode.EVERY_EXECUTION, a)
                        .transferToDevice(DataTransferMode.FIRST_EXECUTION, between)
                        .task("first", BatchTest::plusOne, a, between)
                        .task("again", Kernels::increment, between)
                        .task("last", BatchTest::toHeap, between, c)
                        .transferToHost(DataTransferMode.EVERY_EXECUTION, (Object) c)
                        .snapshot();
        try (TornadoExecutionPlan plan = new TornadoExecutionPlan(graph)) {
            plan.withDevice(device).withBatch("28").execute();
            assertThat(c).containsOnly(2);
        }
    }

    static void positive(IntArray a, IntArray b, boolean[] c) {
        for (@Parallel int i = 0; i < a.getSize(); i++) {
            if (a.get(i) > 0) {
                b.set(i, a.get(i));
                c[i] = true;
            }
        }
    }

    @ParameterizedTest
    @MethodSource("devices")
    void elementsThatNoBatchWritesAreThoseWithoutBatches(TornadoDevice device) throws Exception {
        int size = 1000; // batches of 256, the last one has 232
        IntArray a = new IntArray(size);
        IntArray b = new IntArray(size);
        boolean[] c = new boolean[size];
        ImmutableTaskGraph graph =
                new TaskGraph("g")
                        .transferToDevice(DataTransferMode.EVERY_EXECUTION, a)
                        .task("t", BatchTest::positive, a, b, c)
                        .transferToHost(DataTransferMode.EVERY_EXECUTION, b, c)
                        .snapshot();
        int[] expected = new int[size];
        boolean[] expectedFlags = new boolean[size];
        try (TornadoExecutionPlan plan = new TornadoExecutionPlan(graph)) {
            plan.withDevice(device).withBatch("1KB");
            for (int run = 1; run <= 3; run++) {
                a.init(0);
                for (int i = run; i < size / 3 * run; i += 7) {
                    a.set(i, run);
                    expected[i] = run;
                    expectedFlags[i] = true;
                }
                b.init(-1); // devices keep their own
                plan.execute();
                assertThat(b.toHeapArray()).isEqualTo(expected);
                assertThat(c).isEqualTo(expectedFlags);
            }
        }
    }

    static void squares(IntArray a, IntArray out, int columns) {
        for (@Parallel int r = 0; r < a.getSize(); r++) {
            for (int c = 0; c < columns; c++) {
                out.set(r * columns + c, a.get(r) * c);
            }
        }
    }

    @Test
    void whatEachBatchWritesInFullIsNotCopiedToIt() throws Exception {
        int columns = 20;
        IntArray a = new IntArray(100);
        IntArray out = new IntArray(100 * columns);
        a.init(3);
        ImmutableTaskGraph graph =
                new TaskGraph("g")
                        .transferToDevice(DataTransferMode.EVERY_EXECUTION, a)
                        .task("t", BatchTest::squares, a, out, columns)
                        .transferToHost(DataTransferMode.EVERY_EXECUTION, out)
                        .snapshot();
        try (TornadoExecutionPlan plan = new TornadoExecutionPlan(graph)) {
            plan.withBatch("800").withProfiler(ProfilerMode.SILENT);
            var result = plan.execute().getProfilerResult();
            assertThat(out.get(99 * columns + 7)).isEqualTo(21);
            assertThat(result.getTotalBytesCopyIn()).isLessThan(4L * 200);
        }
    }

    static void leftOut(IntArray a, IntArray skipped, IntArray gaps, IntArray stopped) {
        for (@Parallel int r = 0; r < a.getSize(); r++) {
            for (int c = 0; c < 3; c++) {
                gaps.set(r * 4 + c, a.get(r));
            }
            for (int c = 0; c < 4; c++) {
                if (c > a.get(r)) {
                    break;
                }
                stopped.set(r * 4 + c, a.get(r));
            }
            if (a.get(r) > 2) {
                continue;
            }
            skipped.set(r, a.get(r));
        }
    }

    @Test
    void elementsThatLoopsAndJumpsLeaveOut() throws Exception {
        int rows = 100;
        IntArray a = new IntArray(rows);
        IntArray skipped = new IntArray(rows);
        IntArray gaps = new IntArray(4 * rows);
        IntArray stopped = new IntArray(4 * rows);
        ImmutableTaskGraph graph =
                new TaskGraph("g")
                        .transferToDevice(DataTransferMode.EVERY_EXECUTION, a)
                        .task("t", BatchTest::leftOut, a, skipped, gaps, stopped)
                        .transferToHost(DataTransferMode.EVERY_EXECUTION, skipped, gaps, stopped)
                        .snapshot();
        for (int r = 0; r < rows; r++) {
            a.set(r, 1 + r * 7 % 5);
        }
        IntArray s = new IntArray(rows);
        IntArray g = new IntArray(4 * rows);
        IntArray t = new IntArray(4 * rows);
        leftOut(a, s, g, t);
        try (TornadoExecutionPlan plan = new TornadoExecutionPlan(graph)) {
            skipped.init(9);
            gaps.init(9);
            stopped.init(9);
            plan.withBatch("160").execute();
            assertThat(skipped.toHeapArray()).isEqualTo(s.toHeapArray());
            assertThat(gaps.toHeapArray()).isEqualTo(g.toHeapArray());
            assertThat(stopped.toHeapArray()).isEqualTo(t.toHeapArray());
        }
    }

    static void toHeap(IntArray in, int[] out) {
        for (@Parallel int i = 0; i < out.length; i++) {
            out[i] = in.get(i);
        }
    }

    @Test
    void whatFitsIntoOneBatchIsNotCut() throws Exception {
        IntArray a = new IntArray(100);
        IntArray b = new IntArray(100);
        ImmutableTaskGraph graph =
                new TaskGraph("g")
                        .transferToDevice(DataTransferMode.FIRST_EXECUTION, a)
                        .task("t", BatchTest::neighbours, a, b)
                        .transferToHost(DataTransferMode.UNDER_DEMAND, b)
                        .snapshot();
        a.set(1, 7);
        try (TornadoExecutionPlan plan = new TornadoExecutionPlan(graph)) {
            plan.withBatch("1MB").execute().transferToHost(b);
            assertThat(b.get(0)).isEqualTo(7);
        }
    }

    /** {@code b = a + 1} and then {@code a = the next of b}: no batch has all that it reads. */
    @ParameterizedTest
    @MethodSource("devices")
    void whatCannotBeCutRunsInOne(TornadoDevice device) throws Exception {
        IntArray a = new IntArray(100);
        IntArray b = new IntArray(100);
        IntArray total = new IntArray(1);
        for (int i = 0; i < 100; i++) {
            a.set(i, i);
        }
        ImmutableTaskGraph graph =
                new TaskGraph("uncut")
                        .transferToDevice(DataTransferMode.EVERY_EXECUTION, a)
                        .task("first", BatchTest::plusOne, a, b)
                        .task("next", BatchTest::neighbours, b, a)
                        .task("sum", ReduceKernels::sumInt, b, total)
                        .task("nothing", Kernels::nothing, a)
                        .transferToHost(DataTransferMode.EVERY_EXECUTION, a, total)
                        .transferToHost(DataTransferMode.UNDER_DEMAND, b)
                        .snapshot();
        try (TornadoExecutionPlan plan = new TornadoExecutionPlan(graph)) {
            var result = plan.withDevice(device).withBatch("40").execute();
            assertThat(a.get(98)).isEqualTo(100);
            assertThat(a.get(99)).isEqualTo(1);
            assertThat(total.get(0)).isEqualTo(5050);
            result.transferToHost(b);
            assertThat(b.get(99)).isEqualTo(100);
        }
    }

    @Test
    void whyAGraphCannotBeCutIsSaid() {
        IntArray a = new IntArray(100);
        IntArray b = new IntArray(100);
        IntArray c = new IntArray(50);
        GraphDefinition graph = new GraphDefinition("g");
        graph.toDevice(DataTransferMode.EVERY_EXECUTION, a);
        add(graph, "t", BatchTest.class, "plusOne", a, b);
        add(graph, "u", BatchTest.class, "plusOne", a, c);
        graph.toHost(DataTransferMode.EVERY_EXECUTION, b, c);
        refused(graph, "g.u", "50 iterations and that of the first task 100");
        graph = new GraphDefinition("g");
        graph.toDevice(DataTransferMode.EVERY_EXECUTION, a, b);
        add(graph, "t", BatchTest.class, "plusOne", a, b);
        add(graph, "u", BatchTest.class, "neighbours", b, a);
        graph.toHost(DataTransferMode.EVERY_EXECUTION, a);
        refused(graph, "g.t", "another task uses other elements of the IntArray");
        graph = new GraphDefinition("g");
        graph.toDevice(DataTransferMode.EVERY_EXECUTION, a);
        add(graph, "t", BatchTest.class, "plusOne", a, b);
        graph.toHost(DataTransferMode.UNDER_DEMAND, b);
        refused(graph, "g.t", "the device holds a part of the IntArray only");
        graph = new GraphDefinition("g");
        graph.toDevice(DataTransferMode.EVERY_EXECUTION, a);
        add(graph, "t", Kernels.class, "nothing", a);
        graph.toHost(DataTransferMode.EVERY_EXECUTION, a);
        refused(graph, "g.t", "@Parallel");
    }

    private static void add(
            GraphDefinition graph, String id, Class<?> type, String name, Object... arguments) {
        KernelMethod method = KernelMethod.of(Launch.method(type, name));
        graph.add(new TaskDefinition.OfMethod(graph.name(), id, method, List.of(arguments)));
    }

    private static void refused(GraphDefinition graph, String task, String why) {
        GraphOptions options = GraphOptions.ofSettings();
        options.batchBytes(40);
        assertThatThrownBy(() -> Batches.of(graph, options))
                .isInstanceOf(UncutException.class)
                .hasMessageContaining("task " + task)
                .hasMessageContaining(why);
    }
}
