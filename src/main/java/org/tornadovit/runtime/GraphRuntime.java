package org.tornadovit.runtime;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Cleaner;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.tornadovit.frontend.CallSites;
import org.tornadovit.frontend.KernelMethod;
import uk.ac.manchester.tornado.api.GridScheduler;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.TornadoTaskGraphInterface;
import uk.ac.manchester.tornado.api.common.LibraryTaskDescriptor;
import uk.ac.manchester.tornado.api.common.PrebuiltTaskPackage;
import uk.ac.manchester.tornado.api.common.SchedulableTask;
import uk.ac.manchester.tornado.api.common.TaskPackage;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.enums.ProfilerMode;
import uk.ac.manchester.tornado.api.enums.TornadoVMBackendType;
import uk.ac.manchester.tornado.api.exceptions.TornadoBailoutRuntimeException;
import uk.ac.manchester.tornado.api.exceptions.TornadoRuntimeException;
import uk.ac.manchester.tornado.api.exceptions.TornadoTaskRuntimeException;
import uk.ac.manchester.tornado.api.profiler.ChromeEventTracer;
import uk.ac.manchester.tornado.api.runtime.ExecutorFrame;
import uk.ac.manchester.tornado.api.runtime.TaskContextInterface;
import uk.ac.manchester.tornado.api.utils.TornadoAPIUtils;

/**
 * The runtime's side of a task graph: while it is built a definition, in a plan the definition with
 * its state on devices. A plan calls it from one thread at a time.
 */
public final class GraphRuntime extends ProfiledGraph {
    /** Releases the device memory of plans that are dropped without being closed. */
    private static final Cleaner CLEANER = Cleaner.create();

    private final String name;
    private final GraphDefinition definition;
    private final GraphOptions options;
    private @Nullable Execution execution;
    private Cleaner.@Nullable Cleanable cleanable;
    private @Nullable GraphRuntime before;
    private final List<Region> regions = new ArrayList<>();
    private boolean started;
    private boolean console;

    /** For the API, which loads this class by name. */
    public GraphRuntime(String name) {
        this(new GraphDefinition(name), GraphOptions.ofSettings());
    }

    private GraphRuntime(GraphDefinition definition, GraphOptions options) {
        super(new GraphProfile(definition.name()));
        this.name = definition.name();
        this.definition = definition;
        this.options = options;
        profile().turn(Settings.isOn(Settings.PROFILER) || ChromeEventTracer.isEnabled());
        console = Settings.isOn(Settings.PROFILER) && !Settings.isOn(Settings.SILENT_PROFILER);
    }

    private KernelMethod method(TaskPackage task) {
        Object function = task.getTaskParameters()[0];
        try {
            return isSerializable(function)
                    ? KernelMethod.resolve(function)
                    : CallSites.resolve(function, callers(), 1);
        } catch (IllegalArgumentException e) {
            throw new TornadoBailoutRuntimeException(
                    "task " + name + "." + task.getId() + ": " + e.getMessage(), e);
        }
    }

    /** Lambdas of classes compiled against TornadoVM's own API lack {@code writeReplace}. */
    private static boolean isSerializable(Object function) {
        return !function.getClass().isHidden()
                || Arrays.stream(function.getClass().getDeclaredMethods())
                        .anyMatch(method -> method.getName().equals("writeReplace"));
    }

    /** {@return the methods under way, from the one that called the API} */
    private static List<StackWalker.StackFrame> callers() {
        return StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE)
                .walk(frames ->
                        frames.dropWhile(frame -> isInside(frame.getDeclaringClass())).toList());
    }

    private static boolean isInside(Class<?> type) {
        return type == GraphRuntime.class || type == TaskGraph.class || type == TaskPackage.class;
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
        if (options.isBatched()) {
            options.storage().require(Storage.FP32, "graph " + name + " with batches");
        }
        if (!regions.isEmpty()) {
            options.storage().require(Storage.FP32, "graph " + name + " with mapped regions");
        }
        Optional<Batches> batches =
                options.isBatched() ? Batches.of(definition, options) : Optional.empty();
        return batches.<Execution>map(
                        b -> new BatchExecution(definition, options, plan, profile(), b))
                .orElseGet(() -> inOne(plan));
    }

    private GraphExecution inOne(PlanMemory plan) {
        GraphMemory.Budget budget = new GraphMemory.Budget(options.memoryLimit());
        GraphExecution whole = new GraphExecution(definition, options, plan, profile(), budget);
        whole.map(regions);
        return whole;
    }

    private @Nullable GridScheduler scheduler(ExecutorFrame frame) {
        GridScheduler own = options.grids();
        return own == null ? frame.getGridScheduler() : own;
    }

    /** Starts the graph; {@link #waitOn} waits for it. */
    @Override
    public TornadoTaskGraphInterface execute(ExecutorFrame executionPackage) {
        Execution current = execution(executionPackage);
        Execution previous = before == null ? null : before.execution;
        try {
            current.start(
                    scheduler(executionPackage), previous == null ? null : previous.resident());
        } catch (RuntimeException e) {
            throw current.failed(e);
        }
        started = true;
        if (profile().isOn()) {
            waitOn();
        }
        return this;
    }

    @Override
    public void setDevice(TornadoDevice device) {
        options.device(own(device));
        freeDeviceMemory();
    }

    @Override
    public void setDevice(String taskName, TornadoDevice device) {
        List<String> tasks = definition.tasksOf(taskName);
        if (tasks.isEmpty()) {
            throw new TornadoRuntimeException(
                    "graph " + name + " has no task " + taskName + "; name it as graph.task");
        }
        tasks.forEach(task -> options.device(task, own(device)));
        freeDeviceMemory();
    }

    private static LogicalDevice own(TornadoDevice device) {
        if (device instanceof LogicalDevice logical) {
            return logical;
        }
        throw new TornadoRuntimeException(
                device + " is no device of this runtime; take one from TornadoRuntimeProvider");
    }

    @Override
    public void syncRuntimeTransferToHost(Object... objects) {
        for (Object object : objects) {
            onDevice(object)
                    .ifPresent(array -> {
                        running().read(array, 0, array.host().memory());
                        array.host().unpack();
                    });
        }
    }

    @Override
    public void syncRuntimeTransferToHost(Object objects, long offset, long partialCopySize) {
        onDevice(objects)
                .ifPresent(array -> {
                    options.storage().require(Storage.FP32, "a transfer of a part of an array");
                    MemorySegment part = array.host().memory().asSlice(offset, partialCopySize);
                    running().read(array, offset, part);
                    array.host().unpack();
                });
    }

    private GraphExecution running() {
        Execution current = execution;
        if (current == null) {
            throw new TornadoTaskRuntimeException(
                    "graph " + name + " has not been executed; execute the plan before");
        }
        return current.resident();
    }

    /** {@return the device array of an object the graph names} */
    Optional<DeviceArray> onDevice(Object object) {
        return Optional.ofNullable(running().array(HostArray.inside(object)));
    }

    @Override
    public void addInner(SchedulableTask task) {
        throw internal("addInner");
    }

    @Override
    public void addLibraryTask(String id, LibraryTaskDescriptor libraryTaskDescriptor) {
        List<Object> given = arguments(id, libraryTaskDescriptor.getParameters());
        for (TaskPackage task : Libraries.tasks(name + "." + id, id, libraryTaskDescriptor)) {
            for (Object argument : task.getTaskParameters()) {
                if (HostArray.isArray(argument) && given.stream().noneMatch(g -> g == argument)) {
                    definition.keep(argument);
                }
            }
            addTask(task);
            definition.group(id, task.getId());
        }
    }

    @Override
    public void addPrebuiltTask(TaskPackage taskPackage) {
        if (!(taskPackage instanceof PrebuiltTaskPackage task)) {
            throw new TornadoTaskRuntimeException(
                    "task " + name + "." + taskPackage.getId() + " is no prebuilt task");
        }
        int[] atomics = task.getAtomics();
        PrebuiltKernel kernel =
                new PrebuiltKernel(
                        task.getEntryPoint(),
                        Path.of(task.getFilename()),
                        List.of(task.getAccesses()),
                        atomics == null ? List.of() : Arrays.stream(atomics).boxed().toList());
        definition.add(
                new TaskDefinition.OfFile(
                        name, task.getId(), kernel, arguments(task.getId(), task.getArgs())));
    }

    @Override
    public void addTask(TaskPackage taskPackage) {
        Object[] parameters = taskPackage.getTaskParameters();
        Object[] own = Arrays.copyOfRange(parameters, 1, parameters.length);
        definition.add(
                new TaskDefinition.OfMethod(
                        name,
                        taskPackage.getId(),
                        method(taskPackage),
                        arguments(taskPackage.getId(), own)));
    }

    private List<Object> arguments(String task, Object[] given) {
        List<Object> arguments = new ArrayList<>();
        for (Object argument : given) {
            if (argument == null) {
                throw new TornadoTaskRuntimeException(
                        "task "
                                + name
                                + "."
                                + task
                                + ": argument "
                                + (arguments.size() + 1)
                                + " is null; pass an array, a number or a KernelContext");
            }
            arguments.add(argument);
        }
        return arguments;
    }

    @Override
    public void apply(Consumer<SchedulableTask> consumer) {
        throw internal("apply");
    }

    @Override
    public void clearProfiles() {
        profile().clear();
    }

    @Override
    public void consumeFromDevice(Object... objects) {
        definition.consume("", objects);
    }

    @Override
    public void consumeFromDevice(String uniqueTaskGraphName, Object... objects) {
        definition.consume(uniqueTaskGraphName, objects);
    }

    @Override
    public TornadoTaskGraphInterface createImmutableTaskGraph() {
        definition.check();
        return new GraphRuntime(definition.copy(), options.copy());
    }

    @Override
    public void disableProfiler() {
        profile().turn(false);
    }

    @Override
    public void dump() {
        System.out.println(this);
    }

    @Override
    public void dumpEvents() {
        System.out.print(getProfileLog());
    }

    @Override
    public void dumpProfiles() {
        System.out.print(getProfileLog());
    }

    @Override
    public void dumpTimes() {
        System.out.print(getProfileLog());
    }

    @Override
    public void enableProfiler(ProfilerMode profilerMode) {
        console = profilerMode == ProfilerMode.CONSOLE;
        profile().turn(true);
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
    public Set<Object> getArgumentsLookup() {
        return definition.named();
    }

    @Override
    public long getCurrentDeviceMemoryUsage() {
        Execution current = execution;
        return current == null ? 0 : current.deviceBytes();
    }

    @Override
    public TornadoDevice getDevice() {
        return options.device();
    }

    @Override
    public TornadoDevice getDeviceForTask(String id) {
        return options.device(id.contains(".") ? id : name + "." + id);
    }

    @Override
    public String getId() {
        return name;
    }

    @Override
    public Collection<?> getOutputs() {
        return definition.outputs();
    }

    @Override
    public Map<String, List<Object>> getPersistedTaskToObjectsMap() {
        return Map.of(name, List.copyOf(definition.outputs()));
    }

    @Override
    public SchedulableTask getTask(String taskNameID) {
        throw internal("getTask");
    }

    @Override
    public String getTaskGraphName() {
        return name;
    }

    @Override
    public boolean isFinished() {
        return true;
    }

    @Override
    public boolean isGridRegistered() {
        return options.grids() != null;
    }

    @Override
    public boolean isLastDeviceListEmpty() {
        return true;
    }

    @Override
    public void mapAllToInner(TornadoDevice device) {
        throw internal("mapAllToInner");
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
        if (options.isBatched()) {
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
                        + name
                        + " cannot run in batches with an array that stands for a part of"
                        + " another; leave out withBatch or mapOnDeviceMemoryRegion");
    }

    private static Object named(Object array, GraphRuntime graph) {
        if (!graph.definition.named().contains(array)) {
            throw new TornadoRuntimeException(
                    "mapOnDeviceMemoryRegion: graph "
                            + graph.name
                            + " names no such "
                            + array.getClass().getSimpleName());
        }
        return HostArray.inside(array);
    }

    @Override
    public TaskContextInterface meta() {
        throw internal("meta");
    }

    @Override
    public void scheduleInner() {
        throw internal("scheduleInner");
    }

    @Override
    public void setLastExecutedTaskGraph(TornadoTaskGraphInterface lastExecutedTaskGraph) {
        before = lastExecutedTaskGraph instanceof GraphRuntime graph ? graph : null;
    }

    @Override
    public void transferToDevice(int mode, Object... objects) {
        definition.toDevice(mode, objects);
    }

    @Override
    public void transferToHost(int mode, Object... objects) {
        definition.toHost(mode, objects);
    }

    @Override
    public void updateObjectAccess() {
        // accesses are read from the kernels
    }

    @Override
    public void updatePersistedObjectState() {
        // arrays of other graphs are looked up at each execution
    }

    @Override
    public void useDefaultThreadScheduler(boolean use) {
        if (use) {
            options.grids(null);
        }
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
        }
        if (profile().isOn()) {
            publish();
        }
    }

    private void publish() {
        if (console) {
            System.out.print(getProfileLog());
        }
        Settings.find(Settings.PROFILE_FILE).ifPresent(this::appendTo);
    }

    private void appendTo(String file) {
        try {
            Files.writeString(
                    Path.of(file),
                    getProfileLog(),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new TornadoRuntimeException(
                    "cannot write the profile to the file "
                            + file
                            + " of "
                            + Settings.PROFILE_FILE);
        }
    }

    @Override
    public void withBatch(String batchSize) {
        long bytes = TornadoAPIUtils.parseSize(batchSize);
        if (bytes < 1) {
            throw new TornadoRuntimeException(
                    "graph " + name + ": a batch has at least one byte, not " + batchSize);
        }
        if (!regions.isEmpty()) {
            throw batchedRegion();
        }
        options.batchBytes(bytes);
        freeDeviceMemory();
    }

    @Override
    public void withCUDAGraph() {
        note("withCUDAGraph", "executions replay bound commands on all devices already");
    }

    @Override
    public void withCompilerFlags(TornadoVMBackendType backendType, String compilerFlags) {
        options.flags(backendType, compilerFlags);
        freeDeviceMemory();
    }

    @Override
    public void withConcurrentDevices() {
        options.concurrentDevices(true);
    }

    @Override
    public void withGridScheduler(GridScheduler gridScheduler) {
        options.grids(gridScheduler);
    }

    @Override
    public void withIntraPlanConcurrency() {
        note("withIntraPlanConcurrency", "the tasks of a device run one after the other");
    }

    @Override
    public void withMemoryLimit(String memoryLimit) {
        options.memoryLimit(TornadoAPIUtils.parseSize(memoryLimit));
        freeDeviceMemory();
    }

    @Override
    public void withPreCompilation(ExecutorFrame executionPackage) {
        execution(executionPackage).prepare(scheduler(executionPackage));
    }

    @Override
    public void withPrintKernel() {
        options.printKernel(true);
    }

    @Override
    public void withStagedTransfers() {
        note("withStagedTransfers", "transfers go from and to the arrays directly");
    }

    @Override
    public void withThreadInfo() {
        options.threadInfo(true);
    }

    @Override
    public void withoutConcurrentDevices() {
        options.concurrentDevices(false);
    }

    @Override
    public void withoutIntraPlanConcurrency() {
        // one task after the other is how graphs run
    }

    @Override
    public void withoutMemoryLimit() {
        options.memoryLimit(Long.MAX_VALUE);
        freeDeviceMemory();
    }

    @Override
    public void withoutPrintKernel() {
        options.printKernel(false);
    }

    @Override
    public void withoutStagedTransfers() {
        // transfers go from and to the arrays
    }

    @Override
    public void withoutThreadInfo() {
        options.threadInfo(false);
    }

    /** An option that changes no result and here no time either. */
    private static void note(String option, String why) {
        Notes.once("TornadoExecutionPlan." + option + " changes nothing here: " + why);
    }

    private static TornadoRuntimeException internal(String method) {
        return new TornadoRuntimeException(
                "TornadoTaskGraphInterface." + method + " is for the inside of other runtimes");
    }

    @Override
    public String toString() {
        return "task graph "
                + name
                + " "
                + definition.tasks().stream().map(TaskDefinition::id).toList();
    }
}
