package org.tornadovit.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.lang.foreign.Arena;
import java.lang.management.ManagementFactory;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tornadovit.device.Device;
import uk.ac.manchester.tornado.api.GridScheduler;
import uk.ac.manchester.tornado.api.ImmutableTaskGraph;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.TornadoExecutionPlan;
import uk.ac.manchester.tornado.api.WorkerGrid1D;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.enums.DataTransferMode;
import uk.ac.manchester.tornado.api.exceptions.TornadoFailureException;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** Plans give back what they took from a device. */
class ResourcesTest {
    private static final int PLANS = 1000;

    static List<TornadoDevice> devices() {
        return OnDevices.all();
    }

    private static Device open(TornadoDevice device) {
        return ((LogicalDevice) device).toolchain().device();
    }

    private static ImmutableTaskGraph graph(IntArray a) {
        return new TaskGraph("g")
                .transferToDevice(DataTransferMode.EVERY_EXECUTION, a)
                .task("t", Kernels::increment, a)
                .task("u", Kernels::identities, new KernelContext(), a)
                .transferToHost(DataTransferMode.EVERY_EXECUTION, a)
                .snapshot();
    }

    @ParameterizedTest
    @MethodSource("devices")
    void aThousandPlansLeaveNothingBehind(TornadoDevice device) throws Exception {
        IntArray a = new IntArray(16);
        once(device, a);
        int before = open(device).openResources();
        for (int i = 0; i < PLANS; i++) {
            once(device, a);
        }
        assertThat(open(device).openResources()).isEqualTo(before);
    }

    private static void once(TornadoDevice device, IntArray a) throws Exception {
        WorkerGrid1D grid = new WorkerGrid1D(16);
        try (TornadoExecutionPlan plan = new TornadoExecutionPlan(graph(a))) {
            plan.withDevice(device).withGridScheduler(new GridScheduler("g.u", grid)).execute();
            grid.setGlobalWork(8, 1, 1); // another grid binds anew
            plan.execute();
        }
    }

    @ParameterizedTest
    @MethodSource("devices")
    void aFailureLeavesNothingBehind(TornadoDevice device) throws Exception {
        IntArray a = new IntArray(16);
        failing(device, a);
        int before = open(device).openResources();
        for (int i = 0; i < 10; i++) {
            failing(device, a);
        }
        assertThat(open(device).openResources()).isEqualTo(before);
    }

    private static void failing(TornadoDevice device, IntArray a) throws Exception {
        ImmutableTaskGraph graph =
                new TaskGraph("g")
                        .transferToDevice(DataTransferMode.EVERY_EXECUTION, a)
                        .task("t", Kernels::beyond, a, 3)
                        .snapshot();
        try (TornadoExecutionPlan plan = new TornadoExecutionPlan(graph)) {
            plan.withDevice(device);
            assertThatThrownBy(plan::execute).isInstanceOf(TornadoFailureException.class);
        }
    }

    /** A kernel over an array of another length each time. */
    static final class Shapes {
        private float[] data = {1};

        void run(IntArray out) {
            for (@Parallel int i = 0; i < data.length; i++) {
                out.set(i, (int) data[i] + data.length);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("devices")
    void arraysOfAnotherLengthReplaceTheOnesBefore(TornadoDevice device) throws Exception {
        Shapes shapes = new Shapes();
        IntArray out = new IntArray(64);
        ImmutableTaskGraph graph =
                new TaskGraph("g")
                        .task("t", shapes::run, out)
                        .transferToHost(DataTransferMode.EVERY_EXECUTION, out)
                        .snapshot();
        try (TornadoExecutionPlan plan = new TornadoExecutionPlan(graph)) {
            plan.withDevice(device);
            for (int length = 1; length <= 64; length *= 2) {
                shapes.data = new float[length];
                Arrays.fill(shapes.data, length);
                plan.execute();
                assertThat(out.get(length - 1)).isEqualTo(2 * length);
                assertThat(plan.getCurrentDeviceMemoryUsage())
                        .isBetween(4L * (64 + length), 4L * (64 + length) + 64);
            }
        }
    }

    @Test
    void executingAllocatesNothing() throws Exception {
        IntArray a = new IntArray(1);
        ImmutableTaskGraph graph =
                new TaskGraph("g")
                        .transferToDevice(DataTransferMode.FIRST_EXECUTION, a)
                        .task("t", Kernels::nothing, a)
                        .transferToHost(DataTransferMode.UNDER_DEMAND, a)
                        .snapshot();
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        try (TornadoExecutionPlan plan = new TornadoExecutionPlan(graph)) {
            plan.withDevice(TornadoExecutionPlan.getDevice(0, 0)); // the JVM
            for (int i = 0; i < 5000; i++) {
                plan.execute();
            }
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < 1000; i++) {
                plan.execute();
            }
            assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(1000);
        }
    }

    @ParameterizedTest
    @MethodSource("devices")
    void weightsThatLieInAFile(TornadoDevice device, @TempDir Path folder) throws Exception {
        int in = 64;
        int out = 48;
        FloatArray x = new FloatArray(8 * in);
        FloatArray w = new FloatArray(out * in);
        for (int i = 0; i < w.getSize(); i++) {
            w.set(i, i % 7 - 3);
            x.set(i % x.getSize(), i % 5 - 2);
        }
        Path file = folder.resolve("weights");
        Files.write(
                file, w.getSegmentWithHeader().toArray(java.lang.foreign.ValueLayout.JAVA_BYTE));
        FloatArray expected = new FloatArray(8 * out);
        Kernels.multiply(x, w, expected, 8, in, out);
        try (FileChannel channel = FileChannel.open(file)) {
            FloatArray mapped =
                    FloatArray.fromSegmentShallow(
                            channel.map(
                                    FileChannel.MapMode.READ_ONLY,
                                    0,
                                    channel.size(),
                                    Arena.ofAuto()));
            FloatArray y = new FloatArray(8 * out);
            ImmutableTaskGraph graph =
                    new TaskGraph("g")
                            .transferToDevice(DataTransferMode.FIRST_EXECUTION, mapped)
                            .transferToDevice(DataTransferMode.EVERY_EXECUTION, x)
                            .task("t", Kernels::multiply, x, mapped, y, 8, in, out)
                            .transferToHost(DataTransferMode.EVERY_EXECUTION, y)
                            .snapshot();
            try (TornadoExecutionPlan plan = new TornadoExecutionPlan(graph)) {
                plan.withDevice(device);
                for (int i = 0; i < 2; i++) {
                    y.init(0);
                    plan.execute();
                    assertThat(y.toHeapArray()).isEqualTo(expected.toHeapArray());
                }
            }
            assertThat(mapped.toHeapArray()).isEqualTo(w.toHeapArray());
        }
    }
}
