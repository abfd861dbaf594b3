package org.tornadovit.runtime;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.tornadovit.codegen.Checks;
import org.tornadovit.device.Buffer;
import org.tornadovit.device.Program;
import org.tornadovit.device.Program.Argument;
import org.tornadovit.ir.Array;
import org.tornadovit.passes.Lowering;

/** Gives the programs of a graph's tasks their memory. */
final class Binder {
    private final Compilation compilation;
    private final GraphMemory memory;

    Binder(Compilation compilation, GraphMemory memory) {
        this.compilation = compilation;
        this.memory = memory;
    }

    /** {@return the stages of each task; the caller closes them} */
    List<List<BoundStage>> bind() {
        reservePools();
        List<List<BoundStage>> tasks = new ArrayList<>();
        for (int i = 0; i < compilation.plans().size(); i++) {
            TaskPlan plan = compilation.plans().get(i);
            try {
                tasks.add(bind(i, plan, compilation.tasks().get(i)));
            } catch (RuntimeException e) {
                tasks.forEach(stages -> stages.forEach(BoundStage::close));
                throw Failures.of("task " + plan.task().name(), e);
            }
        }
        return tasks;
    }

    private List<BoundStage> bind(int index, TaskPlan plan, CompiledTask task) {
        GraphMemory.Prepared prepared = memory.prepared(index, task);
        Map<Array, Buffer> scratch = scratch(plan.device(), task, prepared);
        List<BoundStage> stages = new ArrayList<>();
        for (CompiledTask.Stage stage : task.stages()) {
            if (prepared.isReady() && stage.when() == Lowering.When.ON_NEW_CONSTANTS) {
                continue;
            }
            stages.add(new Binding(index, plan, scratch).bind(stage));
        }
        return stages;
    }

    /** The binding of one stage. */
    private final class Binding {
        private final int index;
        private final TaskPlan plan;
        private final Map<Array, Buffer> scratch;
        private final List<DeviceArray> used = new ArrayList<>();
        private final List<BoundStage.Fill> fills = new ArrayList<>();
        private final List<BoundStage.Frame> frames = new ArrayList<>();

        Binding(int index, TaskPlan plan, Map<Array, Buffer> scratch) {
            this.index = index;
            this.plan = plan;
            this.scratch = scratch;
        }

        BoundStage bind(CompiledTask.Stage stage) {
            List<Argument> arguments = new ArrayList<>();
            stage.operands().forEach(operand -> arguments.add(argument(operand)));
            List<Buffer> report = List.of();
            if (stage.reportsStatus()) {
                report = List.of(memory.allocate(plan.device(), Checks.STATUS_BYTES));
                arguments.add(new Argument.OfBuffer(report.getFirst()));
            }
            Program.Launch launch = stage.program().bind(arguments, stage.range());
            return new BoundStage(index, stage, launch, used, report, fills, frames);
        }

        private Argument argument(CompiledTask.Operand operand) {
            return switch (operand) {
                case CompiledTask.Operand.Argument(var number) ->
                        new Argument.OfBuffer(buffer(number));
                case CompiledTask.Operand.Scratch(var array) ->
                        new Argument.OfBuffer(Objects.requireNonNull(scratch.get(array)));
                case CompiledTask.Operand.Framed(var number, var write) ->
                        new Argument.OfBuffer(framed(number, write));
                case CompiledTask.Operand.Number(var value) -> new Argument.OfScalar(value);
                case CompiledTask.Operand.Local(var bytes) -> new Argument.OfLocal(bytes);
                case CompiledTask.Operand.Content(var bytes) ->
                        new Argument.OfBuffer(filled(bytes));
            };
        }

        private Buffer buffer(int number) {
            DeviceArray array = memory.array(plan.values().get(number));
            used.add(array);
            return memory.buffer(array, plan.device());
        }

        private Buffer framed(int number, boolean write) {
            Buffer array = buffer(number);
            MemorySegment header = HostArray.of(plan.values().get(number)).header();
            Buffer framed = memory.allocate(plan.device(), header.byteSize() + array.bytes());
            frames.add(new BoundStage.Frame(array, framed, header, write));
            return framed;
        }

        private Buffer filled(List<Byte> bytes) {
            MemorySegment content = Arena.ofAuto().allocate(bytes.size(), Long.BYTES);
            for (int i = 0; i < bytes.size(); i++) {
                content.set(ValueLayout.JAVA_BYTE, i, bytes.get(i));
            }
            Buffer buffer = memory.allocate(plan.device(), bytes.size());
            fills.add(new BoundStage.Fill(content, buffer));
            return buffer;
        }
    }

    /** Scratch made from constants lives as long as the graph; the rest is shared by all tasks. */
    private Map<Array, Buffer> scratch(
            LogicalDevice device, CompiledTask task, GraphMemory.Prepared prepared) {
        Map<Array, Buffer> buffers = new HashMap<>();
        Set<Array> lasting = lasting(task);
        int slot = 0;
        for (Map.Entry<Array, Long> e : largestFirst(task)) {
            boolean keep = lasting.contains(e.getKey());
            buffers.put(
                    e.getKey(),
                    keep
                            ? prepared.buffer(device, e.getKey(), bytes(e))
                            : memory.pooled(device, slot));
            slot += keep ? 0 : 1;
        }
        return buffers;
    }

    private static List<Map.Entry<Array, Long>> largestFirst(CompiledTask task) {
        return task.scratch().entrySet().stream()
                .sorted((a, b) -> Long.compare(bytes(b), bytes(a)))
                .toList();
    }

    private static long bytes(Map.Entry<Array, Long> scratch) {
        return Math.max(1, scratch.getValue());
    }

    private static Set<Array> lasting(CompiledTask task) {
        Set<Array> lasting = new HashSet<>();
        for (CompiledTask.Stage stage : task.stages()) {
            for (CompiledTask.Operand operand : stage.operands()) {
                if (stage.when() == Lowering.When.ON_NEW_CONSTANTS
                        && operand instanceof CompiledTask.Operand.Scratch(var array)) {
                    lasting.add(array);
                }
            }
        }
        return lasting;
    }

    private void reservePools() {
        Map<LogicalDevice, List<Long>> sizes = new HashMap<>();
        for (int i = 0; i < compilation.plans().size(); i++) {
            CompiledTask task = compilation.tasks().get(i);
            LogicalDevice device = compilation.plans().get(i).device();
            List<Long> slots = sizes.computeIfAbsent(device, d -> new ArrayList<>());
            Set<Array> lasting = lasting(task);
            int slot = 0;
            for (Map.Entry<Array, Long> e : largestFirst(task)) {
                if (!lasting.contains(e.getKey())) {
                    if (slot == slots.size()) {
                        slots.add(0L);
                    }
                    slots.set(slot, Math.max(slots.get(slot), bytes(e)));
                    slot++;
                }
            }
        }
        sizes.forEach(memory::pool);
    }
}
