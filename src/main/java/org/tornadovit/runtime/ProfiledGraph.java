package org.tornadovit.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import uk.ac.manchester.tornado.api.enums.ProfilerMode;
import uk.ac.manchester.tornado.api.exceptions.TornadoRuntimeException;
import uk.ac.manchester.tornado.api.profiler.ChromeEventTracer;
import uk.ac.manchester.tornado.api.profiler.ProfilerType;

/** The part of a graph that answers for its profile. */
abstract class ProfiledGraph extends InnerCalls {
    private final GraphProfile profile;
    private boolean console;

    ProfiledGraph(GraphProfile profile) {
        this.profile = profile;
        profile.turn(Settings.isOn(Settings.PROFILER) || ChromeEventTracer.isEnabled());
        console = Settings.isOn(Settings.PROFILER) && !Settings.isOn(Settings.SILENT_PROFILER);
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

    @Override
    public void clearProfiles() {
        profile.clear();
    }

    @Override
    public void disableProfiler() {
        profile.turn(false);
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
        profile.turn(true);
    }

    /** Shows the profile of an execution to those who asked. */
    final void publish() {
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
}
