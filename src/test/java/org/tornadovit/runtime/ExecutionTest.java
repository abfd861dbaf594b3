package org.tornadovit.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import uk.ac.manchester.tornado.api.GridScheduler;
import uk.ac.manchester.tornado.api.ImmutableTaskGraph;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.TornadoExecutionPlan;
import uk.ac.manchester.tornado.api.TornadoExecutionResult;
import uk.ac.manchester.tornado.api.WorkerGrid1D;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.enums.DataTransferMode;
import uk.ac.manchester.tornado.api.enums.ProfilerMode;
import uk.ac.manchester.tornado.api.exceptions.TornadoFailureException;
import uk.ac.manchester.tornado.api.exceptions.TornadoRuntimeException;
import uk.ac.manchester.tornado.api.exceptions.TornadoTaskRuntimeException;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;
import uk.ac.manchester.tornado.api.types.matrix.Matrix2DFloat;

/** Graphs from the API down to each device. */
class ExecutionTest {
    static List<TornadoDevice> devices() {
        return OnDevices.all();
    }

    private static FloatArray ramp(int size) {
        FloatArray array = new FloatArray(size);
        for (int i = 0; i < size; i++) {
            array.set(i, i);
        }
        return array;
    }

    @ParameterizedTest
    @MethodSource("devices")
    void oneTask(TornadoDevice device) throws Exception {
        FloatArray a = ramp(100);
        FloatArray b = ramp(100);
        FloatArray c = new FloatArray(100);
        ImmutableTaskGraph graph =
                new TaskGraph("g")
                        .transferToDevice(DataTransferMode.EVERY_EXECUTION, a, b)
                        .task("add", Kernels::add, a, b, c)
                        .transferToHost(DataTransferMode.EVERY_EXECUTION, c)
                        .snapshot();
        try (TornadoExecutionPlan plan = new TornadoExecutionPlan(graph)) {
            plan.withDevice(device).execute();
            assertThat(c.get(99)).isEqualTo(198);
            a.set(99, 1);
            plan.execute();
            assertThat(c.get(99)).isEqualTo(100);
        }
    }

    @ParameterizedTest
    @MethodSource("devices")
    void transferModes(TornadoDevice device) throws Exception {
        FloatArray once = ramp(8);
        FloatArray every = ramp(8);
        FloatArray sum = new FloatArray(8);
        ImmutableTaskGraph graph =
                new TaskGraph("g")
                        .transferToDevice(DataTransferMode.FIRST_EXECUTION, once)
                        .transferToDevice(DataTransferMode.EVERY_EXECUTION, every)
                        .task("add", Kernels::add, once, every, sum)
                        .transferToHost(DataTransferMode.UNDER_DEMAND, sum)
                        .snapshot();
        try (TornadoExecutionPlan plan = new TornadoExecutionPlan(graph)) {
            plan.withDevice(device).execute();
            assertThat(sum.get(7)).isZero();
            once.set(7, 1000);
            every.set(7, 1);
            TornadoExecutionResult result = plan.execute();
            assertThat(sum.get(7)).isZero();
            result.transferToHost(sum);
            assertThat(sum.get(7)).isEqualTo(8);
            plan.freeDeviceMemory();
            plan.execute().transferToHost(sum);
            assertThat(sum.get(7)).isEqualTo(1001);
        }
    }

    @ParameterizedTest
    @MethodSource("devices")
    void graphsShareWhatStaysOnTheDevice(TornadoDevice device) throws Exception {
        FloatArray a = ramp(16);
        FloatArray b = new FloatArray(16);
        FloatArray c = new FloatArray(16);
        ImmutableTaskGraph first =
                new TaskGraph("first")
                        .transferToDevice(DataTransferMode.FIRST_EXECUTION, a)
                        .task("scale", Kernels::scale, a, b, 2f)
                        .persistOnDevice(b)
                        .snapshot();
        ImmutableTaskGraph named =
                new TaskGraph("named")
                        .consumeFromDevice("first", b)
                        .task("scale", Kernels::scale, b, c, 3f)
                        .persistOnDevice(b, c)
                        .snapshot();
        ImmutableTaskGraph previous =
                new TaskGraph("previous")
                        .consumeFromDevice(b, c)
                        .task("add", Kernels::add, b, c, b)
                        .transferToHost(DataTransferMode.EVERY_EXECUTION, b)
                        .snapshot();
        try (TornadoExecutionPlan plan = new TornadoExecutionPlan(first, named, previous)) {
            plan.withDevice(device);
            plan.execute();
            assertThat(b.get(15)).isEqualTo(15 * 8);
            assertThat(c.get(15)).isZero();
            b.clear();
            plan.withAllGraphs().execute();
            assertThat(b.get(15)).isEqualTo(15 * 8);
            plan.withGraph(2).execute();
            assertThat(b.get(15)).isEqualTo(15 * 14);
            plan.withGraph(1).execute().transferToHost(c);
            assertThat(c.get(15)).isEqualTo(15 * 14 * 3);
        }
    }

    @ParameterizedTest
    @MethodSource("devices")
    void aPersistedArrayNoTaskUses(TornadoDevice device) throws Exception {
        IntArray a = IntArray.fromElements(1, 2, 3);
        ImmutableTaskGraph upload =
                new TaskGraph("upload")
                        .transferToDevice(DataTransferMode.FIRST_EXECUTION, a)
                        .persistOnDevice(a)
                        .snapshot();
        ImmutableTaskGraph use =
                new TaskGraph("use")
                        .consumeFromDevice("upload", a)
                        .task("increment", Kernels::increment, a)
                        .transferToHost(DataTransferMode.EVERY_EXECUTION, a)
                        .snapshot();
        try (TornadoExecutionPlan plan = new TornadoExecutionPlan(upload, use)) {
            plan.withDevice(device).execute();
            plan.execute();
            assertThat(a.toHeapArray()).containsExactly(3, 4, 5);
        }
    }

    @ParameterizedTest
    @MethodSource("devices")
    void primitiveArraysAndCapturedOnes(TornadoDevice device) throws Exception {
        float[] a = {1, 2, 3};
        float[] b = new float[3];
        ImmutableTaskGraph graph =
                new TaskGraph("g")
                        .transferToDevice(DataTransferMode.EVERY_EXECUTION, a)
                        .task("plain", Kernels::plain, a, b)
                        .transferToHost(DataTransferMode.EVERY_EXECUTION, b)
                        .snapshot();
        try (TornadoExecutionPlan plan = new TornadoExecutionPlan(graph)) {
            plan.withDevice(device).execute();
            assertThat(b).containsExactly(2, 3, 4);
        }
    }

    @ParameterizedTest
    @MethodSource("devices")
    void theSameArrayAsInputAndOutput(TornadoDevice device) throws Exception {
        FloatArray a = ramp(33);
        ImmutableTaskGraph graph =
                new TaskGraph("g")
                        .transferToDevice(DataTransferMode.FIRST_EXECUTION, a)
                        .task("add", Kernels::add, a, a, a)
                        .transferToHost(DataTransferMode.EVERY_EXECUTION, a)
                        .snapshot();
        try (TornadoExecutionPlan plan = new TornadoExecutionPlan(graph)) {
            plan.withDevice(device).execute();
            plan.execute();
            assertThat(a.get(32)).isEqualTo(128);
        }
    }

    @ParameterizedTest
    @MethodSource("devices")
    void constantsArePreparedAnewAfterTheyAreFreed(TornadoDevice device) throws Exception {
        FloatArray x = ramp(8 * 16);
        FloatArray w = ramp(16 * 16);
        FloatArray y = new FloatArray(8 * 16);
        ImmutableTaskGraph graph =
                new TaskGraph("g")
                        .transferToDevice(DataTransferMode.FIRST_EXECUTION, w)
                        .transferToDevice(DataTransferMode.EVERY_EXECUTION, x)
                        .task("multiply", Kernels::multiply, x, w, y, 8, 16, 16)
                        .transferToHost(DataTransferMode.EVERY_EXECUTION, y)
                        .snapshot();
        FloatArray expected = new FloatArray(8 * 16);
        try (TornadoExecutionPlan plan = new TornadoExecutionPlan(graph)) {
            plan.withDevice(device).execute();
            Kernels.multiply(x, w, expected, 8, 16, 16);
            assertThat(y.toHeapArray()).containsExactly(expected.toHeapArray());
            w.set(5, -1);
            x.set(3, 2);
            plan.freeDeviceMemory();
            plan.execute();
            Kernels.multiply(x, w, expected, 8, 16, 16);
            assertThat(y.toHeapArray()).containsExactly(expected.toHeapArray());
        }
    }

    @ParameterizedTest
    @MethodSource("devices")
    void workSizesMayChangeBetweenExecutions(TornadoDevice device) throws Exception {
        IntArray a = new IntArray(64);
        ImmutableTaskGraph graph =
                new TaskGraph("g")
                        .transferToDevice(DataTransferMode.EVERY_EXECUTION, a)
                        .task("t", Kernels::identities, new KernelContext(), a)
                        .transferToHost(DataTransferMode.EVERY_EXECUTION, a)
                        .snapshot();
        WorkerGrid1D grid = new WorkerGrid1D(32);
        GridScheduler scheduler = new GridScheduler("g.t", grid);
        try (TornadoExecutionPlan plan = new TornadoExecutionPlan(graph)) {
            plan.withDevice(device);
            assertThatThrownBy(plan::execute)
                    .isInstanceOf(TornadoRuntimeException.class)
                    .hasMessageContaining("g.t")
                    .hasMessageContaining("withGridScheduler");
            plan.withGridScheduler(scheduler).execute();
            assertThat(a.get(31)).isEqualTo(3231);
            assertThat(a.get(32)).isZero();
            grid.setGlobalWork(64, 1, 1);
            grid.setLocalWork(16, 1, 1);
            plan.execute();
            assertThat(a.get(31)).isEqualTo(6431);
            assertThat(a.get(63)).isEqualTo(6463);
        }
    }

    @ParameterizedTest
    @MethodSource("devices")
    void anIndexOutOfBoundsNamesTaskAndLine(TornadoDevice device) throws Exception {
        IntArray a = new IntArray(10);
        ImmutableTaskGraph graph =
                new TaskGraph("g")
                        .transferToDevice(DataTransferMode.EVERY_EXECUTION, a)
                        .task("t", Kernels::beyond, a, 3)
                        .transferToHost(DataTransferMode.EVERY_EXECUTION, a)
                        .snapshot();
        try (TornadoExecutionPlan plan = new TornadoExecutionPlan(graph)) {
            plan.withDevice(device);
            assertThatThrownBy(plan::execute)
                    .isInstanceOf(TornadoFailureException.class)
                    .hasMessageContaining("g.t")
                    .hasMessageContaining("out of bounds")
                    .hasMessageContaining("Kernels.beyond:");
        }
    }

    @ParameterizedTest
    @MethodSource("devices")
    void readingFarOutOfBoundsNamesTheLine(TornadoDevice device) throws Exception {
        for (int index : new int[] {-1, 1 << 27, Integer.MIN_VALUE}) {
            IntArray a = new IntArray(10);
            TaskGraph graph =
                    new TaskGraph("g")
                            .transferToDevice(DataTransferMode.EVERY_EXECUTION, a)
                            .task("t", Kernels::behind, a, index)
                            .transferToHost(DataTransferMode.EVERY_EXECUTION, a);
            try (TornadoExecutionPlan plan = new TornadoExecutionPlan(graph.snapshot())) {
                plan.withDevice(device);
                assertThatThrownBy(plan::execute)
                        .isInstanceOf(TornadoFailureException.class)
                        .hasMessageContaining("g.t")
                        .hasMessageContaining("out of bounds")
                        .hasMessageContaining("Kernels.behind:");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("devices")
    void profilesHaveRealNumbers(TornadoDevice device) throws Exception {
        FloatArray a = ramp(100_000);
        FloatArray b = new FloatArray(100_000);
        ImmutableTaskGraph graph =
                new TaskGraph("g")
                        .transferToDevice(DataTransferMode.EVERY_EXECUTION, a)
                        .task("scale", Kernels::scale, a, b, 2f)
                        .transferToHost(DataTransferMode.EVERY_EXECUTION, b)
                        .snapshot();
        try (TornadoExecutionPlan plan = new TornadoExecutionPlan(graph)) {
            TornadoExecutionResult result =
                    plan.withDevice(device).withProfiler(ProfilerMode.SILENT).execute();
            var profile = result.getProfilerResult();
            assertThat(profile.getTotalBytesCopyIn()).isEqualTo(400_000);
            assertThat(profile.getTotalBytesCopyOut()).isEqualTo(400_000);
            assertThat(profile.getDeviceKernelTime()).isPositive();
            assertThat(profile.getTotalTime())
                    .isGreaterThanOrEqualTo(profile.getDeviceKernelTime());
            assertThat(profile.getTotalDeviceMemoryUsage()).isGreaterThanOrEqualTo(800_000);
            assertThat(profile.getProfileLog())
                    .contains("\"g.scale\"")
                    .contains("\"TASK_EXECUTIONS\": \"1\"");
            plan.clearProfiles();
            assertThat(profile.getProfileLog()).contains("\"TASK_EXECUTIONS\": \"0\"");
            assertThat(plan.getCurrentDeviceMemoryUsage()).isGreaterThanOrEqualTo(800_000);
            plan.withoutProfiler().execute();
            plan.freeDeviceMemory();
            assertThat(plan.getCurrentDeviceMemoryUsage()).isZero();
        }
    }

    @ParameterizedTest
    @MethodSource("devices")
    void severalThreadsExecuteOnePlan(TornadoDevice device) throws Exception {
        IntArray a = new IntArray(1000);
        ImmutableTaskGraph graph =
                new TaskGraph("g")
                        .transferToDevice(DataTransferMode.FIRST_EXECUTION, a)
                        .task("increment", Kernels::increment, a)
                        .transferToHost(DataTransferMode.EVERY_EXECUTION, a)
                        .snapshot();
        try (TornadoExecutionPlan plan = new TornadoExecutionPlan(graph)) {
            plan.withDevice(device);
            Thread[] threads = new Thread[4];
            for (int t = 0; t < threads.length; t++) {
                threads[t] =
                        Thread.ofPlatform()
                                .start(() -> {
                                    for (int i = 0; i < 50; i++) {
                                        plan.withGraph(0).execute();
                                    }
                                });
            }
            for (Thread thread : threads) {
                thread.join();
            }
            assertThat(a.get(999)).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @MethodSource("devices")
    void aGraphOfManyTasks(TornadoDevice device) throws Exception {
        IntArray a = new IntArray(4);
        TaskGraph graph = new TaskGraph("g").transferToDevice(DataTransferMode.EVERY_EXECUTION, a);
        for (int i = 0; i < 500; i++) {
            graph.task("t" + i, Kernels::increment, a);
        }
        graph.transferToHost(DataTransferMode.EVERY_EXECUTION, a);
        try (TornadoExecutionPlan plan = new TornadoExecutionPlan(graph.snapshot())) {
            plan.withDevice(device).execute();
            assertThat(a.get(3)).isEqualTo(500);
        }
    }

    @Test
    void wrongUseIsRefused() {
        IntArray a = new IntArray(4);
        TaskGraph graph = new TaskGraph("g").task("t", Kernels::increment, a);
        assertThatThrownBy(() -> graph.task("t", Kernels::increment, a))
                .isInstanceOf(TornadoTaskRuntimeException.class)
                .hasMessageContaining("g")
                .hasMessageContaining("t");
        assertThatThrownBy(graph::snapshot)
                .isInstanceOf(TornadoTaskRuntimeException.class)
                .hasMessageContaining("g.t")
                .hasMessageContaining("no transfer");
        assertThatThrownBy(() -> graph.transferToDevice(DataTransferMode.UNDER_DEMAND, a))
                .isInstanceOf(TornadoRuntimeException.class)
                .hasMessageContaining("mode");
    }

    @Test
    void aClosedPlanIsRefused() throws Exception {
        IntArray a = new IntArray(4);
        TornadoExecutionPlan plan =
                new TornadoExecutionPlan(
                        new TaskGraph("g")
                                .transferToDevice(DataTransferMode.EVERY_EXECUTION, a)
                                .task("t", Kernels::increment, a)
                                .snapshot());
        plan.execute();
        plan.close();
        plan.close();
        assertThatThrownBy(plan::execute)
                .isInstanceOf(TornadoRuntimeException.class)
                .hasMessageContaining("closed");
    }

    @ParameterizedTest
    @MethodSource("devices")
    void matricesAreArraysOfTheirElements(TornadoDevice device) throws Exception {
        Matrix2DFloat a = new Matrix2DFloat(new float[][] {{1, 2}, {3, 4}});
        Matrix2DFloat b = new Matrix2DFloat(new float[][] {{1, 1}, {0, 1}});
        Matrix2DFloat c = new Matrix2DFloat(2, 2);
        ImmutableTaskGraph graph =
                new TaskGraph("g")
                        .transferToDevice(DataTransferMode.EVERY_EXECUTION, a, b)
                        .task("t", Kernels::product, a, b, c)
                        .transferToHost(DataTransferMode.EVERY_EXECUTION, c)
                        .snapshot();
        try (TornadoExecutionPlan plan = new TornadoExecutionPlan(graph)) {
            plan.withDevice(device).execute();
            assertThat(c.row(1).getArray().toHeapArray()).containsExactly(3, 7);
        }
    }
}
