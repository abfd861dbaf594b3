package org.tornadovit.runtime;

import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.tornadovit.device.DeviceInfo;
import uk.ac.manchester.tornado.api.TornadoDeviceContext;
import uk.ac.manchester.tornado.api.TornadoTargetDevice;
import uk.ac.manchester.tornado.api.common.Access;
import uk.ac.manchester.tornado.api.common.Event;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.enums.TornadoDeviceType;
import uk.ac.manchester.tornado.api.enums.TornadoVMBackendType;
import uk.ac.manchester.tornado.api.exceptions.TornadoRuntimeException;
import uk.ac.manchester.tornado.api.memory.DeviceBufferState;
import uk.ac.manchester.tornado.api.memory.TornadoMemoryProvider;

/**
 * A device as users of the API see it; opened when it is first used. Thread-safe.
 *
 * <p>Task graphs drive devices themselves: the API's calls for single transfers and events throw
 * {@link TornadoRuntimeException}.
 */
final class LogicalDevice implements TornadoDevice {
    private final DeviceInfo info;
    private final TornadoVMBackendType backend;
    private final int backendIndex;
    private final int index;
    private final DeviceToolchain toolchain;

    LogicalDevice(
            DeviceInfo info,
            TornadoVMBackendType backend,
            int backendIndex,
            int index,
            Supplier<Toolchain> opener) {
        this.info = info;
        this.backend = backend;
        this.backendIndex = backendIndex;
        this.index = index;
        this.toolchain = new DeviceToolchain(opener);
    }

    /** {@return the open device with its compiler} */
    Toolchain toolchain() {
        return toolchain.get();
    }

    DeviceInfo info() {
        return info;
    }

    int index() {
        return index;
    }

    @Override
    public String getDeviceName() {
        return info.model();
    }

    @Override
    public String getDescription() {
        return info.name() + ": " + info.model() + ", " + info.driver();
    }

    @Override
    public String getPlatformName() {
        return info.driver();
    }

    @Override
    public String getDeviceOpenCLCVersion() {
        return info.language();
    }

    @Override
    public Object getDeviceInfo() {
        return info;
    }

    @Override
    public TornadoDeviceType getDeviceType() {
        return switch (info.kind()) {
            case CPU -> TornadoDeviceType.CPU;
            case GPU -> TornadoDeviceType.GPU;
            case ACCELERATOR -> TornadoDeviceType.ACCELERATOR;
            case NONE -> TornadoDeviceType.CUSTOM;
        };
    }

    @Override
    public TornadoVMBackendType getTornadoVMBackend() {
        return backend;
    }

    @Override
    public int getBackendIndex() {
        return backendIndex;
    }

    @Override
    public TornadoTargetDevice getPhysicalDevice() {
        return new PhysicalDevice(info);
    }

    @Override
    public TornadoDeviceContext getDeviceContext() {
        return new DeviceContext(this);
    }

    @Override
    public TornadoMemoryProvider getMemoryProvider() {
        return info::memory;
    }

    @Override
    public long getDeviceLocalMemorySize() {
        return info.localMemory();
    }

    @Override
    public long[] getDeviceMaxWorkgroupDimensions() {
        return new long[] {info.maxGroupX(), info.maxGroupY(), info.maxGroupZ()};
    }

    @Override
    public long getMaxAllocMemory() {
        return info.maxAllocation();
    }

    @Override
    public long getMaxGlobalMemory() {
        return info.memory();
    }

    @Override
    public int getAvailableProcessors() {
        return info.computeUnits();
    }

    @Override
    public boolean isSPIRVSupported() {
        return info.has(DeviceInfo.Feature.IL);
    }

    @Override
    public void clean() {
        toolchain.get().compiler().forget();
    }

    @Override
    public String toString() {
        return getDescription();
    }

    @Override
    public long allocate(Object object, long batchSize, DeviceBufferState state, Access access) {
        throw internal("allocate");
    }

    @Override
    public long allocateObjects(
            Object[] objects, long batchSize, DeviceBufferState[] states, Access[] accesses) {
        throw internal("allocateObjects");
    }

    @Override
    public long deallocate(DeviceBufferState state) {
        throw internal("deallocate");
    }

    @Override
    public void dumpEvents(long executionPlanId) {
        throw internal("dumpEvents");
    }

    @Override
    public int enqueueBarrier(long executionPlanId) {
        throw internal("enqueueBarrier");
    }

    @Override
    public int enqueueBarrier(long executionPlanId, int[] events) {
        throw internal("enqueueBarrier");
    }

    @Override
    public int enqueueMarker(long executionPlanId) {
        throw internal("enqueueMarker");
    }

    @Override
    public int enqueueMarker(long executionPlanId, int[] events) {
        throw internal("enqueueMarker");
    }

    @Override
    public void ensureLoaded(long executionPlanId) {
        throw internal("ensureLoaded");
    }

    @Override
    public List<Integer> ensurePresent(
            long executionPlanId,
            Object object,
            DeviceBufferState objectState,
            int[] events,
            long batchSize,
            long hostOffset) {
        throw internal("ensurePresent");
    }

    @Override
    public void flush(long executionPlanId) {
        throw internal("flush");
    }

    @Override
    public void flushEvents(long executionPlanId) {
        throw internal("flushEvents");
    }

    @Override
    public Object getAtomic() {
        throw internal("getAtomic");
    }

    @Override
    public void mapDeviceRegion(
            long executionPlanId,
            Object destArray,
            Object srcArray,
            DeviceBufferState deviceStateSrc,
            DeviceBufferState deviceStateDest,
            long offset) {
        throw internal("mapDeviceRegion");
    }

    @Override
    public Event resolveEvent(long executionPlanId, int event) {
        throw internal("resolveEvent");
    }

    @Override
    @Deprecated
    public void setAtomicsMapping(ConcurrentHashMap<Object, Integer> mappingAtomics) {
        throw internal("setAtomicsMapping");
    }

    @Override
    public List<Integer> streamIn(
            long executionPlanId,
            Object object,
            long batchSize,
            long hostOffset,
            DeviceBufferState objectState,
            int[] events) {
        throw internal("streamIn");
    }

    @Override
    public int streamOut(
            long executionPlanId,
            Object object,
            long hostOffset,
            DeviceBufferState objectState,
            int[] events) {
        throw internal("streamOut");
    }

    @Override
    public int streamOutBlocking(
            long executionPlanId,
            Object object,
            long hostOffset,
            DeviceBufferState objectState,
            int[] events) {
        throw internal("streamOutBlocking");
    }

    @Override
    public void sync(long executionPlanId) {
        throw internal("sync");
    }

    private static TornadoRuntimeException internal(String method) {
        return new TornadoRuntimeException(
                "TornadoDevice."
                        + method
                        + " is for a runtime's inside; move data and run kernels with a TaskGraph");
    }
}
