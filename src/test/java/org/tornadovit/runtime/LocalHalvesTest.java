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
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.enums.DataTransferMode;
import uk.ac.manchester.tornado.api.types.HalfFloat;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.HalfFloatArray;
import uk.ac.manchester.tornado.api.types.vectors.Half2;

/** Local arrays of {@code Half2}. */
class LocalHalvesTest {
    private static final int GROUP = 32;

    static List<TornadoDevice> devices() {
        return OnDevices.all();
    }

    static void reversed(KernelContext context, HalfFloatArray in, FloatArray out) {
        Half2[] tile = context.allocateHalf2LocalArray(GROUP);
        int at = 2 * context.globalIdx;
        tile[context.localIdx] = new Half2(in.get(at), in.get(at + 1));
        context.localBarrier();
        Half2 other = tile[GROUP - 1 - context.localIdx];
        Half2 sum = Half2.add(other, tile[context.localIdx]);
        out.set(at, other.getX().getFloat32());
        out.set(at + 1, sum.getY().getFloat32());
    }

    @ParameterizedTest
    @MethodSource("devices")
    void elementsAreSeenByTheWholeGroup(TornadoDevice device) throws Exception {
        int size = 2 * GROUP;
        HalfFloatArray in = new HalfFloatArray(2 * size);
        FloatArray out = new FloatArray(2 * size);
        for (int i = 0; i < 2 * size; i++) {
            in.set(i, new HalfFloat(i));
        }
        TaskGraph graph =
                new TaskGraph("g")
                        .transferToDevice(DataTransferMode.EVERY_EXECUTION, in)
                        .task("t", LocalHalvesTest::reversed, new KernelContext(), in, out)
                        .transferToHost(DataTransferMode.EVERY_EXECUTION, out);
        WorkerGrid1D grid = new WorkerGrid1D(size);
        grid.setLocalWork(GROUP, 1, 1);
        try (TornadoExecutionPlan plan = new TornadoExecutionPlan(graph.snapshot())) {
            plan.withDevice(device).withGridScheduler(new GridScheduler("g.t", grid)).execute();
        }
        for (int i = 0; i < size; i++) {
            int other = i / GROUP * GROUP + GROUP - 1 - i % GROUP;
            assertThat(out.get(2 * i)).isEqualTo(2f * other);
            assertThat(out.get(2 * i + 1)).isEqualTo(2f * other + 1 + 2 * i + 1);
        }
    }
}
