package org.tornadovit.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tornadovit.io.InputException;
import org.tornadovit.io.Npy;
import org.tornadovit.io.onnx.Constant;
import org.tornadovit.io.onnx.OnnxFile;
import org.tornadovit.io.onnx.OnnxGraph;
import org.tornadovit.io.onnx.Operation;
import org.tornadovit.nn.Weights;

/** Exported files, run by the definitions of ONNX's operations, give the models' logits. */
class OnnxExportTest {
    @TempDir private Path directory;

    private Path export(Model model, Weights weights) {
        Path file = directory.resolve("model.onnx");
        OnnxFile.write(file, model.onnx(weights), Map.of());
        return file;
    }

    @ParameterizedTest
    @ValueSource(strings = {"vit_tiny", "hybrid_tiny", "resnet18_w16", "swin_tiny"})
    void fixturesGiveTheLogitsOfTheirAuthors(String name) throws IOException {
        Golden golden = new Golden(name);
        Model model = golden.model();
        Path file = export(model, golden.weights(model, "weights.safetensors"));
        int side = model.imageSize();
        double[] images = Npy.read(golden.file("input.npy")).toDoubles();
        OnnxInterpreter.Array logits =
                OnnxInterpreter.run(
                        file,
                        new OnnxInterpreter.Array(
                                new int[] {golden.batch(), model.channels(), side, side}, images));
        double[] expected = golden.logits64();
        assertThat(logits.shape()).containsExactly(golden.batch(), model.classes());
        double greatest = java.util.Arrays.stream(expected).map(Math::abs).max().orElseThrow();
        for (int i = 0; i < expected.length; i++) {
            assertThat(Math.abs(logits.values()[i] - expected[i])).isLessThan(1e-6 * greatest);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "testing@32",
                "testing@32[pool=average,gelu=tanh,position=2d,representation=tanh]",
                "testing@32[position=none,classes=0]",
                "R+Ti/16@40[classes=3]",
            })
    void variantsGiveOurOutputs(String name) throws IOException {
        sameAsOurs(Models.named(name));
    }

    @Test
    void aBorderOfZerosCountsInTheMaximum() throws IOException {
        sameAsOurs(new BitResNet("bit", 37, 3, List.of(1, 1), 32, 5, Numerics.TIMM));
    }

    @Test
    void aSwinOfOddMapsIsPaddedAndShifted() throws IOException {
        sameAsOurs(
                new Swin(
                        "swin",
                        36,
                        3,
                        4,
                        8,
                        List.of(2, 2),
                        List.of(2, 4),
                        4,
                        2.0,
                        5,
                        Numerics.SWIN));
    }

    private void sameAsOurs(Model model) throws IOException {
        Weights weights = model.randomWeights(7);
        BuiltModel built = model.build(2, weights);
        Random random = new Random(1);
        double[] images = new double[built.input().getSize()];
        for (int i = 0; i < images.length; i++) {
            built.input().set(i, (float) random.nextGaussian());
            images[i] = built.input().get(i);
        }
        built.runInJava();
        int side = model.imageSize();
        OnnxInterpreter.Array output =
                OnnxInterpreter.run(
                        export(model, weights),
                        new OnnxInterpreter.Array(new int[] {2, 3, side, side}, images));
        assertThat(Golden.relativeError(built.logits(), output.values())).isLessThan(2e-5);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ViT-Ti/16", "R26+S/32", "R50x1", "ResNet-50"})
    void everyWeightIsThereByItsName(String name) {
        Model model = Models.named(name);
        Weights weights = model.randomWeights(1);
        OnnxGraph graph = model.onnx(weights);
        Map<String, Constant> constants =
                graph.constants().stream().collect(Collectors.toMap(Constant::name, c -> c));
        assertThat(model.weights())
                .allSatisfy(spec ->
                        assertThat(constants.get(spec.name()).bytes()).isEqualTo(4L * spec.size()));
        assertThat(graph.operations())
                .extracting(Operation::name)
                .doesNotHaveDuplicates()
                .contains(model.classes() > 0 ? "logits" : "features");
        assertThat(graph.outputs().getFirst().extents()).containsExactly(1000L);
    }

    @Test
    void relativePositionsAreRefused() {
        Model model = Models.named("testing@32[position=relative]");
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> model.onnx(model.randomWeights(1)))
                .withMessageContaining("relative positions");
    }
}
