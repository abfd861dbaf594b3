package org.tornadovit.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import uk.ac.manchester.tornado.api.exceptions.TornadoBailoutRuntimeException;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** Arrays that kernels create, and how long they are, on every device. */
class ArrayLengthsTest {
    private static final int ITEMS = 60;

    static void smooth(FloatArray x, FloatArray y, int size) {
        for (@Parallel int i = 0; i < y.getSize(); i++) {
            float[] weights = {1, 4, 6, 4, 1};
            float[] window = new float[weights.length];
            float[] large = new float[size * size];
            for (int k = 0; k < window.length; k++) {
                int at = i + k - 2;
                window[k] = at >= 0 && at < x.getSize() ? x.get(at) : 0;
            }
            float sum = 0;
            for (int k = 0; k < weights.length; k++) {
                sum += weights[k] * window[k];
            }
            for (int k = 0; k < large.length; k++) {
                large[k] = k + i % 3;
            }
            y.set(i, sum + large[(i * 7) % large.length] + large.length);
        }
    }

    static void reversed(KernelContext c, FloatArray x, FloatArray y) {
        float[] shared = c.allocateFloatLocalArray(c.localGroupSizeX);
        shared[c.localIdx] = x.get(c.globalIdx);
        c.localBarrier();
        y.set(c.globalIdx, shared[shared.length - 1 - c.localIdx] + c.globalGroupSizeX);
    }

    static void unknown(FloatArray x, FloatArray y) {
        for (@Parallel int i = 0; i < y.getSize(); i++) {
            float[] own = new float[(int) x.get(i)];
            own[0] = i;
            y.set(i, own[own.length - 1]);
        }
    }

    static List<TornadoDevice> devices() {
        return OnDevices.all();
    }

    private static FloatArray ramp() {
        FloatArray x = new FloatArray(ITEMS);
        for (int i = 0; i < ITEMS; i++) {
            x.set(i, i % 7 + 1);
        }
        return x;
    }

    @ParameterizedTest
    @MethodSource("devices")
    void lengthsOfPrivateArrays(TornadoDevice device) {
        FloatArray x = ramp();
        FloatArray expected = new FloatArray(ITEMS);
        smooth(x, expected, 6);
        FloatArray y = new FloatArray(ITEMS);
        Launch.on(device, Launch.method(ArrayLengthsTest.class, "smooth"), x, y, 6);
        assertThat(y.toHeapArray()).containsExactly(expected.toHeapArray());
    }

    @ParameterizedTest
    @MethodSource("devices")
    void localArraysAsLongAsTheGroup(TornadoDevice device) throws Exception {
        for (int group : new int[] {1, 4, 20, 0}) {
            FloatArray x = ramp();
            FloatArray y = new FloatArray(ITEMS);
            TaskGraph graph =
                    new TaskGraph("g")
                            .transferToDevice(DataTransferMode.EVERY_EXECUTION, x)
                            .task("t", ArrayLengthsTest::reversed, new KernelContext(), x, y)
                            .transferToHost(DataTransferMode.EVERY_EXECUTION, y);
            WorkerGrid1D grid = new WorkerGrid1D(ITEMS);
            if (group > 0) {
                grid.setLocalWork(group, 1, 1);
            }
            try (var plan = new TornadoExecutionPlan(graph.snapshot())) {
                plan.withDevice(device).withGridScheduler(new GridScheduler("g.t", grid)).execute();
            }
            int size = group > 0 ? group : ITEMS;
            for (int i = 0; i < ITEMS; i++) {
                float opposite = x.get(i / size * size + size - 1 - i % size);
                assertThat(y.get(i)).as("group %d, item %d", group, i).isEqualTo(opposite + ITEMS);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("devices")
    void aLengthThatOnlyTheDeviceKnowsIsRefused(TornadoDevice device) {
        assertThatThrownBy(() ->
                        Launch.on(
                                device,
                                Launch.method(ArrayLengthsTest.class, "unknown"),
                                ramp(),
                                new FloatArray(ITEMS)))
                .isInstanceOf(TornadoBailoutRuntimeException.class)
                .hasMessageContaining("task g.t: ArrayLengthsTest.unknown:")
                .hasMessageContaining("the length of array")
                .hasMessageContaining("scalar argument");
    }
}
