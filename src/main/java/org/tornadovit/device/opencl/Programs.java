package org.tornadovit.device.opencl;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;

/** The functions that compile programs and make kernels of them. */
final class Programs {
    /** {@code CL_PROGRAM_BUILD_LOG}. */
    private static final int BUILD_LOG = 0x1183;

    /** {@code CL_KERNEL_NUM_ARGS}. */
    private static final int ARGUMENT_COUNT = 0x1191;

    /** {@code CL_KERNEL_WORK_GROUP_SIZE}. */
    private static final int WORK_GROUP_SIZE = 0x11B0;

    private static final MethodHandle CREATE_PROGRAM =
            Library.function(
                    "clCreateProgramWithSource",
                    JAVA_LONG,
                    JAVA_LONG,
                    JAVA_INT,
                    ADDRESS,
                    ADDRESS,
                    ADDRESS);
    private static final MethodHandle BUILD =
            Library.function(
                    "clBuildProgram",
                    JAVA_INT,
                    JAVA_LONG,
                    JAVA_INT,
                    ADDRESS,
                    ADDRESS,
                    ADDRESS,
                    ADDRESS);
    private static final MethodHandle BUILD_INFO =
            Library.function(
                    "clGetProgramBuildInfo",
                    JAVA_INT,
                    JAVA_LONG,
                    JAVA_LONG,
                    JAVA_INT,
                    JAVA_LONG,
                    ADDRESS,
                    ADDRESS);
    private static final MethodHandle RELEASE_PROGRAM =
            Library.function("clReleaseProgram", JAVA_INT, JAVA_LONG);
    private static final MethodHandle CREATE_KERNEL =
            Library.function("clCreateKernel", JAVA_LONG, JAVA_LONG, ADDRESS, ADDRESS);
    private static final MethodHandle SET_ARGUMENT =
            Library.function("clSetKernelArg", JAVA_INT, JAVA_LONG, JAVA_INT, JAVA_LONG, ADDRESS);
    private static final MethodHandle KERNEL_INFO =
            Library.function(
                    "clGetKernelInfo", JAVA_INT, JAVA_LONG, JAVA_INT, JAVA_LONG, ADDRESS, ADDRESS);
    private static final MethodHandle KERNEL_GROUP_INFO =
            Library.function(
                    "clGetKernelWorkGroupInfo",
                    JAVA_INT,
                    JAVA_LONG,
                    JAVA_LONG,
                    JAVA_INT,
                    JAVA_LONG,
                    ADDRESS,
                    ADDRESS);
    private static final MethodHandle RELEASE_KERNEL =
            Library.function("clReleaseKernel", JAVA_INT, JAVA_LONG);

    private Programs() {}

    /** {@return a new program of that source, not yet compiled} */
    static long create(long context, String source) {
        try (Arena arena = Arena.ofConfined()) {
            byte[] bytes = source.getBytes(StandardCharsets.UTF_8);
            MemorySegment text = arena.allocateFrom(JAVA_BYTE, bytes);
            MemorySegment texts = arena.allocateFrom(ADDRESS, text);
            MemorySegment lengths = arena.allocateFrom(JAVA_LONG, bytes.length);
            MemorySegment status = arena.allocate(JAVA_INT);
            return Call.created(
                    "clCreateProgramWithSource",
                    status,
                    () -> (long) CREATE_PROGRAM.invokeExact(context, 1, texts, lengths, status));
        }
    }

    /**
     * Compiles a program.
     *
     * @throws OpenClException when it does not compile; {@link #log} says why
     */
    static void build(long program, long device, String options) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment devices = arena.allocateFrom(JAVA_LONG, device);
            MemorySegment text = arena.allocateFrom(options);
            MemorySegment none = MemorySegment.NULL;
            Call.checked(
                    "clBuildProgram",
                    () -> (int) BUILD.invokeExact(program, 1, devices, text, none, none));
        }
    }

    /** {@return what the compiler said about a program} */
    static String log(long program, long device) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment size = arena.allocate(JAVA_LONG);
            MemorySegment none = MemorySegment.NULL;
            Call.checked(
                    "clGetProgramBuildInfo",
                    () -> (int) BUILD_INFO.invokeExact(program, device, BUILD_LOG, 0L, none, size));
            long length = size.get(JAVA_LONG, 0);
            MemorySegment text = arena.allocate(length + 1);
            Call.checked(
                    "clGetProgramBuildInfo",
                    () ->
                            (int)
                                    BUILD_INFO.invokeExact(
                                            program, device, BUILD_LOG, length, text, none));
            return text.getString(0).strip();
        }
    }

    /** Releases a program. */
    static void release(long program) {
        Call.checked("clReleaseProgram", () -> (int) RELEASE_PROGRAM.invokeExact(program));
    }

    /** {@return a new kernel: a function of a compiled program with its own arguments} */
    static long createKernel(long program, String entry) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment name = arena.allocateFrom(entry);
            MemorySegment status = arena.allocate(JAVA_INT);
            return Call.created(
                    "clCreateKernel",
                    status,
                    () -> (long) CREATE_KERNEL.invokeExact(program, name, status));
        }
    }

    /** Sets an argument; {@code value} is NULL for local memory of {@code bytes}. */
    static void setArgument(long kernel, int index, long bytes, MemorySegment value) {
        Call.checked(
                "clSetKernelArg",
                () -> (int) SET_ARGUMENT.invokeExact(kernel, index, bytes, value));
    }

    /** {@return the number of arguments of a kernel} */
    static int argumentCount(long kernel) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment count = arena.allocate(JAVA_INT);
            MemorySegment none = MemorySegment.NULL;
            Call.checked(
                    "clGetKernelInfo",
                    () -> (int) KERNEL_INFO.invokeExact(kernel, ARGUMENT_COUNT, 4L, count, none));
            return count.get(JAVA_INT, 0);
        }
    }

    /** {@return the most work-items that a group of this kernel can have} */
    static long largestGroup(long kernel, long device) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment size = arena.allocate(JAVA_LONG);
            MemorySegment none = MemorySegment.NULL;
            Call.checked(
                    "clGetKernelWorkGroupInfo",
                    () ->
                            (int)
                                    KERNEL_GROUP_INFO.invokeExact(
                                            kernel, device, WORK_GROUP_SIZE, 8L, size, none));
            return size.get(JAVA_LONG, 0);
        }
    }

    /** Releases a kernel. */
    static void releaseKernel(long kernel) {
        Call.checked("clReleaseKernel", () -> (int) RELEASE_KERNEL.invokeExact(kernel));
    }
}
