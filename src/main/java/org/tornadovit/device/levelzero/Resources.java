package org.tornadovit.device.levelzero;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * The functions that make and release contexts, command lists and memory, and the commands. Command
 * lists are immediate and synchronous: a command has ended when its function returns.
 */
final class Resources {
    private static final int SYNCHRONOUS = 1;
    private static final long ALIGNMENT = 128;

    private static final MethodHandle CREATE_CONTEXT =
            Library.function("zeContextCreate", JAVA_LONG, ADDRESS, ADDRESS);
    private static final MethodHandle DESTROY_CONTEXT =
            Library.function("zeContextDestroy", JAVA_LONG);
    private static final MethodHandle CREATE_LIST =
            Library.function(
                    "zeCommandListCreateImmediate", JAVA_LONG, JAVA_LONG, ADDRESS, ADDRESS);
    private static final MethodHandle DESTROY_LIST =
            Library.function("zeCommandListDestroy", JAVA_LONG);
    private static final MethodHandle ALLOCATE =
            Library.function(
                    "zeMemAllocDevice",
                    JAVA_LONG,
                    ADDRESS,
                    JAVA_LONG,
                    JAVA_LONG,
                    JAVA_LONG,
                    ADDRESS);
    private static final MethodHandle FREE = Library.function("zeMemFree", JAVA_LONG, JAVA_LONG);
    private static final MethodHandle COPY =
            Library.function(
                    "zeCommandListAppendMemoryCopy",
                    JAVA_LONG,
                    JAVA_LONG,
                    JAVA_LONG,
                    JAVA_LONG,
                    JAVA_LONG,
                    JAVA_INT,
                    ADDRESS);
    private static final MethodHandle FILL =
            Library.function(
                    "zeCommandListAppendMemoryFill",
                    JAVA_LONG,
                    JAVA_LONG,
                    ADDRESS,
                    JAVA_LONG,
                    JAVA_LONG,
                    JAVA_LONG,
                    JAVA_INT,
                    ADDRESS);
    private static final MethodHandle LAUNCH =
            Library.function(
                    "zeCommandListAppendLaunchKernel",
                    JAVA_LONG,
                    JAVA_LONG,
                    ADDRESS,
                    JAVA_LONG,
                    JAVA_INT,
                    ADDRESS);

    private static final MemorySegment NONE = MemorySegment.NULL;

    private Resources() {}

    static long createContext(long driver) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment description = Structure.CONTEXT_DESC.allocate(arena);
            MemorySegment handle = arena.allocate(JAVA_LONG);
            Library.call(
                    "zeContextCreate",
                    () -> (int) CREATE_CONTEXT.invokeExact(driver, description, handle));
            return handle.get(JAVA_LONG, 0);
        }
    }

    static void destroyContext(long context) {
        Library.call("zeContextDestroy", () -> (int) DESTROY_CONTEXT.invokeExact(context));
    }

    /** {@return a new command list of a group of queues} */
    static long createList(long context, long device, int queues) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment description = Structure.COMMAND_QUEUE_DESC.allocate(arena);
            description.set(JAVA_INT, 16, queues);
            description.set(JAVA_INT, 28, SYNCHRONOUS);
            MemorySegment handle = arena.allocate(JAVA_LONG);
            Library.call(
                    "zeCommandListCreateImmediate",
                    () -> (int) CREATE_LIST.invokeExact(context, device, description, handle));
            return handle.get(JAVA_LONG, 0);
        }
    }

    static void destroyList(long list) {
        Library.call("zeCommandListDestroy", () -> (int) DESTROY_LIST.invokeExact(list));
    }

    /** {@return the address of new device memory} */
    static long allocate(long context, long device, long bytes) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment description = Structure.DEVICE_MEM_ALLOC_DESC.allocate(arena);
            MemorySegment pointer = arena.allocate(JAVA_LONG);
            Library.call(
                    "zeMemAllocDevice",
                    () ->
                            (int)
                                    ALLOCATE.invokeExact(
                                            context,
                                            description,
                                            bytes,
                                            ALIGNMENT,
                                            device,
                                            pointer));
            return pointer.get(JAVA_LONG, 0);
        }
    }

    static void free(long context, long pointer) {
        Library.call("zeMemFree", () -> (int) FREE.invokeExact(context, pointer));
    }

    /** Copies between addresses of the device or the host. */
    static void copy(long list, long target, long source, long bytes) {
        Library.call(
                "zeCommandListAppendMemoryCopy",
                () -> (int) COPY.invokeExact(list, target, source, bytes, 0L, 0, NONE));
    }

    /** Fills memory with zeros. */
    static void clear(long list, long pointer, long bytes) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment zero = arena.allocate(1);
            Library.call(
                    "zeCommandListAppendMemoryFill",
                    () -> (int) FILL.invokeExact(list, pointer, zero, 1L, bytes, 0L, 0, NONE));
        }
    }

    /** Runs a kernel; {@code groups} are three ints. */
    static void launch(long list, long kernel, MemorySegment groups) {
        Library.call(
                "zeCommandListAppendLaunchKernel",
                () -> (int) LAUNCH.invokeExact(list, kernel, groups, 0L, 0, NONE));
    }
}
