package org.tornadovit.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tornadovit.lab.measure.Devices;
import org.tornadovit.models.BitResNet;
import org.tornadovit.models.Model;
import org.tornadovit.models.Numerics;
import org.tornadovit.models.PatchStem;
import org.tornadovit.models.ResNetStem;
import org.tornadovit.models.Stem;
import org.tornadovit.models.Vit;
import org.tornadovit.models.VitConfiguration;
import org.tornadovit.models.VitConfiguration.Pool;
import org.tornadovit.models.VitConfiguration.Position;
import org.tornadovit.models.VitConfiguration.Representation;
import org.tornadovit.nn.Weights;
import org.tornadovit.train.Optimizer;
import org.tornadovit.train.Schedule;
import org.tornadovit.train.Trainer;
import org.tornadovit.train.TrainingRecipe;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * Losses and the gradients of all weights of whole models, on the JVM and by libtorch. Other
 * devices are held against the same kernels by DevicesTest.
 *
 * <p>The images are such that no rectifier stands at its kink, where the last bit decides on which
 * side it is, and a gradient changes by as much as one element is worth.
 */
class LibTorchTrainingTest {
    private static final int BATCH = 6;
    private static final int CLASSES = 7;

    /** Of a loss, relative. */
    private static final double LOSS_ERROR = 1e-6;

    /** Of a weight's gradient: length of the difference relative to the gradient's. */
    private static final double GRADIENT_ERROR = 2e-5;

    static Stream<Model> models() {
        return Stream.of(
                vit("ViT", 24, new PatchStem(4)),
                vit("hybrid", 33, new ResNetStem(16, List.of(1, 2), 2, 4)),
                vit("rooted", 32, new ResNetStem(16, List.of(), 4, 8)),
                new BitResNet("ResNet", 35, 3, List.of(1, 2, 1), 16, 8, CLASSES, Numerics.TIMM),
                new BitResNet("BiT", 32, 3, List.of(2), 16, 4, CLASSES, Numerics.BIT));
    }

    private static Vit vit(String name, int imageSize, Stem stem) {
        return new Vit(
                name,
                new VitConfiguration(
                        imageSize,
                        3,
                        stem,
                        48,
                        3,
                        3,
                        96,
                        CLASSES,
                        Pool.CLASS_TOKEN,
                        Position.LEARNED_1D,
                        Representation.DIRECT),
                Numerics.TIMM);
    }

    /** Weights of which none is zero or one, so that each gradient shows. */
    private static Weights lively(Model model) {
        Weights weights = model.randomWeights(1);
        Random random = new Random(3);
        for (var spec : weights.specs()) {
            FloatArray values = weights.get(spec.name());
            for (int i = 0; i < values.getSize(); i++) {
                values.set(i, values.get(i) + 0.05f * (float) random.nextGaussian());
            }
        }
        return weights;
    }

    @ParameterizedTest
    @MethodSource("models")
    void lossAndGradientsAreTheSame(Model model) {
        Weights weights = lively(model);
        Random random = new Random(4);
        float[] images = new float[BATCH * 3 * model.imageSize() * model.imageSize()];
        for (int i = 0; i < images.length; i++) {
            images[i] = (float) random.nextGaussian();
        }
        float[] targets = new float[BATCH * CLASSES];
        for (int n = 0; n < BATCH; n++) {
            targets[n * CLASSES + random.nextInt(CLASSES)] += 0.75f;
            targets[n * CLASSES + random.nextInt(CLASSES)] += 0.25f;
        }
        TrainingRecipe recipe =
                new TrainingRecipe(
                        new Optimizer.Sgd(0, 0), new Schedule(1, 0, 1, Schedule.Decay.CONSTANT));
        Optional<TornadoDevice> device = Optional.of(new Devices().device("jvm"));
        try (LibTorchTraining peer =
                        new LibTorchTraining(model, weights, BATCH, images, targets, 1);
                Trainer trainer = new Trainer(model, weights, recipe, BATCH, device)) {
            for (int i = 0; i < images.length; i++) {
                trainer.images().set(i, images[i]);
            }
            for (int i = 0; i < targets.length; i++) {
                trainer.targets().set(i, targets[i]);
            }
            double expected = peer.loss();
            assertThat(trainer.step().loss()).isCloseTo(expected, within(LOSS_ERROR * expected));
            assertThat(differences(trainer.gradients(), peer.gradients())).isEmpty();
        }
    }

    private static List<String> differences(
            Map<String, FloatArray> found, Map<String, float[]> expected) {
        assertThat(found.keySet()).isEqualTo(expected.keySet());
        List<String> differences = new ArrayList<>();
        expected.forEach((name, gradient) -> {
            double error = error(found.get(name).toHeapArray(), gradient);
            if (!(error <= GRADIENT_ERROR)) {
                differences.add("%s by %.3g".formatted(name, error));
            }
        });
        return differences;
    }

    private static double error(float[] found, float[] expected) {
        double difference = 0;
        double length = 0;
        for (int i = 0; i < expected.length; i++) {
            difference += Math.pow((double) found[i] - expected[i], 2);
            length += Math.pow(expected[i], 2);
        }
        return Math.sqrt(difference / length);
    }

    @Test
    void aDifferenceIsFound() {
        Map<String, FloatArray> found = Map.of("a", FloatArray.fromElements(3, 4.001f));
        assertThat(differences(found, Map.of("a", new float[] {3, 4})))
                .containsExactly("a by 0.000200");
        assertThat(differences(found, Map.of("a", new float[] {3, 4.001f}))).isEmpty();
    }
}
