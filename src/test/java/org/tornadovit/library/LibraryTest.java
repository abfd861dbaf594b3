package org.tornadovit.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.TornadoBackend;
import uk.ac.manchester.tornado.api.TornadoExecutionPlan;
import uk.ac.manchester.tornado.api.common.LibraryTaskDescriptor;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.enums.DataTransferMode;
import uk.ac.manchester.tornado.api.enums.TornadoVMBackendType;
import uk.ac.manchester.tornado.api.exceptions.TornadoRuntimeException;
import uk.ac.manchester.tornado.api.exceptions.TornadoTaskRuntimeException;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** Library tasks on every device, against the same in float64. */
class LibraryTest {
    static List<TornadoDevice> devices() {
        List<TornadoDevice> devices = new ArrayList<>();
        for (TornadoBackend backend : TornadoExecutionPlan.getTornadoDeviceMap().getAllBackends()) {
            if (backend.getBackendType() != TornadoVMBackendType.VIRTUAL) {
                devices.addAll(backend.getAllDevices());
            }
        }
        return devices;
    }

    private static FloatArray random(int size, long seed) {
        Random random = new Random(seed);
        FloatArray a = new FloatArray(size);
        for (int i = 0; i < size; i++) {
            a.set(i, random.nextFloat() * 2 - 1);
        }
        return a;
    }

    @ParameterizedTest
    @MethodSource("devices")
    void products(TornadoDevice device) throws Exception {
        for (boolean acrossA : new boolean[] {false, true}) {
            for (boolean acrossB : new boolean[] {false, true}) {
                product(device, acrossA, acrossB, 1, 0);
            }
        }
        product(device, false, true, 0.5f, 0);
        product(device, false, true, 0.5f, 2);
    }

    private static void product(
            TornadoDevice device, boolean acrossA, boolean acrossB, float alpha, float beta)
            throws Exception {
        int m = 7;
        int n = 33;
        int k = 19;
        FloatArray a = random(m * k, 1);
        FloatArray b = random(k * n, 2);
        FloatArray c = random(m * n, 3);
        float[] before = c.toHeapArray();
        if (beta == 0) {
            c.init(Float.NaN);
        }
        var graph =
                new TaskGraph("g")
                        .transferToDevice(DataTransferMode.EVERY_EXECUTION, a, b, c)
                        .libraryTask(
                                "t", Library::gemm, a, b, c, m, n, k, acrossA, acrossB, alpha, beta)
                        .transferToHost(DataTransferMode.EVERY_EXECUTION, c)
                        .snapshot();
        try (TornadoExecutionPlan plan = new TornadoExecutionPlan(graph)) {
            plan.withDevice("g.t", device).execute();
        }
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < n; j++) {
                double sum = 0;
                for (int p = 0; p < k; p++) {
                    sum +=
                            (double) a.get(acrossA ? p * m + i : i * k + p)
                                    * b.get(acrossB ? j * k + p : p * n + j);
                }
                double expected = alpha * sum + (beta == 0 ? 0 : beta * before[i * n + j]);
                assertThat((double) c.get(i * n + j)).isCloseTo(expected, within(1e-5));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("devices")
    void attention(TornadoDevice device) throws Exception {
        int batch = 2;
        int tokens = 5;
        int heads = 3;
        int headDim = 8;
        int dim = heads * headDim;
        int size = batch * tokens * dim;
        FloatArray q = random(size, 1);
        FloatArray k = random(size, 2);
        FloatArray v = random(size, 3);
        FloatArray out = new FloatArray(size);
        var graph =
                new TaskGraph("g")
                        .transferToDevice(DataTransferMode.EVERY_EXECUTION, q, k, v)
                        .libraryTask(
                                "t",
                                Library::attention,
                                q,
                                k,
                                v,
                                out,
                                batch,
                                tokens,
                                heads,
                                headDim)
                        .transferToHost(DataTransferMode.EVERY_EXECUTION, out)
                        .snapshot();
        try (TornadoExecutionPlan plan = new TornadoExecutionPlan(graph)) {
            plan.withDevice("g.t", device).execute();
            plan.execute();
        }
        for (int b = 0; b < batch; b++) {
            for (int h = 0; h < heads; h++) {
                for (int i = 0; i < tokens; i++) {
                    double[] weights = new double[tokens];
                    double sum = 0;
                    for (int j = 0; j < tokens; j++) {
                        double score = 0;
                        for (int d = 0; d < headDim; d++) {
                            score +=
                                    (double) q.get((b * tokens + i) * dim + h * headDim + d)
                                            * k.get((b * tokens + j) * dim + h * headDim + d);
                        }
                        weights[j] = Math.exp(score / Math.sqrt(headDim));
                        sum += weights[j];
                    }
                    for (int d = 0; d < headDim; d++) {
                        double expected = 0;
                        for (int j = 0; j < tokens; j++) {
                            expected +=
                                    weights[j]
                                            / sum
                                            * v.get((b * tokens + j) * dim + h * headDim + d);
                        }
                        assertThat((double) out.get((b * tokens + i) * dim + h * headDim + d))
                                .isCloseTo(expected, within(1e-5));
                    }
                }
            }
        }
    }

    @Test
    void wrongUseIsNamed() {
        FloatArray a = new FloatArray(4);
        assertThatThrownBy(
                        () -> new TaskGraph("g").libraryTask("t", Library::gemm, a, a, a, 2, 2, 3))
                .isInstanceOf(TornadoRuntimeException.class)
                .hasMessageContaining("library task g.t")
                .hasMessageContaining("parameter 1 has at least 6 elements, not 4");
        assertThatThrownBy(() -> new TaskGraph("g").libraryTask("t", LibraryTest::unknown, a))
                .isInstanceOf(TornadoRuntimeException.class)
                .hasMessageContaining("no function fft of a library none")
                .hasMessageContaining("tornado-vit=[gemm, attention]");
        assertThatThrownBy(() ->
                        new TaskGraph("g")
                                .libraryTask("t", Library::gemm, a, a, a, 2, 2, 2)
                                .snapshot())
                .isInstanceOf(TornadoTaskRuntimeException.class)
                .hasMessageContaining("g.t");
    }

    private static LibraryTaskDescriptor unknown(FloatArray a) {
        return new LibraryTaskDescriptor()
                .withLibrary("none")
                .withFunction("fft")
                .withParameters(new Object[] {a});
    }
}
