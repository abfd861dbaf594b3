package org.tornadovit.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tornadovit.io.Checkpoint;
import org.tornadovit.io.Npy;
import org.tornadovit.io.onnx.OnnxFile;
import org.tornadovit.io.onnx.OnnxGraph;
import org.tornadovit.lab.measure.Devices;
import org.tornadovit.models.CheckpointWeights;
import org.tornadovit.models.Model;
import org.tornadovit.models.ModelFile;
import org.tornadovit.models.Models;
import org.tornadovit.models.PositionResize;
import org.tornadovit.nn.Weights;

/** Exported models, run by others, give our logits. */
class PeersTest {
    private static final Path GOLDEN = Path.of("src/test/resources/golden-models");

    @TempDir private Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"vit_tiny", "hybrid_tiny", "resnet18_w16", "swin_tiny"})
    void fixturesGiveTheLogitsOfTheirAuthors(String name) throws IOException {
        Path fixture = GOLDEN.resolve(name);
        Model model = ModelFile.read(fixture.resolve("config.json"));
        Weights weights;
        try (Checkpoint checkpoint = Checkpoint.open(fixture.resolve("weights.safetensors"))) {
            weights = CheckpointWeights.load(model, checkpoint, PositionResize.ALIGN_CORNERS);
        }
        var input = Npy.read(fixture.resolve("input.npy"));
        int batch = (int) input.shape()[0];
        float[] images = input.toFloats();
        float[] expected = Npy.read(fixture.resolve("logits64.npy")).toFloats();
        OnnxGraph graph = model.onnx(weights);
        Path onnx = directory.resolve("model.onnx");
        Path script = directory.resolve("model.pt");
        OnnxFile.write(onnx, graph, Map.of());
        TorchScript.write(graph, script);
        try (OnnxRuntime runtime = new OnnxRuntime(onnx, model, batch, images);
                LibTorch torch = new LibTorch(script, model, batch, images)) {
            for (Participant peer : List.of(runtime, torch)) {
                peer.run();
                assertThat(Agreement.error(peer.logits(), expected))
                        .as(peer.name())
                        .isLessThan(2e-5);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ViT-Ti/16",
                "ViT-Ti/16@64[pool=average,gelu=tanh,position=2d,representation=tanh]",
                "ViT-Ti/16@64[position=none]",
                "R26+S/32",
                "R+Ti/16@96",
                "R50x1",
                "R50x1@97",
                "ResNet-50",
                "ResNet-18@75",
                "Swin-T",
                "Swin-T@200"
            })
    void modelsGiveOurLogits(String name) throws IOException {
        Devices devices = new Devices();
        Model model = Models.named(name);
        try (Field.Forms forms = Field.Forms.of(name, model, devices);
                Field field = new Field(new Cell(name, model, 2), forms, List.of("jvm"))) {
            assertThat(field.absent()).isEmpty();
            assertThat(field.present()).hasSize(3);
            assertThat(Agreement.check(name, field.present())).isPositive();
        }
    }

    @Test
    void agreementWantsEveryLogit() {
        float[] expected = {1, -4};
        assertThat(Agreement.error(new float[] {1, -3.9f}, expected))
                .isCloseTo(0.025, within(1e-6));
        assertThat(Agreement.error(new float[] {1, Float.NaN}, expected)).isNaN();
        assertThat(Agreement.error(new float[] {1}, expected)).isNaN();
        assertThat(Agreement.error(new float[2], new float[2])).isNaN();
    }
}
