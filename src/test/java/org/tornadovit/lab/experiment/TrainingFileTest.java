package org.tornadovit.lab.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.tornadovit.io.batch.Augmentation;
import org.tornadovit.lab.LabException;
import org.tornadovit.models.Model;

class TrainingFileTest {
    private static final String FULL =
            """
            kind: train
            name: full
            question: Does it learn?
            device: opencl
            data: digits
            image-size: 16
            images: [100, 0]
            held-out: 50
            test: 200
            shots: 5
            evaluations: 3
            models:
              - {name: V, arch: vit, patch_size: 4, hidden_dim: 32, num_layers: 2, num_heads: 2, mlp_dim: 64}
              - {name: R, arch: bit, layers: [1, 1], width: 8, group_norm_groups: 4}
            recipe: {optimizer: sgd, learning-rate: 0.01, schedule: linear, warm-up: 0.2, weight-decay: 0.1,
                     momentum: 0.8, clip: 2, batch: 32, epochs: 4, ema: 0.99, dropout: 0.1, stochastic-depth: 0.2,
                     label-smoothing: 0.1, mixup: 0.2, padding: 1, flip: 0.5}
            seeds: [1, 2]
            fine-tune: {image-sizes: [16, 24], head: zero, frozen: [patch_embed], recipe: {epochs: 1}}
            devices: [all]
            minutes: 5
            claims:
              - {better: V, than: R}
              - {leads: hybrid, then: pure}
              - {gains: V, over: R}
            sizes:
              smoke:
                seeds: [3]
                recipe: {epochs: 2}
              full:
                data: elsewhere
            """;

    @Test
    void everyKeyIsReadAndASizeReplacesItsOwn() {
        TrainingTask smoke = TrainingFile.parse("x.yaml", FULL, "smoke");
        assertThat(smoke.name()).isEqualTo("full");
        assertThat(smoke.size()).isEqualTo("smoke");
        assertThat(smoke.device()).isEqualTo("opencl");
        assertThat(smoke.images()).containsExactly(100, 0);
        assertThat(smoke.seeds()).containsExactly(3L);
        assertThat(smoke.heldOut()).isEqualTo(50);
        assertThat(smoke.test()).isEqualTo(200);
        assertThat(smoke.shots()).isEqualTo(5);
        assertThat(smoke.evaluations()).isEqualTo(3);
        assertThat(smoke.devices()).containsExactly("all");
        assertThat(smoke.minutes()).isEqualTo(5);
        assertThat(smoke.recipe())
                .isEqualTo(
                        new TrainingSettings(
                                TrainingSettings.Optimizer.SGD,
                                0.01,
                                TrainingSettings.Schedule.LINEAR,
                                0.2,
                                0.1,
                                0.8,
                                2,
                                32,
                                2,
                                0,
                                0.99,
                                0.1,
                                0.2,
                                new Augmentation(1, 0.5, 0.2, 0.1)));
        assertThat(smoke.claims())
                .containsExactly(
                        new Claim.Better("V", "R"),
                        new Claim.Crossover("hybrid", "pure"),
                        new Claim.Gains("V", "R"));
        FineTuning fineTuning = smoke.fineTuning().orElseThrow();
        assertThat(fineTuning.imageSizes()).containsExactly(16, 24);
        assertThat(fineTuning.head()).isEqualTo(FineTuning.Head.ZERO);
        assertThat(fineTuning.frozen()).containsExactly("patch_embed");
        assertThat(fineTuning.recipe().epochs()).isEqualTo(1);
        assertThat(fineTuning.recipe().batch()).isEqualTo(32);

        TrainingTask full = TrainingFile.parse("x.yaml", FULL, "full");
        assertThat(full.seeds()).containsExactly(1L, 2L);
        assertThat(full.recipe().epochs()).isEqualTo(4);
        assertThat(full.data()).isEqualTo("elsewhere");
    }

    @Test
    void modelsAreThoseThatTheirDescriptionsGive() {
        TrainingTask task = TrainingFile.parse("x.yaml", FULL, "smoke");
        Model vit = task.models().getFirst().model(16, 10);
        assertThat(vit.name()).isEqualTo("V");
        assertThat(vit.imageSize()).isEqualTo(16);
        assertThat(vit.classes()).isEqualTo(10);
        assertThat(task.models().get(1).model(32, 4).featureSize()).isEqualTo(64);
        assertThat(task.models().getFirst().json(16, 10))
                .contains("\"image_size\" : 16", "\"hidden_dim\" : 32", "\"name\" : \"V\"");
    }

    static Stream<Arguments> mistakes() {
        return Stream.of(
                Arguments.of("seeds: [1, 2]", "seds: [1]", "x.yaml:18:1: unknown key 'seds'"),
                Arguments.of("epochs: 2}", "epoch: 2}", ": unknown key 'epoch'"),
                Arguments.of(
                        "epochs: 2}",
                        "epochs: 2, dropout: 1}",
                        "recipe.dropout must be at least 0 and below 1"),
                Arguments.of(
                        "recipe: {epochs: 2}",
                        "recipe: {epochs: x}",
                        "x.yaml:29:14: 'recipe.epochs' must be a number."),
                Arguments.of("  smoke:", "  smok:", "unknown key 'smok'; known here: full, smoke."),
                Arguments.of(
                        "momentum: 0.8",
                        "momentum: 1.5",
                        "x.yaml (smoke): recipe.momentum must be"),
                Arguments.of("flip: 0.5", "flip: 2", "flip must be a probability, not 2"),
                Arguments.of(
                        "schedule: linear",
                        "schedule: liner",
                        "it is cosine or linear or constant. Did you mean linear?"),
                Arguments.of("seeds: [3]", "seeds: [3, 3]", "seeds names 3 twice."),
                Arguments.of(
                        "{better: V, than: R}", "{better: V}", "a claim is {better: A, than: B}"),
                Arguments.of(
                        "{gains: V, over: R}",
                        "{gains: V, over: Q}",
                        "claims names 'Q'; there are R, R@16, R@24, V, V@16, V@24."),
                Arguments.of(
                        "leads: hybrid",
                        "leads: hybird",
                        "claims names 'hybird'; there are hybrid, pure, resnet. Did you mean"
                                + " hybrid?"),
                Arguments.of("hidden_dim: 32", "hiden_dim: 32", "model V: unknown key 'hiden_dim'"),
                Arguments.of("image-size: 16\n", "", "the key 'image-size' is missing."),
                Arguments.of("kind: train", "kind: compare", "is no task of kind train"),
                Arguments.of("data: elsewhere", "data: 3", "'data' must be text"));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void aMistakeIsASentence(String right, String wrong, String sentence) {
        assertThat(FULL).contains(right);
        assertThatThrownBy(() -> TrainingFile.parse("x.yaml", FULL.replace(right, wrong), "smoke"))
                .isInstanceOf(LabException.class)
                .hasMessageStartingWith("x.yaml")
                .hasMessageContaining(sentence);
    }

    @Test
    void impossibleModelsAndSizesAreExplained() {
        TrainedModel model =
                TrainingFile.parse("x.yaml", FULL.replace("num_heads: 2", "num_heads: 3"), "full")
                        .models()
                        .getFirst();
        assertThatThrownBy(() -> model.model(16, 10))
                .isInstanceOf(LabException.class)
                .hasMessageContaining("Model V: 32 features cannot be split among 3 heads.");
        assertThatThrownBy(() -> TrainingFile.parse("x.yaml", FULL, "smok"))
                .hasMessageContaining("There is no size 'smok'; there are smoke, full.");
    }

    @Test
    void theOtherReaderSaysWhatToRun() {
        assertThatThrownBy(() -> ExperimentFile.parse("x.yaml", FULL))
                .isInstanceOf(LabException.class)
                .hasMessage(
                        "x.yaml is a task of kind train; run it with 'tornado-vit train x.yaml'.");
        assertThat(ExperimentFile.parse("x.yaml", "kind: compare\nname: a\nmodels: [b]\n").models())
                .isEqualTo(List.of("b"));
    }
}
