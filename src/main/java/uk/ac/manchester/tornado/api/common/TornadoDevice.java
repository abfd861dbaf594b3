package uk.ac.manchester.tornado.api.common;

import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import uk.ac.manchester.tornado.api.TornadoDeviceContext;
import uk.ac.manchester.tornado.api.TornadoTargetDevice;
import uk.ac.manchester.tornado.api.enums.TornadoDeviceType;
import uk.ac.manchester.tornado.api.enums.TornadoVMBackendType;
import uk.ac.manchester.tornado.api.memory.DeviceBufferState;
import uk.ac.manchester.tornado.api.memory.TornadoMemoryProvider;

/** A device that runs tasks: its description, its memory and the transfers to and from it. */
public interface TornadoDevice {
    long allocate(Object object, long batchSize, DeviceBufferState state, Access access);

    long allocateObjects(
            Object[] objects, long batchSize, DeviceBufferState[] states, Access[] accesses);

    void clean();

    long deallocate(DeviceBufferState state);

    void dumpEvents(long executionPlanId);

    int enqueueBarrier(long executionPlanId);

    int enqueueBarrier(long executionPlanId, int[] events);

    int enqueueMarker(long executionPlanId);

    int enqueueMarker(long executionPlanId, int[] events);

    void ensureLoaded(long executionPlanId);

    List<Integer> ensurePresent(
            long executionPlanId,
            Object object,
            DeviceBufferState objectState,
            int[] events,
            long batchSize,
            long hostOffset);

    void flush(long executionPlanId);

    void flushEvents(long executionPlanId);

    Object getAtomic();

    default int getAvailableProcessors() {
        return getPhysicalDevice().getDeviceMaxComputeUnits();
    }

    int getBackendIndex();

    String getDescription();

    TornadoDeviceContext getDeviceContext();

    Object getDeviceInfo();

    long getDeviceLocalMemorySize();

    long[] getDeviceMaxWorkgroupDimensions();

    String getDeviceName();

    String getDeviceOpenCLCVersion();

    TornadoDeviceType getDeviceType();

    long getMaxAllocMemory();

    long getMaxGlobalMemory();

    TornadoMemoryProvider getMemoryProvider();

    TornadoTargetDevice getPhysicalDevice();

    String getPlatformName();

    TornadoVMBackendType getTornadoVMBackend();

    boolean isSPIRVSupported();

    void mapDeviceRegion(
            long executionPlanId,
            Object destArray,
            Object srcArray,
            DeviceBufferState deviceStateSrc,
            DeviceBufferState deviceStateDest,
            long offset);

    Event resolveEvent(long executionPlanId, int event);

    @Deprecated
    void setAtomicsMapping(ConcurrentHashMap<Object, Integer> mappingAtomics);

    List<Integer> streamIn(
            long executionPlanId,
            Object object,
            long batchSize,
            long hostOffset,
            DeviceBufferState objectState,
            int[] events);

    int streamOut(
            long executionPlanId,
            Object object,
            long hostOffset,
            DeviceBufferState objectState,
            int[] events);

    int streamOutBlocking(
            long executionPlanId,
            Object object,
            long hostOffset,
            DeviceBufferState objectState,
            int[] events);

    void sync(long executionPlanId);
}
