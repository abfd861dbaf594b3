package org.tornadovit.device.opencl;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** The functions that make programs of modules. */
final class Modules {
    private static final MethodHandle CREATE_OF_BINARY =
            Library.function(
                    "clCreateProgramWithBinary",
                    JAVA_LONG,
                    JAVA_LONG,
                    JAVA_INT,
                    ADDRESS,
                    ADDRESS,
                    ADDRESS,
                    ADDRESS,
                    ADDRESS);

    private Modules() {}

    /** {@return a new program of a binary for one device, not yet built} */
    static long createOfBinary(long context, long device, byte[] binary) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment devices = arena.allocateFrom(JAVA_LONG, device);
            MemorySegment lengths = arena.allocateFrom(JAVA_LONG, binary.length);
            MemorySegment bytes = arena.allocateFrom(JAVA_BYTE, binary);
            MemorySegment binaries = arena.allocateFrom(ADDRESS, bytes);
            MemorySegment each = arena.allocate(JAVA_INT);
            MemorySegment status = arena.allocate(JAVA_INT);
            return Call.created(
                    "clCreateProgramWithBinary",
                    status,
                    () ->
                            (long)
                                    CREATE_OF_BINARY.invokeExact(
                                            context, 1, devices, lengths, binaries, each, status));
        }
    }

    /** {@return a new program of SPIR-V, not yet built} */
    static long create(long context, byte[] module) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment bytes = arena.allocateFrom(JAVA_BYTE, module);
            MemorySegment status = arena.allocate(JAVA_INT);
            long length = module.length;
            return Call.created(
                    IntermediateLanguage.NAME,
                    status,
                    () ->
                            (long)
                                    IntermediateLanguage.CREATE.invokeExact(
                                            context, bytes, length, status));
        }
    }

    /** A function that a loader of OpenCL 1.2 lacks: looked for when it is first used. */
    private static final class IntermediateLanguage {
        static final String NAME = "clCreateProgramWithIL";
        static final MethodHandle CREATE =
                Library.function(NAME, JAVA_LONG, JAVA_LONG, ADDRESS, JAVA_LONG, ADDRESS);
    }
}
