package org.tornadovit.device.levelzero;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tornadovit.device.Buffer;
import org.tornadovit.device.Code;
import org.tornadovit.device.CompileException;
import org.tornadovit.device.Device;
import org.tornadovit.device.DeviceException;
import org.tornadovit.device.DeviceInfo;
import org.tornadovit.device.Devices;
import org.tornadovit.device.Event;
import org.tornadovit.device.Program;
import org.tornadovit.device.Queue;
import org.tornadovit.device.Range;
import org.tornadovit.testing.RequiresDevice;

/**
 * Level Zero is called as its header says and nothing is left behind, held by a loader that stands
 * in for the real one: no device of Level Zero is at hand.
 */
class LevelZeroDeviceTest {
    private static final Path LOADER = Path.of("src", "test", "resources", "levelzero", "loader.c");

    @TempDir Path folder;

    @Test
    @RequiresDevice("level-zero")
    void everyCommandReachesTheDriver() throws Exception {
        String compiled = folder.resolve("libze_loader.so.1").toString();
        assertThat(run(Map.of(), "gcc", "-shared", "-fPIC", "-o", compiled, LOADER.toString()))
                .isEmpty();
        String output =
                run(
                        Map.of("LD_LIBRARY_PATH", folder.toString()),
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "--add-modules=jdk.incubator.vector",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Run.class.getName());
        assertThat(output)
                .contains("Stand-in 64 units, SPIR-V 1.4, [IL, FP64]")
                .contains("[10, 11, 12, 13, 14, 15, 6, 7]")
                .contains("[0, 0]")
                .contains("took time: true")
                .contains("no magic number")
                .contains("no room for a buffer of 536,870,912 bytes")
                .contains("takes 2 arguments, not 0")
                .contains("does not belong")
                .contains("groups: 1 2 1 of 6 3 1")
                .contains("groups: 2 1 1 of 3 1 1")
                .contains("live: 0");
    }

    private static String run(Map<String, String> environment, String... command) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return output;
    }

    /** Uses a device in every way; the main class of a process whose loader is the stand-in. */
    static final class Run {
        private static final byte[] MODULE = {3, 2, 0x23, 7, 0, 0, 1, 0};

        private Run() {}

        public static void main(String[] arguments) {
            List<Runnable> wrong = new ArrayList<>();
            try (Device device = Devices.open("levelzero")) {
                DeviceInfo info = device.info();
                System.out.printf(
                        "%s %d units, %s, %s%n",
                        info.model(),
                        info.computeUnits(),
                        info.language(),
                        info.features().stream().sorted().toList().reversed());
                Buffer buffer = device.allocate(8 * Integer.BYTES);
                Queue queue = device.newQueue();
                Program program = device.load(module(MODULE));
                queue.profile(true);
                int[] numbers = {0, 1, 2, 3, 4, 5, 6, 7};
                queue.write(MemorySegment.ofArray(numbers), buffer, 0);
                List<Program.Argument> values =
                        List.of(
                                new Program.Argument.OfBuffer(buffer),
                                new Program.Argument.OfScalar(5));
                Event event = queue.launch(program.bind(values, Range.of(6, 6, 1)));
                queue.launch(program.bind(values, new Range(6, 1, 1, 3, 1, 1)));
                queue.read(buffer, 0, MemorySegment.ofArray(numbers));
                queue.finish();
                System.out.println(Arrays.toString(numbers));
                System.out.println("took time: " + (event.endNanos() > event.startNanos()));
                int[] zeros = {1, 1};
                queue.read(device.allocate(8), 0, MemorySegment.ofArray(zeros));
                System.out.println(Arrays.toString(zeros));
                wrong.add(() -> device.load(module(new byte[8])));
                wrong.add(() -> device.allocate(1L << 29));
                wrong.add(() -> program.bind(List.of(), Range.SINGLE));
                try (Device other = Devices.open("levelzero")) {
                    wrong.add(() -> queue.copy(other.allocate(4), 0, buffer, 0, 4));
                    wrong.forEach(Run::attempt);
                }
            }
        }

        private static Code module(byte[] bytes) {
            return new Code.Binary("k_add", "spirv", "", bytes);
        }

        private static void attempt(Runnable command) {
            try {
                command.run();
                System.out.println("nothing was refused");
            } catch (DeviceException | CompileException e) {
                System.out.println(e.getMessage());
            }
        }
    }
}
