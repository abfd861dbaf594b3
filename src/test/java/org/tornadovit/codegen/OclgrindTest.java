package org.tornadovit.codegen;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tornadovit.programs.SimulatedItems;
import org.tornadovit.testing.RequiresDevice;

/**
 * Kernels run in oclgrind's simulator without a data race or an access outside of memory; and it
 * does find those in kernels that have them.
 *
 * <p>The simulator is the OpenCL driver of a JVM of its own. Its exit code does not tell: its log
 * does.
 */
@RequiresDevice({"opencl", "oclgrind"})
class OclgrindTest {
    private static final List<Path> DRIVERS =
            List.of(
                    Path.of("/usr/lib/oclgrind/liboclgrind-rt-icd.so"),
                    Path.of("/usr/local/lib/oclgrind/liboclgrind-rt-icd.so"));

    @TempDir Path folder;

    @Test
    void rightKernelsLeaveNothingInTheLog() throws Exception {
        assertThat(simulate("right", "opencl")).isEmpty();
    }

    @Test
    @RequiresDevice("llvm-spirv-14")
    void rightModulesLeaveNothingInTheLog() throws Exception {
        assertThat(simulate("right", "spirv")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"race, data race", "outside, Invalid write of size 4"})
    void faultsAreFound(String kernels, String finding) throws Exception {
        assertThat(simulate(kernels, "opencl")).contains(finding);
    }

    @ParameterizedTest
    @CsvSource({"race, data race", "outside, Invalid write of size 4"})
    @RequiresDevice("llvm-spirv-14")
    void faultsOfModulesAreFound(String kernels, String finding) throws Exception {
        assertThat(simulate(kernels, "spirv")).contains(finding);
    }

    @ParameterizedTest
    @ValueSource(strings = {"opencl"})
    void programsOfWorkItemsLeaveNothingInTheLog(String device) throws Exception {
        assertThat(simulate(SimulatedItems.class, "items", device)).isEmpty();
    }

    private String simulate(String kernels, String device)
            throws IOException, InterruptedException {
        return simulate(SimulatedRuns.class, kernels, device);
    }

    private String simulate(Class<?> main, String kernels, String device)
            throws IOException, InterruptedException {
        Path driver = DRIVERS.stream().filter(Files::exists).findFirst().orElseThrow();
        Path log = folder.resolve("oclgrind.log");
        Path output = folder.resolve("output.txt");
        ProcessBuilder builder =
                new ProcessBuilder(
                        Stream.of(
                                        Path.of(System.getProperty("java.home"), "bin", "java")
                                                .toString(),
                                        "-Xmx512m",
                                        "-XX:TieredStopAtLevel=1",
                                        "--add-modules=jdk.incubator.vector",
                                        "--enable-native-access=ALL-UNNAMED",
                                        "-Dtornadovit.test.devices=" + device,
                                        "-Dtornadovit.groups=driver",
                                        "-cp",
                                        System.getProperty("java.class.path"),
                                        main.getName(),
                                        kernels,
                                        device)
                                .toList());
        builder.environment().put("OCL_ICD_VENDORS", driver.toString());
        builder.environment().put("OCL_ICD_FILENAMES", driver.toString());
        builder.environment().put("OCLGRIND_DATA_RACES", "1");
        builder.environment().put("OCLGRIND_LOG", log.toString());
        builder.redirectErrorStream(true).redirectOutput(output.toFile());
        Process process = builder.start();
        boolean ended = process.waitFor(120, TimeUnit.SECONDS);
        process.destroyForcibly();
        assertThat(ended).as("the simulation ends within two minutes").isTrue();
        assertThat(Files.readString(output)).contains("ran " + kernels);
        return Files.exists(log) ? Files.readString(log) : "";
    }
}
