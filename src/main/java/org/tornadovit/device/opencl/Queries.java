package org.tornadovit.device.opencl;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.util.stream.LongStream;
import org.tornadovit.device.NativeCall;

/** The functions that list platforms and devices and read what they are. */
final class Queries {
    /** {@code CL_DEVICE_TYPE_ALL}. */
    private static final long ALL = 0xFFFFFFFFL;

    private static final MethodHandle PLATFORM_IDS =
            Library.function("clGetPlatformIDs", JAVA_INT, JAVA_INT, ADDRESS, ADDRESS);
    private static final MethodHandle DEVICE_IDS =
            Library.function(
                    "clGetDeviceIDs", JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_INT, ADDRESS, ADDRESS);
    private static final MethodHandle PLATFORM_INFO = info("clGetPlatformInfo");
    private static final MethodHandle DEVICE_INFO = info("clGetDeviceInfo");

    private Queries() {}

    /** {@return the handles of the platforms, in the loader's order} */
    static long[] platforms() {
        return handles(
                "clGetPlatformIDs",
                Status.PLATFORM_NOT_FOUND_KHR,
                (room, ids, count) ->
                        NativeCall.<Integer>of(
                                () -> (int) PLATFORM_IDS.invokeExact(room, ids, count)));
    }

    /** {@return the handles of the devices of a platform} */
    static long[] devices(long platform) {
        return handles(
                "clGetDeviceIDs",
                Status.DEVICE_NOT_FOUND,
                (room, ids, count) ->
                        NativeCall.<Integer>of(() ->
                                (int) DEVICE_IDS.invokeExact(platform, ALL, room, ids, count)));
    }

    /** {@return a text that a platform says about itself} */
    static String platformText(long platform, int what) {
        return text(bytes("clGetPlatformInfo", PLATFORM_INFO, platform, what));
    }

    /** {@return a text that a device says about itself} */
    static String deviceText(long device, int what) {
        return text(bytes("clGetDeviceInfo", DEVICE_INFO, device, what));
    }

    /** {@return numbers that a device says about itself, each of 4 or 8 bytes as declared} */
    static long[] deviceNumbers(long device, int what, ValueLayout each) {
        MemorySegment value =
                MemorySegment.ofArray(bytes("clGetDeviceInfo", DEVICE_INFO, device, what));
        long size = each.byteSize();
        return LongStream.range(0, value.byteSize() / size)
                .map(i ->
                        size == Integer.BYTES
                                ? value.get(ValueLayout.JAVA_INT_UNALIGNED, i * size)
                                : value.get(ValueLayout.JAVA_LONG_UNALIGNED, i * size))
                .toArray();
    }

    private static MethodHandle info(String name) {
        return Library.function(name, JAVA_INT, JAVA_LONG, JAVA_INT, JAVA_LONG, ADDRESS, ADDRESS);
    }

    /** Fills at most {@code room} handles and stores how many there are; returns the status. */
    @FunctionalInterface
    private interface Listing {
        int list(int room, MemorySegment handles, MemorySegment count);
    }

    private static long[] handles(String function, int statusForNone, Listing listing) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment count = arena.allocate(JAVA_INT);
            int status = listing.list(0, MemorySegment.NULL, count);
            if (status == statusForNone) {
                return new long[0];
            }
            Status.check(function, status);
            int room = count.get(JAVA_INT, 0);
            MemorySegment handles = arena.allocate(JAVA_LONG, Math.max(room, 1));
            if (room > 0) {
                Status.check(function, listing.list(room, handles, count));
            }
            return handles.asSlice(0, (long) room * Long.BYTES).toArray(JAVA_LONG);
        }
    }

    private static byte[] bytes(String function, MethodHandle info, long object, int what) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment size = arena.allocate(JAVA_LONG);
            Call.checked(
                    function,
                    () -> (int) info.invokeExact(object, what, 0L, MemorySegment.NULL, size));
            long length = size.get(JAVA_LONG, 0);
            MemorySegment value = arena.allocate(Math.max(length, 1), Long.BYTES);
            Call.checked(
                    function,
                    () -> (int) info.invokeExact(object, what, length, value, MemorySegment.NULL));
            return value.asSlice(0, length).toArray(JAVA_BYTE);
        }
    }

    private static String text(byte[] bytes) {
        int end = 0;
        while (end < bytes.length && bytes[end] != 0) {
            end++;
        }
        return new String(bytes, 0, end, StandardCharsets.UTF_8).strip();
    }
}
