package org.tornadovit.device.levelzero;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.EnumSet;
import java.util.Set;
import org.tornadovit.device.DeviceInfo;
import org.tornadovit.device.DeviceInfo.Feature;
import org.tornadovit.device.DeviceInfo.Kind;

/** The functions that list drivers and devices and tell what they are. */
final class Queries {
    private static final int GPU = 1;
    private static final int CPU = 2;
    private static final int INTEGRATED = 1;
    private static final int FP16 = 1;
    private static final int FP64 = 2;
    private static final int INT64_ATOMICS = 4;
    private static final int COMPUTE = 1;
    private static final int INTEL = 0x8086;

    private static final MethodHandle INIT = Library.function("zeInit", JAVA_INT);
    private static final MethodHandle DRIVERS = Library.function("zeDriverGet", ADDRESS, ADDRESS);
    private static final MethodHandle DRIVER = properties("zeDriverGetProperties");
    private static final MethodHandle DEVICES = list("zeDeviceGet");
    private static final MethodHandle DEVICE = properties("zeDeviceGetProperties");
    private static final MethodHandle COMPUTES = properties("zeDeviceGetComputeProperties");
    private static final MethodHandle MODULES = properties("zeDeviceGetModuleProperties");
    private static final MethodHandle MEMORIES = list("zeDeviceGetMemoryProperties");
    private static final MethodHandle QUEUES = list("zeDeviceGetCommandQueueGroupProperties");

    private Queries() {}

    /**
     * Prepares the drivers.
     *
     * @throws LevelZeroException when there is none
     */
    static void initialise() {
        Library.call("zeInit", () -> (int) INIT.invokeExact(0));
    }

    /** {@return the handles of the drivers} */
    static long[] drivers() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment count = arena.allocate(JAVA_INT);
            MemorySegment none = MemorySegment.NULL;
            Library.call("zeDriverGet", () -> (int) DRIVERS.invokeExact(count, none));
            MemorySegment handles = arena.allocate(JAVA_LONG, 1 + count.get(JAVA_INT, 0));
            Library.call("zeDriverGet", () -> (int) DRIVERS.invokeExact(count, handles));
            return longs(handles, count);
        }
    }

    /** {@return the handles of the devices of a driver} */
    static long[] devices(long driver) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment count = arena.allocate(JAVA_INT);
            MemorySegment none = MemorySegment.NULL;
            Library.call("zeDeviceGet", () -> (int) DEVICES.invokeExact(driver, count, none));
            MemorySegment handles = arena.allocate(JAVA_LONG, 1 + count.get(JAVA_INT, 0));
            Library.call("zeDeviceGet", () -> (int) DEVICES.invokeExact(driver, count, handles));
            return longs(handles, count);
        }
    }

    /** {@return everything the device contract tells} */
    static DeviceInfo info(long driver, long device, String name) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment version = Structure.DRIVER_PROPERTIES.allocate(arena);
            MemorySegment own = Structure.DEVICE_PROPERTIES.allocate(arena);
            MemorySegment groups = Structure.DEVICE_COMPUTE_PROPERTIES.allocate(arena);
            MemorySegment modules = Structure.DEVICE_MODULE_PROPERTIES.allocate(arena);
            Library.call("zeDriverGetProperties", () -> (int) DRIVER.invokeExact(driver, version));
            Library.call("zeDeviceGetProperties", () -> (int) DEVICE.invokeExact(device, own));
            Library.call(
                    "zeDeviceGetComputeProperties",
                    () -> (int) COMPUTES.invokeExact(device, groups));
            Library.call(
                    "zeDeviceGetModuleProperties",
                    () -> (int) MODULES.invokeExact(device, modules));
            long spirv = Structure.word(modules, 16);
            int group = (int) Structure.word(groups, 16);
            return new DeviceInfo(
                    name,
                    DeviceInfo.Backend.LEVELZERO,
                    kind((int) Structure.word(own, 16)),
                    Structure.word(own, 20) == INTEL
                            ? "Intel"
                            : "vendor 0x%x".formatted(Structure.word(own, 20)),
                    own.getString(112),
                    "Level Zero, driver 0x%x".formatted(Structure.word(version, 32)),
                    "SPIR-V %d.%d".formatted(spirv >> 16, spirv & 0xffff),
                    (int)
                            (Structure.word(own, 64)
                                    * Structure.word(own, 68)
                                    * Structure.word(own, 72)),
                    (int) Structure.word(own, 36),
                    memory(arena, device),
                    own.get(JAVA_LONG, 40),
                    Structure.word(groups, 44),
                    group,
                    (int) Math.min(group, Structure.word(groups, 20)),
                    (int) Math.min(group, Structure.word(groups, 24)),
                    (int) Math.min(group, Structure.word(groups, 28)),
                    0,
                    0,
                    (Structure.word(own, 28) & INTEGRATED) != 0,
                    features(Structure.word(modules, 20)));
        }
    }

    /** {@return the number of the first group of queues that runs kernels} */
    static int computeQueues(long device) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment count = arena.allocate(JAVA_INT);
            MemorySegment groups =
                    all(arena, QUEUES, device, count, Structure.COMMAND_QUEUE_GROUP_PROPERTIES);
            for (int i = 0; i < count.get(JAVA_INT, 0); i++) {
                long flags = Structure.COMMAND_QUEUE_GROUP_PROPERTIES.bytes() * i + 16;
                if ((Structure.word(groups, flags) & COMPUTE) != 0) {
                    return i;
                }
            }
            return 0;
        }
    }

    private static long memory(Arena arena, long device) {
        MemorySegment count = arena.allocate(JAVA_INT);
        MemorySegment memories =
                all(arena, MEMORIES, device, count, Structure.DEVICE_MEMORY_PROPERTIES);
        long total = 0;
        for (int i = 0; i < count.get(JAVA_INT, 0); i++) {
            total += memories.get(JAVA_LONG, Structure.DEVICE_MEMORY_PROPERTIES.bytes() * i + 32);
        }
        return total;
    }

    private static MemorySegment all(
            Arena arena,
            MethodHandle function,
            long device,
            MemorySegment count,
            Structure structure) {
        MemorySegment none = MemorySegment.NULL;
        Library.call(structure.name(), () -> (int) function.invokeExact(device, count, none));
        MemorySegment structures = structure.allocate(arena, count.get(JAVA_INT, 0));
        Library.call(structure.name(), () -> (int) function.invokeExact(device, count, structures));
        return structures;
    }

    private static Kind kind(int type) {
        return switch (type) {
            case GPU -> Kind.GPU;
            case CPU -> Kind.CPU;
            default -> Kind.ACCELERATOR;
        };
    }

    private static Set<Feature> features(long flags) {
        Set<Feature> features = EnumSet.of(Feature.IL);
        if ((flags & FP16) != 0) {
            features.add(Feature.FP16);
        }
        if ((flags & FP64) != 0) {
            features.add(Feature.FP64);
        }
        if ((flags & INT64_ATOMICS) != 0) {
            features.add(Feature.ATOMIC64);
        }
        return features;
    }

    private static long[] longs(MemorySegment handles, MemorySegment count) {
        return handles.asSlice(0, count.get(JAVA_INT, 0) * (long) Long.BYTES).toArray(JAVA_LONG);
    }

    private static MethodHandle properties(String name) {
        return Library.function(name, JAVA_LONG, ADDRESS);
    }

    private static MethodHandle list(String name) {
        return Library.function(name, JAVA_LONG, ADDRESS, ADDRESS);
    }
}
