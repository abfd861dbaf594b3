package uk.ac.manchester.tornado.api;

import uk.ac.manchester.tornado.api.profiler.ProfilerInterface;

/**
 * Times and sizes of a plan's latest execution, summed over its graphs; 0 where nothing was
 * measured. Times in nanoseconds, sizes in bytes.
 */
public class TornadoProfilerResult implements ProfilerInterface {
    private final TornadoExecutor executor;
    private final TornadoExecutionPlan plan;
    private final int selection;

    TornadoProfilerResult(TornadoExecutor executor, TornadoExecutionPlan plan, int selection) {
        this.executor = executor;
        this.plan = plan;
        this.selection = selection;
    }

    /** Prints the profiles of the graphs. */
    public void dumpProfiles() {
        executor.dumpProfiles(selection);
    }

    /** {@return the options and graphs of the plan} */
    public String getTraceExecutionPlan() {
        return plan.getTraceExecutionPlan();
    }

    @Override
    public String getProfileLog() {
        return executor.profileLog(selection);
    }

    @Override
    public long getCompileTime() {
        return executor.sum(selection, ProfilerInterface::getCompileTime);
    }

    @Override
    public long getDataTransferDispatchTime() {
        return executor.sum(selection, ProfilerInterface::getDataTransferDispatchTime);
    }

    @Override
    public long getDataTransfersTime() {
        return executor.sum(selection, ProfilerInterface::getDataTransfersTime);
    }

    @Override
    public long getDeviceKernelTime() {
        return executor.sum(selection, ProfilerInterface::getDeviceKernelTime);
    }

    @Override
    public long getDeviceReadTime() {
        return executor.sum(selection, ProfilerInterface::getDeviceReadTime);
    }

    @Override
    public long getDeviceWriteTime() {
        return executor.sum(selection, ProfilerInterface::getDeviceWriteTime);
    }

    @Override
    public long getDriverInstallTime() {
        return executor.sum(selection, ProfilerInterface::getDriverInstallTime);
    }

    @Override
    public long getKernelDispatchTime() {
        return executor.sum(selection, ProfilerInterface::getKernelDispatchTime);
    }

    @Override
    public long getTornadoCompilerTime() {
        return executor.sum(selection, ProfilerInterface::getTornadoCompilerTime);
    }

    @Override
    public long getTotalBytesCopyIn() {
        return executor.sum(selection, ProfilerInterface::getTotalBytesCopyIn);
    }

    @Override
    public long getTotalBytesCopyOut() {
        return executor.sum(selection, ProfilerInterface::getTotalBytesCopyOut);
    }

    @Override
    public long getTotalBytesTransferred() {
        return executor.sum(selection, ProfilerInterface::getTotalBytesTransferred);
    }

    @Override
    public long getTotalDeviceMemoryUsage() {
        return executor.sum(selection, ProfilerInterface::getTotalDeviceMemoryUsage);
    }

    @Override
    public long getTotalTime() {
        return executor.sum(selection, ProfilerInterface::getTotalTime);
    }
}
