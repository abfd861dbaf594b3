package uk.ac.manchester.tornado.api.common;

import uk.ac.manchester.tornado.api.GridScheduler;
import uk.ac.manchester.tornado.api.profiler.TornadoProfiler;
import uk.ac.manchester.tornado.api.runtime.TaskContextInterface;

/** A task as a runtime's scheduler sees it. */
public interface SchedulableTask {
    void attachProfiler(TornadoProfiler tornadoProfiler);

    void enableDefaultThreadScheduler(boolean useDefaultScheduler);

    void forceCompilation();

    Object[] getArguments();

    Access[] getArgumentsAccess();

    int getBatchNumber();

    long getBatchSize();

    long getBatchThreads();

    TornadoDevice getDevice();

    String getFullName();

    String getId();

    String getNormalizedName();

    TornadoProfiler getProfiler();

    String getTaskName();

    boolean isGridSchedulerEnabled();

    TaskContextInterface meta();

    void setBatchNumber(int batchNumber);

    void setBatchSize(long batchSize);

    void setBatchThreads(long batchThreads);

    void setDevice(TornadoDevice device);

    void setGridScheduler(GridScheduler gridScheduler);

    void setUseGridScheduler(boolean use);

    boolean shouldCompile();
}
