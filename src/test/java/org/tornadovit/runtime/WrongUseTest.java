package org.tornadovit.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tornadovit.device.Device;
import org.tornadovit.device.DeviceInfo;
import org.tornadovit.device.none.NoneDevice;
import uk.ac.manchester.tornado.api.GridScheduler;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.TornadoExecutionPlan;
import uk.ac.manchester.tornado.api.WorkerGrid;
import uk.ac.manchester.tornado.api.WorkerGrid1D;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.common.TornadoFunctions;
import uk.ac.manchester.tornado.api.enums.DataTransferMode;
import uk.ac.manchester.tornado.api.enums.MMAShape;
import uk.ac.manchester.tornado.api.enums.TornadoVMBackendType;
import uk.ac.manchester.tornado.api.exceptions.TornadoBackendNotFound;
import uk.ac.manchester.tornado.api.exceptions.TornadoDeviceFP64NotSupported;
import uk.ac.manchester.tornado.api.exceptions.TornadoDeviceFP8NotSupported;
import uk.ac.manchester.tornado.api.exceptions.TornadoDeviceMMANotSupported;
import uk.ac.manchester.tornado.api.exceptions.TornadoDeviceNotFound;
import uk.ac.manchester.tornado.api.exceptions.TornadoMemoryException;
import uk.ac.manchester.tornado.api.exceptions.TornadoOutOfMemoryException;
import uk.ac.manchester.tornado.api.exceptions.TornadoRuntimeException;
import uk.ac.manchester.tornado.api.exceptions.TornadoTaskRuntimeException;
import uk.ac.manchester.tornado.api.types.HalfFloat;
import uk.ac.manchester.tornado.api.types.arrays.DoubleArray;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** Each wrong use of the API has the exception type that the API gives it. */
class WrongUseTest {
    static List<TornadoDevice> devices() {
        return OnDevices.all();
    }

    private static TaskGraph increments(IntArray a) {
        return new TaskGraph("g")
                .transferToDevice(DataTransferMode.EVERY_EXECUTION, a)
                .task("t", Kernels::increment, a)
                .transferToHost(DataTransferMode.EVERY_EXECUTION, a);
    }

    @Test
    void twoTasksOfOneName() {
        IntArray a = new IntArray(1);
        TaskGraph graph = increments(a);
        assertThatThrownBy(() -> graph.task("t", Kernels::increment, a))
                .isInstanceOf(TornadoTaskRuntimeException.class)
                .hasMessageContaining("already has a task named t");
    }

    @Test
    void anArgumentThatIsNeverTransferred() {
        TaskGraph graph = new TaskGraph("g").task("t", Kernels::increment, new IntArray(1));
        assertThatThrownBy(graph::snapshot)
                .isInstanceOf(TornadoTaskRuntimeException.class)
                .hasMessageContaining("task g.t: argument 1 (IntArray) is named in no transfer");
    }

    @Test
    void devicesAndBackendsThatAreNotThere() {
        assertThatThrownBy(() -> TornadoExecutionPlan.getDevice(0, 99))
                .isInstanceOf(TornadoDeviceNotFound.class)
                .hasMessageContaining("99");
        assertThatThrownBy(() -> TornadoExecutionPlan.getDevice(99, 0))
                .isInstanceOf(TornadoBackendNotFound.class)
                .hasMessageContaining("99");
    }

    @Test
    void aTaskThatIsNotThere() throws Exception {
        try (var plan = new TornadoExecutionPlan(increments(new IntArray(1)).snapshot())) {
            assertThatThrownBy(() -> plan.withDevice("g.u", TornadoExecutionPlan.DEFAULT_DEVICE))
                    .isInstanceOf(TornadoRuntimeException.class)
                    .hasMessageContaining("g.u");
            assertThatThrownBy(() -> plan.withGraph(1))
                    .isInstanceOf(TornadoRuntimeException.class)
                    .hasMessageContaining("not 1");
        }
    }

    @Test
    void aGridForATaskThatIsNotThere() throws Exception {
        WorkerGrid grid = new WorkerGrid1D(1);
        try (var plan = new TornadoExecutionPlan(increments(new IntArray(1)).snapshot())) {
            for (String name : List.of("g.u", "h.t", "t")) {
                assertThatThrownBy(() -> plan.withGridScheduler(new GridScheduler(name, grid)))
                        .isInstanceOf(TornadoRuntimeException.class)
                        .hasMessageContaining(name)
                        .hasMessageContaining("names no task of the plan");
            }
            GridScheduler several = new GridScheduler("h.t", grid);
            several.addWorkerGrid("g.t", grid);
            plan.withGridScheduler(several).execute();
        }
    }

    @ParameterizedTest
    @MethodSource("devices")
    void aKernelContextWithoutGrid(TornadoDevice device) throws Exception {
        IntArray a = new IntArray(1);
        var graph =
                new TaskGraph("g")
                        .transferToDevice(DataTransferMode.EVERY_EXECUTION, a)
                        .task("t", Kernels::identities, new KernelContext(), a)
                        .snapshot();
        try (var plan = new TornadoExecutionPlan(graph)) {
            plan.withDevice(device);
            assertThatThrownBy(plan::execute)
                    .isInstanceOf(TornadoRuntimeException.class)
                    .hasMessageContaining("withGridScheduler");
        }
    }

    @ParameterizedTest
    @MethodSource("devices")
    void tooMuchMemory(TornadoDevice device) throws Exception {
        IntArray a = new IntArray(1000);
        try (var plan = new TornadoExecutionPlan(increments(a).snapshot())) {
            plan.withDevice(device).withMemoryLimit("1KB");
            assertThatThrownBy(plan::execute).isInstanceOf(TornadoMemoryException.class);
            plan.withoutMemoryLimit().execute();
            assertThat(a.get(0)).isEqualTo(1);
        }
    }

    @Test
    void aDeviceThatIsFull() throws Exception {
        IntArray a = new IntArray(1000);
        LogicalDevice small = device(EnumSet.allOf(DeviceInfo.Feature.class));
        try (var plan = new TornadoExecutionPlan(increments(a).snapshot())) {
            plan.withDevice(small);
            assertThatThrownBy(plan::execute)
                    .isInstanceOf(TornadoOutOfMemoryException.class)
                    .hasMessageContaining("g.t");
        }
    }

    static void halves(DoubleArray a) {
        for (@Parallel int i = 0; i < a.getSize(); i++) {
            a.set(i, a.get(i) / 2);
        }
    }

    @Test
    void doublesOnADeviceWithoutThem() throws Exception {
        DoubleArray a = new DoubleArray(10);
        var graph =
                new TaskGraph("g")
                        .transferToDevice(DataTransferMode.EVERY_EXECUTION, a)
                        .task("t", WrongUseTest::halves, a)
                        .snapshot();
        try (var plan = new TornadoExecutionPlan(graph)) {
            plan.withDevice(device(EnumSet.of(DeviceInfo.Feature.FP16)));
            assertThatThrownBy(plan::execute)
                    .isInstanceOf(TornadoDeviceFP64NotSupported.class)
                    .hasMessageContaining("task g.t")
                    .hasMessageContaining("use float");
        }
    }

    static void fragments(KernelContext context, FloatArray c) {
        int[] tile = context.allocateIntLocalArray(128);
        HalfFloat[] a = context.mmaLoadA(tile, 16);
        HalfFloat[] b = context.mmaLoadB(tile, 16);
        float[] sum = context.mmaFragment(0);
        context.mmaStore(context.mma(a, b, sum, MMAShape.M16N8K32), c, 0, 0, 8);
    }

    static void bytes(KernelContext context, FloatArray c) {
        int[] tile = context.allocateIntLocalArray(128);
        byte[] a = context.mmaLoadAFP8(tile, 32);
        byte[] b = context.mmaLoadBFP8(tile, 32);
        float[] sum = context.mmaFragment(0);
        context.mmaStore(context.mmaFP8E5M2(a, b, sum, MMAShape.M16N8K16), c, 0, 0, 8);
    }

    @ParameterizedTest
    @MethodSource("devices")
    void matrixFragmentsOfBytesOfAnotherShape(TornadoDevice device) throws Exception {
        assertRefused(
                device,
                WrongUseTest::bytes,
                TornadoDeviceFP8NotSupported.class,
                "WrongUseTest.bytes:",
                "use MMAShape.M16N8K32");
    }

    @ParameterizedTest
    @MethodSource("devices")
    void matrixFragmentsOfAnotherShape(TornadoDevice device) throws Exception {
        assertRefused(
                device,
                WrongUseTest::fragments,
                TornadoDeviceMMANotSupported.class,
                "WrongUseTest.fragments:",
                "use MMAShape.M16N8K16");
    }

    private static void assertRefused(
            TornadoDevice device,
            TornadoFunctions.Task2<KernelContext, FloatArray> task,
            Class<? extends Throwable> type,
            String place,
            String wayOut)
            throws Exception {
        FloatArray c = new FloatArray(128);
        var graph =
                new TaskGraph("g")
                        .task("t", task, new KernelContext(), c)
                        .transferToHost(DataTransferMode.EVERY_EXECUTION, c)
                        .snapshot();
        try (var plan = new TornadoExecutionPlan(graph)) {
            plan.withDevice(device)
                    .withGridScheduler(new GridScheduler("g.t", new WorkerGrid1D(32)));
            assertThatThrownBy(plan::execute)
                    .isInstanceOf(type)
                    .hasMessageContaining(place)
                    .hasMessageContaining(wayOut);
        }
    }

    @Test
    void aClosedPlan() throws Exception {
        var plan = new TornadoExecutionPlan(increments(new IntArray(1)).snapshot());
        plan.close();
        assertThatThrownBy(plan::execute)
                .isInstanceOf(TornadoRuntimeException.class)
                .hasMessageContaining("closed");
    }

    /** A device that compiles only, with 1 KiB of memory and with these features. */
    private static LogicalDevice device(EnumSet<DeviceInfo.Feature> features) {
        DeviceInfo all = NoneDevice.description();
        Device device = new SmallDevice(features);
        return new LogicalDevice(
                all, TornadoVMBackendType.VIRTUAL, 0, 0, () -> Toolchain.of(device));
    }
}
