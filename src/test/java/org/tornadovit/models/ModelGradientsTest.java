package org.tornadovit.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tornadovit.models.VitConfiguration.Pool;
import org.tornadovit.models.VitConfiguration.Position;
import org.tornadovit.models.VitConfiguration.Representation;
import org.tornadovit.nn.Forward.Capture;
import org.tornadovit.nn.Gradients;
import org.tornadovit.nn.Noise;
import org.tornadovit.nn.Section;
import org.tornadovit.nn.WeightSpec;
import org.tornadovit.nn.Weights;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * Gradients of whole models against differences of networks in float64: for every weight, how a sum
 * changes along one direction of all its elements.
 */
class ModelGradientsTest {
    private static final int BATCH = 2;
    private static final int CLASSES = 5;
    private static final float STEP = 0x1p-22f;

    @ParameterizedTest
    @CsvSource({
        "CLASS_TOKEN, LEARNED_1D, DIRECT, TIMM",
        "CLASS_TOKEN, LEARNED_2D, DIRECT, TIMM",
        "CLASS_TOKEN, RELATIVE, TANH, JAX",
        "AVERAGE, NONE, DIRECT, JAX",
    })
    void ofVits(Pool pool, Position position, Representation representation, String conventions) {
        Vit vit =
                new Vit(
                        "variant",
                        new VitConfiguration(
                                15,
                                3,
                                new PatchStem(5),
                                12,
                                2,
                                3,
                                20,
                                CLASSES,
                                pool,
                                position,
                                representation),
                        conventions.equals("JAX") ? Numerics.JAX : Numerics.TIMM);
        Weights weights = VitVariantsTest.livelyWeights(vit);
        BuiltModel built = built(vit, weights);
        compare(built, weights, n -> VitVariantsTest.logits(vit, weights, built.input(), n));
    }

    /** What is left out stays the same for the differences. */
    @ParameterizedTest
    @CsvSource({"0.3, 0", "0, 0.5", "0.2, 0.5"})
    void ofVitsThatDrop(float dropout, float depth) {
        Vit vit =
                new Vit(
                        "dropping",
                        new VitConfiguration(
                                15,
                                3,
                                new PatchStem(5),
                                12,
                                3,
                                3,
                                20,
                                CLASSES,
                                Pool.CLASS_TOKEN,
                                Position.LEARNED_1D,
                                Representation.DIRECT),
                        Numerics.TIMM);
        Weights weights = VitVariantsTest.livelyWeights(vit);
        Noise noise = new Noise(dropout, depth, 3L << 40 | 5);
        BuiltModel built = vit.build(BATCH, weights, Capture.GRADIENTS, noise);
        VitVariantsTest.fill(built.input(), 5);
        for (int turn = 0; turn < 2; turn++) {
            built.forward().turn().set(0, turn);
            int now = turn;
            compare(
                    built,
                    weights,
                    n ->
                            VitVariantsTest.logits(
                                    vit, weights, built.input(), n, new NaiveNoise(noise, now, n)));
        }
    }

    @ParameterizedTest
    @CsvSource({"TIMM", "JAX"})
    void ofStemsWithoutStages(String conventions) {
        Numerics numerics = conventions.equals("JAX") ? Numerics.JAX : Numerics.TIMM;
        Vit vit = hybrid(List.of(), 16, numerics);
        Weights weights = VitVariantsTest.livelyWeights(vit);
        BuiltModel built = built(vit, weights);
        compare(built, weights, n -> VitVariantsTest.logits(vit, weights, built.input(), n));
    }

    @Test
    void ofHybrids() {
        Vit vit = hybrid(List.of(1, 1), 17, Numerics.TIMM);
        Weights weights = VitVariantsTest.livelyWeights(vit);
        BuiltModel built = built(vit, weights);
        compare(built, weights, n -> VitVariantsTest.logits(vit, weights, built.input(), n));
    }

    @ParameterizedTest
    @CsvSource({"14, TIMM", "17, BIT"})
    void ofResNets(int imageSize, String conventions) {
        Numerics numerics = conventions.equals("BIT") ? Numerics.BIT : Numerics.TIMM;
        BitResNet model = new BitResNet("tiny", imageSize, 3, List.of(1, 2), 32, CLASSES, numerics);
        Weights weights = VitVariantsTest.livelyWeights(model);
        BuiltModel built = built(model, weights);
        compare(built, weights, n -> BitResNetTest.logits(model, weights, built, n));
    }

    private static Vit hybrid(List<Integer> stages, int imageSize, Numerics numerics) {
        return new Vit(
                "hybrid",
                new VitConfiguration(
                        imageSize,
                        3,
                        new ResNetStem(32, stages, 2, 32),
                        8,
                        1,
                        2,
                        16,
                        CLASSES,
                        Pool.CLASS_TOKEN,
                        Position.LEARNED_1D,
                        Representation.DIRECT),
                numerics);
    }

    private static BuiltModel built(Model model, Weights weights) {
        BuiltModel built = model.build(BATCH, weights, Capture.GRADIENTS);
        VitVariantsTest.fill(built.input(), 5);
        return built;
    }

    /** The gradient of a weighted sum of all logits. */
    private static void compare(BuiltModel built, Weights weights, IntFunction<double[]> naive) {
        List<WeightSpec> parameters =
                weights.specs().stream()
                        .filter(spec -> spec.kind() == WeightSpec.Kind.PARAMETER)
                        .toList();
        List<FloatArray> learned = parameters.stream().map(s -> weights.get(s.name())).toList();
        Gradients gradients = new Gradients(built.forward(), learned);
        FloatArray dlogits = gradients.into(built.logits()).array();
        List<Section> backward = gradients.write();
        VitVariantsTest.fill(dlogits, 6);
        FloatArray factors = new FloatArray(dlogits.getSize());
        VitVariantsTest.fill(factors, 6);
        built.runInJava();
        for (int n = 0; n < BATCH; n++) {
            double[] logits = naive.apply(n);
            for (int c = 0; c < CLASSES; c++) {
                assertThat((double) built.logits().get(n * CLASSES + c))
                        .isCloseTo(logits[c], within(2e-4));
            }
        }
        backward.forEach(section -> section.tasks().forEach(task -> task.body().run()));

        Random random = new Random(7);
        List<String> wrong = new ArrayList<>();
        for (WeightSpec spec : parameters) {
            FloatArray values = weights.get(spec.name());
            FloatArray found = gradients.of(values);
            boolean[] up = new boolean[values.getSize()];
            double slope = 0;
            double squares = 0;
            for (int i = 0; i < up.length; i++) {
                up[i] = random.nextBoolean();
                slope += up[i] ? found.get(i) : -found.get(i);
                squares += (double) found.get(i) * found.get(i);
            }
            double expected = difference(values, up, factors, naive);
            if (!(Math.abs(slope - expected) <= 2e-4 * Math.max(Math.sqrt(squares), 1e-2))) {
                wrong.add(
                        "%s goes %.6g, expected %.6g, its length is %.3g"
                                .formatted(spec.name(), slope, expected, Math.sqrt(squares)));
            }
        }
        assertThat(wrong).isEmpty();
    }

    /** How the sum changes when each value of a weight goes one step up or down. */
    private static double difference(
            FloatArray values, boolean[] up, FloatArray factors, IntFunction<double[]> naive) {
        FloatArray before = new FloatArray(values.getSize());
        for (int i = 0; i < up.length; i++) {
            // a multiple of the step, so that both points are exact
            before.set(i, Math.round(values.get(i) / STEP) * STEP);
        }
        double[] sums = new double[2];
        for (int side = 0; side < 2; side++) {
            for (int i = 0; i < up.length; i++) {
                values.set(i, before.get(i) + (up[i] == (side == 1) ? STEP : -STEP));
            }
            for (int n = 0; n < BATCH; n++) {
                double[] logits = naive.apply(n);
                for (int c = 0; c < CLASSES; c++) {
                    sums[side] += factors.get(n * CLASSES + c) * logits[c];
                }
            }
        }
        for (int i = 0; i < up.length; i++) {
            values.set(i, before.get(i));
        }
        return (sums[1] - sums[0]) / (2 * STEP);
    }
}
