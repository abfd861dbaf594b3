package org.tornadovit.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tornadovit.io.InputException;
import org.tornadovit.nn.Gelu;

class ModelsTest {

    @ParameterizedTest
    @CsvSource({
        "vit_base_patch16_224, ViT-B/16, 224",
        "vit_base_patch16_384, ViT-B/16, 384",
        "vit_tiny_patch16_224.augreg_in21k_ft_in1k, ViT-Ti/16, 224",
        "vit_huge_patch14_224, ViT-H/14, 224",
        "vit_small_r26_s32_224, R26+S/32, 224",
        "vit_base_r50_s16_384, R50+B/16, 384",
        "vit_tiny_r_s16_p8_224, R+Ti/16, 224",
        "vit_large_r50_s32_224, R50+L/32, 224",
        "resnetv2_50x1_bit, R50x1, 224",
        "resnetv2_152x2_bit.goog_in21k, R152x2, 224",
        "resnet50, ResNet-50, 224",
        "resnet18.tv_in1k, ResNet-18, 224",
        "swin_tiny_patch4_window7_224.ms_in1k, Swin-T, 224",
        "vit-b/32@384, ViT-B/32, 384",
        "' R50+b/16 ', R50+B/16, 224",
    })
    void aliasesLeadToTheSameModel(String alias, String name, int imageSize) {
        Model model = Models.named(alias);
        assertThat(model.name()).isEqualTo(name);
        assertThat(model.imageSize()).isEqualTo(imageSize);
        assertThat(model.withImageSize(224)).isEqualTo(Models.named(name).withImageSize(224));
    }

    @Test
    void everyNameHasAModelThatBearsIt() {
        for (String name : Models.names()) {
            assertThat(Models.named(name).name()).isEqualTo(name);
            assertThat(Models.named(Models.alias(name)).name()).isEqualTo(name);
        }
    }

    @Test
    void optionsChangeTheConfiguration() {
        Vit vit =
                (Vit)
                        Models.named(
                                "ViT-S/16@64[classes=7, pool=average,position=2d,representation=tanh,"
                                        + "embedding=convolution,gelu=tanh]");
        assertThat(vit.classes()).isEqualTo(7);
        assertThat(vit.configuration().pooling()).isEqualTo(VitConfiguration.Pool.AVERAGE);
        assertThat(vit.configuration().position()).isEqualTo(VitConfiguration.Position.LEARNED_2D);
        assertThat(vit.configuration().tokens()).isEqualTo(16);
        assertThat(vit.numerics().gelu()).isEqualTo(Gelu.TANH);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "ViT-X/16 | no model 'ViT-X/16'",
                "? | no model",
                "ViT-B/16@100 | use a multiple",
                "ViT-B/16[pool=max] | 'max' is not one of average",
                "ViT-B/16[colour=red] | no option 'colour'",
                "ViT-B/16[classes=many] | not a whole number",
                "ResNet-50[pool=average] | only a ViT",
                "R26+S/32[embedding=linear] | a hybrid embeds",
                "R50x1[classes] | key=value",
                "vit_base_patch16_225 | use a multiple",
            })
    void wrongNamesAreExplained(String name, String message) {
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> Models.named(name))
                .withMessageContaining(message);
    }
}
