package org.tornadovit.lab.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tornadovit.lab.measure.Devices;
import org.tornadovit.testing.RequiresDevice;

/** The modules of every model are valid SPIR-V for OpenCL 1.2. */
@RequiresDevice("spirv-tools")
class SpirvModulesTest {
    @ParameterizedTest
    @ValueSource(strings = {"testing", "ViT-Ti/16@64", "R+Ti/16@64", "ResNet-18@64", "Swin-T"})
    void modelsAreValid(String model, @TempDir Path folder) throws Exception {
        Inspect.write(Inspect.run(model, "none:spirv", "source", new Devices()), folder);
        List<Path> modules;
        try (Stream<Path> files = Files.list(folder)) {
            modules = files.filter(f -> f.toString().endsWith(".spv")).sorted().toList();
        }
        assertThat(modules).isNotEmpty();
        List<String> faults = new ArrayList<>();
        for (Path module : modules) {
            String fault = fault(module);
            if (!fault.isEmpty()) {
                faults.add(module.getFileName() + ": " + fault);
            }
        }
        assertThat(faults).isEmpty();
    }

    private static String fault(Path module) throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder("spirv-val", "--target-env", "opencl1.2", module.toString())
                        .redirectErrorStream(true)
                        .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return process.waitFor() == 0 ? "" : "refused: " + said.strip();
    }
}
