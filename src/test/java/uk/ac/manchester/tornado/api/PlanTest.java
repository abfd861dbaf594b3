package uk.ac.manchester.tornado.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import uk.ac.manchester.tornado.api.common.TaskPackage;
import uk.ac.manchester.tornado.api.enums.DataTransferMode;
import uk.ac.manchester.tornado.api.exceptions.TornadoRuntimeException;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;
import uk.ac.manchester.tornado.api.utils.QuantizationUtils;
import uk.ac.manchester.tornado.api.utils.TornadoAPIUtils;

/** What the API does before a runtime is asked. */
class PlanTest {
    private static void fill(IntArray a, int value) {
        a.init(value);
    }

    private static ImmutableTaskGraph graph(String name) {
        IntArray a = new IntArray(1);
        return new TaskGraph(name)
                .transferToDevice(DataTransferMode.EVERY_EXECUTION, a)
                .task("fill", PlanTest::fill, a, 1)
                .snapshot();
    }

    @Test
    void optionsAreNodesOfOnePlan() throws Exception {
        try (TornadoExecutionPlan plan = new TornadoExecutionPlan(graph("a"), graph("b"))) {
            TornadoExecutionPlan node = plan.withGraph(1).withPrintKernel();
            assertThat(node).isInstanceOf(ExecutionPlanType.class);
            assertThat(node.getId()).isEqualTo(plan.getId());
            assertThat(plan.getTraceExecutionPlan())
                    .startsWith("TornadoExecutionPlan")
                    .contains("[a, b]")
                    .contains("-> withGraph 1")
                    .contains("-> withPrintKernel");
            assertThatThrownBy(() -> plan.withGraph(2))
                    .isInstanceOf(TornadoRuntimeException.class)
                    .hasMessageContaining("graphs 0 to 1");
            assertThatThrownBy(() -> plan.withDevice("c.fill", plan.getDevice(0)))
                    .isInstanceOf(TornadoRuntimeException.class)
                    .hasMessageContaining("c.fill");
        }
    }

    @Test
    void plansAreCounted() throws Exception {
        int before = TornadoExecutionPlan.getTotalPlans();
        try (TornadoExecutionPlan plan = new TornadoExecutionPlan(graph("a"))) {
            assertThat(TornadoExecutionPlan.getTotalPlans()).isEqualTo(before + 1);
            assertThat(plan.getGlobalExecutionPlansCounter()).isGreaterThanOrEqualTo(plan.getId());
        }
        assertThat(TornadoExecutionPlan.getTotalPlans()).isEqualTo(before);
    }

    @Test
    void anEmptyPlanIsRefused() {
        assertThatThrownBy(TornadoExecutionPlan::new)
                .isInstanceOf(TornadoRuntimeException.class)
                .hasMessageContaining("at least one graph");
    }

    @Test
    void taskPackagesCarryCodeAndArguments() {
        FloatArray array = new FloatArray(1);
        TaskPackage task = TaskPackage.createPackage("t", PlanTest::two, array, 2);
        assertThat(task.getTaskType()).isEqualTo(2);
        assertThat(task.getTaskParameters()).hasSize(3).contains(array, 2);
        assertThat(task.isPrebuiltTask()).isFalse();
    }

    private static void two(FloatArray a, int b) {
        a.set(0, b);
    }

    @Test
    void workerGridsCountTheirGroups() {
        WorkerGrid2D grid = new WorkerGrid2D(64, 30);
        assertThat(grid.getLocalWork()).isNull();
        grid.setLocalWork(16, 10, 1);
        assertThat(grid.getNumberOfWorkgroups()).containsExactly(4, 3, 1);
        assertThat(grid.dimension()).isEqualTo(2);
        GridScheduler scheduler = new GridScheduler("g.t", grid);
        assertThat(scheduler.contains("g", "t")).isTrue();
        assertThat(scheduler.get("g.u")).isNull();
    }

    @Test
    void dataRangesAreChecked() {
        FloatArray array = new FloatArray(10);
        DataRange range = new DataRange(array).withOffset(4);
        range.materialize();
        assertThat(range.getPartialSize()).isEqualTo(6);
        assertThatThrownBy(() -> new DataRange(array).withOffset(8).withSize(3).materialize())
                .isInstanceOf(TornadoRuntimeException.class);
    }

    @Test
    void sizesOfMemory() {
        assertThat(TornadoAPIUtils.parseSize("512MB")).isEqualTo(512L << 20);
        assertThat(TornadoAPIUtils.parseSize("3gb")).isEqualTo(3L << 30);
        assertThat(TornadoAPIUtils.humanReadableByteCount(1536, false)).isEqualTo("1.5 KiB");
        assertThatThrownBy(() -> TornadoAPIUtils.parseSize("lots"))
                .isInstanceOf(TornadoRuntimeException.class);
    }

    @Test
    void packedDotProducts() {
        assertThat(QuantizationUtils.dp4a_packed(0x01FF7F80, 0x02030405, 1))
                .isEqualTo(1 + 2 - 3 + 127 * 4 - 128 * 5);
    }
}
