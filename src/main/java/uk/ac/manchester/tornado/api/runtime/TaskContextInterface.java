package uk.ac.manchester.tornado.api.runtime;

import java.util.List;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.common.TornadoEvents;
import uk.ac.manchester.tornado.api.enums.TornadoVMBackendType;

/** What a runtime knows of a task besides its code: device, sizes, flags. */
public interface TaskContextInterface {
    int getBackendIndex();

    Object getCompiledResolvedJavaMethod();

    int getDeviceIndex();

    long[] getGlobalWork();

    long[] getLocalWork();

    long getNumThreads();

    List<TornadoEvents> getProfiles(long executionPlanId);

    boolean isPrintKernelEnabled();

    void resetThreadBlocks();

    void setCompiledGraph(Object graph);

    void setCompilerFlags(TornadoVMBackendType backendType, String flags);

    void setDevice(TornadoDevice device);

    void setGlobalWork(long[] global);

    void setLocalWork(long[] local);

    void setNumThreads(long threads);

    void setPrintKernelFlag(boolean printKernelEnabled);
}
