package org.tornadovit.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tornadovit.passes.Target;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.TornadoExecutionPlan;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.enums.DataTransferMode;
import uk.ac.manchester.tornado.api.exceptions.TornadoExecutionPlanException;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** A product whose result goes through much arithmetic, more than fits with the largest tiles. */
class LongKernelTest {

    static void product(FloatArray a, FloatArray b, FloatArray c, int m, int n, int k) {
        for (@Parallel int i = 0; i < m; i++) {
            for (@Parallel int j = 0; j < n; j++) {
                float sum = 0;
                for (int p = 0; p < k; p++) {
                    sum += a.get(i * k + p) * b.get(j * k + p);
                }
                float x = TornadoMath.tanh(sum);
                float y = TornadoMath.exp(-x * x) + TornadoMath.tanh(x + 0.5f);
                float z = TornadoMath.exp(y * 0.25f) * TornadoMath.tanh(y - 0.25f);
                c.set(i * n + j, TornadoMath.tanh(z + x) + TornadoMath.exp(z - y));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5, 37, 64})
    void runsWithSmallerTiles(int m) throws TornadoExecutionPlanException {
        int n = 67;
        int k = 33;
        FloatArray a = random(m * k);
        FloatArray b = random(n * k);
        FloatArray expected = new FloatArray(m * n);
        product(a, b, expected, m, n, k);
        for (TornadoDevice device : OnDevices.all()) {
            FloatArray c = new FloatArray(m * n);
            TaskGraph graph =
                    new TaskGraph("long")
                            .transferToDevice(DataTransferMode.EVERY_EXECUTION, a, b)
                            .task("product", LongKernelTest::product, a, b, c, m, n, k)
                            .transferToHost(DataTransferMode.EVERY_EXECUTION, c);
            try (TornadoExecutionPlan plan = new TornadoExecutionPlan(graph.snapshot())) {
                plan.withDevice(device).execute();
            }
            for (int i = 0; i < m * n; i++) {
                assertThat(Math.abs(c.get(i) - expected.get(i)))
                        .as(device.getDeviceName() + " " + i)
                        .isLessThan(1e-5f);
            }
        }
    }

    private static int once(int x) {
        return (x ^ (x >>> 7)) * 31 + 17;
    }

    private static int often(int x) {
        return once(once(once(once(once(once(once(once(once(once(x))))))))));
    }

    private static int veryOften(int x) {
        return often(often(often(often(often(often(often(often(often(often(x))))))))));
    }

    /** About 500 operations in one piece, in which nothing can be made smaller. */
    static void hash(IntArray values) {
        for (@Parallel int i = 0; i < values.getSize(); i++) {
            values.set(i, veryOften(veryOften(veryOften(veryOften(veryOften(values.get(i)))))));
        }
    }

    @Test
    void runsThoughNothingSmallerFits() throws TornadoExecutionPlanException {
        for (TornadoDevice device : OnDevices.all()) {
            IntArray values = new IntArray(33);
            IntArray expected = new IntArray(33);
            for (int i = 0; i < 33; i++) {
                values.set(i, i * 0x9e3779b9);
                expected.set(i, i * 0x9e3779b9);
            }
            hash(expected);
            TaskGraph graph =
                    new TaskGraph("hash")
                            .transferToDevice(DataTransferMode.EVERY_EXECUTION, values)
                            .task("hash", LongKernelTest::hash, values)
                            .transferToHost(DataTransferMode.EVERY_EXECUTION, values);
            try (TornadoExecutionPlan plan = new TornadoExecutionPlan(graph.snapshot())) {
                plan.withDevice(device).execute();
            }
            assertThat(values.toHeapArray())
                    .as(device.getDeviceName())
                    .isEqualTo(expected.toHeapArray());
        }
    }

    @Test
    void targetsShrinkDownToPlainLoops() {
        Target target = new Target(16, 32, 2, true);
        for (int i = 0; i < 3; i++) {
            target = target.smaller().orElseThrow();
        }
        assertThat(target).isEqualTo(new Target(1, 8, 2, true));
        assertThat(target.smaller()).isEmpty();
    }

    private static FloatArray random(int size) {
        Random random = new Random(size);
        FloatArray array = new FloatArray(size);
        for (int i = 0; i < size; i++) {
            array.set(i, random.nextFloat() - 0.5f);
        }
        return array;
    }
}
