package org.tornadovit.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import uk.ac.manchester.tornado.api.DataRange;
import uk.ac.manchester.tornado.api.GridScheduler;
import uk.ac.manchester.tornado.api.ImmutableTaskGraph;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.TornadoExecutionPlan;
import uk.ac.manchester.tornado.api.WorkerGrid1D;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.enums.DataTransferMode;
import uk.ac.manchester.tornado.api.enums.ProfilerMode;
import uk.ac.manchester.tornado.api.enums.TornadoVMBackendType;
import uk.ac.manchester.tornado.api.exceptions.TornadoBailoutRuntimeException;
import uk.ac.manchester.tornado.api.exceptions.TornadoMemoryException;
import uk.ac.manchester.tornado.api.exceptions.TornadoRuntimeException;
import uk.ac.manchester.tornado.api.exceptions.TornadoTaskRuntimeException;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** What the options of a plan do, and what they refuse. */
class OptionsTest {
    static List<TornadoDevice> devices() {
        return OnDevices.all();
    }

    private static ImmutableTaskGraph increments(String name, IntArray a, int tasks) {
        TaskGraph graph = new TaskGraph(name).transferToDevice(DataTransferMode.EVERY_EXECUTION, a);
        for (int i = 0; i < tasks; i++) {
            graph.task("t" + i, Kernels::increment, a);
        }
        return graph.transferToHost(DataTransferMode.EVERY_EXECUTION, a).snapshot();
    }

    private static String printed(Runnable action) {
        PrintStream before = System.out;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        try {
            action.run();
        } finally {
            System.setOut(before);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @MethodSource("devices")
    void kernelsArePrintedOnce(TornadoDevice device) throws Exception {
        IntArray a = new IntArray(3);
        try (TornadoExecutionPlan plan = new TornadoExecutionPlan(increments("g", a, 2))) {
            plan.withDevice(device).withPrintKernel();
            String text = printed(plan::execute);
            assertThat(text).containsOnlyOnce("// task g.t0").doesNotContain("g.t1");
            assertThat(text).contains("increment");
            assertThat(printed(plan::execute)).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("devices")
    void workSizesArePrinted(TornadoDevice device) throws Exception {
        IntArray a = new IntArray(3);
        try (TornadoExecutionPlan plan = new TornadoExecutionPlan(increments("g", a, 1))) {
            plan.withDevice(device).withThreadInfo();
            assertThat(printed(plan::execute)).contains("g.t0").contains("Global work size");
            assertThat(printed(() -> plan.withoutThreadInfo().execute())).isEmpty();
        }
    }

    @Test
    void tasksOfOneGraphRunOnSeveralDevices() throws Exception {
        IntArray a = new IntArray(100);
        List<TornadoDevice> devices = devices();
        try (TornadoExecutionPlan plan = new TornadoExecutionPlan(increments("g", a, 5))) {
            for (int i = 0; i < 5; i++) {
                plan.withDevice("g.t" + i, devices.get(i % devices.size()));
            }
            plan.execute();
            plan.execute();
            assertThat(a.toHeapArray()).containsOnly(10);
        }
    }

    @ParameterizedTest
    @MethodSource("devices")
    void aPartOfAnArrayIsCopiedOnDemand(TornadoDevice device) throws Exception {
        IntArray a = new IntArray(10);
        ImmutableTaskGraph graph =
                new TaskGraph("g")
                        .transferToDevice(DataTransferMode.FIRST_EXECUTION, a)
                        .task("t", Kernels::increment, a)
                        .transferToHost(DataTransferMode.UNDER_DEMAND, a)
                        .snapshot();
        try (TornadoExecutionPlan plan = new TornadoExecutionPlan(graph)) {
            var result = plan.withDevice(device).execute();
            result.transferToHost(new DataRange(a).withOffset(2).withSize(3));
            assertThat(a.toHeapArray()).containsExactly(0, 0, 1, 1, 1, 0, 0, 0, 0, 0);
            assertThatThrownBy(() -> result.transferToHost(new IntArray(1)))
                    .isInstanceOf(TornadoRuntimeException.class)
                    .hasMessageContaining("IntArray");
        }
    }

    @Test
    void aPlanThatIsDroppedGivesItsMemoryBack() throws Exception {
        long id = dropped();
        for (int i = 0; i < 100 && isAlive(id); i++) {
            System.gc();
            Thread.sleep(10);
        }
        assertThat(isAlive(id)).isFalse();
    }

    private static long dropped() {
        TornadoExecutionPlan plan = new TornadoExecutionPlan(increments("g", new IntArray(1), 1));
        plan.withDevice(devices().getFirst()).execute();
        assertThat(isAlive(plan.getId())).isTrue();
        return plan.getId();
    }

    private static boolean isAlive(long plan) {
        return devices().getFirst().getDeviceContext().getRegisteredPlanIds().contains(plan);
    }

    @Test
    void consumingWhatIsNotThere() throws Exception {
        IntArray a = new IntArray(4);
        ImmutableTaskGraph use =
                new TaskGraph("use")
                        .consumeFromDevice("made", a)
                        .task("t", Kernels::increment, a)
                        .snapshot();
        try (TornadoExecutionPlan plan = new TornadoExecutionPlan(use)) {
            assertThatThrownBy(plan::execute)
                    .isInstanceOf(TornadoTaskRuntimeException.class)
                    .hasMessageContaining("graph use")
                    .hasMessageContaining("graph made");
        }
    }

    @Test
    void aMemoryLimitHolds() throws Exception {
        IntArray a = new IntArray(1000);
        try (TornadoExecutionPlan plan = new TornadoExecutionPlan(increments("g", a, 1))) {
            plan.withMemoryLimit("1KB");
            assertThatThrownBy(plan::execute)
                    .isInstanceOf(TornadoMemoryException.class)
                    .hasMessageContaining("1024 bytes");
            plan.withMemoryLimit("1MB").execute();
            assertThat(a.get(0)).isEqualTo(1);
            plan.withoutMemoryLimit().execute();
            assertThat(a.get(0)).isEqualTo(2);
        }
    }

    @Test
    void warmUpsAreNoResults() throws Exception {
        IntArray a = new IntArray(1);
        try (TornadoExecutionPlan plan = new TornadoExecutionPlan(increments("g", a, 1))) {
            plan.withPreCompilation();
            assertThat(a.get(0)).isZero();
            plan.withWarmUpIterations(3).withWarmUpTime(1);
            assertThat(a.get(0)).isGreaterThanOrEqualTo(3);
            var first = plan.execute();
            assertThat(plan.getPlanResult(0)).isSameAs(first);
            assertThatThrownBy(() -> plan.getPlanResult(1))
                    .isInstanceOf(TornadoRuntimeException.class);
        }
    }

    @Test
    void aConsoleProfileIsPrinted() throws Exception {
        IntArray a = new IntArray(8);
        try (TornadoExecutionPlan plan = new TornadoExecutionPlan(increments("g", a, 2))) {
            String text = printed(() -> plan.withProfiler(ProfilerMode.CONSOLE).execute());
            var json = new tools.jackson.databind.ObjectMapper().readTree(text);
            assertThat(json.at("/g/g.t1/METHOD").asString()).isEqualTo("Kernels.increment");
            assertThat(json.at("/g/TOTAL_COPY_IN_SIZE_BYTES").asString()).isEqualTo("32");
        }
    }

    /** A kernel that reads fields of its object. */
    static final class Scaled {
        private final float[] offset = {10};
        private int factor = 2;

        void run(FloatArray a) {
            for (@Parallel int i = 0; i < a.getSize(); i++) {
                a.set(i, a.get(i) * factor + offset[0]);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("devices")
    void fieldsAreReadAtEachExecution(TornadoDevice device) throws Exception {
        Scaled scaled = new Scaled();
        FloatArray a = FloatArray.fromElements(1, 2);
        ImmutableTaskGraph graph =
                new TaskGraph("g")
                        .transferToDevice(DataTransferMode.EVERY_EXECUTION, a)
                        .task("t", scaled::run, a)
                        .transferToHost(DataTransferMode.EVERY_EXECUTION, a)
                        .snapshot();
        try (TornadoExecutionPlan plan = new TornadoExecutionPlan(graph)) {
            plan.withDevice(device).execute();
            assertThat(a.toHeapArray()).containsExactly(12, 14);
            scaled.factor = 3;
            scaled.offset[0] = 1;
            plan.execute();
            assertThat(a.toHeapArray()).containsExactly(37, 43);
        }
    }

    static void throwing(IntArray a) {
        if (a.get(0) == 0) {
            throw new IllegalStateException("no");
        }
    }

    @Test
    void aKernelNoDeviceRunsIsNamed() throws Exception {
        IntArray a = new IntArray(1);
        ImmutableTaskGraph graph =
                new TaskGraph("g")
                        .transferToDevice(DataTransferMode.EVERY_EXECUTION, a)
                        .task("t", OptionsTest::throwing, a)
                        .snapshot();
        try (TornadoExecutionPlan plan = new TornadoExecutionPlan(graph)) {
            assertThatThrownBy(plan::execute)
                    .isInstanceOf(TornadoBailoutRuntimeException.class)
                    .hasMessageContaining("g.t")
                    .hasMessageContaining("OptionsTest.throwing:");
        }
    }

    @ParameterizedTest
    @MethodSource("devices")
    void anOffsetShiftsTheNumbersOfWorkItems(TornadoDevice device) throws Exception {
        IntArray a = new IntArray(12);
        ImmutableTaskGraph graph =
                new TaskGraph("g")
                        .transferToDevice(DataTransferMode.EVERY_EXECUTION, a)
                        .task("t", Kernels::identities, new KernelContext(), a)
                        .transferToHost(DataTransferMode.EVERY_EXECUTION, a)
                        .snapshot();
        WorkerGrid1D grid = new WorkerGrid1D(4);
        grid.setGlobalOffset(3, 0, 0);
        try (TornadoExecutionPlan plan = new TornadoExecutionPlan(graph)) {
            plan.withDevice(device).withGridScheduler(new GridScheduler("g.t", grid)).execute();
            assertThat(a.toHeapArray()).containsExactly(0, 0, 0, 403, 404, 405, 406, 0, 0, 0, 0, 0);
            grid.setGlobalOffset(8, 0, 0);
            a.init(0);
            plan.execute();
            assertThat(a.toHeapArray()).containsExactly(0, 0, 0, 0, 0, 0, 0, 0, 408, 409, 410, 411);
        }
    }

    @ParameterizedTest
    @MethodSource("devices")
    void flagsReachTheCompilerOfTheirBackend(TornadoDevice device) throws Exception {
        IntArray a = new IntArray(1);
        TornadoVMBackendType backend = device.getTornadoVMBackend();
        try (TornadoExecutionPlan plan = new TornadoExecutionPlan(increments("g", a, 1))) {
            plan.withDevice(device).withCompilerFlags(TornadoVMBackendType.METAL, "-x").execute();
            assertThat(a.get(0)).isEqualTo(1);
            plan.withCompilerFlags(backend, "-cl-no-such-flag");
            assertThatThrownBy(plan::execute).hasMessageContaining("g.t0");
            if (backend == TornadoVMBackendType.OPENCL) {
                plan.withCompilerFlags(backend, "-cl-mad-enable -DANY").execute();
                assertThat(a.get(0)).isEqualTo(2);
            }
        }
    }

    @Test
    void devicesThatRunAtOnceGiveTheSame() throws Exception {
        List<TornadoDevice> devices = devices();
        TaskGraph graph = new TaskGraph("g");
        List<IntArray> arrays = new java.util.ArrayList<>();
        IntArray shared = new IntArray(50);
        graph.transferToDevice(DataTransferMode.EVERY_EXECUTION, shared);
        for (int i = 0; i < 6; i++) {
            IntArray a = new IntArray(50);
            arrays.add(a);
            graph.transferToDevice(DataTransferMode.EVERY_EXECUTION, a)
                    .task("own" + i, Kernels::increment, a)
                    .task("shared" + i, Kernels::increment, shared)
                    .transferToHost(DataTransferMode.EVERY_EXECUTION, a);
        }
        graph.transferToHost(DataTransferMode.EVERY_EXECUTION, shared);
        try (TornadoExecutionPlan plan = new TornadoExecutionPlan(graph.snapshot())) {
            for (int i = 0; i < 6; i++) {
                plan.withDevice("g.own" + i, devices.get(i % devices.size()));
                plan.withDevice("g.shared" + i, devices.get(i / 3 % devices.size()));
            }
            plan.withConcurrentDevices().withProfiler(ProfilerMode.SILENT).execute();
            plan.withoutProfiler().execute();
            plan.withoutConcurrentDevices().execute();
            arrays.forEach(a -> assertThat(a.toHeapArray()).containsOnly(3));
            assertThat(shared.toHeapArray()).containsOnly(18);
        }
    }

    @Test
    void devicesThatRunAtOnceBothPackAConstant() throws Exception {
        List<TornadoDevice> devices = devices();
        FloatArray x = new FloatArray(8 * 64);
        FloatArray w = new FloatArray(48 * 64);
        for (int i = 0; i < w.getSize(); i++) {
            w.set(i, i % 7 - 3);
            x.set(i % x.getSize(), i % 5 - 2);
        }
        FloatArray expected = new FloatArray(8 * 48);
        Kernels.multiply(x, w, expected, 8, 64, 48);
        FloatArray y = new FloatArray(8 * 48);
        FloatArray z = new FloatArray(8 * 48);
        TaskGraph graph =
                new TaskGraph("g")
                        .transferToDevice(DataTransferMode.FIRST_EXECUTION, w)
                        .transferToDevice(DataTransferMode.EVERY_EXECUTION, x)
                        .task("t", Kernels::multiply, x, w, y, 8, 64, 48)
                        .task("u", Kernels::multiply, x, w, z, 8, 64, 48)
                        .transferToHost(DataTransferMode.EVERY_EXECUTION, y, z);
        try (TornadoExecutionPlan plan = new TornadoExecutionPlan(graph.snapshot())) {
            plan.withDevice("g.t", devices.getFirst()).withDevice("g.u", devices.getLast());
            plan.withConcurrentDevices();
            for (int run = 0; run < 2; run++) {
                y.init(0);
                z.init(0);
                plan.execute();
                assertThat(y.toHeapArray()).isEqualTo(expected.toHeapArray());
                assertThat(z.toHeapArray()).isEqualTo(expected.toHeapArray());
            }
        }
    }

    @Test
    void batchesAndPartsOfOtherArraysExcludeEachOther() throws Exception {
        IntArray big = new IntArray(10);
        IntArray part = new IntArray(3);
        ImmutableTaskGraph make = increments("make", big, 1);
        ImmutableTaskGraph use = increments("use", part, 1);
        String way = "graph use cannot run in batches .*; leave out withBatch or map.*Region";
        try (TornadoExecutionPlan plan = new TornadoExecutionPlan(make, use)) {
            plan.mapOnDeviceMemoryRegion(part, big, 2, 0, 1);
            assertThatThrownBy(() -> plan.withBatch("4"))
                    .isInstanceOf(TornadoRuntimeException.class)
                    .hasMessageMatching(way);
        }
        try (TornadoExecutionPlan plan = new TornadoExecutionPlan(make, use)) {
            plan.withBatch("4");
            assertThatThrownBy(() -> plan.mapOnDeviceMemoryRegion(part, big, 2, 0, 1))
                    .isInstanceOf(TornadoRuntimeException.class)
                    .hasMessageMatching(way);
        }
    }

    @ParameterizedTest
    @MethodSource("devices")
    void anArrayStandsForAPartOfAnother(TornadoDevice device) throws Exception {
        IntArray big = new IntArray(10);
        IntArray part = new IntArray(3);
        ImmutableTaskGraph make =
                new TaskGraph("make")
                        .transferToDevice(DataTransferMode.FIRST_EXECUTION, big)
                        .task("t", Kernels::increment, big)
                        .persistOnDevice(big)
                        .snapshot();
        ImmutableTaskGraph use = increments("use", part, 1);
        try (TornadoExecutionPlan plan = new TornadoExecutionPlan(make, use)) {
            plan.withDevice(device).withGraph(0).execute();
            plan.mapOnDeviceMemoryRegion(part, big, 2, 0, 1);
            plan.withGraph(1).execute();
            plan.withGraph(1).execute();
            assertThat(part.toHeapArray()).containsOnly(3);
            plan.mapOnDeviceMemoryRegion(part, big, 4, 0, 1);
            plan.withGraph(1).execute();
            assertThat(part.toHeapArray()).containsExactly(4, 2, 2);
            plan.withGraph(0).execute().transferToHost(big);
            assertThat(big.toHeapArray()).containsExactly(2, 2, 4, 4, 5, 3, 3, 2, 2, 2);
            assertThatThrownBy(() -> plan.mapOnDeviceMemoryRegion(part, big, 8, 0, 1))
                    .isInstanceOf(TornadoRuntimeException.class)
                    .hasMessageContaining("3 elements from 8 do not lie in an array of 10");
            assertThatThrownBy(() -> plan.mapOnDeviceMemoryRegion(new IntArray(1), big, 0, 0, 1))
                    .hasMessageContaining("graph use names no such IntArray");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"withIntraPlanConcurrency", "withCUDAGraph", "withStagedTransfers"})
    void whatChangesNothingSaysSoOnce(String option) throws Exception {
        IntArray a = new IntArray(1);
        try (TornadoExecutionPlan plan = new TornadoExecutionPlan(increments("g", a, 1))) {
            for (int i = 0; i < 2; i++) {
                switch (option) {
                    case "withIntraPlanConcurrency" -> plan.withIntraPlanConcurrency().execute();
                    case "withCUDAGraph" -> plan.withCUDAGraph().execute();
                    default -> plan.withStagedTransfers().execute();
                }
            }
            assertThat(a.get(0)).isEqualTo(2);
        }
    }
}
