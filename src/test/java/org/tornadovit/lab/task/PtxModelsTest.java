package org.tornadovit.lab.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tornadovit.codegen.PtxTools;
import org.tornadovit.device.Code;
import org.tornadovit.lab.measure.Devices;
import org.tornadovit.testing.RequiresDevice;

/** The kernels of models assemble. */
@RequiresDevice("ptxas")
class PtxModelsTest {
    @ParameterizedTest
    @CsvSource({
        "testing, sm_75",
        "testing, sm_80",
        "ViT-Ti/16@64, sm_90",
        "R+Ti/16@64, sm_90",
        "ResNet-18@64, sm_90"
    })
    void modelsAssemble(String model, String architecture) throws Exception {
        List<Inspect.Stage> stages =
                Inspect.run(model, "none:cuda:" + architecture, "source", new Devices()).stages();
        assertThat(stages).isNotEmpty();
        List<Code> codes =
                stages.stream()
                        .<Code>map(s -> new Code.Text(s.kernel(), "ptx", s.text()))
                        .distinct()
                        .toList();
        assertThat(PtxTools.faults(codes, architecture)).isEmpty();
    }
}
