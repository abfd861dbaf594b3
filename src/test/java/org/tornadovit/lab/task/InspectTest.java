package org.tornadovit.lab.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tornadovit.lab.LabException;
import org.tornadovit.lab.measure.Devices;

class InspectTest {
    private final Devices devices = new Devices();

    @Test
    void aModelHasItsKernelsAtEveryStage(@TempDir Path folder) throws IOException {
        Inspect.Found found = Inspect.run("testing", "none", Inspect.ALL, devices);
        List<Inspect.Stage> stages = found.stages();
        assertThat(stages.stream().filter(s -> s.kernel().endsWith("-layerNorm")))
                .extracting(Inspect.Stage::stage)
                .startsWith("bytecode", "front-end", "specialise")
                .endsWith("source");
        Inspect.write(found, folder);
        try (var files = Files.list(folder)) {
            assertThat(files).hasSize(stages.size());
        }
    }

    @Test
    void aKernelIsFoundByItsName() {
        assertThat(Inspect.run("layerNorm", "none", "bytecode", devices).stages())
                .isNotEmpty()
                .allMatch(s -> s.text().contains("method name: layerNorm"));
        assertThat(Inspect.run("layerNorm", "none", "ir", devices).stages())
                .isNotEmpty()
                .allMatch(s -> s.stage().equals("front-end"));
    }

    @Test
    void everyKernelIsFoundByItsNameWithAndWithoutItsClass() {
        assertThat(Inspect.kernels())
                .contains("Linear.linearGeluTanh", "Attention.addRelativeScores", "Pooling.average")
                .hasSizeGreaterThan(30);
        assertThat(Inspect.compiled("none", devices))
                .containsExactlyInAnyOrderElementsOf(
                        Inspect.kernels().stream().map(Inspect::method).toList());
        assertThat(kernels("linear::LINEARGELUTANH")).containsOnly("linearGeluTanh");
        assertThat(kernels("linearGeluTanh")).containsOnly("linearGeluTanh");
        assertThatThrownBy(() -> kernels("Linear.forward"))
                .isInstanceOf(LabException.class)
                .hasMessageContaining("no model or kernel 'Linear.forward'")
                .hasMessageContaining("Linear.linear,");
        assertThatThrownBy(() -> kernels("Convolution.linear")).isInstanceOf(LabException.class);
    }

    private List<String> kernels(String name) {
        return Inspect.run(name, "none", "ir", devices).stages().stream()
                .map(stage -> stage.kernel().replaceFirst("^\\d+-", ""))
                .toList();
    }

    @Test
    void aLanguageNeedsNoDevice(@TempDir Path folder) throws IOException {
        Inspect.Found found = Inspect.run("testing", "none:spirv", "source", devices);
        assertThat(found.stages()).isNotEmpty().allMatch(s -> s.text().startsWith("; SPIR-V"));
        assertThat(found.binaries()).hasSameSizeAs(found.stages());
        Inspect.write(found, folder);
        try (var files = Files.list(folder)) {
            assertThat(files.filter(f -> f.toString().endsWith(".spv")))
                    .hasSameSizeAs(found.stages())
                    .allSatisfy(f ->
                            assertThat(Files.readAllBytes(f)).startsWith(3, 2, 0x23, 7, 0, 0, 1));
        }
        assertThat(devices.target("none:spirv")).isEqualTo("none:spirv");
        assertThat(devices.target("spirv:99:0")).isEqualTo("none:spirv");
        assertThat(devices.target("cuda:sm_80")).isEqualTo("none:cuda:sm_80");
        assertThat(devices.names()).noneMatch(name -> name.startsWith("none"));
        assertThat(devices.select(List.of("none"))).containsExactly("none");
    }

    @Test
    void circuitsComeWithTheirCommands(@TempDir Path folder) throws IOException {
        assertThat(devices.target("fpga:amd")).isEqualTo("none:fpga:amd");
        Inspect.Found found = Inspect.run("testing", "none:fpga:amd", "source", devices);
        assertThat(found.stages().stream().filter(s -> s.stage().equals("source")))
                .isNotEmpty()
                .allMatch(s -> s.text().contains("reqd_work_group_size(1, 1, 1)"));
        assertThat(found.stages().stream().filter(s -> s.stage().equals("commands")))
                .hasSize(found.stages().size() / 2)
                .allMatch(
                        s -> s.text().matches("(?s)v\\+\\+ .* --compile .*\nv\\+\\+ .* --link .*"));
        Inspect.write(found, folder);
        try (var files = Files.list(folder)) {
            assertThat(files.map(f -> f.getFileName().toString().replaceFirst(".*[.]", "")))
                    .contains("cl", "sh")
                    .hasSameSizeAs(found.stages())
                    .containsOnly("cl", "sh");
        }
    }

    @Test
    void whatIsNotThereIsNamed() {
        assertThatThrownBy(() -> Inspect.run("testing", "none", "lexer", devices))
                .isInstanceOf(LabException.class)
                .hasMessageContaining("'lexer'")
                .hasMessageContaining("bytecode");
        assertThatThrownBy(() -> Inspect.run("no-such-kernel", "none", "ir", devices))
                .isInstanceOf(LabException.class)
                .hasMessageContaining("no-such-kernel")
                .hasMessageContaining("layerNorm");
        assertThatThrownBy(() -> devices.one("cuda"))
                .isInstanceOf(LabException.class)
                .hasMessageContaining("no device 'cuda'")
                .hasMessageContaining("jvm");
    }
}
