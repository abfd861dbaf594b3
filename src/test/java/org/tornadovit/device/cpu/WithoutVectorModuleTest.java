package org.tornadovit.device.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.tornadovit.codegen.JvmVector;
import org.tornadovit.device.Buffer;
import org.tornadovit.device.Device;
import org.tornadovit.device.DeviceException;
import org.tornadovit.device.Program;
import org.tornadovit.device.Queue;
import org.tornadovit.device.Range;
import org.tornadovit.ir.Parser;

/** A JVM that was started without jdk.incubator.vector. */
class WithoutVectorModuleTest {
    @Test
    void scalarKernelsRunAndVectorKernelsSayWhatIsMissing()
            throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "--enable-native-access=ALL-UNNAMED",
                                "-Xshare:auto",
                                "-XX:TieredStopAtLevel=1",
                                "-cp",
                                System.getProperty("java.class.path"),
                                Program0.class.getName())
                        .redirectErrorStream(true)
                        .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(output.lines())
                .contains(
                        "bits 0",
                        "scalar 0",
                        "kernel k uses vector registers: start Java with --add-modules"
                                + " jdk.incubator.vector");
        assertThat(process.exitValue()).isZero();
    }

    /** What the other JVM runs. */
    static final class Program0 {
        public static void main(String[] args) {
            try (Device device = new CpuDevice(2)) {
                System.out.println("bits " + device.info().vectorBits());
                Buffer z = device.allocate(64);
                try (Queue queue = device.newQueue()) {
                    queue.launch(
                            device.load(
                                            new JvmVector(0)
                                                    .render(
                                                            Parser.parse(
                                                                    "kernel k(f32[] z) loops {\n"
                                                                            + "z[1] = z[0]\n}\n")))
                                    .bind(List.of(new Program.Argument.OfBuffer(z)), Range.SINGLE));
                    queue.finish();
                    System.out.println("scalar 0");
                }
                String text = "kernel k(f32[] z) loops {\nz[0:16] = (z[0:16] + z[0:16])\n}\n";
                device.load(new JvmVector(512).render(Parser.parse(text)));
            } catch (DeviceException e) {
                System.out.println(e.getMessage());
            }
        }
    }
}
