package uk.ac.manchester.tornado.api;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import uk.ac.manchester.tornado.api.common.LibraryTaskDescriptor;
import uk.ac.manchester.tornado.api.common.SchedulableTask;
import uk.ac.manchester.tornado.api.common.TaskPackage;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.enums.ProfilerMode;
import uk.ac.manchester.tornado.api.enums.TornadoVMBackendType;
import uk.ac.manchester.tornado.api.profiler.ProfilerInterface;
import uk.ac.manchester.tornado.api.runtime.ExecutorFrame;
import uk.ac.manchester.tornado.api.runtime.TaskContextInterface;

/**
 * The runtime's side of a task graph: what a {@link TaskGraph} and a {@link TornadoExecutionPlan}
 * delegate to.
 */
public interface TornadoTaskGraphInterface extends ProfilerInterface {
    void addInner(SchedulableTask task);

    void addLibraryTask(String id, LibraryTaskDescriptor libraryTaskDescriptor);

    void addPrebuiltTask(TaskPackage taskPackage);

    void addTask(TaskPackage taskPackage);

    void apply(Consumer<SchedulableTask> consumer);

    void clearProfiles();

    void consumeFromDevice(Object... objects);

    void consumeFromDevice(String uniqueTaskGraphName, Object... objects);

    TornadoTaskGraphInterface createImmutableTaskGraph();

    void disableProfiler();

    void dump();

    void dumpEvents();

    void dumpProfiles();

    void dumpTimes();

    void enableProfiler(ProfilerMode profilerMode);

    TornadoTaskGraphInterface execute(ExecutorFrame executionPackage);

    void freeDeviceMemory();

    Set<Object> getArgumentsLookup();

    long getCurrentDeviceMemoryUsage();

    TornadoDevice getDevice();

    TornadoDevice getDeviceForTask(String id);

    String getId();

    Collection<?> getOutputs();

    Map<String, List<Object>> getPersistedTaskToObjectsMap();

    SchedulableTask getTask(String taskNameID);

    String getTaskGraphName();

    boolean isFinished();

    boolean isGridRegistered();

    boolean isLastDeviceListEmpty();

    void mapAllToInner(TornadoDevice device);

    void mapOnDeviceMemoryRegion(
            Object destArray, Object srcArray, long offset, TornadoTaskGraphInterface taskGraphSrc);

    TaskContextInterface meta();

    void scheduleInner();

    void setDevice(TornadoDevice device);

    void setDevice(String taskName, TornadoDevice device);

    void setLastExecutedTaskGraph(TornadoTaskGraphInterface lastExecutedTaskGraph);

    void syncRuntimeTransferToHost(Object... objects);

    void syncRuntimeTransferToHost(Object objects, long offset, long partialCopySize);

    void transferToDevice(int mode, Object... objects);

    void transferToHost(int mode, Object... objects);

    void updateObjectAccess();

    void updatePersistedObjectState();

    void useDefaultThreadScheduler(boolean use);

    void waitOn();

    void withBatch(String batchSize);

    void withCUDAGraph();

    void withCompilerFlags(TornadoVMBackendType backendType, String compilerFlags);

    void withConcurrentDevices();

    void withGridScheduler(GridScheduler gridScheduler);

    void withIntraPlanConcurrency();

    void withMemoryLimit(String memoryLimit);

    void withPreCompilation(ExecutorFrame executionPackage);

    void withPrintKernel();

    void withStagedTransfers();

    void withThreadInfo();

    void withoutConcurrentDevices();

    void withoutIntraPlanConcurrency();

    void withoutMemoryLimit();

    void withoutPrintKernel();

    void withoutStagedTransfers();

    void withoutThreadInfo();
}
