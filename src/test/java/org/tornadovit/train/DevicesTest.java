package org.tornadovit.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
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
import org.tornadovit.nn.Noise;
import org.tornadovit.nn.WeightSpec;
import org.tornadovit.runtime.OnDevices;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.enums.TornadoVMBackendType;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** Two steps on every device against the Java bodies of the same kernels, at odd sizes. */
class DevicesTest {
    private static final int BATCH = 3;
    private static final TrainingRecipe RECIPE =
            new TrainingRecipe(
                            new Optimizer.Sgd(0.9f, 0.1f),
                            new Schedule(0.1, 0, 2, Schedule.Decay.CONSTANT))
                    .withClip(0.5f)
                    .withAverage(0.5f)
                    .withNoise(new Noise(0.2f, 0.3f, 4));

    static List<TornadoDevice> devices() {
        // SPIR-V is made of the same passes; its tests are elsewhere
        return OnDevices.all().stream()
                .filter(device -> device.getTornadoVMBackend() != TornadoVMBackendType.SPIRV)
                .toList();
    }

    @ParameterizedTest
    @MethodSource("devices")
    void transformersAgree(TornadoDevice device) {
        compare(vit(15, new PatchStem(5), 18, 1), device);
    }

    /** No block, so that only what a stem adds is compiled. */
    @ParameterizedTest
    @MethodSource("devices")
    void stemsAgree(TornadoDevice device) {
        compare(vit(13, new ResNetStem(6, List.of(1), 2, 3), 6, 0), device);
    }

    private static Vit vit(int imageSize, Stem stem, int dim, int depth) {
        return new Vit(
                "odd",
                new VitConfiguration(
                        imageSize,
                        3,
                        stem,
                        dim,
                        depth,
                        3,
                        35,
                        5,
                        Pool.CLASS_TOKEN,
                        Position.LEARNED_1D,
                        Representation.DIRECT),
                Numerics.TIMM);
    }

    private static void compare(Model model, TornadoDevice device) {
        TrainingPass reference = new TrainingPass(model, model.randomWeights(2), RECIPE, BATCH);
        try (Trainer trainer =
                new Trainer(model, model.randomWeights(2), RECIPE, BATCH, Optional.of(device))) {
            for (int step = 0; step < 2; step++) {
                Batches.fill(reference.built().input(), reference.targets(), BATCH, step);
                reference.turn().set(0, step);
                reference.control().set(Updates.RATE, 0.1f);
                reference.control().set(Updates.AVERAGE, step == 0 ? 2f / 11 : 3f / 12);
                reference.runInJava();
                Batches.fill(trainer, step);
                trainer.step();
            }
            for (WeightSpec spec : model.weights()) {
                compare(
                        spec.name(),
                        trainer.weights().get(spec.name()),
                        reference.weights().get(spec.name()));
            }
            for (Learned one : reference.learned()) {
                compare(
                        "average of " + one.spec().name(),
                        trainer.average().get(one.spec().name()),
                        one.average().getFirst());
            }
        }
    }

    private static void compare(String name, FloatArray found, FloatArray expected) {
        for (int i = 0; i < expected.getSize(); i++) {
            assertThat(Math.abs(found.get(i) - expected.get(i)))
                    .as("%s[%d]: %s, %s", name, i, found.get(i), expected.get(i))
                    .isLessThan(2e-5f);
        }
    }
}
