package org.tornadovit.device.cuda;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs programs whose CUDA driver is {@code src/test/resources/cuda/driver.c}. */
final class StandIn {
    private static final Path SOURCE = Path.of("src", "test", "resources", "cuda", "driver.c");
    private static final Path HEADERS = Path.of("/usr/local/cuda/include");

    private final Path folder;
    private final String[] options;

    /** Compiles the driver, for programs that get these options of the JVM. */
    StandIn(Path folder, String... options) throws Exception {
        this.folder = folder;
        this.options = options;
        List<String> gcc = new ArrayList<>(List.of("gcc", "-shared", "-fPIC", "-O1"));
        if (Files.exists(HEADERS.resolve("cuda.h"))) {
            gcc.addAll(List.of("-DWITH_HEADER", "-I" + HEADERS));
        }
        String library = folder.resolve("libcuda.so.1").toString();
        gcc.addAll(List.of("-o", library, SOURCE.toString()));
        assertThat(run(Map.of(), gcc)).isEmpty();
    }

    /**
     * Runs a main class.
     *
     * @param driver version of the driver and compute capability, as in {@code 12040:90}
     * @return what it prints
     */
    String java(String driver, Class<?> main, String... arguments) throws Exception {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "--add-modules=jdk.incubator.vector",
                                "--enable-native-access=ALL-UNNAMED",
                                "-Dtornadovit.test.devices=cuda",
                                "-cp",
                                System.getProperty("java.class.path"),
                                main.getName()));
        command.addAll(1, Arrays.asList(options));
        command.addAll(Arrays.asList(arguments));
        Map<String, String> environment =
                Map.of("LD_LIBRARY_PATH", folder.toString(), "CUDA_STAND_IN", driver);
        return run(environment, command);
    }

    private static String run(Map<String, String> environment, List<String> command)
            throws Exception {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return output;
    }
}
