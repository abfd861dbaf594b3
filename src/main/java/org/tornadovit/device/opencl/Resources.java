package org.tornadovit.device.opencl;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** The functions that make and release contexts, queues and buffers. */
final class Resources {
    /** {@code CL_MEM_READ_WRITE}. */
    private static final long READ_WRITE = 1;

    /** {@code CL_QUEUE_PROFILING_ENABLE}. */
    private static final long PROFILING = 2;

    private static final MethodHandle CREATE_CONTEXT =
            Library.function(
                    "clCreateContext",
                    JAVA_LONG,
                    ADDRESS,
                    JAVA_INT,
                    ADDRESS,
                    ADDRESS,
                    ADDRESS,
                    ADDRESS);
    private static final MethodHandle CREATE_QUEUE =
            Library.function(
                    "clCreateCommandQueue", JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, ADDRESS);
    private static final MethodHandle CREATE_BUFFER =
            Library.function(
                    "clCreateBuffer", JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, ADDRESS, ADDRESS);
    private static final MethodHandle RELEASE_CONTEXT = release("clReleaseContext");
    private static final MethodHandle RELEASE_QUEUE = release("clReleaseCommandQueue");
    private static final MethodHandle RELEASE_BUFFER = release("clReleaseMemObject");

    private Resources() {}

    /** {@return a new context of one device} */
    static long createContext(long device) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment devices = arena.allocateFrom(JAVA_LONG, device);
            MemorySegment status = arena.allocate(JAVA_INT);
            MemorySegment none = MemorySegment.NULL;
            return Call.created(
                    "clCreateContext",
                    status,
                    () -> (long) CREATE_CONTEXT.invokeExact(none, 1, devices, none, none, status));
        }
    }

    /** {@return a new in-order queue, whose events tell times when it {@code profiles}} */
    static long createQueue(long context, long device, boolean profiles) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment status = arena.allocate(JAVA_INT);
            long properties = profiles ? PROFILING : 0;
            return Call.created(
                    "clCreateCommandQueue",
                    status,
                    () -> (long) CREATE_QUEUE.invokeExact(context, device, properties, status));
        }
    }

    /** {@return a new buffer that kernels read and write} */
    static long createBuffer(long context, long bytes) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment status = arena.allocate(JAVA_INT);
            return Call.created(
                    "clCreateBuffer",
                    status,
                    () ->
                            (long)
                                    CREATE_BUFFER.invokeExact(
                                            context,
                                            READ_WRITE,
                                            bytes,
                                            MemorySegment.NULL,
                                            status));
        }
    }

    /** Releases a context. */
    static void releaseContext(long context) {
        Call.checked("clReleaseContext", () -> (int) RELEASE_CONTEXT.invokeExact(context));
    }

    /** Releases a queue. */
    static void releaseQueue(long queue) {
        Call.checked("clReleaseCommandQueue", () -> (int) RELEASE_QUEUE.invokeExact(queue));
    }

    /** Releases a buffer; the driver keeps it until the commands that use it are done. */
    static void releaseBuffer(long buffer) {
        Call.checked("clReleaseMemObject", () -> (int) RELEASE_BUFFER.invokeExact(buffer));
    }

    private static MethodHandle release(String name) {
        return Library.function(name, JAVA_INT, JAVA_LONG);
    }
}
