package org.tornadovit.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.EnumSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.tornadovit.device.DeviceInfo;
import org.tornadovit.device.OutOfMemoryException;
import org.tornadovit.device.none.NoneDevice;
import org.tornadovit.frontend.KernelMethod;
import uk.ac.manchester.tornado.api.enums.DataTransferMode;
import uk.ac.manchester.tornado.api.enums.TornadoVMBackendType;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** What is reserved is counted, and what fails leaves nothing behind. */
class GraphMemoryTest {
    private final LogicalDevice small =
            new LogicalDevice(
                    NoneDevice.description(),
                    TornadoVMBackendType.VIRTUAL,
                    0,
                    0,
                    () -> Toolchain.of(new SmallDevice(EnumSet.noneOf(DeviceInfo.Feature.class))));

    @Test
    void whatFindsNoRoomIsNotCounted() {
        GraphMemory.Budget budget = new GraphMemory.Budget(Long.MAX_VALUE);
        GraphMemory memory = new GraphMemory("g", budget, Storage.FP32);
        DeviceArray large = memory.array(new IntArray(1000));
        assertThatThrownBy(() -> memory.buffer(large, small))
                .isInstanceOf(OutOfMemoryException.class);
        assertThatThrownBy(() -> memory.allocate(small, 4000))
                .isInstanceOf(OutOfMemoryException.class);
        assertThat(budget.bytes()).isZero();
        memory.allocate(small, 40);
        assertThat(budget.bytes()).isEqualTo(40);
    }

    @Test
    void batchesThatCannotBePreparedLeaveNoGraphBehind() {
        IntArray a = new IntArray(100);
        GraphDefinition graph = new GraphDefinition("g");
        graph.toDevice(DataTransferMode.EVERY_EXECUTION, a);
        graph.add(
                new TaskDefinition.OfMethod(
                        "g",
                        "t",
                        KernelMethod.of(Launch.method(Kernels.class, "increment")),
                        List.of(a)));
        graph.toHost(DataTransferMode.EVERY_EXECUTION, a);
        GraphOptions options = new GraphOptions();
        options.batchBytes(40);
        Batches batches = Batches.of(graph, options).orElseThrow();
        Map<Object, Long> shares = new IdentityHashMap<>();
        shares.put(a, 1L << 40); // more elements than an array has
        Batches wrong =
                new Batches(
                        batches.plans(),
                        batches.slices(),
                        batches.moves(),
                        shares,
                        batches.trips(),
                        batches.count());
        PlanMemory plan = PlanMemory.of(-1);
        assertThatThrownBy(() ->
                        new BatchExecution(graph, options, plan, new GraphProfile("g"), wrong))
                .isInstanceOf(ArithmeticException.class);
        assertThat(plan.graph("g")).isNull();
    }
}
