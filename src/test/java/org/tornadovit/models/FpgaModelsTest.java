package org.tornadovit.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tornadovit.models.Golden.relativeError;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tornadovit.runtime.FpgaDevices;
import org.tornadovit.testing.RequiresDevice;
import uk.ac.manchester.tornado.api.TornadoExecutionPlan;

/** Whole models of kernels for FPGAs, run by the first OpenCL driver, against float64. */
@RequiresDevice("opencl")
class FpgaModelsTest {
    @ParameterizedTest
    @CsvSource({"vit_tiny,0", "hybrid_tiny,1"})
    void logitsAgree(String name, int vendor) throws Exception {
        Golden golden = new Golden(name);
        Model model = golden.model();
        BuiltModel built =
                model.build(golden.batch(), golden.weights(model, "weights.safetensors"));
        try (TornadoExecutionPlan plan = new TornadoExecutionPlan(built.graphs())) {
            plan.withDevice(FpgaDevices.all().get(vendor));
            golden.fill(built.input());
            plan.execute();
            assertThat(relativeError(built.logits(), golden.logits64())).isLessThan(1e-4);
        }
    }
}
