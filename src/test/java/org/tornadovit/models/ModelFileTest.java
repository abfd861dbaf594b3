package org.tornadovit.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tornadovit.io.InputException;
import org.tornadovit.nn.Gelu;
import org.tornadovit.nn.WeightStandardization;

class ModelFileTest {
    @TempDir private Path folder;

    private static final String VIT =
            "{'arch':'vit','image_size':32,'num_classes':10,'patch_size':8,'hidden_dim':64,"
                    + "'num_layers':2,'num_heads':4,'mlp_dim':128%s}";

    private Model read(String json) throws IOException {
        Path file = folder.resolve("config.json");
        Files.writeString(file, json.replace('\'', '"'));
        return ModelFile.read(file);
    }

    @Test
    void optionalKeysHaveTheCommonValues() throws IOException {
        Vit vit = (Vit) read(VIT.formatted(""));
        assertThat(vit.numerics().layerNormEpsilon()).isEqualTo(1e-6f);
        assertThat(vit.numerics().gelu()).isEqualTo(Gelu.ERF);
        assertThat(vit.channels()).isEqualTo(3);
        assertThat(vit.configuration().pooling()).isEqualTo(VitConfiguration.Pool.CLASS_TOKEN);
    }

    @Test
    void optionalKeysAreTaken() throws IOException {
        Vit vit =
                (Vit)
                        read(
                                VIT.formatted(
                                        ",'layer_norm_eps':1e-5,'gelu':'tanh','channels':1,"
                                                + "'pooling':'average','position':'2d',"
                                                + "'representation_size':64,'later':[1]"));
        assertThat(vit.numerics().layerNormEpsilon()).isEqualTo(1e-5f);
        assertThat(vit.numerics().gelu()).isEqualTo(Gelu.TANH);
        assertThat(vit.channels()).isEqualTo(1);
        assertThat(vit.configuration().position()).isEqualTo(VitConfiguration.Position.LEARNED_2D);
        assertThat(vit.configuration().representation())
                .isEqualTo(VitConfiguration.Representation.TANH);
    }

    @Test
    void hybridsHaveAStem() throws IOException {
        String json =
                VIT.replace("'arch':'vit'", "'arch':'hybrid','padding':'same'")
                        .formatted(
                                ",'stem_layers':[1,2],'stem_width':32,"
                                        + "'weight_standardization':'std+1e-5'")
                        .replace("'patch_size':8", "'patch_size':1");
        Vit vit = (Vit) read(json);
        assertThat(vit.configuration().stem()).isEqualTo(new ResNetStem(32, List.of(1, 2), 1, 32));
        assertThat(vit.numerics().standardization()).isEqualTo(WeightStandardization.JAX);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "{'arch':'mlp'} | arch is 'mlp', which is not one of bit, hybrid",
                "{'arch':'vit','image_size':32} | lacks the key 'patch_size'",
                "{'arch':'vit','patch_size':'8'} | patch_size should be a whole number",
                "{'arch':'resnet','layers':3} | layers should be a list",
                "[1] | not a JSON object",
                "{'arch':'vit','arch':'vit'} | is not JSON",
                "{ | is not JSON",
            })
    void mistakesAreExplained(String json, String message) {
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> read(json))
                .withMessageContaining(message)
                .withMessageContaining("config.json");
    }

    @Test
    void sizesThatDoNotFitAreExplained() {
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> read(VIT.replace("'num_heads':4", "'num_heads':5").formatted("")))
                .withMessageContaining("64 features cannot be split among 5 heads");
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> ModelFile.read(folder.resolve("absent.json")))
                .withMessageContaining("no readable file");
    }
}
