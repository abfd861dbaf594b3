package org.tornadovit.runtime;

import java.lang.foreign.MemorySegment;
import java.lang.ref.Cleaner;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import uk.ac.manchester.tornado.api.GridScheduler;
import uk.ac.manchester.tornado.api.TornadoTaskGraphInterface;
import uk.ac.manchester.tornado.api.exceptions.TornadoRuntimeException;
import uk.ac.manchester.tornado.api.exceptions.TornadoTaskRuntimeException;
import uk.ac.manchester.tornado.api.runtime.ExecutorFrame;
import uk.ac.manchester.tornado.api.utils.TornadoAPIUtils;

/**
 * The runtime's side of a task graph: while it is built a definition, in a plan the definition with
 * its state on devices. A plan calls it from one thread at a time.
 */
public final class GraphRuntime extends ConfiguredGraph {
    /** Releases the device memory of plans that are dropped without being closed. */
    private static final Cleaner CLEANER = Cleaner.create();

    private @Nullable Execution execution;
    private Cleaner.@Nullable Cleanable cleanable;
    private @Nullable GraphRuntime before;
    private final List<Region> regions = new ArrayList<>();
    private boolean started;
    private boolean hasRun;

    /** What runs instead of the graph's kernels, if they cannot be compiled. */
    private Optional<SequentialGraph> sequential = Optional.empty();

    /** For the API, which loads this class by name. */
    public GraphRuntime(String name) {
        this(new GraphDefinition(name), GraphOptions.ofSettings());
    }

    private GraphRuntime(GraphDefinition definition, GraphOptions options) {
        super(definition, options);
    }

    private Execution execution(ExecutorFrame frame) {
        Execution current = execution;
        if (current == null) {
            current = newExecution(PlanMemory.of(frame.getExecutionPlanId()));
            execution = current;
            cleanable = CLEANER.register(this, current::close);
        }
        return current;
    }

    private Execution newExecution(PlanMemory plan) {
        if (options().isBatched()) {
            options().storage().require(Storage.FP32, title() + " with batches");
        }
        if (!regions.isEmpty()) {
            options().storage().require(Storage.FP32, title() + " with mapped regions");
        }
        return batches()
                .<Execution>map(
                        b -> new BatchExecution(definition(), options(), plan, profile(), b))
                .orElseGet(() -> inOne(plan));
    }

    private String title() {
        return "graph " + getTaskGraphName();
    }

    /** What cannot be cut runs in one, as long as the device has room for it. */
    private Optional<Batches> batches() {
        try {
            return options().isBatched() ? Batches.of(definition(), options()) : Optional.empty();
        } catch (UncutException e) {
            Notes.once(String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    private GraphExecution inOne(PlanMemory plan) {
        GraphMemory.Budget budget = new GraphMemory.Budget(options().memoryLimit());
        GraphExecution whole = new GraphExecution(definition(), options(), plan, profile(), budget);
        whole.map(regions);
        return whole;
    }

    private @Nullable GridScheduler scheduler(ExecutorFrame frame) {
        GridScheduler own = options().grids();
        return own == null ? frame.getGridScheduler() : own;
    }

    /** Starts the graph; {@link #waitOn} waits for it. */
    @Override
    public TornadoTaskGraphInterface execute(ExecutorFrame executionPackage) {
        if (sequential.isPresent()) {
            sequential.get().run();
            return this;
        }
        Execution current = execution(executionPackage);
        Execution previous = before == null ? null : before.execution;
        try {
            current.start(
                    scheduler(executionPackage), previous == null ? null : previous.resident());
        } catch (RuntimeException e) {
            recover(current.failed(e)).run();
            return this;
        } catch (Error e) {
            throw dropped(current, e);
        }
        started = true;
        hasRun = true;
        if (profile().isOn()) {
            waitOn();
        }
        return this;
    }

    /**
     * {@return the graph as Java} What has run on a device may have left results there.
     *
     * @throws RuntimeException the failure, when that is not asked for or not possible
     */
    private SequentialGraph recover(RuntimeException failure) {
        if (!hasRun) {
            sequential = SequentialGraph.of(definition(), failure);
        }
        return sequential.orElseThrow(() -> failure);
    }

    /** After an error, such as no more memory on the heap, the graph can be executed again too. */
    private static Error dropped(Execution current, Error error) {
        RuntimeException failure = current.failed(new IllegalStateException(error));
        for (Throwable more : failure.getSuppressed()) {
            error.addSuppressed(more);
        }
        return error;
    }

    @Override
    public void syncRuntimeTransferToHost(Object... objects) {
        for (Object object : objects) {
            onDevice(object).ifPresent(array -> read(array, 0, array.host().memory()));
            running().parts(object).forEach(array -> read(array, 0, array.host().memory()));
        }
    }

    @Override
    public void syncRuntimeTransferToHost(Object objects, long offset, long partialCopySize) {
        onDevice(objects)
                .ifPresent(array -> {
                    options().storage().require(Storage.FP32, "a transfer of a part of an array");
                    read(array, offset, array.host().memory().asSlice(offset, partialCopySize));
                });
    }

    private void read(DeviceArray array, long offset, MemorySegment part) {
        try {
            running().read(array, offset, part);
        } catch (RuntimeException e) {
            throw Failures.of(title(), e);
        }
        array.host().unpack();
    }

    private GraphExecution running() {
        Execution current = execution;
        if (current == null) {
            throw new TornadoTaskRuntimeException(
                    "graph "
                            + getTaskGraphName()
                            + " has not been executed; execute the plan before");
        }
        return current.resident();
    }

    /** {@return the device array of an object the graph names} */
    Optional<DeviceArray> onDevice(Object object) {
        return Optional.ofNullable(running().array(HostArray.inside(object)));
    }

    @Override
    public TornadoTaskGraphInterface createImmutableTaskGraph() {
        definition().check();
        return new GraphRuntime(definition().copy(), options().copy());
    }

    @Override
    public void freeDeviceMemory() {
        Cleaner.Cleanable last = cleanable;
        execution = null;
        cleanable = null;
        if (last != null) {
            last.clean();
        }
    }

    @Override
    public long getCurrentDeviceMemoryUsage() {
        Execution current = execution;
        return current == null ? 0 : current.deviceBytes();
    }

    @Override
    public boolean isFinished() {
        return true;
    }

    @Override
    public void mapOnDeviceMemoryRegion(
            Object destArray,
            Object srcArray,
            long offset,
            TornadoTaskGraphInterface taskGraphSrc) {
        Object target = named(destArray, this);
        if (!(taskGraphSrc instanceof GraphRuntime source)) {
            throw new TornadoRuntimeException(
                    "mapOnDeviceMemoryRegion: " + taskGraphSrc + " is no graph of this runtime");
        }
        if (options().isBatched()) {
            throw batchedRegion();
        }
        Region region = new Region(target, named(srcArray, source), offset, source);
        regions.removeIf(known -> known.target() == target);
        regions.add(region);
        if (execution instanceof GraphExecution current) {
            current.map(regions);
        }
    }

    private TornadoRuntimeException batchedRegion() {
        return new TornadoRuntimeException(
                "graph "
                        + getTaskGraphName()
                        + " cannot run in batches with an array that stands for a part of"
                        + " another; leave out withBatch or mapOnDeviceMemoryRegion");
    }

    private static Object named(Object array, GraphRuntime graph) {
        if (!graph.definition().named().contains(array)) {
            throw new TornadoRuntimeException(
                    "mapOnDeviceMemoryRegion: graph "
                            + graph.getTaskGraphName()
                            + " names no such "
                            + array.getClass().getSimpleName());
        }
        return HostArray.inside(array);
    }

    @Override
    public void setLastExecutedTaskGraph(TornadoTaskGraphInterface lastExecutedTaskGraph) {
        before = lastExecutedTaskGraph instanceof GraphRuntime graph ? graph : null;
    }

    @Override
    public void waitOn() {
        Execution current = execution;
        if (current == null || !started) {
            return;
        }
        started = false;
        try {
            current.finish();
        } catch (RuntimeException e) {
            throw current.failed(e);
        } catch (Error e) {
            throw dropped(current, e);
        }
        if (profile().isOn()) {
            publish();
        }
    }

    @Override
    public void withBatch(String batchSize) {
        long bytes = TornadoAPIUtils.parseSize(batchSize);
        if (bytes < 1) {
            throw new TornadoRuntimeException(
                    "graph "
                            + getTaskGraphName()
                            + ": a batch has at least one byte, not "
                            + batchSize);
        }
        if (!regions.isEmpty()) {
            throw batchedRegion();
        }
        options().batchBytes(bytes);
        freeDeviceMemory();
    }

    @Override
    public void withPreCompilation(ExecutorFrame executionPackage) {
        try {
            execution(executionPackage).prepare(scheduler(executionPackage));
        } catch (RuntimeException e) {
            recover(e);
        }
    }

    @Override
    public String toString() {
        return "task graph "
                + getTaskGraphName()
                + " "
                + definition().tasks().stream().map(TaskDefinition::id).toList();
    }
}
