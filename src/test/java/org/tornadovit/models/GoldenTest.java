package org.tornadovit.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tornadovit.models.Golden.relativeError;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tornadovit.nn.Forward;
import org.tornadovit.nn.Forward.Capture;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** Whole models against other implementations, every kernel run by its Java body. */
class GoldenTest {

    @ParameterizedTest
    @ValueSource(strings = {"vit_tiny", "hybrid_tiny", "resnet18_w16", "bit_tiny", "swin_tiny"})
    void everyStageAgrees(String name) {
        Golden golden = new Golden(name);
        BuiltModel built = run(golden, "weights.safetensors", Capture.INTERMEDIATES);
        golden.names()
                .forEach((there, here) -> {
                    Forward.Intermediate found = built.intermediates().get(here);
                    assertThat(found).as(here).isNotNull();
                    double error =
                            relativeError(found.values(), golden.stage(there).channelsLast());
                    assertThat(error).as(there).isLessThan(2e-5);
                });
        assertThat(relativeError(built.logits(), golden.logits64())).isLessThan(2e-5);
    }

    @ParameterizedTest
    @CsvSource({
        "vit_tiny, weights.safetensors",
        "vit_tiny, weights.npz",
        "hybrid_tiny, weights.safetensors",
        "resnet18_w16, weights.safetensors",
        "bit_tiny, weights.safetensors",
        "swin_tiny, weights.safetensors",
    })
    void logitsAgreeWhenIntermediatesShareMemory(String name, String file) {
        Golden golden = new Golden(name);
        BuiltModel built = run(golden, file, Capture.NOTHING);
        assertThat(built.intermediates()).isEmpty();
        assertThat(relativeError(built.logits(), golden.logits64())).isLessThan(2e-5);
    }

    @ParameterizedTest
    @CsvSource({
        "vit_tiny, 81226",
        "hybrid_tiny, 718218",
        "resnet18_w16, 703386",
        "bit_tiny, 191530",
        "swin_tiny, 78190"
    })
    void parametersAreThoseOfTheFixture(String name, long parameters) {
        assertThat(new Golden(name).model().parameterCount()).isEqualTo(parameters);
    }

    @Test
    void attentionAndMlpAreTheDifferencesOfTheResidualStream() {
        Golden golden = new Golden("vit_tiny");
        BuiltModel built = run(golden, "weights.safetensors", Capture.INTERMEDIATES);
        assertThat(difference(built, "block0_attended", "encoder_in", golden, "block0_attn"))
                .isLessThan(2e-5);
        assertThat(difference(built, "block0", "block0_attended", golden, "block0_mlp"))
                .isLessThan(2e-5);
    }

    @Test
    void foldedRootIsTheRectifiedNormalisation() {
        Golden golden = new Golden("resnet18_w16");
        BuiltModel built = run(golden, "weights.safetensors", Capture.INTERMEDIATES);
        double[] expected = golden.stage("bn1").channelsLast();
        for (int i = 0; i < expected.length; i++) {
            expected[i] = Math.max(expected[i], 0);
        }
        FloatArray found = built.intermediates().get("root").values();
        assertThat(relativeError(found, expected)).isLessThan(2e-5);
        double[] pooled = golden.stage("avgpool").channelsLast();
        assertThat(relativeError(built.features(), pooled)).isLessThan(2e-5);
    }

    @Test
    void convolutionalEmbeddingIsTheLinearOne() {
        Golden golden = new Golden("vit_tiny");
        Vit vit = (Vit) golden.model();
        Vit other =
                vit.withConfiguration(
                        vit.configuration().withStem(new PatchStem(8, PatchStem.Form.CONVOLUTION)));
        BuiltModel built = other.build(2, golden.weights(other, "weights.npz"));
        golden.fill(built.input());
        built.runInJava();
        assertThat(relativeError(built.logits(), golden.logits64())).isLessThan(2e-5);
        assertThat(built.countedMacs()).isEqualTo(vit.macs());
    }

    private static double difference(
            BuiltModel built, String after, String before, Golden golden, String stage) {
        FloatArray a = built.intermediates().get(after).values();
        FloatArray b = built.intermediates().get(before).values();
        FloatArray difference = new FloatArray(a.getSize());
        for (int i = 0; i < a.getSize(); i++) {
            difference.set(i, a.get(i) - b.get(i));
        }
        return relativeError(difference, golden.stage(stage).values());
    }

    private static BuiltModel run(Golden golden, String weights, Capture capture) {
        Model model = golden.model();
        BuiltModel built = model.build(golden.batch(), golden.weights(model, weights), capture);
        golden.fill(built.input());
        built.runInJava();
        return built;
    }
}
