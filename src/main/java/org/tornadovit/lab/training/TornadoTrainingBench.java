package org.tornadovit.lab.training;

import java.nio.file.Path;
import java.util.Optional;
import org.tornadovit.lab.LabException;
import org.tornadovit.lab.experiment.Precision;
import org.tornadovit.lab.experiment.TrainingSettings;
import org.tornadovit.lab.measure.Devices;
import org.tornadovit.lab.measure.ModelCandidate;
import org.tornadovit.lab.measure.Prepared;
import org.tornadovit.lab.results.DeviceFacts;
import org.tornadovit.models.Model;
import org.tornadovit.nn.Noise;
import org.tornadovit.nn.Weights;
import org.tornadovit.train.Optimizer;
import org.tornadovit.train.Schedule;
import org.tornadovit.train.Trainer;
import org.tornadovit.train.TrainingRecipe;
import uk.ac.manchester.tornado.api.common.TornadoDevice;

/** Trains and evaluates on a device of the runtime. */
public final class TornadoTrainingBench implements TrainingBench {
    private static final int EXAMINED = 50;

    private final String device;
    private final Devices devices;

    /**
     * Creates a bench.
     *
     * @param device full name of the device
     * @param devices the devices found
     */
    public TornadoTrainingBench(String device, Devices devices) {
        if (device.startsWith(Devices.NONE)) {
            throw new LabException(
                    "The device none compiles kernels and runs nothing; choose one that does.");
        }
        this.device = device;
        this.devices = devices;
    }

    @Override
    public DeviceFacts device() {
        return devices.facts(device);
    }

    @Override
    public Learner learner(Lesson lesson, Optional<Path> state) {
        Model model = lesson.model();
        TrainingRecipe recipe = recipe(lesson);
        int batch = lesson.recipe().batch();
        Optional<TornadoDevice> where = Optional.of(devices.device(device));
        Trainer trainer =
                state.isPresent()
                        ? Trainer.resume(state.get(), model, recipe, batch, where)
                        : new Trainer(model, lesson.start(), recipe, batch, where);
        return new TrainerLearner(trainer);
    }

    /** Smoothed labels are in the targets already. */
    private static TrainingRecipe recipe(Lesson lesson) {
        TrainingSettings settings = lesson.recipe();
        int steps = Math.toIntExact(lesson.steps());
        Optimizer optimizer =
                switch (settings.optimizer()) {
                    case ADAMW -> new Optimizer.AdamW((float) settings.weightDecay());
                    case SGD ->
                            new Optimizer.Sgd(
                                    (float) settings.momentum(), (float) settings.weightDecay());
                };
        Schedule.Decay decay =
                switch (settings.schedule()) {
                    case COSINE -> Schedule.Decay.COSINE;
                    case LINEAR -> Schedule.Decay.LINEAR;
                    case CONSTANT -> Schedule.Decay.CONSTANT;
                };
        int warmUp = (int) Math.round(settings.warmUp() * steps);
        return new TrainingRecipe(
                        optimizer, new Schedule(settings.learningRate(), warmUp, steps, decay))
                .withClip((float) settings.clip())
                .withAverage((float) settings.ema())
                .withNoise(
                        new Noise(
                                (float) settings.dropout(),
                                (float) settings.stochasticDepth(),
                                lesson.seed()))
                .withFrozen(lesson.frozen());
    }

    @Override
    public Scores examine(Model model, Weights weights, Exam exam) {
        ModelCandidate candidate = ModelCandidate.of(model, weights, "trained", devices);
        try (Prepared prepared = candidate.prepare(device, EXAMINED, Precision.FP32)) {
            return new Examination(model, prepared).scores(exam);
        }
    }
}
