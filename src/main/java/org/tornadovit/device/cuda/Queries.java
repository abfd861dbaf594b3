package org.tornadovit.device.cuda;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.EnumSet;
import org.tornadovit.device.DeviceInfo;
import org.tornadovit.device.DeviceInfo.Feature;

/** The functions that tell what there is. */
final class Queries {
    private static final MethodHandle INIT = Library.function("cuInit", JAVA_INT);
    private static final MethodHandle VERSION = Library.function("cuDriverGetVersion", ADDRESS);
    private static final MethodHandle COUNT = Library.function("cuDeviceGetCount", ADDRESS);
    private static final MethodHandle GET = Library.function("cuDeviceGet", ADDRESS, JAVA_INT);
    private static final MethodHandle NAME =
            Library.function("cuDeviceGetName", ADDRESS, JAVA_INT, JAVA_INT);
    private static final MethodHandle TOTAL =
            Library.function("cuDeviceTotalMem_v2", ADDRESS, JAVA_INT);
    private static final MethodHandle ATTRIBUTE =
            Library.function("cuDeviceGetAttribute", ADDRESS, JAVA_INT, JAVA_INT);

    private static final int NAME_LENGTH = 256;

    /** Attributes of devices, by their numbers in {@code CUdevice_attribute}. */
    private enum Attribute {
        MAX_THREADS_PER_BLOCK(1),
        MAX_BLOCK_DIM_X(2),
        MAX_BLOCK_DIM_Y(3),
        MAX_BLOCK_DIM_Z(4),
        MAX_SHARED_MEMORY_PER_BLOCK(8),
        CLOCK_RATE(13),
        MULTIPROCESSOR_COUNT(16),
        INTEGRATED(18),
        COMPUTE_CAPABILITY_MAJOR(75),
        COMPUTE_CAPABILITY_MINOR(76);

        private final int number;

        Attribute(int number) {
            this.number = number;
        }
    }

    private Queries() {}

    /**
     * Prepares the driver.
     *
     * @throws CudaException when it finds no device, or does not work
     */
    static void initialise() {
        Library.call("cuInit", () -> (int) INIT.invokeExact(0));
    }

    /** {@return the version of CUDA that the driver is of, as in 12040 for 12.4} */
    static int version() {
        return number("cuDriverGetVersion", VERSION);
    }

    /** {@return the number of devices} */
    static int count() {
        return number("cuDeviceGetCount", COUNT);
    }

    /** {@return the handle of a device} */
    static int device(int index) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment handle = arena.allocate(JAVA_INT);
            Library.call("cuDeviceGet", () -> (int) GET.invokeExact(handle, index));
            return handle.get(JAVA_INT, 0);
        }
    }

    /** {@return the compute capability without the point, as in 90} */
    static int capability(int device) {
        return 10 * attribute(device, Attribute.COMPUTE_CAPABILITY_MAJOR)
                + attribute(device, Attribute.COMPUTE_CAPABILITY_MINOR);
    }

    /** {@return what the device is called} */
    static String model(int device) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment text = arena.allocate(NAME_LENGTH);
            Library.call(
                    "cuDeviceGetName", () -> (int) NAME.invokeExact(text, NAME_LENGTH, device));
            return text.getString(0);
        }
    }

    /** {@return everything the device contract tells} */
    static DeviceInfo info(int device, String name, Language language) {
        long memory = memory(device);
        int version = version();
        int group = attribute(device, Attribute.MAX_THREADS_PER_BLOCK);
        return new DeviceInfo(
                name,
                DeviceInfo.Backend.CUDA,
                DeviceInfo.Kind.GPU,
                "NVIDIA",
                model(device),
                "CUDA driver " + text(version),
                language.text(),
                attribute(device, Attribute.MULTIPROCESSOR_COUNT),
                attribute(device, Attribute.CLOCK_RATE) / 1000,
                memory,
                memory,
                attribute(device, Attribute.MAX_SHARED_MEMORY_PER_BLOCK),
                group,
                attribute(device, Attribute.MAX_BLOCK_DIM_X),
                attribute(device, Attribute.MAX_BLOCK_DIM_Y),
                attribute(device, Attribute.MAX_BLOCK_DIM_Z),
                0,
                0,
                attribute(device, Attribute.INTEGRATED) != 0,
                EnumSet.of(Feature.FP16, Feature.FP64, Feature.ATOMIC64));
    }

    /** {@return a version as people write it} */
    static String text(int version) {
        return version / 1000 + "." + version % 1000 / 10;
    }

    private static long memory(int device) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment bytes = arena.allocate(JAVA_LONG);
            Library.call("cuDeviceTotalMem", () -> (int) TOTAL.invokeExact(bytes, device));
            return bytes.get(JAVA_LONG, 0);
        }
    }

    private static int attribute(int device, Attribute attribute) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment value = arena.allocate(JAVA_INT);
            int wanted = attribute.number;
            Library.call(
                    "cuDeviceGetAttribute of " + attribute,
                    () -> (int) ATTRIBUTE.invokeExact(value, wanted, device));
            return value.get(JAVA_INT, 0);
        }
    }

    private static int number(String function, MethodHandle handle) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment value = arena.allocate(JAVA_INT);
            Library.call(function, () -> (int) handle.invokeExact(value));
            return value.get(JAVA_INT, 0);
        }
    }
}
