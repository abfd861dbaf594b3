package uk.ac.manchester.tornado.api;

import java.util.Set;
import uk.ac.manchester.tornado.api.common.SchedulableTask;
import uk.ac.manchester.tornado.api.memory.TornadoMemoryProvider;

/** What a runtime keeps per device: its memory, its compiled kernels, the plans that use it. */
public interface TornadoDeviceContext {
    TornadoTargetDevice getDevice();

    int getDeviceIndex();

    String getDeviceName();

    int getDevicePlatform();

    int getDriverIndex();

    TornadoMemoryProvider getMemoryManager();

    Set<Long> getRegisteredPlanIds();

    boolean isCached(long executionPlanId, String methodName, SchedulableTask task);

    boolean isFP64Supported();

    boolean isPlatformFPGA();

    boolean isPlatformXilinxFPGA();

    void reset(long executionPlanId);

    void setResetToFalse();

    boolean wasReset();
}
