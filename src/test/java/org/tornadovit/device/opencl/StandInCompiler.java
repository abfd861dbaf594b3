package org.tornadovit.device.opencl;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.tornadovit.device.NativeCall;

/**
 * Stands in for an FPGA's offline compiler: takes the options of aoc, aocl-ioc64 and v++, and
 * leaves the binary that the first OpenCL driver makes of the source, which the same driver loads.
 */
public final class StandInCompiler {
    private static final int BINARY_SIZES = 0x1165;
    private static final int BINARIES = 0x1166;
    private static final MethodHandle PROGRAM_INFO =
            Library.function(
                    "clGetProgramInfo", JAVA_INT, JAVA_LONG, JAVA_INT, JAVA_LONG, ADDRESS, ADDRESS);

    private StandInCompiler() {}

    /**
     * Writes a shell script that runs this compiler, and notes each run in a file beside it, whose
     * name ends with {@code .runs}.
     */
    public static Path script(Path file) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Files.writeString(
                file,
                """
                #!/bin/sh
                echo "$@" >> '%s.runs'
                unset LD_LIBRARY_PATH
                exec '%s' -XX:TieredStopAtLevel=1 --enable-native-access=ALL-UNNAMED \
                -cp '%s' %s "$@"
                """
                        .formatted(
                                file,
                                java,
                                System.getProperty("java.class.path"),
                                StandInCompiler.class.getName()));
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** Compiles, or for {@code --compile} copies what {@code --link} then compiles. */
    public static void main(String[] arguments) throws IOException {
        List<String> options = List.of(arguments);
        Path source = Path.of(value(options, "-input=", options.getLast()));
        if (options.contains("-o") && options.getLast().equals(value(options, "-o"))) {
            source = Path.of(options.get(options.indexOf("-o") - 1));
        }
        Path result = Path.of(value(options, "-ir=", value(options, "-o")));
        if (options.contains("--compile")) {
            Files.copy(source, result);
        } else {
            Files.write(result, binary(Files.readString(source)));
        }
    }

    private static String value(List<String> options, String name) {
        int at = options.indexOf(name);
        return at < 0 ? "" : options.get(at + 1);
    }

    private static String value(List<String> options, String prefix, String otherwise) {
        return options.stream()
                .filter(o -> o.startsWith(prefix))
                .map(o -> o.substring(prefix.length()))
                .findFirst()
                .orElse(otherwise);
    }

    private static byte[] binary(String source) {
        long device = Queries.devices(Queries.platforms()[0])[0];
        long context = Resources.createContext(device);
        long program = Programs.create(context, source);
        try (Arena arena = Arena.ofConfined()) {
            try {
                Programs.build(program, device, "-w -cl-std=CL1.2");
            } catch (OpenClException e) {
                System.err.println(Programs.log(program, device));
                throw e;
            }
            MemorySegment size = arena.allocate(JAVA_LONG);
            info(program, BINARY_SIZES, size);
            MemorySegment bytes = arena.allocate(size.get(JAVA_LONG, 0));
            info(program, BINARIES, arena.allocateFrom(ADDRESS, bytes));
            return bytes.toArray(JAVA_BYTE);
        } finally {
            Programs.release(program);
            Resources.releaseContext(context);
        }
    }

    private static void info(long program, int what, MemorySegment answer) {
        long bytes = answer.byteSize();
        int status =
                NativeCall.<Integer>of(() ->
                        (int)
                                PROGRAM_INFO.invokeExact(
                                        program, what, bytes, answer, MemorySegment.NULL));
        Status.check("clGetProgramInfo", status);
    }
}
