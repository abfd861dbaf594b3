package org.tornadovit.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tornadovit.io.Checkpoint;
import org.tornadovit.io.InputException;
import org.tornadovit.models.CheckpointWeights;
import org.tornadovit.models.Numerics;
import org.tornadovit.models.PatchStem;
import org.tornadovit.models.PositionResize;
import org.tornadovit.models.Vit;
import org.tornadovit.models.VitConfiguration;
import org.tornadovit.models.VitConfiguration.Pool;
import org.tornadovit.models.VitConfiguration.Position;
import org.tornadovit.models.VitConfiguration.Representation;
import org.tornadovit.nn.Noise;
import org.tornadovit.nn.Weights;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** The trainer on the default device. */
class TrainerTest {
    private static final int BATCH = 6;
    private static final Vit TINY = vit(8, 3);
    private static final TrainingRecipe RECIPE =
            new TrainingRecipe(
                            new Optimizer.AdamW(0.01f),
                            new Schedule(0.01, 3, 40, Schedule.Decay.COSINE))
                    .withClip(1)
                    .withSmoothing(0.1f);

    private static Vit vit(int imageSize, int classes) {
        return new Vit(
                "tiny",
                new VitConfiguration(
                        imageSize,
                        1,
                        new PatchStem(4),
                        8,
                        1,
                        2,
                        12,
                        classes,
                        Pool.CLASS_TOKEN,
                        Position.LEARNED_1D,
                        Representation.DIRECT),
                Numerics.TIMM);
    }

    private static Trainer trainer(TrainingRecipe recipe) {
        return new Trainer(TINY, TINY.randomWeights(1), recipe, BATCH);
    }

    private static TrainingStep step(Trainer trainer) {
        Batches.fill(trainer, trainer.batches());
        return trainer.step();
    }

    @Test
    void itLearns() {
        try (Trainer trainer = trainer(RECIPE.withAverage(0.5f))) {
            double first = step(trainer).loss();
            while (trainer.updates() < 30) {
                step(trainer);
            }
            assertThat(first).isBetween(0.9, 1.3);
            assertThat(step(trainer).loss()).isLessThan(0.7);
            Batches.fill(trainer, 100);
            FloatArray losses = trainer.predict();
            for (int n = 0; n < BATCH; n++) {
                assertThat(losses.get(n)).isLessThan(1);
            }
            assertThat(trainer.average().get("head.weight").get(0))
                    .isNotEqualTo(trainer.weights().get("head.weight").get(0));
        }
    }

    @Test
    void aResumedRunGivesTheSameNumbers(@TempDir Path folder) {
        TrainingRecipe recipe =
                RECIPE.withAccumulation(2).withAverage(0.9f).withNoise(new Noise(0.2f, 0.3f, 9));
        Path file = folder.resolve("state.safetensors");
        double[] unbroken = new double[7];
        Weights expected;
        try (Trainer trainer = trainer(recipe)) {
            for (int i = 0; i < unbroken.length; i++) {
                if (i == 3) {
                    trainer.save(file); // in the middle of an update
                }
                unbroken[i] = step(trainer).loss();
            }
            expected = trainer.weights();
        }
        try (Trainer trainer = Trainer.resume(file, TINY, recipe, BATCH, Optional.empty())) {
            assertThat(trainer.batches()).isEqualTo(3);
            for (int i = 3; i < unbroken.length; i++) {
                assertThat(step(trainer).loss()).isEqualTo(unbroken[i]);
            }
            assertSame(trainer.weights(), expected);
        }
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() ->
                        Trainer.resume(file, TINY, recipe.withClip(2), BATCH, Optional.empty()))
                .withMessageContaining("clip=1.0");
    }

    @Test
    void noiseIsOtherWithEveryBatchAndSeedAndAbsentFromPredictions() {
        TrainingRecipe still =
                new TrainingRecipe(
                        new Optimizer.Sgd(0, 0),
                        new Schedule(1e-30, 0, 1, Schedule.Decay.CONSTANT)); // weights stay
        List<Double> losses = new ArrayList<>();
        float[] whole = {};
        for (long seed : new long[] {1, 1, 2}) {
            try (Trainer trainer = trainer(still.withNoise(new Noise(0.4f, 0, seed)))) {
                Batches.fill(trainer, 0);
                losses.add(trainer.step().loss());
                losses.add(trainer.step().loss());
                whole = trainer.predict().toHeapArray();
            }
        }
        assertThat(losses.subList(2, 4)).isEqualTo(losses.subList(0, 2));
        assertThat(List.of(losses.get(0), losses.get(1), losses.get(4), losses.get(5)))
                .doesNotHaveDuplicates();
        try (Trainer trainer = trainer(still)) {
            Batches.fill(trainer, 0);
            assertThat(whole).containsExactly(trainer.predict().toHeapArray(), within(1e-6f));
        }
    }

    @Test
    void twoHalvesOfABatchAreOneBatch() {
        TrainingRecipe sgd =
                new TrainingRecipe(
                        new Optimizer.Sgd(0, 0), new Schedule(0.1, 0, 1, Schedule.Decay.CONSTANT));
        Weights whole;
        try (Trainer trainer = trainer(sgd)) {
            assertThat(trainer.gradients()).isEmpty();
            step(trainer);
            whole = trainer.weights();
            FloatArray gradient = trainer.gradients().get("head.weight");
            FloatArray before = TINY.randomWeights(1).get("head.weight");
            for (int i = 0; i < gradient.getSize(); i++) {
                assertThat(whole.get("head.weight").get(i))
                        .isCloseTo(before.get(i) - 0.1f * gradient.get(i), within(1e-7f));
            }
        }
        TrainingRecipe halves = sgd.withAccumulation(2);
        try (Trainer trainer = new Trainer(TINY, TINY.randomWeights(1), halves, BATCH / 2)) {
            FloatArray images = new FloatArray(2 * trainer.images().getSize());
            FloatArray targets = new FloatArray(2 * trainer.targets().getSize());
            Batches.fill(images, targets, BATCH, 0);
            for (int half = 0; half < 2; half++) {
                copy(images, trainer.images(), half);
                copy(targets, trainer.targets(), half);
                assertThat(trainer.step().updated()).isEqualTo(half == 1);
            }
            FloatArray found = trainer.weights().get("blocks.0.attn.qkv.weight");
            FloatArray start = TINY.randomWeights(1).get("blocks.0.attn.qkv.weight");
            FloatArray expected = whole.get("blocks.0.attn.qkv.weight");
            for (int i = 0; i < found.getSize(); i++) {
                assertThat(found.get(i)).isCloseTo(expected.get(i), within(1e-6f));
            }
            assertThat(expected.get(0)).isNotEqualTo(start.get(0));
        }
    }

    private static void copy(FloatArray from, FloatArray to, int part) {
        for (int i = 0; i < to.getSize(); i++) {
            to.set(i, from.get(part * to.getSize() + i));
        }
    }

    @Test
    void whatIsFrozenStays() {
        List<String> all = List.of("cls_token", "pos_embed", "patch_embed", "blocks", "norm");
        try (Trainer trainer = trainer(RECIPE.withFrozen(all))) {
            step(trainer);
            step(trainer);
            Weights start = TINY.randomWeights(1);
            Weights found = trainer.weights();
            assertThat(found.get("blocks.0.mlp.fc1.weight").get(3))
                    .isEqualTo(start.get("blocks.0.mlp.fc1.weight").get(3));
            assertThat(found.get("head.weight").get(3))
                    .isNotEqualTo(start.get("head.weight").get(3));
        }
        List<String> everything =
                List.of("cls_token", "pos_embed", "patch_embed", "blocks", "norm", "head");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> trainer(RECIPE.withFrozen(everything)))
                .withMessageContaining("left to learn");
    }

    @Test
    void whatIsNotFiniteStopsWithItsPlace() {
        try (Trainer trainer = trainer(RECIPE)) {
            step(trainer);
            Weights before = trainer.weights();
            Batches.fill(trainer, 1);
            trainer.images().set(5, Float.NaN);
            assertThatExceptionOfType(DivergenceException.class)
                    .isThrownBy(trainer::step)
                    .withMessageContaining("batch 2")
                    .withMessageContaining("0.00667")
                    .withMessageContaining("embedding.flatten");
            assertSame(trainer.weights(), before);
        }
    }

    @Test
    void weightsGoToOtherTasksAndSizes(@TempDir Path folder) {
        Weights weights = TINY.randomWeights(1);
        Vit larger = vit(16, 5);
        Weights start = FineTuning.start(larger, TINY, weights);
        assertThat(start.get("head.weight").getSize()).isEqualTo(5 * 8);
        assertThat(start.get("head.weight").get(7)).isZero();
        assertThat(start.get("pos_embed").get(3)).isEqualTo(weights.get("pos_embed").get(3));
        assertThat(start.get("blocks.0.mlp.fc1.bias").get(3))
                .isEqualTo(weights.get("blocks.0.mlp.fc1.bias").get(3));
        Path file = folder.resolve("weights.safetensors");
        TrainingFile.writeWeights(file, larger, start);
        try (Checkpoint checkpoint = Checkpoint.open(file)) {
            Weights read = CheckpointWeights.load(larger, checkpoint, PositionResize.ALIGN_CORNERS);
            assertSame(read, start);
        }
    }

    private static void assertSame(Weights found, Weights expected) {
        for (var spec : expected.specs()) {
            assertThat(found.get(spec.name()).toHeapArray())
                    .as(spec.name())
                    .isEqualTo(expected.get(spec.name()).toHeapArray());
        }
    }
}
