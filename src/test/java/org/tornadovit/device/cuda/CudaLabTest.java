package org.tornadovit.device.cuda;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tornadovit.codegen.ptx.StandInKernels;
import org.tornadovit.lab.measure.Devices;
import org.tornadovit.lab.task.Inspect;
import org.tornadovit.testing.RequiresDevice;

/** The laboratory knows the devices by their names, and what scripts/gpu-check runs does run. */
@RequiresDevice("gcc")
class CudaLabTest {
    @TempDir Path folder;

    @Test
    void devicesHaveTheirNames() throws Exception {
        assertThat(new StandIn(folder, "-XX:TieredStopAtLevel=1").java("13000:90", Names.class))
                .contains("cuda:0 is cuda:0: Stand-in, CUDA driver 13.0")
                .contains("target of sm_90")
                .contains(".target sm_75");
    }

    @Test
    void aModelRunsAndIsMeasured() throws Exception {
        Path lines = folder.resolve("lines.jsonl");
        Class<?> main = Class.forName("org.tornadovit.gpu.GpuModels");
        String output =
                new StandIn(folder)
                        .java(
                                "13000:90",
                                main,
                                "cuda",
                                "testing,nothing",
                                "1",
                                folder.toString(),
                                lines.toString(),
                                "0",
                                Long.toString(Long.MAX_VALUE / 2));
        assertThat(Files.exists(lines)).as(output).isTrue();
        String[] measured = Files.readString(lines).split("\n");
        assertThat(measured[0]).contains("\"parity\"").contains("jvm fp32");
        String relative = measured[0].replaceAll(".*\"relative\":([-0-9.Ee]+).*", "$1");
        assertThat(Double.parseDouble(relative)).isLessThan(1e-4);
        assertThat(measured[1]).contains("\"batch\":1").contains("\"finite\":true");
        assertThat(measured[2]).contains("\"model\":\"nothing\"").contains("There is no model");
    }

    /** Prints what the laboratory finds; the main class of a process. */
    static final class Names {
        private Names() {}

        public static void main(String[] arguments) {
            StandInKernels.install();
            Devices devices = new Devices();
            String name = devices.one("cuda");
            System.out.println(name + " is " + devices.device(name).getDescription());
            Inspect.run("testing", "cuda", "source", devices).stages().stream()
                    .limit(1)
                    .forEach(s -> System.out.println(s.text().replace(".target ", "target of ")));
            Inspect.run("testing", devices.target("cuda:sm_75"), "source", devices)
                    .stages()
                    .stream()
                    .limit(1)
                    .forEach(s -> System.out.println(s.text()));
        }
    }
}
