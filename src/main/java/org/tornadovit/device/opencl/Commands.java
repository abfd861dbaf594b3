package org.tornadovit.device.opencl;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import org.tornadovit.device.NativeCall;

/**
 * The functions that give commands to a queue. Where one takes an {@code event}, it is NULL or room
 * for the handle of the event, which the caller then releases.
 */
final class Commands {
    /** {@code CL_MAP_READ}. */
    static final long MAP_READ = 1;

    /** {@code CL_MAP_WRITE_INVALIDATE_REGION}. */
    static final long MAP_WRITE = 4;

    private static final int NOT_BLOCKING = 0;
    private static final int BLOCKING = 1;

    /** {@code CL_PROFILING_COMMAND_START}. */
    private static final int START = 0x1282;

    /** {@code CL_PROFILING_COMMAND_END}. */
    private static final int END = 0x1283;

    private static final MethodHandle LAUNCH =
            Library.function(
                    "clEnqueueNDRangeKernel",
                    JAVA_INT,
                    JAVA_LONG,
                    JAVA_LONG,
                    JAVA_INT,
                    ADDRESS,
                    ADDRESS,
                    ADDRESS,
                    JAVA_INT,
                    ADDRESS,
                    ADDRESS);
    private static final MethodHandle WRITE = transfer("clEnqueueWriteBuffer");
    private static final MethodHandle READ = transfer("clEnqueueReadBuffer");
    private static final MethodHandle COPY =
            Library.function(
                    "clEnqueueCopyBuffer",
                    JAVA_INT,
                    JAVA_LONG,
                    JAVA_LONG,
                    JAVA_LONG,
                    JAVA_LONG,
                    JAVA_LONG,
                    JAVA_LONG,
                    JAVA_INT,
                    ADDRESS,
                    ADDRESS);
    private static final MethodHandle FILL =
            Library.function(
                    "clEnqueueFillBuffer",
                    JAVA_INT,
                    JAVA_LONG,
                    JAVA_LONG,
                    ADDRESS,
                    JAVA_LONG,
                    JAVA_LONG,
                    JAVA_LONG,
                    JAVA_INT,
                    ADDRESS,
                    ADDRESS);
    private static final MethodHandle MAP =
            Library.function(
                    "clEnqueueMapBuffer",
                    ADDRESS,
                    JAVA_LONG,
                    JAVA_LONG,
                    JAVA_INT,
                    JAVA_LONG,
                    JAVA_LONG,
                    JAVA_LONG,
                    JAVA_INT,
                    ADDRESS,
                    ADDRESS,
                    ADDRESS);
    private static final MethodHandle UNMAP =
            Library.function(
                    "clEnqueueUnmapMemObject",
                    JAVA_INT,
                    JAVA_LONG,
                    JAVA_LONG,
                    ADDRESS,
                    JAVA_INT,
                    ADDRESS,
                    ADDRESS);
    private static final MethodHandle FINISH = Library.function("clFinish", JAVA_INT, JAVA_LONG);
    private static final MethodHandle PROFILE =
            Library.function(
                    "clGetEventProfilingInfo",
                    JAVA_INT,
                    JAVA_LONG,
                    JAVA_INT,
                    JAVA_LONG,
                    ADDRESS,
                    ADDRESS);
    private static final MethodHandle RELEASE_EVENT =
            Library.function("clReleaseEvent", JAVA_INT, JAVA_LONG);

    private static final MemorySegment NONE = MemorySegment.NULL;

    private Commands() {}

    /** Runs a kernel over {@code global} work-items; {@code local} is NULL for any group. */
    static void launch(
            long queue,
            long kernel,
            int dimensions,
            MemorySegment global,
            MemorySegment local,
            MemorySegment event) {
        Call.checked(
                "clEnqueueNDRangeKernel",
                () ->
                        (int)
                                LAUNCH.invokeExact(
                                        queue,
                                        kernel,
                                        dimensions,
                                        NONE,
                                        global,
                                        local,
                                        0,
                                        NONE,
                                        event));
    }

    /** Copies native memory to a buffer, later. */
    static void write(
            long queue, long buffer, long offset, MemorySegment source, MemorySegment event) {
        long bytes = source.byteSize();
        Call.checked(
                "clEnqueueWriteBuffer",
                () ->
                        (int)
                                WRITE.invokeExact(
                                        queue,
                                        buffer,
                                        NOT_BLOCKING,
                                        offset,
                                        bytes,
                                        source,
                                        0,
                                        NONE,
                                        event));
    }

    /** Copies a buffer to native memory, later. */
    static void read(
            long queue, long buffer, long offset, MemorySegment target, MemorySegment event) {
        long bytes = target.byteSize();
        Call.checked(
                "clEnqueueReadBuffer",
                () ->
                        (int)
                                READ.invokeExact(
                                        queue,
                                        buffer,
                                        NOT_BLOCKING,
                                        offset,
                                        bytes,
                                        target,
                                        0,
                                        NONE,
                                        event));
    }

    /** Copies between buffers. */
    static void copy(
            long queue,
            long source,
            long sourceOffset,
            long target,
            long targetOffset,
            long bytes,
            MemorySegment event) {
        Call.checked(
                "clEnqueueCopyBuffer",
                () ->
                        (int)
                                COPY.invokeExact(
                                        queue,
                                        source,
                                        target,
                                        sourceOffset,
                                        targetOffset,
                                        bytes,
                                        0,
                                        NONE,
                                        event));
    }

    /** Fills a buffer with a pattern whose size divides {@code bytes}. */
    static void fill(long queue, long buffer, MemorySegment pattern, long bytes) {
        long size = pattern.byteSize();
        Call.checked(
                "clEnqueueFillBuffer",
                () ->
                        (int)
                                FILL.invokeExact(
                                        queue, buffer, pattern, size, 0L, bytes, 0, NONE, NONE));
    }

    /** {@return a part of a buffer as host memory} Waits for the commands before. */
    static MemorySegment map(
            long queue, long buffer, long flags, long offset, long bytes, MemorySegment event) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment status = arena.allocate(JAVA_INT);
            MemorySegment mapped =
                    NativeCall.of(() ->
                            (MemorySegment)
                                    MAP.invokeExact(
                                            queue, buffer, BLOCKING, flags, offset, bytes, 0, NONE,
                                            event, status));
            Status.check("clEnqueueMapBuffer", status.get(JAVA_INT, 0));
            return mapped.reinterpret(bytes);
        }
    }

    /** Gives back what {@link #map} gave. */
    static void unmap(long queue, long buffer, MemorySegment mapped, MemorySegment event) {
        Call.checked(
                "clEnqueueUnmapMemObject",
                () -> (int) UNMAP.invokeExact(queue, buffer, mapped, 0, NONE, event));
    }

    /** Waits for all commands. */
    static void finish(long queue) {
        Call.checked("clFinish", () -> (int) FINISH.invokeExact(queue));
    }

    /** {@return when the command of an event started, in nanoseconds; after it ended} */
    static long startNanos(long event) {
        return nanos(event, START);
    }

    /** {@return when the command of an event ended, in nanoseconds; after it ended} */
    static long endNanos(long event) {
        return nanos(event, END);
    }

    /** Releases an event. */
    static void releaseEvent(long event) {
        Call.checked("clReleaseEvent", () -> (int) RELEASE_EVENT.invokeExact(event));
    }

    private static long nanos(long event, int what) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment value = arena.allocate(JAVA_LONG);
            Call.checked(
                    "clGetEventProfilingInfo",
                    () -> (int) PROFILE.invokeExact(event, what, 8L, value, NONE));
            return value.get(JAVA_LONG, 0);
        }
    }

    private static MethodHandle transfer(String name) {
        return Library.function(
                name, JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_LONG, ADDRESS,
                JAVA_INT, ADDRESS, ADDRESS);
    }
}
