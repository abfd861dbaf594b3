package org.tornadovit.runtime;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.tornadovit.codegen.Checks;
import org.tornadovit.device.Buffer;
import org.tornadovit.device.Queue;
import org.tornadovit.passes.Lowering;
import org.tornadovit.runtime.GraphDefinition.In;
import org.tornadovit.runtime.GraphDefinition.Out;
import org.tornadovit.runtime.Moves.Move;

/**
 * Writes down a graph's execution as steps: an array is copied to a device just before its first
 * use there, from the host or from the device that wrote it last, and to the host at the end.
 */
final class StepBuilder {
    private final Compilation compilation;
    private final GraphMemory memory;
    private final List<List<BoundStage>> tasks;
    private final LogicalDevice standard;
    private final Function<LogicalDevice, Queue> queues;
    private final Map<Region, DeviceArray> regions;

    /** The devices whose copy of an array is the latest; kept from one list to the next. */
    private final Map<DeviceArray, Set<LogicalDevice>> latest = new IdentityHashMap<>();

    /** The arrays whose latest contents are on the host. */
    private final Set<DeviceArray> onHost = Collections.newSetFromMap(new IdentityHashMap<>());

    private final List<Step> steps = new ArrayList<>();

    StepBuilder(
            Compilation compilation,
            GraphMemory memory,
            List<List<BoundStage>> tasks,
            LogicalDevice standard,
            Function<LogicalDevice, Queue> queues,
            Map<Region, DeviceArray> regions) {
        this.compilation = compilation;
        this.memory = memory;
        this.tasks = tasks;
        this.standard = standard;
        this.queues = queues;
        this.regions = regions;
        for (Move move : compilation.moves().all()) {
            DeviceArray array = memory.existing(move.array());
            LogicalDevice holder = array == null ? null : array.holder();
            if (array != null && holder != null) {
                devices(array).add(holder);
            }
        }
    }

    private Set<LogicalDevice> devices(DeviceArray array) {
        return latest.computeIfAbsent(array, a -> new LinkedHashSet<>());
    }

    /**
     * {@return the steps of an execution}
     *
     * @param first whether kernels that prepare constants run; the list after it goes without, and
     *     without the arrays that are copied once
     */
    Step[] build(boolean first) {
        steps.clear();
        for (Move move : compilation.moves().all()) {
            DeviceArray array = memory.array(move.array());
            boolean absent = move.in() == In.FIRST && array.holder() == null && !array.isPrepared();
            if (move.in() == In.EVERY || absent) {
                onHost.add(array);
                devices(array).clear();
            }
        }
        regions.forEach(this::fetch);
        for (int i = 0; i < tasks.size(); i++) {
            task(compilation.plans().get(i), tasks.get(i), first);
            if (first) {
                release(i);
            }
        }
        for (DeviceArray array : List.copyOf(onHost)) {
            if (devices(array).isEmpty()) {
                need(array, standard);
            }
        }
        onHost.clear();
        regions.forEach(this::giveBack);
        copyOut();
        tasks.forEach(stages -> stages.forEach(this::report));
        latest.forEach((array, devices) -> devices.stream().findFirst().ifPresent(array::holder));
        return steps.toArray(Step[]::new);
    }

    private void task(TaskPlan plan, List<BoundStage> stages, boolean first) {
        for (BoundStage stage : stages) {
            if (stage.stage().when() == Lowering.When.ALWAYS || first) {
                stage.arrays().forEach(array -> need(array, plan.device()));
                launch(stage, queues.apply(plan.device()));
            }
        }
        for (Object array : plan.written()) {
            DeviceArray written = memory.existing(array);
            if (written != null) {
                changed(written, plan.device());
                pass(array, written, plan.device());
            }
        }
    }

    /** Notes that only one device has what an array holds now. */
    private void changed(DeviceArray array, LogicalDevice device) {
        onHost.remove(array);
        devices(array).clear();
        devices(array).add(device);
    }

    /** Copies what was written to the other arrays that have it too. */
    private void pass(Object array, DeviceArray written, LogicalDevice device) {
        for (Overlaps.Shared shared : compilation.moves().overlaps().shared()) {
            if (shared.array() == array) {
                DeviceArray other = memory.array(shared.other());
                need(other, device);
                steps.add(
                        new Step.Copy(
                                queues.apply(device),
                                memory.buffer(written, device),
                                shared.at(),
                                memory.buffer(other, device),
                                shared.otherAt(),
                                shared.bytes()));
                changed(other, device);
            }
        }
    }

    /** Copies a part of another graph's array into the array that stands for it. */
    private void fetch(Region region, DeviceArray source) {
        LogicalDevice device = Objects.requireNonNull(source.holder());
        DeviceArray target = memory.array(region.target());
        Buffer own = memory.buffer(target, device);
        steps.add(
                new Step.Copy(
                        queues.apply(device),
                        source.buffer(device),
                        region.offsetBytes(),
                        own,
                        0,
                        target.host().memory().byteSize()));
        changed(target, device);
        target.prepared(false);
    }

    /** Copies what tasks have written back to the other graph's array. */
    private void giveBack(Region region, DeviceArray source) {
        if (!compilation.moves().isWritten(region.target())) {
            return;
        }
        DeviceArray target = memory.array(region.target());
        LogicalDevice device = Objects.requireNonNull(source.holder());
        need(target, device);
        steps.add(
                new Step.Copy(
                        queues.apply(device),
                        memory.buffer(target, device),
                        0,
                        source.buffer(device),
                        region.offsetBytes(),
                        target.host().memory().byteSize()));
    }

    private void launch(BoundStage stage, Queue queue) {
        for (BoundStage.Fill fill : stage.fills()) {
            steps.add(new Step.Fill(queue, fill.content(), fill.target()));
        }
        for (BoundStage.Frame frame : stage.frames()) {
            Buffer array = frame.array();
            long header = frame.header().byteSize();
            steps.add(new Step.Fill(queue, frame.header(), frame.framed()));
            steps.add(new Step.Copy(queue, array, 0, frame.framed(), header, array.bytes()));
        }
        steps.add(new Step.Launch(queue, stage.launch(), stage.task()));
        for (BoundStage.Frame frame : stage.frames()) {
            if (frame.write()) {
                Buffer array = frame.array();
                long header = frame.header().byteSize();
                steps.add(new Step.Copy(queue, frame.framed(), header, array, 0, array.bytes()));
            }
        }
    }

    /** Gives back the constants that no later kernel and no later execution reads. */
    private void release(int task) {
        LogicalDevice device = compilation.plans().get(task).device();
        for (Object object : compilation.plans().get(task).arrays()) {
            DeviceArray array = memory.existing(object);
            if (array != null
                    && compilation.moves().isConstant(object)
                    && devices(array).contains(device)
                    && lastUse(array) == task) {
                Stream<LogicalDevice> holders =
                        Stream.concat(Stream.of(device), devices(array).stream()).distinct();
                steps.add(new Step.Release(holders.map(queues).toList(), memory, array));
                devices(array).clear();
                onHost.remove(array);
                array.prepared(true);
            }
        }
    }

    /** {@return the last task that uses an array, or none if it is used at every execution} */
    private int lastUse(DeviceArray array) {
        int last = -1;
        for (List<BoundStage> stages : tasks) {
            for (BoundStage stage : stages) {
                if (stage.arrays().contains(array)) {
                    if (stage.stage().when() == Lowering.When.ALWAYS) {
                        return -1;
                    }
                    last = stage.task();
                }
            }
        }
        return last;
    }

    /** Brings the latest contents of an array to a device. */
    private void need(DeviceArray array, LogicalDevice device) {
        Set<LogicalDevice> devices = devices(array);
        if (devices.contains(device)) {
            return;
        }
        Buffer buffer = memory.buffer(array, device);
        if (onHost.contains(array) || array.isPrepared()) {
            array.prepared(false);
            steps.add(new Step.CopyIn(queues.apply(device), array.host(), buffer));
        } else if (!devices.isEmpty()) {
            LogicalDevice from = devices.iterator().next();
            long bytes = array.host().deviceBytes();
            MemorySegment between = Arena.ofAuto().allocate(bytes, Long.BYTES);
            steps.add(
                    new Step.CopyAcross(
                            queues.apply(from),
                            memory.buffer(array, from),
                            queues.apply(device),
                            buffer,
                            between));
        }
        devices.add(device);
    }

    private void copyOut() {
        for (Move move : compilation.moves().all()) {
            DeviceArray array = memory.existing(move.array());
            if (move.out() == Out.EVERY && array != null && !devices(array).isEmpty()) {
                LogicalDevice device = devices(array).iterator().next();
                steps.add(
                        new Step.CopyOut(
                                queues.apply(device), array.host(), memory.buffer(array, device)));
            }
        }
    }

    private void report(BoundStage stage) {
        for (Buffer buffer : stage.report()) {
            MemorySegment report = Arena.ofAuto().allocate(Checks.STATUS_BYTES, Integer.BYTES);
            LogicalDevice device = compilation.plans().get(stage.task()).device();
            steps.add(new Step.ReadReport(queues.apply(device), buffer, report, stage));
        }
    }
}
