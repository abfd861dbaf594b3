package org.tornadovit.runtime;

import uk.ac.manchester.tornado.api.TornadoTaskGraphInterface;
import uk.ac.manchester.tornado.api.profiler.ProfilerType;

/** The part of a graph that answers for its profile. */
abstract class ProfiledGraph implements TornadoTaskGraphInterface {
    private final GraphProfile profile;

    ProfiledGraph(GraphProfile profile) {
        this.profile = profile;
    }

    GraphProfile profile() {
        return profile;
    }

    @Override
    public long getCompileTime() {
        return getTornadoCompilerTime()
                + profile.get(ProfilerType.TOTAL_CODE_GENERATION_TIME)
                + getDriverInstallTime();
    }

    @Override
    public long getDataTransferDispatchTime() {
        return profile.get(ProfilerType.TOTAL_DISPATCH_DATA_TRANSFERS_TIME);
    }

    @Override
    public long getDataTransfersTime() {
        return getDeviceWriteTime() + getDeviceReadTime();
    }

    @Override
    public long getDeviceKernelTime() {
        return profile.get(ProfilerType.TOTAL_KERNEL_TIME);
    }

    @Override
    public long getDeviceReadTime() {
        return profile.get(ProfilerType.COPY_OUT_TIME)
                + profile.get(ProfilerType.COPY_OUT_TIME_SYNC);
    }

    @Override
    public long getDeviceWriteTime() {
        return profile.get(ProfilerType.COPY_IN_TIME);
    }

    @Override
    public long getDriverInstallTime() {
        return profile.get(ProfilerType.TOTAL_DRIVER_COMPILE_TIME);
    }

    @Override
    public long getKernelDispatchTime() {
        return profile.get(ProfilerType.TOTAL_DISPATCH_KERNEL_TIME);
    }

    @Override
    public String getProfileLog() {
        return profile.json();
    }

    @Override
    public long getTornadoCompilerTime() {
        return profile.get(ProfilerType.TOTAL_GRAAL_COMPILE_TIME);
    }

    @Override
    public long getTotalBytesCopyIn() {
        return profile.get(ProfilerType.TOTAL_COPY_IN_SIZE_BYTES);
    }

    @Override
    public long getTotalBytesCopyOut() {
        return profile.get(ProfilerType.TOTAL_COPY_OUT_SIZE_BYTES)
                + profile.get(ProfilerType.COPY_OUT_SIZE_BYTES_SYNC);
    }

    @Override
    public long getTotalBytesTransferred() {
        return getTotalBytesCopyIn() + getTotalBytesCopyOut();
    }

    @Override
    public long getTotalDeviceMemoryUsage() {
        return profile.get(ProfilerType.ALLOCATION_BYTES);
    }

    @Override
    public long getTotalTime() {
        return profile.get(ProfilerType.TOTAL_TASK_GRAPH_TIME);
    }
}
