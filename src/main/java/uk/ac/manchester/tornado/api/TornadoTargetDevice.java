package uk.ac.manchester.tornado.api;

/** The facts of a physical device; sizes in bytes, clock in MHz. */
public interface TornadoTargetDevice {
    long getDeviceGlobalMemorySize();

    String getDeviceInfo();

    long getDeviceLocalMemorySize();

    long getDeviceMaxAllocationSize();

    int getDeviceMaxClockFrequency();

    int getDeviceMaxComputeUnits();

    long getDeviceMaxConstantBufferSize();

    long[] getDeviceMaxWorkGroupSize();

    long[] getDeviceMaxWorkItemSizes();

    String getDeviceName();

    int getMaxThreadsPerBlock();
}
