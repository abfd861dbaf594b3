package org.tornadovit.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tornadovit.testing.RequiresDevice;
import uk.ac.manchester.tornado.api.AccessorParameters;
import uk.ac.manchester.tornado.api.GridScheduler;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.TornadoExecutionPlan;
import uk.ac.manchester.tornado.api.WorkerGrid1D;
import uk.ac.manchester.tornado.api.common.Access;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.enums.DataTransferMode;
import uk.ac.manchester.tornado.api.enums.TornadoVMBackendType;
import uk.ac.manchester.tornado.api.exceptions.TornadoRuntimeException;
import uk.ac.manchester.tornado.api.exceptions.TornadoTaskRuntimeException;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** Tasks whose kernels are files. */
class PrebuiltTest {
    private static final int SIZE = 64;

    static List<TornadoDevice> openClDevices() {
        return OnDevices.all().stream()
                .filter(d -> d.getTornadoVMBackend() == TornadoVMBackendType.OPENCL)
                .toList();
    }

    private static String file(String name) {
        try {
            return Path.of(PrebuiltTest.class.getResource("/prebuilt/" + name).toURI()).toString();
        } catch (java.net.URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static AccessorParameters sums(Object a, Object b, Object c) {
        AccessorParameters parameters = new AccessorParameters(3);
        parameters.set(0, a, Access.READ_ONLY);
        parameters.set(1, b, Access.READ_ONLY);
        parameters.set(2, c, Access.WRITE_ONLY);
        return parameters;
    }

    private static GridScheduler grid() {
        return new GridScheduler("g.t", new WorkerGrid1D(SIZE));
    }

    private static IntArray ramp() {
        IntArray a = new IntArray(SIZE);
        for (int i = 0; i < SIZE; i++) {
            a.set(i, i);
        }
        return a;
    }

    private static TaskGraph adds(String name, IntArray a, IntArray b, IntArray c) {
        return new TaskGraph("g")
                .transferToDevice(DataTransferMode.EVERY_EXECUTION, a, b)
                .prebuiltTask("t", "add", file(name), sums(a, b, c))
                .task("more", Kernels::increment, c)
                .transferToHost(DataTransferMode.EVERY_EXECUTION, c);
    }

    @ParameterizedTest
    @RequiresDevice("opencl")
    @MethodSource("openClDevices")
    void aKernelOfPlainPointers(TornadoDevice device) throws Exception {
        IntArray c = new IntArray(SIZE);
        var graph = adds("plain.cl", ramp(), ramp(), c).snapshot();
        try (TornadoExecutionPlan plan = new TornadoExecutionPlan(graph)) {
            plan.withDevice(device).withGridScheduler(grid()).execute();
            plan.execute();
            assertThat(c.get(0)).isEqualTo(1);
            assertThat(c.get(63)).isEqualTo(127);
        }
    }

    static List<TornadoDevice> spirvDevices() {
        return OnDevices.all().stream()
                .filter(d -> d.getTornadoVMBackend() == TornadoVMBackendType.SPIRV)
                .toList();
    }

    /** {@code plain.spv} is {@code plain.cl} as clang 15 and llvm-spirv 15 translate it. */
    @ParameterizedTest
    @RequiresDevice({"opencl", "llvm-spirv"})
    @MethodSource("spirvDevices")
    void aKernelOfSpirv(TornadoDevice device) throws Exception {
        IntArray c = new IntArray(SIZE);
        var graph = adds("plain.spv", ramp(), ramp(), c).snapshot();
        try (TornadoExecutionPlan plan = new TornadoExecutionPlan(graph)) {
            plan.withDevice(device).withGridScheduler(grid()).execute();
            assertThat(c.get(0)).isEqualTo(1);
            assertThat(c.get(63)).isEqualTo(127);
        }
    }

    @ParameterizedTest
    @RequiresDevice("opencl")
    @MethodSource("openClDevices")
    void aKernelWithTheLayoutOfTornadoVm(TornadoDevice device) throws Exception {
        IntArray c = new IntArray(SIZE);
        var graph = adds("generated.cl", ramp(), ramp(), c).snapshot();
        try (TornadoExecutionPlan plan = new TornadoExecutionPlan(graph)) {
            plan.withDevice(device).withGridScheduler(grid()).execute();
            plan.execute();
            assertThat(c.get(0)).isEqualTo(1);
            assertThat(c.get(63)).isEqualTo(127);
        }
    }

    @ParameterizedTest
    @RequiresDevice("opencl")
    @MethodSource("openClDevices")
    void countersStartAnewAtEachExecution(TornadoDevice device) throws Exception {
        IntArray a = new IntArray(SIZE);
        AccessorParameters parameters = new AccessorParameters(1);
        parameters.set(0, a, Access.WRITE_ONLY);
        var graph =
                new TaskGraph("g")
                        .prebuiltTask(
                                "t", "count", file("generated.cl"), parameters, new int[] {155})
                        .transferToHost(DataTransferMode.EVERY_EXECUTION, a)
                        .snapshot();
        try (TornadoExecutionPlan plan = new TornadoExecutionPlan(graph)) {
            plan.withDevice(device).withGridScheduler(grid());
            for (int run = 0; run < 2; run++) {
                plan.execute();
                int[] got = a.toHeapArray();
                Arrays.sort(got);
                assertThat(got[0]).isEqualTo(155);
                assertThat(got[SIZE - 1]).isEqualTo(155 + SIZE - 1);
            }
        }
    }

    @ParameterizedTest
    @RequiresDevice("opencl")
    @MethodSource("openClDevices")
    void numbersAreGivenByValue(TornadoDevice device) throws Exception {
        float[] x = new float[SIZE];
        Arrays.fill(x, 3);
        FloatArray y = new FloatArray(SIZE);
        y.init(1);
        AccessorParameters parameters = new AccessorParameters(4);
        parameters.set(0, 2f, Access.READ_ONLY);
        parameters.set(1, x, Access.READ_ONLY);
        parameters.set(2, y, Access.READ_WRITE);
        parameters.set(3, SIZE - 1, Access.READ_ONLY);
        var graph =
                new TaskGraph("g")
                        .transferToDevice(DataTransferMode.EVERY_EXECUTION, x, y)
                        .prebuiltTask("t", "saxpy", file("plain.cl"), parameters)
                        .transferToHost(DataTransferMode.EVERY_EXECUTION, y)
                        .snapshot();
        try (TornadoExecutionPlan plan = new TornadoExecutionPlan(graph)) {
            plan.withDevice(device).withGridScheduler(grid()).execute();
            assertThat(y.get(0)).isEqualTo(7);
            assertThat(y.get(SIZE - 1)).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @RequiresDevice("opencl")
    @MethodSource("openClDevices")
    void wrongUseIsNamed(TornadoDevice device) throws Exception {
        IntArray a = ramp();
        AccessorParameters two = new AccessorParameters(2);
        two.set(0, a, Access.READ_ONLY);
        two.set(1, a, Access.WRITE_ONLY);
        failing(device, "add", file("plain.cl"), two, "takes 3 arguments, not 2");
        failing(device, "subtract", file("plain.cl"), sums(a, a, a), "subtract");
        failing(device, "add", "nowhere.cl", sums(a, a, a), "cannot read the file nowhere.cl");
        failing(device, "add", "kernel.bin", sums(a, a, a), "let the file's name end in .cl");
    }

    private static void failing(
            TornadoDevice device,
            String entry,
            String file,
            AccessorParameters parameters,
            String message)
            throws Exception {
        var graph =
                new TaskGraph("g")
                        .transferToDevice(
                                DataTransferMode.EVERY_EXECUTION,
                                parameters.getAccessor(0).object())
                        .prebuiltTask("t", entry, file, parameters)
                        .snapshot();
        try (TornadoExecutionPlan plan = new TornadoExecutionPlan(graph)) {
            plan.withDevice(device).withGridScheduler(grid());
            assertThatThrownBy(plan::execute)
                    .isInstanceOf(TornadoRuntimeException.class)
                    .hasMessageContaining(message);
        }
    }

    @Test
    void aDeviceThatTakesAnotherLanguageRefuses() throws Exception {
        var graph = adds("plain.cl", ramp(), ramp(), new IntArray(SIZE)).snapshot();
        try (TornadoExecutionPlan plan = new TornadoExecutionPlan(graph)) {
            plan.withDevice(OnDevices.all().getFirst()).withGridScheduler(grid());
            assertThatThrownBy(plan::execute)
                    .isInstanceOf(TornadoRuntimeException.class)
                    .hasMessageContaining("task g.t")
                    .hasMessageContaining("opencl-c")
                    .hasMessageContaining("run the task on a device that takes this language");
        }
    }

    @Test
    void argumentsAreNamedInTransfersAsWell() {
        IntArray a = ramp();
        TaskGraph graph =
                new TaskGraph("g").prebuiltTask("t", "add", file("plain.cl"), sums(a, a, a));
        assertThatThrownBy(graph::snapshot)
                .isInstanceOf(TornadoTaskRuntimeException.class)
                .hasMessageContaining("g.t");
    }
}
