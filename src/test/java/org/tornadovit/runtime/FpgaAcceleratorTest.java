package org.tornadovit.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tornadovit.device.opencl.StandInCompiler;
import org.tornadovit.testing.RequiresDevice;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.TornadoBackend;
import uk.ac.manchester.tornado.api.TornadoExecutionPlan;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.enums.DataTransferMode;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * Devices that call themselves accelerators and have no compiler, as FPGAs do: those of a loader
 * that stands in, each test in a JVM of its own.
 */
@RequiresDevice({"opencl", "gcc"})
class FpgaAcceleratorTest {
    private static final Path LOADER = Path.of("src", "test", "resources", "fpga", "loader.c");

    @TempDir Path folder;

    /** A program that runs a task on the first FPGA. */
    static final class Program {
        private Program() {}

        public static void main(String[] arguments) throws Exception {
            int number = 0;
            for (TornadoBackend backend :
                    TornadoExecutionPlan.getTornadoDeviceMap().getAllBackends()) {
                for (TornadoDevice device : backend.getAllDevices()) {
                    LogicalDevice own = (LogicalDevice) device;
                    System.out.printf(
                            "%s %s %s %s%n",
                            own.info().name(),
                            device.getDeviceType(),
                            device.getDeviceContext().isPlatformFPGA(),
                            device.getDeviceContext().isPlatformXilinxFPGA());
                    if (own.info().name().startsWith("fpga:") && number++ == 0) {
                        run(device);
                    }
                }
            }
        }

        private static void run(TornadoDevice device) throws Exception {
            IntArray a = new IntArray(9);
            TaskGraph graph =
                    new TaskGraph("g")
                            .transferToDevice(DataTransferMode.EVERY_EXECUTION, a)
                            .task("t", Kernels::increment, a)
                            .transferToHost(DataTransferMode.EVERY_EXECUTION, a);
            try (TornadoExecutionPlan plan = new TornadoExecutionPlan(graph.snapshot())) {
                plan.withDevice(device).execute();
                System.out.println("result " + Arrays.toString(a.toHeapArray()));
            } catch (RuntimeException e) {
                System.out.println(e.getMessage());
            }
        }
    }

    private static String run(Map<String, String> environment, Path folder, List<String> command)
            throws IOException, InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().remove("OCL_ICD_FILENAMES");
        builder.environment().remove("TORNADO_SDK");
        builder.environment().putAll(environment);
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return output;
    }

    @BeforeEach
    void build() throws Exception {
        String library = folder.resolve("libOpenCL.so.1").toString();
        List<String> gcc =
                List.of(
                        "gcc",
                        "-shared",
                        "-fPIC",
                        "-o",
                        library,
                        LOADER.toAbsolutePath().toString(),
                        "-ldl");
        assertThat(run(Map.of(), folder, gcc)).isEmpty();
    }

    private String program(String vendor, Map<String, String> more, String... properties)
            throws Exception {
        List<String> find = List.of("gcc", "-print-file-name=libOpenCL.so.1");
        Map<String, String> environment =
                new java.util.HashMap<>(
                        Map.of(
                                "LD_LIBRARY_PATH",
                                folder.toString(),
                                "REAL_OPENCL",
                                run(Map.of(), folder, find).strip(),
                                "STAND_IN_VENDOR",
                                vendor));
        environment.putAll(more);
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "--add-modules=jdk.incubator.vector"));
        command.add("--enable-native-access=ALL-UNNAMED");
        command.addAll(List.of(properties));
        String path =
                Arrays.stream(System.getProperty("java.class.path").split(":"))
                        .map(entry -> Path.of(entry).toAbsolutePath().toString())
                        .reduce((a, b) -> a + ":" + b)
                        .orElseThrow();
        command.addAll(List.of("-cp", path, Program.class.getName()));
        return run(environment, folder, command);
    }

    @Test
    void anAcceleratorGetsWhatItsCompilerMade() throws Exception {
        Path compiler = StandInCompiler.script(folder.resolve("v++"));
        Path file = folder.resolve("fpga.conf");
        Files.writeString(file, "COMPILER = " + compiler + "\n");
        String said = program("Xilinx", Map.of(), "-Dtornado.fpga.conf.file=" + file);
        assertThat(said)
                .contains("fpga:0:0 ACCELERATOR true true")
                .contains("result [1, 1, 1, 1, 1, 1, 1, 1, 1]")
                .doesNotContain("opencl:");
        assertThat(folder.resolve("v++.runs")).content().contains("--platform board_1 --compile");
        assertThat(folder.resolve("fpga-source-comp")).isDirectory();
    }

    @Test
    void aBoardWithoutItsToolsSaysSo() throws Exception {
        assertThat(program("Nallatech ltd", Map.of("PATH", folder.toString())))
                .contains("fpga:0:0 ACCELERATOR true false")
                .contains("task g.t: There is no offline compiler aoc for kernel 'k_increment_")
                .doesNotContain("result");
    }

    @Test
    void tornadoVmsFolderHasTheSettings() throws Exception {
        Path settings = Files.createDirectories(folder.resolve(Path.of("sdk", "etc")));
        Files.writeString(settings.resolve("intel-fpga.conf"), "COMPILER = other-aoc\n");
        Map<String, String> sdk = Map.of("TORNADO_SDK", folder.resolve("sdk").toString());
        assertThat(program("Intel(R) Corporation", sdk))
                .contains("There is no offline compiler other-aoc");
    }
}
