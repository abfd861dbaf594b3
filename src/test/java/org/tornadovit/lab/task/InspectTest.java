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
        List<Inspect.Stage> stages = Inspect.run("testing", "none", Inspect.ALL, devices);
        assertThat(stages.stream().filter(s -> s.kernel().endsWith("-layerNorm")))
                .extracting(Inspect.Stage::stage)
                .startsWith("bytecode", "front-end", "specialise")
                .endsWith("source");
        Inspect.write(stages, folder);
        try (var files = Files.list(folder)) {
            assertThat(files).hasSize(stages.size());
        }
    }

    @Test
    void aKernelIsFoundByItsName() {
        assertThat(Inspect.run("layerNorm", "none", "bytecode", devices))
                .isNotEmpty()
                .allMatch(s -> s.text().contains("method name: layerNorm"));
        assertThat(Inspect.run("layerNorm", "none", "ir", devices))
                .isNotEmpty()
                .allMatch(s -> s.stage().equals("front-end"));
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
