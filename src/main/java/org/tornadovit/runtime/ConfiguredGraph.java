package org.tornadovit.runtime;

import java.util.List;
import uk.ac.manchester.tornado.api.GridScheduler;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.enums.TornadoVMBackendType;
import uk.ac.manchester.tornado.api.exceptions.TornadoRuntimeException;
import uk.ac.manchester.tornado.api.utils.TornadoAPIUtils;

/** The part of a graph that says how it runs: devices, grids, limits and what is printed. */
abstract class ConfiguredGraph extends DefinedGraph {
    private final GraphOptions options;

    ConfiguredGraph(GraphDefinition definition, GraphOptions options) {
        super(definition);
        this.options = options;
    }

    final GraphOptions options() {
        return options;
    }

    @Override
    public void setDevice(TornadoDevice device) {
        options.device(own(device));
        freeDeviceMemory();
    }

    @Override
    public void setDevice(String taskName, TornadoDevice device) {
        List<String> tasks = definition().tasksOf(taskName);
        if (tasks.isEmpty()) {
            throw new TornadoRuntimeException(
                    "graph "
                            + getTaskGraphName()
                            + " has no task "
                            + taskName
                            + "; name it as graph.task");
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
    public TornadoDevice getDevice() {
        return options.device();
    }

    @Override
    public TornadoDevice getDeviceForTask(String id) {
        return options.device(id.contains(".") ? id : getTaskGraphName() + "." + id);
    }

    @Override
    public boolean isGridRegistered() {
        GridScheduler grids = options.grids();
        return grids != null
                && grids.keySet().stream().anyMatch(name -> !definition().tasksOf(name).isEmpty());
    }

    @Override
    public void useDefaultThreadScheduler(boolean use) {
        if (use) {
            options.grids(null);
        }
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
}
