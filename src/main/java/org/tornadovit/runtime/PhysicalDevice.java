package org.tornadovit.runtime;

import org.tornadovit.device.DeviceInfo;
import uk.ac.manchester.tornado.api.TornadoTargetDevice;

/** The facts of a device in the API's words. */
record PhysicalDevice(DeviceInfo info) implements TornadoTargetDevice {
    @Override
    public String getDeviceName() {
        return info.model();
    }

    @Override
    public String getDeviceInfo() {
        return info.name() + ": " + info.vendor() + " " + info.model() + ", " + info.driver();
    }

    @Override
    public long getDeviceGlobalMemorySize() {
        return info.memory();
    }

    @Override
    public long getDeviceLocalMemorySize() {
        return info.localMemory();
    }

    @Override
    public long getDeviceMaxAllocationSize() {
        return info.maxAllocation();
    }

    @Override
    public long getDeviceMaxConstantBufferSize() {
        return info.maxAllocation();
    }

    @Override
    public int getDeviceMaxComputeUnits() {
        return info.computeUnits();
    }

    @Override
    public int getDeviceMaxClockFrequency() {
        return info.clockMegahertz();
    }

    @Override
    public long[] getDeviceMaxWorkGroupSize() {
        return new long[] {info.maxGroup()};
    }

    @Override
    public long[] getDeviceMaxWorkItemSizes() {
        return new long[] {info.maxGroupX(), info.maxGroupY(), info.maxGroupZ()};
    }

    @Override
    public int getMaxThreadsPerBlock() {
        return info.maxGroup();
    }

    @Override
    public String toString() {
        return getDeviceInfo();
    }
}
