package org.tornadovit.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.TornadoExecutionPlan;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.enums.DataTransferMode;
import uk.ac.manchester.tornado.api.exceptions.TornadoBailoutRuntimeException;
import uk.ac.manchester.tornado.api.exceptions.TornadoMemoryException;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** The properties that programs for TornadoVM set, each in a JVM of its own. */
class SettingsTest {
    @TempDir Path folder;

    /** A program: executes a graph twice. */
    static final class Program {
        private Program() {}

        public static void main(String[] arguments) throws Exception {
            IntArray a = new IntArray(1000);
            var graph =
                    new TaskGraph("g")
                            .transferToDevice(DataTransferMode.EVERY_EXECUTION, a)
                            .task("t", Kernels::increment, a)
                            .transferToHost(DataTransferMode.EVERY_EXECUTION, a)
                            .snapshot();
            try (TornadoExecutionPlan plan = new TornadoExecutionPlan(graph)) {
                plan.execute();
                plan.execute();
                System.out.println("a[0] is " + a.get(0));
            } catch (TornadoMemoryException e) {
                System.out.println(e.getMessage());
            }
        }
    }

    /** A program whose kernel no device can run. */
    static final class Recursion {
        private int calls;

        private int factorial(int n) {
            calls++;
            return n < 2 ? 1 : n * factorial(n - 1);
        }

        private void factorials(IntArray a) {
            for (@Parallel int i = 0; i < a.getSize(); i++) {
                a.set(i, a.get(i) + factorial(i));
            }
        }

        public static void main(String[] arguments) throws Exception {
            IntArray a = new IntArray(6);
            Recursion kernel = new Recursion();
            var graph =
                    new TaskGraph("g")
                            .transferToDevice(DataTransferMode.FIRST_EXECUTION, a)
                            .task("s", Kernels::increment, a)
                            .task("t", kernel::factorials, a)
                            .transferToHost(DataTransferMode.UNDER_DEMAND, a)
                            .snapshot();
            try (TornadoExecutionPlan plan = new TornadoExecutionPlan(graph)) {
                plan.withPreCompilation();
                plan.execute();
                plan.execute().transferToHost(a);
                System.out.println("a[5] is " + a.get(5) + " after " + kernel.calls);
            } catch (TornadoBailoutRuntimeException e) {
                System.out.println("bailout: " + e.getMessage());
            }
        }
    }

    private String run(String... properties) throws IOException, InterruptedException {
        return run(Program.class, properties);
    }

    private String run(Class<?> program, String... properties)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("--add-modules", "jdk.incubator.vector"));
        command.add("--enable-native-access=ALL-UNNAMED");
        command.addAll(Arrays.asList(properties));
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.add(program.getName());
        Process process =
                new ProcessBuilder(command)
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(text).isZero();
        return text;
    }

    @Test
    void propertiesOfTheCommandLine() throws Exception {
        Path profile = folder.resolve("profile.json");
        Path kernels = folder.resolve("kernels");
        String text =
                run(
                        "-Dtornado.profiler=True",
                        "-Dtornado.log.profiler=True",
                        "-Dtornado.profiler.dump.dir=" + profile,
                        "-Dtornado.print.kernel=True",
                        "-Dtornado.print.kernel.dir=" + kernels,
                        "-Dtornado.threadInfo=True",
                        "-Dtornado.unittests.verbose=True",
                        "-Dtornado.no.such=1");
        assertThat(text)
                .contains("// task g.t on")
                .contains("Task info: g.t")
                .contains("a[0] is 2")
                .doesNotContain("TOTAL_KERNEL_TIME")
                .doesNotContain("unittests")
                .containsOnlyOnce("the property tornado.no.such is unknown here");
        assertThat(Files.readString(profile).split("\"g\": ")).hasSize(3);
        try (Stream<Path> files = Files.list(kernels)) {
            assertThat(files).hasSize(1);
        }
    }

    @Test
    void propertiesOfAFile() throws Exception {
        Files.writeString(
                folder.resolve("tornado.properties"),
                "tornado.device.memory=1KB\ntornado.profiler=true\ntornado.other=2\n");
        String limited = run();
        assertThat(limited)
                .contains("limit of 1024 bytes")
                .containsOnlyOnce("the property tornado.other is unknown here");
        String wide = run("-Dtornado.device.memory=1MB");
        assertThat(wide).contains("a[0] is 2").contains("TOTAL_KERNEL_TIME");
    }

    @Test
    void sequentialJavaInsteadOfWhatCannotBeCompiled() throws Exception {
        assertThat(run(Recursion.class))
                .contains("bailout: task g.t: SettingsTest.Recursion.factorial:")
                .contains("recursion");
        assertThat(run(Recursion.class, "-Dtornado.recover.bailout=True"))
                .containsOnlyOnce("graph g runs as sequential Java")
                .contains("recursion (SettingsTest.Recursion.factorial)")
                .contains("a[5] is 242 after 32")
                .doesNotContain("is unknown here");
        assertThat(run(Recursion.class, "-Dtornado.recover.bailout=False")).contains("bailout: ");
    }
}
