package org.tornadovit.device.cuda;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.List;
import org.tornadovit.device.Code;
import org.tornadovit.device.CompileException;

/** The functions that compile modules and run functions of them. */
final class Modules {
    private static final MethodHandle LOAD =
            Library.function("cuModuleLoadDataEx", ADDRESS, ADDRESS, JAVA_INT, ADDRESS, ADDRESS);
    private static final MethodHandle UNLOAD = Library.function("cuModuleUnload", JAVA_LONG);
    private static final MethodHandle FUNCTION =
            Library.function("cuModuleGetFunction", ADDRESS, JAVA_LONG, ADDRESS);
    private static final MethodHandle ATTRIBUTE =
            Library.function("cuFuncGetAttribute", ADDRESS, JAVA_INT, JAVA_LONG);
    private static final MethodHandle LAUNCH =
            Library.function(
                    "cuLaunchKernel",
                    JAVA_LONG,
                    JAVA_INT,
                    JAVA_INT,
                    JAVA_INT,
                    JAVA_INT,
                    JAVA_INT,
                    JAVA_INT,
                    JAVA_INT,
                    JAVA_LONG,
                    ADDRESS,
                    ADDRESS);

    private static final int LOG_BYTES = 1 << 16;

    /** Where the compiler writes what is wrong, and how much room there is. */
    private static final List<Integer> LOG_OPTIONS = List.of(5, 6);

    private static final int MAX_THREADS_PER_BLOCK = 0;

    private Modules() {}

    /**
     * {@return a compiled module}
     *
     * @throws CompileException with the compiler's log when it does not compile
     * @throws CudaException when it was not for the code that loading failed
     */
    static long load(Code code, JitOptions options) {
        try (Arena arena = Arena.ofConfined()) {
            int count = LOG_OPTIONS.size() + options.numbers().size();
            MemorySegment names = arena.allocate(JAVA_INT, count);
            MemorySegment values = arena.allocate(JAVA_LONG, count);
            MemorySegment log = arena.allocate(LOG_BYTES);
            names.setAtIndex(JAVA_INT, 0, LOG_OPTIONS.getFirst());
            names.setAtIndex(JAVA_INT, 1, LOG_OPTIONS.getLast());
            values.setAtIndex(JAVA_LONG, 0, log.address());
            values.setAtIndex(JAVA_LONG, 1, LOG_BYTES);
            for (int i = LOG_OPTIONS.size(); i < count; i++) {
                names.setAtIndex(JAVA_INT, i, options.numbers().get(i - LOG_OPTIONS.size()));
                values.setAtIndex(JAVA_LONG, i, options.values().get(i - LOG_OPTIONS.size()));
            }
            MemorySegment text = arena.allocateFrom(code.text());
            MemorySegment module = arena.allocate(JAVA_LONG);
            try {
                Library.call(
                        "cuModuleLoadDataEx",
                        () -> (int) LOAD.invokeExact(module, text, count, names, values));
            } catch (CudaException e) {
                String said = log.getString(0).strip();
                if (said.isEmpty() && !e.is(Result.INVALID_PTX) && !e.is(Result.INVALID_IMAGE)) {
                    throw e;
                }
                throw new CompileException(
                        "Kernel '%s' does not compile: %s".formatted(code.entry(), e.getMessage()),
                        code.text(),
                        said);
            }
            return module.get(JAVA_LONG, 0);
        }
    }

    static void unload(long module) {
        Library.release("cuModuleUnload", () -> (int) UNLOAD.invokeExact(module));
    }

    /** {@return a function of a module} */
    static long function(long module, String entry) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment name = arena.allocateFrom(entry);
            MemorySegment function = arena.allocate(JAVA_LONG);
            Library.call(
                    "cuModuleGetFunction of '" + entry + "'",
                    () -> (int) FUNCTION.invokeExact(function, module, name));
            return function.get(JAVA_LONG, 0);
        }
    }

    /** {@return the most work-items of a group that a function runs with} */
    static int largestGroup(long function) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment value = arena.allocate(JAVA_INT);
            Library.call(
                    "cuFuncGetAttribute",
                    () -> (int) ATTRIBUTE.invokeExact(value, MAX_THREADS_PER_BLOCK, function));
            return value.get(JAVA_INT, 0);
        }
    }

    /**
     * Runs a function.
     *
     * @param groups number of groups, then their sizes, along x, y and z
     * @param shared bytes of a group's memory beside what the function declares
     * @param parameters the addresses of the parameters
     */
    static void launch(
            long function, int[] groups, int shared, long stream, MemorySegment parameters) {
        int countX = groups[0];
        int countY = groups[1];
        int countZ = groups[2];
        int sizeX = groups[3];
        int sizeY = groups[4];
        int sizeZ = groups[5];
        MemorySegment none = MemorySegment.NULL;
        Library.call(
                "cuLaunchKernel",
                () ->
                        (int)
                                LAUNCH.invokeExact(
                                        function,
                                        countX,
                                        countY,
                                        countZ,
                                        sizeX,
                                        sizeY,
                                        sizeZ,
                                        shared,
                                        stream,
                                        parameters,
                                        none));
    }
}
