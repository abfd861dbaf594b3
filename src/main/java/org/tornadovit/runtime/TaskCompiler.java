package org.tornadovit.runtime;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.tornadovit.codegen.Checks;
import org.tornadovit.codegen.Renderer;
import org.tornadovit.device.Code;
import org.tornadovit.device.CodeTooLongException;
import org.tornadovit.device.Device;
import org.tornadovit.device.DeviceInfo;
import org.tornadovit.device.Program;
import org.tornadovit.ir.Array;
import org.tornadovit.ir.Const;
import org.tornadovit.ir.Kernel;
import org.tornadovit.ir.Param;
import org.tornadovit.ir.Scalar;
import org.tornadovit.ir.Stmt;
import org.tornadovit.ir.Var;
import org.tornadovit.passes.Accesses;
import org.tornadovit.passes.Dependence;
import org.tornadovit.passes.Lowering;
import org.tornadovit.passes.Pipeline;
import org.tornadovit.passes.Target;
import org.tornadovit.passes.Unify;

/**
 * Compiles tasks for one device and keeps what it compiled, so that equal tasks (the twelve blocks
 * of a ViT, say) are compiled once. Thread-safe.
 */
final class TaskCompiler {
    private final Device device;
    private final Target target;
    private final Renderer renderer;
    private final Bitstreams bitstreams;
    private final Map<TaskKey, CompiledTask> compiled = new ConcurrentHashMap<>();

    TaskCompiler(Device device) {
        this.device = device;
        this.target = Targets.of(device.info());
        this.renderer = Renderers.of(device.info());
        this.bitstreams = new Bitstreams(device.info());
    }

    /**
     * Compiles a task, or gives what was compiled for an equal one.
     *
     * @param method the task's method
     * @param kernel the same, translated
     * @param values a value for each parameter of the kernel
     * @param constants numbers of the parameters whose arrays never change on the device
     * @param order the grid of a work-item kernel, and flags
     */
    CompiledTask compile(
            Method method,
            Kernel kernel,
            List<Object> values,
            Set<Integer> constants,
            TaskPlan.Order order) {
        TaskKey key = key(kernel, values, constants, order);
        CompiledTask known = compiled.get(key);
        if (known != null) {
            return known;
        }
        synchronized (this) { // two threads must not compile the same task
            known = compiled.get(key);
            if (known == null) {
                known = translate(method, kernel, key);
                compiled.put(key, known);
            }
            return known;
        }
    }

    /** Shapes of the parameters; arrays of one memory point to the first of them. */
    private static TaskKey key(
            Kernel kernel, List<Object> values, Set<Integer> constants, TaskPlan.Order order) {
        Map<Object, Map<Scalar, Integer>> first = new IdentityHashMap<>();
        List<TaskKey.Shape> shapes = new ArrayList<>();
        List<Param> params = kernel.params();
        for (int i = 0; i < params.size(); i++) {
            Object value = values.get(i);
            shapes.add(
                    switch (params.get(i)) {
                        case Param.OfArray(var array) -> {
                            Integer earlier =
                                    first.computeIfAbsent(value, _ -> new HashMap<>())
                                            .putIfAbsent(array.element(), i);
                            yield new TaskKey.Shape.OfArray(
                                    HostArray.of(value).length(array.element()),
                                    constants.contains(i),
                                    earlier == null ? i : earlier);
                        }
                        case Param.OfScalar(var variable) ->
                                new TaskKey.Shape.OfScalar(
                                        variable.type().toString(),
                                        Scalars.constant(variable.type(), value).bits());
                        case Param.OfContext _ -> new TaskKey.Shape.OfContext();
                    });
        }
        return new TaskKey(kernel, shapes, order);
    }

    private CompiledTask translate(Method method, Kernel kernel, TaskKey key) {
        Map<Array, Array> same = new HashMap<>();
        Map<Array, Integer> numbers = new HashMap<>();
        Map<Array, Integer> lengths = new HashMap<>();
        Set<Array> constants = new HashSet<>();
        Map<Var, Const> scalars = new HashMap<>();
        for (int i = 0; i < key.parameters().size(); i++) {
            switch (kernel.params().get(i)) {
                case Param.OfArray(var array) -> {
                    var shape = (TaskKey.Shape.OfArray) key.parameters().get(i);
                    if (shape.sameAs() != i) {
                        Param earlier = kernel.params().get(shape.sameAs());
                        same.put(array, ((Param.OfArray) earlier).array());
                        continue;
                    }
                    numbers.put(array, i);
                    lengths.put(array, shape.length());
                    if (shape.constant()) {
                        constants.add(array);
                    }
                }
                case Param.OfScalar(var variable) -> {
                    var shape = (TaskKey.Shape.OfScalar) key.parameters().get(i);
                    scalars.put(variable, new Const(variable.type(), shape.bits()));
                }
                case Param.OfContext _ -> {}
            }
        }
        TaskPlan.Order order = key.order().grouped(kernel, device.info());
        Kernel unified = order.place(Unify.apply(kernel, same));
        Accesses accesses = Accesses.of(unified);
        constants.removeAll(accesses.writes());
        Pipeline.Task task = new Pipeline.Task(scalars, lengths, constants);
        Inspection inspection = Inspection.of(method, unified, device.info());
        Target schedule = target;
        Renderer writer = renderer;
        while (true) {
            try {
                return translate(
                        unified, task, schedule, writer, numbers, accesses, order, inspection);
            } catch (CodeTooLongException e) {
                Optional<Target> smaller = schedule.smaller();
                if (smaller.isEmpty()) { // long code is better than none
                    writer = writer.patient().orElseThrow(() -> e);
                    smaller = Optional.of(HugeMethods.areCompiled() ? target : schedule);
                    HugeMethods.note(e);
                }
                schedule = smaller.get();
                inspection.choice(e.getMessage() + "; tried again as for " + schedule);
            }
        }
    }

    private CompiledTask translate(
            Kernel unified,
            Pipeline.Task task,
            Target schedule,
            Renderer writer,
            Map<Array, Integer> numbers,
            Accesses accesses,
            TaskPlan.Order order,
            Inspection inspection) {
        long start = System.nanoTime();
        Lowering lowering =
                Pipeline.lower(
                        unified,
                        task,
                        schedule,
                        (pass, kernel) -> {
                            inspection.pass(pass, kernel);
                            warn(pass, kernel);
                        });
        long lowered = System.nanoTime();
        Stopwatch watch = new Stopwatch();
        List<CompiledTask.Stage> stages = new ArrayList<>();
        for (Lowering.Stage stage : lowering.stages()) {
            stages.add(load(stage, writer, numbers, order, watch));
            inspection.code(stages.getLast().code());
            bitstreams.script(stages.getLast().code()).ifPresent(inspection::commands);
        }
        Map<Array, Long> scratch = new HashMap<>();
        lowering.scratch().forEach((a, n) -> scratch.put(a, n * a.element().bytes()));
        var times = new CompiledTask.Times(lowered - start, watch.rendering, watch.loading);
        inspection.times(times);
        return new CompiledTask(
                stages,
                scratch,
                numbersOf(accesses.reads(), numbers),
                numbersOf(accesses.writes(), numbers),
                times);
    }

    private static void warn(String pass, Kernel kernel) {
        if (pass.equals(Pipeline.PLAIN)) {
            Dependence.of(kernel).ifPresent(dependence -> Notes.once(dependence.toString()));
        }
    }

    private static Set<Integer> numbersOf(Set<Array> arrays, Map<Array, Integer> numbers) {
        Set<Integer> result = new HashSet<>();
        arrays.stream().filter(numbers::containsKey).forEach(a -> result.add(numbers.get(a)));
        return result;
    }

    private CompiledTask.Stage load(
            Lowering.Stage stage,
            Renderer writer,
            Map<Array, Integer> numbers,
            TaskPlan.Order order,
            Stopwatch watch) {
        Grid grid = Grid.of(stage, order.range(), device.info());
        Kernel kernel = grid.kernel();
        long start = System.nanoTime();
        Code code = writer.render(kernel, grid.range());
        long rendered = System.nanoTime();
        Program program = device.load(bitstreams.loadable(code, order.bitstream()), order.flags());
        watch.rendering += rendered - start;
        watch.loading += System.nanoTime() - rendered;
        List<CompiledTask.Operand> operands =
                kernel.arrays().stream().map(a -> operand(a, numbers)).toList();
        List<Stmt.Check> checks = Checks.sites(kernel);
        boolean reports = device.info().backend() != DeviceInfo.Backend.JVM && !checks.isEmpty();
        return new CompiledTask.Stage(
                kernel.name(),
                code,
                program,
                operands,
                grid.range(),
                stage.when(),
                checks,
                reports);
    }

    /** Forgets what was compiled; programs in use stay. */
    void forget() {
        compiled.clear();
    }

    /** {@return whether a kernel of a method of that name has been compiled} */
    boolean holds(String method) {
        return compiled.values().stream()
                .flatMap(task -> task.stages().stream())
                .anyMatch(stage -> stage.name().equals(method));
    }

    /** Nanoseconds spent on the stages of a task. */
    private static final class Stopwatch {
        private long rendering;
        private long loading;
    }

    private static CompiledTask.Operand operand(Array array, Map<Array, Integer> numbers) {
        Integer number = numbers.get(array);
        return number == null
                ? new CompiledTask.Operand.Scratch(array)
                : new CompiledTask.Operand.Argument(number);
    }
}
