package org.tornadovit.runtime;

import java.util.Set;
import org.tornadovit.device.DeviceInfo;
import org.tornadovit.device.FpgaVendor;
import uk.ac.manchester.tornado.api.TornadoDeviceContext;
import uk.ac.manchester.tornado.api.TornadoTargetDevice;
import uk.ac.manchester.tornado.api.common.SchedulableTask;
import uk.ac.manchester.tornado.api.memory.TornadoMemoryProvider;

/** What the API asks of a device's context; plans keep their memory and kernels themselves. */
record DeviceContext(LogicalDevice device) implements TornadoDeviceContext {
    @Override
    public TornadoTargetDevice getDevice() {
        return device.getPhysicalDevice();
    }

    @Override
    public String getDeviceName() {
        return device.getDeviceName();
    }

    @Override
    public int getDeviceIndex() {
        return device.index();
    }

    @Override
    public int getDevicePlatform() {
        String[] parts = device.info().name().split(":", -1);
        return parts.length == 3 ? Integer.parseInt(parts[1]) : 0;
    }

    @Override
    public int getDriverIndex() {
        return device.getBackendIndex();
    }

    @Override
    public TornadoMemoryProvider getMemoryManager() {
        return device.getMemoryProvider();
    }

    @Override
    public Set<Long> getRegisteredPlanIds() {
        return PlanMemory.plansOn(device);
    }

    @Override
    public boolean isCached(long executionPlanId, String methodName, SchedulableTask task) {
        return device.toolchain().compiler().holds(methodName);
    }

    @Override
    public boolean isFP64Supported() {
        return device.info().has(DeviceInfo.Feature.FP64);
    }

    @Override
    public boolean isPlatformFPGA() {
        return device.info().backend() == DeviceInfo.Backend.FPGA;
    }

    @Override
    public boolean isPlatformXilinxFPGA() {
        return FpgaVendor.of(device.info()).stream().anyMatch(FpgaVendor.AMD::equals);
    }

    @Override
    public void reset(long executionPlanId) {
        device.clean();
    }

    @Override
    public void setResetToFalse() {
        // a reset leaves no state behind
    }

    @Override
    public boolean wasReset() {
        return false;
    }
}
