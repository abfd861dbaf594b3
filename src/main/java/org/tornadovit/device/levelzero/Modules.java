package org.tornadovit.device.levelzero;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import org.tornadovit.device.Code;
import org.tornadovit.device.CompileException;

/** The functions that compile modules and make kernels of them. */
final class Modules {
    private static final MethodHandle CREATE =
            Library.function("zeModuleCreate", JAVA_LONG, JAVA_LONG, ADDRESS, ADDRESS, ADDRESS);
    private static final MethodHandle DESTROY = Library.function("zeModuleDestroy", JAVA_LONG);
    private static final MethodHandle LOG =
            Library.function("zeModuleBuildLogGetString", JAVA_LONG, ADDRESS, ADDRESS);
    private static final MethodHandle DESTROY_LOG =
            Library.function("zeModuleBuildLogDestroy", JAVA_LONG);
    private static final MethodHandle CREATE_KERNEL =
            Library.function("zeKernelCreate", JAVA_LONG, ADDRESS, ADDRESS);
    private static final MethodHandle DESTROY_KERNEL =
            Library.function("zeKernelDestroy", JAVA_LONG);
    private static final MethodHandle SET_ARGUMENT =
            Library.function("zeKernelSetArgumentValue", JAVA_LONG, JAVA_INT, JAVA_LONG, ADDRESS);
    private static final MethodHandle SET_GROUP =
            Library.function("zeKernelSetGroupSize", JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_INT);
    private static final MethodHandle SUGGEST =
            Library.function(
                    "zeKernelSuggestGroupSize",
                    JAVA_LONG,
                    JAVA_INT,
                    JAVA_INT,
                    JAVA_INT,
                    ADDRESS,
                    ADDRESS,
                    ADDRESS);
    private static final MethodHandle KERNEL_PROPERTIES =
            Library.function("zeKernelGetProperties", JAVA_LONG, ADDRESS);

    private Modules() {}

    /**
     * {@return a compiled module}
     *
     * @throws CompileException with the log when it does not compile
     */
    static long create(long context, long device, Code.Binary code, String flags) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment description = Structure.MODULE_DESC.allocate(arena);
            description.set(JAVA_LONG, 24, code.bytes().length);
            description.set(ADDRESS, 32, arena.allocateFrom(JAVA_BYTE, code.bytes()));
            description.set(ADDRESS, 40, arena.allocateFrom(flags));
            MemorySegment handle = arena.allocate(JAVA_LONG);
            MemorySegment log = arena.allocate(JAVA_LONG);
            try {
                Library.call(
                        "zeModuleCreate",
                        () -> (int) CREATE.invokeExact(context, device, description, handle, log));
            } catch (LevelZeroException e) {
                throw new CompileException(
                        "Kernel '%s' does not compile: %s".formatted(code.entry(), e.getMessage()),
                        code.text(),
                        text(arena, log.get(JAVA_LONG, 0)));
            } finally {
                release(log.get(JAVA_LONG, 0));
            }
            return handle.get(JAVA_LONG, 0);
        }
    }

    private static String text(Arena arena, long log) {
        if (log == 0) {
            return "";
        }
        MemorySegment size = arena.allocate(JAVA_LONG);
        MemorySegment none = MemorySegment.NULL;
        Library.call("zeModuleBuildLogGetString", () -> (int) LOG.invokeExact(log, size, none));
        MemorySegment text = arena.allocate(size.get(JAVA_LONG, 0) + 1);
        Library.call("zeModuleBuildLogGetString", () -> (int) LOG.invokeExact(log, size, text));
        return text.getString(0).strip();
    }

    private static void release(long log) {
        if (log != 0) {
            Library.call("zeModuleBuildLogDestroy", () -> (int) DESTROY_LOG.invokeExact(log));
        }
    }

    static void destroy(long module) {
        Library.call("zeModuleDestroy", () -> (int) DESTROY.invokeExact(module));
    }

    /** {@return a new kernel: a function of a module with its own arguments and group} */
    static long createKernel(long module, String entry) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment description = Structure.KERNEL_DESC.allocate(arena);
            description.set(ADDRESS, 24, arena.allocateFrom(entry));
            MemorySegment handle = arena.allocate(JAVA_LONG);
            Library.call(
                    "zeKernelCreate",
                    () -> (int) CREATE_KERNEL.invokeExact(module, description, handle));
            return handle.get(JAVA_LONG, 0);
        }
    }

    static void destroyKernel(long kernel) {
        Library.call("zeKernelDestroy", () -> (int) DESTROY_KERNEL.invokeExact(kernel));
    }

    /** {@return the number of arguments of a kernel} */
    static int argumentCount(long kernel) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment properties = Structure.KERNEL_PROPERTIES.allocate(arena);
            Library.call(
                    "zeKernelGetProperties",
                    () -> (int) KERNEL_PROPERTIES.invokeExact(kernel, properties));
            return properties.get(JAVA_INT, 16);
        }
    }

    /** Sets an argument; {@code value} is NULL for local memory of {@code bytes}. */
    static void setArgument(long kernel, int index, long bytes, MemorySegment value) {
        Library.call(
                "zeKernelSetArgumentValue",
                () -> (int) SET_ARGUMENT.invokeExact(kernel, index, bytes, value));
    }

    /** Sets the work-items of a group. */
    static void setGroup(long kernel, int[] group) {
        int x = group[0];
        int y = group[1];
        int z = group[2];
        Library.call("zeKernelSetGroupSize", () -> (int) SET_GROUP.invokeExact(kernel, x, y, z));
    }

    /** {@return a good group for so many work-items along x, y and z; it need not divide them} */
    static int[] suggestedGroup(long kernel, int x, int y, int z) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment group = arena.allocate(JAVA_INT, 3);
            MemorySegment first = group.asSlice(0, 4);
            MemorySegment second = group.asSlice(4, 4);
            MemorySegment third = group.asSlice(8, 4);
            Library.call(
                    "zeKernelSuggestGroupSize",
                    () -> (int) SUGGEST.invokeExact(kernel, x, y, z, first, second, third));
            return group.toArray(JAVA_INT);
        }
    }
}
