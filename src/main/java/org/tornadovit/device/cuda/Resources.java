package org.tornadovit.device.cuda;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** The functions that make and release contexts, streams, events and memory. */
final class Resources {
    private static final MethodHandle RETAIN =
            Library.function("cuDevicePrimaryCtxRetain", ADDRESS, JAVA_INT);
    private static final MethodHandle RELEASE =
            Library.function("cuDevicePrimaryCtxRelease_v2", JAVA_INT);
    private static final MethodHandle SET_CURRENT = Library.function("cuCtxSetCurrent", JAVA_LONG);
    private static final MethodHandle CREATE_STREAM =
            Library.function("cuStreamCreate", ADDRESS, JAVA_INT);
    private static final MethodHandle DESTROY_STREAM =
            Library.function("cuStreamDestroy_v2", JAVA_LONG);
    private static final MethodHandle SYNCHRONIZE =
            Library.function("cuStreamSynchronize", JAVA_LONG);
    private static final MethodHandle CREATE_EVENT =
            Library.function("cuEventCreate", ADDRESS, JAVA_INT);
    private static final MethodHandle DESTROY_EVENT =
            Library.function("cuEventDestroy_v2", JAVA_LONG);
    private static final MethodHandle RECORD =
            Library.function("cuEventRecord", JAVA_LONG, JAVA_LONG);
    private static final MethodHandle WAIT = Library.function("cuEventSynchronize", JAVA_LONG);
    private static final MethodHandle ELAPSED =
            Library.function("cuEventElapsedTime", ADDRESS, JAVA_LONG, JAVA_LONG);
    private static final MethodHandle ALLOCATE =
            Library.function("cuMemAlloc_v2", ADDRESS, JAVA_LONG);
    private static final MethodHandle FREE = Library.function("cuMemFree_v2", JAVA_LONG);
    private static final MethodHandle ALLOCATE_PINNED =
            Library.function("cuMemAllocHost_v2", ADDRESS, JAVA_LONG);
    private static final MethodHandle FREE_PINNED = Library.function("cuMemFreeHost", JAVA_LONG);
    private static final MethodHandle INFO = Library.function("cuMemGetInfo_v2", ADDRESS, ADDRESS);
    private static final MethodHandle CLEAR =
            Library.function("cuMemsetD8Async", JAVA_LONG, JAVA_BYTE, JAVA_LONG, JAVA_LONG);
    private static final MethodHandle TO_DEVICE =
            Library.function("cuMemcpyHtoDAsync_v2", JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG);
    private static final MethodHandle TO_HOST =
            Library.function("cuMemcpyDtoHAsync_v2", JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG);
    private static final MethodHandle ON_DEVICE =
            Library.function("cuMemcpyDtoDAsync_v2", JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG);

    /** A stream of its own order, which does not wait for the default one. */
    private static final int NON_BLOCKING = 1;

    /** An event that only orders, and costs less. */
    private static final int WITHOUT_TIME = 2;

    private static final int WITH_TIME = 0;

    private Resources() {}

    /** {@return the context that all of this process share on a device} */
    static long retain(int device) {
        return made("cuDevicePrimaryCtxRetain", slot -> (int) RETAIN.invokeExact(slot, device));
    }

    static void release(int device) {
        Library.release("cuDevicePrimaryCtxRelease", () -> (int) RELEASE.invokeExact(device));
    }

    /** Makes what this thread calls next act on a context. */
    static void enter(long context) {
        Library.release("cuCtxSetCurrent", () -> (int) SET_CURRENT.invokeExact(context));
    }

    static long createStream() {
        return made("cuStreamCreate", slot -> (int) CREATE_STREAM.invokeExact(slot, NON_BLOCKING));
    }

    static void destroyStream(long stream) {
        Library.release("cuStreamDestroy", () -> (int) DESTROY_STREAM.invokeExact(stream));
    }

    /** Waits for all commands of a stream. */
    static void synchronize(long stream) {
        Library.call("cuStreamSynchronize", () -> (int) SYNCHRONIZE.invokeExact(stream));
    }

    /** {@return a new event that has a time} */
    static long createTimedEvent() {
        return made("cuEventCreate", slot -> (int) CREATE_EVENT.invokeExact(slot, WITH_TIME));
    }

    /** {@return a new event to wait for} */
    static long createEvent() {
        return made("cuEventCreate", slot -> (int) CREATE_EVENT.invokeExact(slot, WITHOUT_TIME));
    }

    static void destroyEvent(long event) {
        Library.release("cuEventDestroy", () -> (int) DESTROY_EVENT.invokeExact(event));
    }

    /** Lets an event happen when the commands before it have run. */
    static void record(long event, long stream) {
        Library.call("cuEventRecord", () -> (int) RECORD.invokeExact(event, stream));
    }

    /** Waits for an event. */
    static void await(long event) {
        Library.call("cuEventSynchronize", () -> (int) WAIT.invokeExact(event));
    }

    /** {@return the time between two events, in nanoseconds} */
    static long nanosBetween(long first, long second) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment millis = arena.allocate(JAVA_FLOAT);
            Library.call(
                    "cuEventElapsedTime", () -> (int) ELAPSED.invokeExact(millis, first, second));
            return Math.round(millis.get(JAVA_FLOAT, 0) * 1e6);
        }
    }

    /** {@return the address of new device memory} */
    static long allocate(long bytes) {
        return made("cuMemAlloc", slot -> (int) ALLOCATE.invokeExact(slot, bytes));
    }

    static void free(long address) {
        Library.release("cuMemFree", () -> (int) FREE.invokeExact(address));
    }

    /** {@return host memory that the device copies from and to by itself; to be freed} */
    static MemorySegment allocatePinned(long bytes) {
        long address =
                made("cuMemAllocHost", slot -> (int) ALLOCATE_PINNED.invokeExact(slot, bytes));
        return MemorySegment.ofAddress(address).reinterpret(bytes);
    }

    static void freePinned(MemorySegment memory) {
        long address = memory.address();
        Library.release("cuMemFreeHost", () -> (int) FREE_PINNED.invokeExact(address));
    }

    /** {@return the bytes of the current device that nobody uses} */
    static long free() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment free = arena.allocate(JAVA_LONG);
            MemorySegment total = arena.allocate(JAVA_LONG);
            Library.call("cuMemGetInfo", () -> (int) INFO.invokeExact(free, total));
            return free.get(JAVA_LONG, 0);
        }
    }

    /** Fills memory with zeros. */
    static void clear(long address, long bytes, long stream) {
        byte zero = 0;
        Library.call(
                "cuMemsetD8Async", () -> (int) CLEAR.invokeExact(address, zero, bytes, stream));
    }

    /** Copies from pinned host memory to the device. */
    static void copyToDevice(long target, long source, long bytes, long stream) {
        Library.call(
                "cuMemcpyHtoDAsync",
                () -> (int) TO_DEVICE.invokeExact(target, source, bytes, stream));
    }

    /** Copies from the device to pinned host memory. */
    static void copyToHost(long target, long source, long bytes, long stream) {
        Library.call(
                "cuMemcpyDtoHAsync",
                () -> (int) TO_HOST.invokeExact(target, source, bytes, stream));
    }

    /** Copies within the device. */
    static void copy(long target, long source, long bytes, long stream) {
        Library.call(
                "cuMemcpyDtoDAsync",
                () -> (int) ON_DEVICE.invokeExact(target, source, bytes, stream));
    }

    /** A function that writes what it makes to an address. */
    @FunctionalInterface
    private interface Maker {
        int make(MemorySegment slot) throws Throwable;
    }

    private static long made(String function, Maker maker) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment slot = arena.allocate(JAVA_LONG);
            Library.call(function, () -> maker.make(slot));
            return slot.get(JAVA_LONG, 0);
        }
    }
}
