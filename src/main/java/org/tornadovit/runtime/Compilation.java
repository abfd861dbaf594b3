package org.tornadovit.runtime;

import java.lang.reflect.Field;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tornadovit.device.Range;
import org.tornadovit.frontend.FieldArray;
import uk.ac.manchester.tornado.api.GridScheduler;

/**
 * The tasks of a graph, translated and compiled for their devices.
 *
 * @param plans the tasks with their translations
 * @param tasks what each task was compiled to
 * @param workSizes the work sizes that kernels were compiled for
 * @param readers the tasks whose kernels depend on fields, which may change
 * @param moves how the tasks' arrays move
 * @param times how long each task took to compile
 */
record Compilation(
        List<TaskPlan> plans,
        List<CompiledTask> tasks,
        List<WorkSize> workSizes,
        List<TaskPlan> readers,
        Moves moves,
        List<Times> times) {
    Compilation {
        plans = List.copyOf(plans);
        tasks = List.copyOf(tasks);
        workSizes = List.copyOf(workSizes);
        readers = List.copyOf(readers);
        times = List.copyOf(times);
    }

    /**
     * Nanoseconds of a compilation; near 0 for what had been compiled before.
     *
     * @param translation from bytecode to the intermediate representation
     * @param compilation from there to a program of the device
     */
    record Times(long translation, CompiledTask.Times compilation) {}

    /** {@return the compiled graph} */
    static Compilation of(
            GraphDefinition definition, GraphOptions options, @Nullable GridScheduler scheduler) {
        List<TaskPlan> plans = new ArrayList<>();
        List<Long> translations = new ArrayList<>();
        for (TaskDefinition task : definition.tasks()) {
            long start = System.nanoTime();
            plans.add(translate(task, options));
            translations.add(System.nanoTime() - start);
        }
        share(plans, options);
        Moves moves = new Moves(definition, plans);
        if (!moves.overlaps().shared().isEmpty()) {
            options.storage().require(Storage.FP32, "an array that is a part of another one");
        }
        List<CompiledTask> tasks = new ArrayList<>();
        List<WorkSize> sizes = new ArrayList<>();
        List<Times> times = new ArrayList<>();
        for (int i = 0; i < plans.size(); i++) {
            TaskPlan plan = plans.get(i);
            Optional<WorkSize> size = workSize(plan, scheduler);
            size.ifPresent(sizes::add);
            long start = System.nanoTime();
            CompiledTask task = compile(plan, moves, order(plan, options, size));
            long spent = System.nanoTime() - start;
            tasks.add(task);
            times.add(new Times(translations.get(i), task.times().within(spent)));
        }
        List<TaskPlan> readers = plans.stream().filter(TaskPlan::readsFields).toList();
        return new Compilation(plans, tasks, sizes, readers, moves, times);
    }

    /** Compiles the tasks whose work sizes are known; their programs wait for an execution. */
    static void prepare(
            GraphDefinition definition, GraphOptions options, @Nullable GridScheduler scheduler) {
        List<TaskPlan> plans = translate(definition, options);
        Moves moves = new Moves(definition, plans);
        for (TaskPlan plan : plans) {
            if (!plan.isWorkItem() || WorkSize.isGiven(plan.task().name(), scheduler)) {
                compile(plan, moves, order(plan, options, workSize(plan, scheduler)));
            }
        }
    }

    private static Optional<WorkSize> workSize(TaskPlan plan, @Nullable GridScheduler scheduler) {
        return plan.isWorkItem()
                ? Optional.of(WorkSize.of(plan.task().name(), scheduler))
                : Optional.empty();
    }

    private static TaskPlan.Order order(
            TaskPlan plan, GraphOptions options, Optional<WorkSize> size) {
        Optional<Range> range = size.map(WorkSize::range);
        TaskPlan.Offset offset = size.map(WorkSize::offset).orElse(TaskPlan.Offset.NONE);
        String flags = options.flags(plan.device().getTornadoVMBackend());
        Optional<Path> bitstream = Precompiled.of(plan.task().name(), plan.device());
        return new TaskPlan.Order(range, offset, flags, bitstream);
    }

    /** {@return the tasks of a graph, prepared for their devices} */
    static List<TaskPlan> translate(GraphDefinition definition, GraphOptions options) {
        List<TaskPlan> plans = new ArrayList<>();
        definition.tasks().forEach(task -> plans.add(translate(task, options)));
        share(plans, options);
        return plans;
    }

    /** Fields that one task assigns are on the device for the others too. */
    private static void share(List<TaskPlan> plans, GraphOptions options) {
        Set<FieldArray> assigned = new HashSet<>();
        plans.forEach(plan -> assigned.addAll(plan.assigned()));
        Map<Object, Set<Field>> fields = writtenInElements(plans);
        plans.forEach(plan -> assigned.addAll(plan.cells(fields)));
        if (!assigned.isEmpty()) {
            plans.replaceAll(plan -> plan.reading(assigned, options.storage()));
        }
    }

    /** {@return the fields that tasks write as those of elements of arrays, by object} */
    private static Map<Object, Set<Field>> writtenInElements(List<TaskPlan> plans) {
        Map<Object, Set<Field>> fields = new IdentityHashMap<>();
        for (TaskPlan plan : plans) {
            for (Object written : plan.written()) {
                if (written instanceof FieldArray array) {
                    Extent.of(array).stream()
                            .filter(e -> e.base() instanceof Extent.Slot)
                            .map(e -> (Extent.Slot) e.base())
                            .forEach(slot ->
                                    fields.computeIfAbsent(slot.owner(), _ -> new HashSet<>())
                                            .add(slot.field()));
                }
            }
        }
        return fields;
    }

    private static TaskPlan translate(TaskDefinition task, GraphOptions options) {
        try {
            return task.on(options.device(task.name()), options.storage());
        } catch (RuntimeException e) {
            throw Failures.of("task " + task.name(), e);
        }
    }

    private static CompiledTask compile(TaskPlan plan, Moves moves, TaskPlan.Order order) {
        try {
            return plan.compile(moves::isConstant, order);
        } catch (RuntimeException e) {
            throw Failures.of("task " + plan.task().name(), e);
        }
    }

    /** {@return whether the fields and work sizes that kernels depend on have not changed} */
    boolean isCurrent(@Nullable GridScheduler scheduler) {
        if (!moves.overlaps().isCurrent()) {
            return false;
        }
        for (int i = 0; i < workSizes.size(); i++) {
            if (!workSizes.get(i).isCurrent(scheduler)) {
                return false;
            }
        }
        for (int i = 0; i < readers.size(); i++) {
            if (!readers.get(i).isCurrent()) {
                return false;
            }
        }
        return true;
    }
}
