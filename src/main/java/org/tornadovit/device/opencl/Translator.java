package org.tornadovit.device.opencl;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tornadovit.device.Code;
import org.tornadovit.device.CompileException;
import org.tornadovit.device.DeviceException;

/**
 * The program {@code llvm-spirv} of Khronos, which makes LLVM's bitcode of SPIR-V.
 *
 * @param program the executable
 * @param limit the longest that it may take for a kernel
 */
record Translator(Path program, Duration limit) {
    /** System property: the executable to use, for a driver whose LLVM is of another version. */
    static final String PROPERTY = "tornadovit.llvm-spirv";

    /** Older ones write bitcode for OpenCL 1.2 in other ways. */
    private static final int OLDEST = 10;

    private static final int NEWEST = 17;
    private static final Pattern LLVM = Pattern.compile("LLVM (\\d+)");
    private static final Duration LIMIT = Duration.ofSeconds(60);

    Translator(Path program) {
        this(program, LIMIT);
    }

    /**
     * {@return a translator whose bitcode a driver can read: of its version of LLVM or an older
     * one}
     *
     * @param version what the driver's platform says about its version
     */
    static Optional<Translator> forDriver(String version) {
        String chosen = System.getProperty(PROPERTY, "");
        if (!chosen.isEmpty()) {
            return Optional.of(new Translator(Path.of(chosen)));
        }
        Matcher llvm = LLVM.matcher(version);
        List<String> names = new ArrayList<>();
        if (llvm.find()) {
            for (int number = Integer.parseInt(llvm.group(1)); number >= OLDEST; number--) {
                names.add("llvm-spirv-" + number);
            }
        } else {
            for (int number = OLDEST; number <= NEWEST; number++) {
                names.add("llvm-spirv-" + number);
            }
        }
        names.add("llvm-spirv");
        return names.stream().flatMap(name -> found(name).stream()).findFirst();
    }

    private static Optional<Translator> found(String name) {
        for (String folder :
                System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1)) {
            Path program = Path.of(folder, name);
            if (Files.isExecutable(program)) {
                return Optional.of(new Translator(program));
            }
        }
        return Optional.empty();
    }

    /** {@return the name of the program} */
    String name() {
        return program.getFileName().toString();
    }

    /**
     * {@return the bitcode of a module}
     *
     * @param code the module as code, for messages
     * @param module its bytes
     * @throws CompileException when the program refuses the module
     * @throws DeviceException when the program cannot be run
     */
    byte[] bitcode(Code code, byte[] module) {
        try {
            Path folder = Files.createTempDirectory("tornado-vit");
            Path input = folder.resolve("kernel.spv");
            Path output = folder.resolve("kernel.bc");
            Path said = folder.resolve("said.txt");
            try {
                Files.write(input, module);
                run(code, input, output, said);
                return Files.readAllBytes(output);
            } finally {
                Files.deleteIfExists(input);
                Files.deleteIfExists(output);
                Files.deleteIfExists(said);
                Files.delete(folder);
            }
        } catch (IOException e) {
            throw new DeviceException(
                    "Cannot translate kernel '%s' with %s: %s; install llvm-spirv anew."
                            .formatted(code.entry(), program, e.getMessage()),
                    e);
        }
    }

    private void run(Code code, Path input, Path output, Path said) throws IOException {
        Process process =
                new ProcessBuilder(
                                program.toString(),
                                "-r",
                                "--spirv-target-env=CL1.2",
                                input.toString(),
                                "-o",
                                output.toString())
                        .redirectErrorStream(true)
                        .redirectOutput(said.toFile())
                        .start();
        try {
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new DeviceException(
                        ("%s does not end within %d ms at kernel '%s'; choose"
                                        + " another with -D%s=PROGRAM.")
                                .formatted(program, limit.toMillis(), code.entry(), PROPERTY));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DeviceException(
                    "The thread was interrupted while %s translated kernel '%s'; execute again."
                            .formatted(program, code.entry()),
                    e);
        } finally {
            process.destroyForcibly();
        }
        if (process.exitValue() != 0) {
            throw new CompileException(
                    "%s does not translate kernel '%s':".formatted(program, code.entry()),
                    code.text(),
                    new String(Files.readAllBytes(said), StandardCharsets.UTF_8).strip());
        }
    }
}
