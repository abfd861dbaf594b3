package org.tornadovit.runtime;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tornadovit.device.Buffer;
import org.tornadovit.device.Event;
import org.tornadovit.device.Queue;
import org.tornadovit.runtime.Moves.Move;
import uk.ac.manchester.tornado.api.GridScheduler;
import uk.ac.manchester.tornado.api.exceptions.TornadoTaskRuntimeException;

/**
 * A graph on its devices: compiled kernels, memory and two lists of steps, one for the first
 * execution and one for all others. Used by one thread at a time.
 */
final class GraphExecution implements Execution {
    private static final Step[] NOTHING = {};

    private final GraphDefinition definition;
    private final GraphOptions options;
    private final PlanMemory plan;
    private final GraphProfile profile;
    private final Set<Queue> used = new LinkedHashSet<>();
    private Queue[] queues = {};
    private final Map<Object, DeviceArray> loans = new IdentityHashMap<>();
    private final GraphMemory memory;
    private final GraphMemory.Budget budget;
    private @Nullable Compilation compilation;
    private List<List<BoundStage>> stages = List.of();
    private Step[] firstSteps = NOTHING;
    private Step[] nextSteps = NOTHING;
    private Step[] running = NOTHING;
    private Event[] events = {};
    private List<Region> regions = List.of();
    private final Map<Region, DeviceArray> mapped = new HashMap<>();
    private boolean bound;
    private boolean fresh = true;
    private boolean printed;

    GraphExecution(
            GraphDefinition definition,
            GraphOptions options,
            PlanMemory plan,
            GraphProfile profile,
            GraphMemory.Budget budget) {
        this.definition = definition;
        this.options = options;
        this.plan = plan;
        this.profile = profile;
        this.budget = budget;
        this.memory = new GraphMemory(definition.name(), budget, options.storage());
        plan.enter(this);
    }

    String name() {
        return definition.name();
    }

    @Override
    public GraphExecution resident() {
        return this;
    }

    /** {@return the device array of a host array, null if the graph has none} */
    @Nullable DeviceArray array(Object array) {
        return memory.existing(array);
    }

    /** {@return the arrays that tasks made of an object's fields, in the order to read them} */
    List<DeviceArray> parts(Object root) {
        List<DeviceArray> parts = new ArrayList<>();
        Compilation compiled = compilation;
        if (compiled != null && !HostArray.isArray(HostArray.inside(root))) {
            for (TaskPlan plan : compiled.plans()) {
                for (int i : plan.arrayNumbers()) {
                    DeviceArray array = memory.existing(plan.values().get(i));
                    if (plan.root(i) == root
                            && array != null
                            && array.holder() != null
                            && !parts.contains(array)) {
                        parts.add(array);
                    }
                }
            }
        }
        return parts;
    }

    @Override
    public long deviceBytes() {
        return budget.bytes();
    }

    @Override
    public void prepare(@Nullable GridScheduler scheduler) {
        Compilation.prepare(definition, options, scheduler);
    }

    private Compilation compile(@Nullable GridScheduler scheduler) {
        Compilation compiled = compilation;
        if (compiled == null || !compiled.isCurrent(scheduler)) {
            compiled = Compilation.of(definition, options, scheduler);
            compilation = compiled;
            profile.compiled(compiled);
            bound = false;
        }
        if (options.printKernel() && !printed) {
            printed = true;
            KernelPrinter.print(compiled);
        }
        return compiled;
    }

    @Override
    public void start(@Nullable GridScheduler scheduler, @Nullable GraphExecution before) {
        Compilation compiled = compile(scheduler);
        if (!bound || !loansAreCurrent(compiled, before) || !regionsAreCurrent()) {
            long begin = System.nanoTime();
            bind(compiled, before);
            profile.bound(System.nanoTime() - begin);
        }
        if (options.threadInfo()) {
            KernelPrinter.printSizes(compiled, stages);
        }
        boolean profiling = profile.isOn();
        for (Queue queue : queues) {
            queue.profile(profiling);
        }
        Step[] steps = fresh ? firstSteps : nextSteps;
        running = steps;
        if (profiling) {
            profile.start();
        }
        if (options.concurrentDevices() && queues.length > 1) {
            Lanes.of(steps).run(i -> run(steps, i, profiling));
        } else {
            for (int i = 0; i < steps.length; i++) {
                run(steps, i, profiling);
            }
        }
    }

    private void run(Step[] steps, int i, boolean profiling) {
        if (profiling) {
            long begin = System.nanoTime();
            events[i] = steps[i].run();
            profile.dispatched(steps[i], System.nanoTime() - begin);
        } else {
            steps[i].run();
        }
    }

    @Override
    public void finish() {
        Step[] steps = running;
        running = NOTHING;
        for (Queue queue : queues) {
            queue.finish();
        }
        for (Step step : steps) {
            if (step instanceof Step.CopyOut out) {
                out.arrived();
            } else if (step instanceof Step.ReadReport report) {
                Reports.check(report, taskName(report.stage().task()));
            }
        }
        if (fresh) {
            memory.constantsAreReady();
            fresh = false;
        }
        if (profile.isOn()) {
            profile.finished(steps, events, stages, budget.bytes());
        }
    }

    /** Reads the latest contents of an array, or of a part of it, from its device. */
    void read(DeviceArray array, long offset, MemorySegment target) {
        LogicalDevice device = array.holder();
        Buffer buffer = device == null ? null : array.existing(device);
        if (device == null || buffer == null) {
            throw new TornadoTaskRuntimeException(
                    "graph " + name() + " has not put the array on a device; execute it first");
        }
        Queue queue = queue(device);
        Event event = queue.read(buffer, offset, target);
        queue.finish();
        profile.readOnDemand(event, target.byteSize());
    }

    @Override
    public void close() {
        closeLaunches();
        memory.close();
        plan.leave(this);
    }

    @Override
    public RuntimeException failed(RuntimeException failure) {
        running = NOTHING;
        profile.failed();
        for (Queue queue : queues) {
            try {
                queue.finish();
            } catch (RuntimeException e) {
                if (e != failure) {
                    failure.addSuppressed(e);
                }
            }
        }
        RuntimeException explained =
                Reports.explain(failure, definition.name(), stages, this::taskName);
        closeLaunches();
        memory.close();
        bound = false;
        return explained;
    }

    private void closeLaunches() {
        stages.forEach(task -> task.forEach(BoundStage::close));
        stages = List.of();
    }

    private String taskName(int index) {
        return definition.tasks().get(index).name();
    }

    private boolean loansAreCurrent(Compilation compiled, @Nullable GraphExecution before) {
        if (loans.isEmpty()) {
            return true;
        }
        List<Move> moves = compiled.moves().all();
        for (int i = 0; i < moves.size(); i++) {
            Move move = moves.get(i);
            if (move.consumed() && lender(move, before) != loans.get(move.array())) {
                return false;
            }
        }
        return true;
    }

    /** Lets arrays stand for parts of other graphs' arrays from the next execution on. */
    void map(List<Region> wanted) {
        regions = List.copyOf(wanted);
        bound = false;
    }

    private boolean regionsAreCurrent() {
        for (int i = 0; i < regions.size(); i++) {
            if (mapped.get(regions.get(i)) != source(regions.get(i))) {
                return false;
            }
        }
        return true;
    }

    private DeviceArray source(Region region) {
        Optional<DeviceArray> array = region.graph().onDevice(region.source());
        if (array.isEmpty() || array.get().holder() == null) {
            throw new TornadoTaskRuntimeException(
                    "graph "
                            + name()
                            + " maps a part of an array that graph "
                            + region.graph().getTaskGraphName()
                            + " has not left on a device; persist it there and execute that graph"
                            + " first");
        }
        return array.get();
    }

    private DeviceArray lender(Move move, @Nullable GraphExecution before) {
        GraphExecution source = move.source().isEmpty() ? before : plan.graph(move.source());
        DeviceArray array = source == null ? null : source.array(move.array());
        if (array == null || array.holder() == null) {
            String from =
                    move.source().isEmpty() ? "the graph before it" : "graph " + move.source();
            throw new TornadoTaskRuntimeException(
                    "graph "
                            + name()
                            + " consumes an array of "
                            + move.array().getClass().getSimpleName()
                            + " that "
                            + from
                            + " has not left on a device; persist it there and execute that graph"
                            + " first");
        }
        return array;
    }

    private void bind(Compilation compiled, @Nullable GraphExecution before) {
        loans.clear();
        for (Move move : compiled.moves().all()) {
            if (move.consumed()) {
                DeviceArray array = lender(move, before);
                loans.put(move.array(), array);
                memory.borrow(move.array(), array);
            }
        }
        closeLaunches();
        memory.keepOnly(compiled.moves().arrays());
        memory.releaseScratch();
        stages = new Binder(compiled, memory).bind();
        used.clear();
        mapped.clear();
        regions.forEach(region -> mapped.put(region, source(region)));
        StepBuilder builder =
                new StepBuilder(compiled, memory, stages, options.device(), this::queue, mapped);
        firstSteps = builder.build(true);
        nextSteps = builder.build(false);
        fresh = true;
        queues = used.toArray(Queue[]::new);
        events = new Event[Math.max(firstSteps.length, nextSteps.length)];
        bound = true;
    }

    private Queue queue(LogicalDevice device) {
        Queue queue = plan.queue(device);
        used.add(queue);
        return queue;
    }
}
