package org.tornadovit.lab.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.tornadovit.lab.LabException;
import org.tornadovit.models.ResNet;
import org.tornadovit.models.ResNetStem;
import org.tornadovit.models.Vit;
import org.tornadovit.nn.Gelu;
import org.tornadovit.nn.WeightStandardization;

class ModelConfigTest {
    private static final String VIT =
            """
            {"name": "v", "arch": "torchvision.VisionTransformer", "image_size": 32,
             "channels": 3, "num_classes": 10, "patch_size": 8, "num_layers": 2, "num_heads": 4,
             "hidden_dim": 64, "mlp_dim": 128, "layer_norm_eps": 1e-06, "gelu": "tanh",
             "seed": 11, "stages": {"patch": [2, 64, 4, 4]}}
            """;
    private static final String HYBRID =
            """
            {"name": "h", "arch": "hybrid", "image_size": 64, "channels": 3, "num_classes": 10,
             "stem_layers": [2, 1, 1], "stem_width": 32, "stem_downsample": 16,
             "group_norm_groups": 32, "group_norm_eps": 1e-03, "padding": "same",
             "weight_standardization": "sqrt(var+1e-8)", "patch_size": 1, "hidden_dim": 96,
             "num_heads": 3, "num_layers": 2, "mlp_dim": 192, "layer_norm_eps": 1e-06,
             "gelu": "erf"}
            """;
    private static final String RESNET =
            """
            {"name": "r", "arch": "torchvision.ResNet", "image_size": 64, "channels": 3,
             "num_classes": 10, "block": "BasicBlock", "layers": [2, 2, 2, 2], "width": 16,
             "bn_eps": 1e-03}
            """;

    private static final String SWIN =
            """
            {"name": "s", "arch": "torchvision.SwinTransformer", "image_size": 64, "channels": 3,
             "num_classes": 10, "patch_size": [4, 4], "embed_dim": 24, "depths": [2, 2],
             "num_heads": [2, 4], "window_size": [4, 4], "mlp_ratio": 4.0,
             "layer_norm_eps": 1e-05, "gelu": "erf"}
            """;

    @TempDir Path directory;

    private Path file(String json) throws IOException {
        return Files.writeString(directory.resolve("config.json"), json);
    }

    @Test
    void theArchitecturesAreRead() throws IOException {
        Vit vit = (Vit) ModelConfig.read(file(VIT));
        assertThat(vit.parameterCount()).isEqualTo(81_226);
        assertThat(vit.numerics().gelu()).isEqualTo(Gelu.TANH);
        Vit hybrid = (Vit) ModelConfig.read(file(HYBRID));
        assertThat(hybrid.parameterCount()).isEqualTo(718_218);
        assertThat(hybrid.configuration().stem())
                .isEqualTo(new ResNetStem(32, List.of(2, 1, 1), 1, 32));
        assertThat(hybrid.numerics().groupNormEpsilon()).isEqualTo(1e-3f);
        assertThat(hybrid.numerics().standardization()).isEqualTo(WeightStandardization.TIMM);
        ResNet resnet = (ResNet) ModelConfig.read(file(RESNET));
        assertThat(resnet.parameterCount()).isEqualTo(703_386);
        assertThat(resnet.numerics().batchNormEpsilon()).isEqualTo(1e-3);
        assertThat(ModelConfig.read(file(SWIN)).parameterCount()).isEqualTo(78_190);
    }

    static Stream<Arguments> wrong() {
        return Stream.of(
                Arguments.of("\"torchvision.VisionTransformer\"", "\"swan\"", "'swan' is unknown"),
                Arguments.of("\"mlp_dim\"", "\"mlp\"", "'mlp_dim' is missing"),
                Arguments.of("128", "128.5", "'mlp_dim' must be a whole number"),
                Arguments.of("\"tanh\"", "\"relu\"", "'gelu' must be one of [erf, tanh]"),
                Arguments.of("\"num_heads\": 4", "\"num_heads\": 5", "config.json: "),
                Arguments.of("{\"name\"", "{name", "is not JSON"));
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void whatDescribesNoModelIsRefused(String from, String to, String sentence) throws IOException {
        Path file = file(VIT.replace(from, to));
        assertThatThrownBy(() -> ModelConfig.read(file))
                .isInstanceOf(LabException.class)
                .hasMessageContaining("config.json")
                .hasMessageContaining(sentence);
    }
}
