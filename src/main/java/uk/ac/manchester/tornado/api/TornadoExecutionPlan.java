package uk.ac.manchester.tornado.api;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.enums.ProfilerMode;
import uk.ac.manchester.tornado.api.enums.TornadoVMBackendType;
import uk.ac.manchester.tornado.api.exceptions.TornadoExecutionPlanException;
import uk.ac.manchester.tornado.api.exceptions.TornadoRuntimeException;
import uk.ac.manchester.tornado.api.plan.types.OffConcurrentDevices;
import uk.ac.manchester.tornado.api.plan.types.OffMemoryLimit;
import uk.ac.manchester.tornado.api.plan.types.OffPrintKernel;
import uk.ac.manchester.tornado.api.plan.types.OffProfiler;
import uk.ac.manchester.tornado.api.plan.types.OffThreadInfo;
import uk.ac.manchester.tornado.api.plan.types.WithAllGraphs;
import uk.ac.manchester.tornado.api.plan.types.WithBatch;
import uk.ac.manchester.tornado.api.plan.types.WithCUDAGraph;
import uk.ac.manchester.tornado.api.plan.types.WithClearProfiles;
import uk.ac.manchester.tornado.api.plan.types.WithCompilerFlags;
import uk.ac.manchester.tornado.api.plan.types.WithConcurrentDevices;
import uk.ac.manchester.tornado.api.plan.types.WithDefaultScheduler;
import uk.ac.manchester.tornado.api.plan.types.WithDevice;
import uk.ac.manchester.tornado.api.plan.types.WithFreeDeviceMemory;
import uk.ac.manchester.tornado.api.plan.types.WithGraph;
import uk.ac.manchester.tornado.api.plan.types.WithGridScheduler;
import uk.ac.manchester.tornado.api.plan.types.WithIntraPlanConcurrency;
import uk.ac.manchester.tornado.api.plan.types.WithMemoryLimit;
import uk.ac.manchester.tornado.api.plan.types.WithPreCompilation;
import uk.ac.manchester.tornado.api.plan.types.WithPrintKernel;
import uk.ac.manchester.tornado.api.plan.types.WithProfiler;
import uk.ac.manchester.tornado.api.plan.types.WithResetDevice;
import uk.ac.manchester.tornado.api.plan.types.WithStagedTransfers;
import uk.ac.manchester.tornado.api.plan.types.WithThreadInfo;
import uk.ac.manchester.tornado.api.plan.types.WithWarmUpIterations;
import uk.ac.manchester.tornado.api.plan.types.WithWarmUpTime;
import uk.ac.manchester.tornado.api.runtime.ExecutorFrame;
import uk.ac.manchester.tornado.api.runtime.TornadoRuntimeProvider;

/**
 * Executes one or more task graphs, in order, on devices.
 *
 * <p>Each {@code with…} option returns a node below this one; nodes share the plan's executor, so
 * an option holds for the plan from then on. Only the choice of a graph belongs to the node: {@code
 * plan.withGraph(i).execute()} runs graph {@code i} whatever other threads choose, while {@code
 * plan.execute()} runs what was chosen last. Several threads may use one plan; executions exclude
 * each other.
 */
public sealed class TornadoExecutionPlan implements AutoCloseable permits ExecutionPlanType {
    /** The device that runs what no other device was chosen for. */
    public static TornadoDevice DEFAULT_DEVICE =
            TornadoRuntimeProvider.getTornadoRuntime().getDefaultDevice();

    private static final AtomicLong COUNTER = new AtomicLong();
    private static final AtomicInteger OPEN = new AtomicInteger();
    private static final int INHERITED = -2;

    /** Runs the graphs; shared by all nodes of the plan. */
    protected TornadoExecutor tornadoExecutor;

    /** What the graphs get at execution; shared by all nodes of the plan. */
    protected ExecutorFrame executionFrame;

    /** The node the chain starts with. */
    protected TornadoExecutionPlan rootNode;

    /** The option added last below this node. */
    protected @Nullable TornadoExecutionPlan childLink;

    /** The node this one hangs below; null at the root. */
    protected @Nullable TornadoExecutionPlan parentLink;

    /** The results of the latest executions; shared by all nodes of the plan. */
    protected List<TornadoExecutionResult> planResults;

    /** This node's choice of a graph. */
    private int selection;

    /** At the root: the choice made last. */
    private volatile int lastSelection = TornadoExecutor.ALL;

    private volatile boolean closed;
    private volatile @Nullable TornadoExecutionResult handle;

    /**
     * Makes a plan.
     *
     * @param immutableTaskGraphs the graphs, in order of execution
     * @throws TornadoRuntimeException if there are none
     */
    public TornadoExecutionPlan(ImmutableTaskGraph... immutableTaskGraphs) {
        tornadoExecutor = new TornadoExecutor(immutableTaskGraphs);
        executionFrame = new ExecutorFrame(COUNTER.incrementAndGet());
        planResults = new PlanResults();
        rootNode = this;
        selection = INHERITED;
        OPEN.incrementAndGet();
    }

    /** Hangs an option below a node. */
    TornadoExecutionPlan(TornadoExecutionPlan parent) {
        tornadoExecutor = parent.tornadoExecutor;
        executionFrame = parent.executionFrame;
        planResults = parent.planResults;
        rootNode = parent.rootNode;
        selection = parent.selection;
        parentLink = parent;
        parent.childLink = this;
    }

    private int selected() {
        return selection == INHERITED ? rootNode.lastSelection : selection;
    }

    private TornadoExecutor executor() {
        if (rootNode.closed) {
            throw new TornadoRuntimeException("execution plan " + getId() + " has been closed");
        }
        return tornadoExecutor;
    }

    /** Applies an option to the graphs this node has chosen. */
    private void each(Consumer<TornadoTaskGraphInterface> option) {
        executor().each(selected(), option);
    }

    private TornadoExecutionPlan choose(TornadoExecutionPlan node, int choice) {
        node.selection = choice;
        rootNode.lastSelection = choice;
        return node;
    }

    /**
     * Executes the chosen graphs in order and waits for them.
     *
     * @throws TornadoRuntimeException if the plan is closed
     */
    public TornadoExecutionResult execute() {
        int chosen = selected();
        executor().execute(executionFrame, chosen);
        TornadoExecutionResult result = handle;
        if (result == null || !result.covers(chosen)) {
            result = new TornadoExecutionResult(tornadoExecutor, this, chosen);
            handle = result;
        }
        planResults.add(result);
        return result;
    }

    /** {@return the result of an execution, counted from 0} */
    public TornadoExecutionResult getPlanResult(int index) {
        return planResults.get(index);
    }

    /** Chooses one graph by its place in the plan. */
    public TornadoExecutionPlan withGraph(int graphIndex) {
        int choice = executor().select(graphIndex);
        return choose(new WithGraph(this, graphIndex), choice);
    }

    /** Chooses all graphs. */
    public TornadoExecutionPlan withAllGraphs() {
        return choose(new WithAllGraphs(this), TornadoExecutor.ALL);
    }

    /** Compiles the chosen graphs now. */
    public TornadoExecutionPlan withPreCompilation() {
        executor().preCompile(executionFrame, selected());
        return new WithPreCompilation(this);
    }

    /** Runs the chosen graphs on a device. */
    public TornadoExecutionPlan withDevice(TornadoDevice device) {
        each(graph -> graph.setDevice(device));
        return new WithDevice(this, device);
    }

    /**
     * Runs one task on a device.
     *
     * @param taskName {@code "graph.task"}
     */
    public TornadoExecutionPlan withDevice(String taskName, TornadoDevice device) {
        executor().setDevice(taskName, device);
        return new WithDevice(this, device);
    }

    /**
     * Gives the work sizes of tasks.
     *
     * @throws TornadoRuntimeException when none of them is for a task of the plan
     */
    public TornadoExecutionPlan withGridScheduler(GridScheduler gridScheduler) {
        executor().setGrids(selected(), gridScheduler);
        executionFrame.setGridScheduler(gridScheduler);
        return new WithGridScheduler(this, gridScheduler);
    }

    /** Lets the runtime choose work sizes. */
    public TornadoExecutionPlan withDefaultScheduler() {
        executionFrame.setGridScheduler(null);
        each(graph -> graph.useDefaultThreadScheduler(true));
        return new WithDefaultScheduler(this);
    }

    /**
     * Processes the arrays in batches: devices hold at most so many bytes of each array of which
     * iteration i of the tasks' parallel loops touches only the elements of its own.
     *
     * @param batchSize bytes with a unit, such as {@code 512MB}
     * @throws TornadoRuntimeException at execution, if tasks cannot be cut along their loops
     */
    public TornadoExecutionPlan withBatch(String batchSize) {
        each(graph -> graph.withBatch(batchSize));
        return new WithBatch(this, batchSize);
    }

    /** Measures executions, and prints the profile if asked to. */
    public TornadoExecutionPlan withProfiler(ProfilerMode profilerMode) {
        executionFrame.setProfilerMode(profilerMode);
        each(graph -> graph.enableProfiler(profilerMode));
        return new WithProfiler(this, profilerMode);
    }

    /** Measures executions no longer. */
    public TornadoExecutionPlan withoutProfiler() {
        executionFrame.setProfilerOff();
        each(TornadoTaskGraphInterface::disableProfiler);
        return new OffProfiler(this);
    }

    /** Forgets what was measured. */
    public TornadoExecutionPlan clearProfiles() {
        each(TornadoTaskGraphInterface::clearProfiles);
        return new WithClearProfiles(this);
    }

    /** Executes so often, unrecorded, before what follows. */
    public TornadoExecutionPlan withWarmUpIterations(int iterations) {
        for (int i = 0; i < iterations; i++) {
            executor().execute(executionFrame, selected());
        }
        return new WithWarmUpIterations(this, iterations);
    }

    /**
     * Executes for so long, unrecorded, before what follows.
     *
     * @throws InterruptedException if the thread is interrupted meanwhile
     */
    public TornadoExecutionPlan withWarmUpTime(long milliseconds) throws InterruptedException {
        long end = System.nanoTime() + milliseconds * 1_000_000;
        while (System.nanoTime() < end) {
            if (Thread.interrupted()) {
                throw new InterruptedException("interrupted while warming up");
            }
            executor().execute(executionFrame, selected());
        }
        return new WithWarmUpTime(this, milliseconds);
    }

    /**
     * Limits the plan's device memory.
     *
     * @param memoryLimit bytes with a unit, such as {@code 1GB}
     */
    public TornadoExecutionPlan withMemoryLimit(String memoryLimit) {
        each(graph -> graph.withMemoryLimit(memoryLimit));
        return new WithMemoryLimit(this, memoryLimit);
    }

    /** Releases the device memory of the chosen graphs; the next execution transfers anew. */
    public TornadoExecutionPlan freeDeviceMemory() {
        each(TornadoTaskGraphInterface::freeDeviceMemory);
        return new WithFreeDeviceMemory(this);
    }

    /** Forgets the device's compiled kernels and memory. */
    public TornadoExecutionPlan resetDevice() {
        each(graph -> graph.getDevice().clean());
        return new WithResetDevice(this);
    }

    /** Passes flags to the compiler of a backend's driver. */
    public TornadoExecutionPlan withCompilerFlags(
            TornadoVMBackendType backend, String compilerFlags) {
        each(graph -> graph.withCompilerFlags(backend, compilerFlags));
        return new WithCompilerFlags(this, compilerFlags);
    }

    /** Runs the tasks of different devices at once. */
    public TornadoExecutionPlan withConcurrentDevices() {
        each(TornadoTaskGraphInterface::withConcurrentDevices);
        return new WithConcurrentDevices(this);
    }

    /** Runs the devices one after the other. */
    public TornadoExecutionPlan withoutConcurrentDevices() {
        each(TornadoTaskGraphInterface::withoutConcurrentDevices);
        return new OffConcurrentDevices(this);
    }

    /** Runs independent tasks of the plan at once. */
    public TornadoExecutionPlan withIntraPlanConcurrency() {
        each(TornadoTaskGraphInterface::withIntraPlanConcurrency);
        return new WithIntraPlanConcurrency(this);
    }

    /** Runs the tasks of the plan one after the other. */
    public TornadoExecutionPlan withoutIntraPlanConcurrency() {
        each(TornadoTaskGraphInterface::withoutIntraPlanConcurrency);
        return this;
    }

    /** Lifts the limit of device memory. */
    public TornadoExecutionPlan withoutMemoryLimit() {
        each(TornadoTaskGraphInterface::withoutMemoryLimit);
        return new OffMemoryLimit(this);
    }

    /** Prints each generated kernel. */
    public TornadoExecutionPlan withPrintKernel() {
        each(TornadoTaskGraphInterface::withPrintKernel);
        return new WithPrintKernel(this);
    }

    /** Prints generated kernels no longer. */
    public TornadoExecutionPlan withoutPrintKernel() {
        each(TornadoTaskGraphInterface::withoutPrintKernel);
        return new OffPrintKernel(this);
    }

    /** Transfers through pinned staging buffers where the device has them. */
    public TornadoExecutionPlan withStagedTransfers() {
        each(TornadoTaskGraphInterface::withStagedTransfers);
        return new WithStagedTransfers(this);
    }

    /** Transfers from and to the arrays directly. */
    public TornadoExecutionPlan withoutStagedTransfers() {
        each(TornadoTaskGraphInterface::withoutStagedTransfers);
        return this;
    }

    /** Prints the work sizes of each task. */
    public TornadoExecutionPlan withThreadInfo() {
        each(TornadoTaskGraphInterface::withThreadInfo);
        return new WithThreadInfo(this);
    }

    /** Prints work sizes no longer. */
    public TornadoExecutionPlan withoutThreadInfo() {
        each(TornadoTaskGraphInterface::withoutThreadInfo);
        return new OffThreadInfo(this);
    }

    /** Captures the launches of CUDA devices once and replays them. */
    public TornadoExecutionPlan withCUDAGraph() {
        each(TornadoTaskGraphInterface::withCUDAGraph);
        return new WithCUDAGraph(this);
    }

    /**
     * Lets an array of one graph stand for a part of an array that another graph left on a device:
     * from the next execution on it starts with that part's contents, and what tasks write goes
     * there. Both arrays have one element type.
     *
     * @param destTornadoArray the array of graph {@code toGraphIndex}
     * @param srcTornadoArray the array of graph {@code fromGraphIndex}
     * @param offset first element of the part
     * @throws TornadoRuntimeException if the part does not lie in the other array
     */
    public void mapOnDeviceMemoryRegion(
            Object destTornadoArray,
            Object srcTornadoArray,
            long offset,
            int fromGraphIndex,
            int toGraphIndex) {
        executor().map(destTornadoArray, srcTornadoArray, offset, fromGraphIndex, toGraphIndex);
    }

    /** {@return bytes of device memory that the plan's graphs hold} */
    public long getCurrentDeviceMemoryUsage() {
        return tornadoExecutor.deviceMemory(TornadoExecutor.ALL);
    }

    /** {@return the device of a graph} */
    public TornadoDevice getDevice(int immutableTaskGraphIndex) {
        return tornadoExecutor.graph(immutableTaskGraphIndex).getDevice();
    }

    /** {@return a device of a backend} */
    public static TornadoDevice getDevice(int driverIndex, int deviceIndex) {
        return TornadoRuntimeProvider.getTornadoRuntime()
                .getBackend(driverIndex)
                .getDevice(deviceIndex);
    }

    /** {@return queries over the devices of the machine} */
    public static TornadoDeviceMap getTornadoDeviceMap() {
        return new TornadoDeviceMap();
    }

    /** {@return the number of plans that are not closed} */
    public static int getTotalPlans() {
        return OPEN.get();
    }

    /** {@return the plan's number} */
    public long getId() {
        return executionFrame.getExecutionPlanId();
    }

    /** {@return the number of plans made so far} */
    public long getGlobalExecutionPlansCounter() {
        return COUNTER.get();
    }

    /** Prints the plan and its options. */
    public void printTraceExecutionPlan() {
        System.out.println(getTraceExecutionPlan());
    }

    /** {@return the plan and its options, one per line} */
    public String getTraceExecutionPlan() {
        StringBuilder trace = new StringBuilder();
        for (TornadoExecutionPlan node = rootNode; node != null; node = node.childLink) {
            trace.append(node);
        }
        return trace.toString();
    }

    @Override
    public String toString() {
        return parentLink == null
                ? "TornadoExecutionPlan "
                        + getId()
                        + " ["
                        + tornadoExecutor.names(TornadoExecutor.ALL)
                        + "]"
                : "\n -> " + getClass().getSimpleName();
    }

    /**
     * Releases the plan's device memory; the plan cannot be executed afterwards.
     *
     * @throws TornadoExecutionPlanException if the memory cannot be released
     */
    @Override
    public void close() throws TornadoExecutionPlanException {
        TornadoExecutionPlan root = rootNode;
        TornadoExecutor executor = tornadoExecutor; // shared by all nodes of the plan
        synchronized (executor) {
            if (root.closed) {
                return;
            }
            root.closed = true;
        }
        OPEN.decrementAndGet();
        try {
            tornadoExecutor.each(TornadoExecutor.ALL, TornadoTaskGraphInterface::freeDeviceMemory);
        } catch (RuntimeException e) {
            throw new TornadoExecutionPlanException("closing plan " + getId() + " failed", e);
        }
    }
}
