package org.tornadovit.lab.training;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tornadovit.io.batch.Batch;
import org.tornadovit.io.batch.BatchSource;
import org.tornadovit.io.batch.CounterRandom;
import org.tornadovit.io.batch.Prefetch;
import org.tornadovit.io.batch.Subset;
import org.tornadovit.io.data.Dataset;
import org.tornadovit.lab.experiment.FineTuning;
import org.tornadovit.lab.experiment.TrainedModel;
import org.tornadovit.lab.experiment.TrainingSettings;
import org.tornadovit.lab.experiment.TrainingTask;
import org.tornadovit.lab.measure.ModelCandidate;
import org.tornadovit.lab.training.TrainingBench.Exam;
import org.tornadovit.lab.training.TrainingBench.Lesson;
import org.tornadovit.models.Model;
import org.tornadovit.nn.Weights;
import tools.jackson.databind.JsonNode;

/** One run of a training task, from its first step or from where it was interrupted to its end. */
final class TrialRun {
    /** The data of a task. */
    record Material(Subset learning, Subset heldOut, Dataset test) {}

    /** Is told of each step. */
    interface Listener {
        /** After a step. */
        void step(long steps, long all, double epoch, Learner.Step step);

        /** After a look at held-out images. */
        void evaluated(long steps, long all, double epoch, Learner.Step step, Scores scores);
    }

    private static final long SPLIT_SEED = 1;
    private static final int GLANCE = 500;

    private final TrainingTask task;
    private final TrainingBench bench;
    private final Material material;
    private final Trial trial;
    private final TrialFolder folder;
    private final Pace pace;
    private final Model model;
    private final TrainingSettings settings;
    private final Dataset learning;
    private final BatchSource source;
    private final long steps;

    TrialRun(
            TrainingTask task,
            TrainingBench bench,
            Material material,
            Trial trial,
            TrialFolder folder,
            Pace pace) {
        this.task = task;
        this.bench = bench;
        this.material = material;
        this.trial = trial;
        this.folder = folder;
        this.pace = pace;
        model = model(task, trial, material.test().classes().size());
        settings = settings(task, trial);
        learning =
                trial.images() == 0
                        ? material.learning()
                        : Subset.first(material.learning(), trial.images(), SPLIT_SEED);
        source =
                new BatchSource(
                        learning,
                        model.numerics().recipe().at(model.imageSize()),
                        settings.augmentation(),
                        settings.batch(),
                        batchSeed());
        steps = settings.steps() > 0 ? settings.steps() : source.steps(settings.epochs());
    }

    /** {@return the split of a task's data} */
    static Material material(TrainingTask task, Dataset train, Dataset test) {
        Subset.Halves halves = Subset.holdOut(train, task.heldOut(), SPLIT_SEED);
        return new Material(halves.learning(), halves.heldOut(), test);
    }

    static Model model(TrainingTask task, Trial trial, int classes) {
        return description(task, trial).model(trial.imageSize(), classes);
    }

    private static TrainedModel description(TrainingTask task, Trial trial) {
        return task.models().stream()
                .filter(model -> model.name().equals(trial.model()))
                .findFirst()
                .orElseThrow();
    }

    private static TrainingSettings settings(TrainingTask task, Trial trial) {
        return switch (trial.stage()) {
            case TRAINING -> task.recipe();
            case FINE_TUNING -> task.fineTuning().orElseThrow().recipe();
        };
    }

    private long batchSeed() {
        return new CounterRandom(trial.seed()).bits(trial.imageSize());
    }

    /** {@return operations of this run alone, by the paper's convention} */
    double flop() {
        return TrialResult.flop(model.macs().total(), steps * settings.batch());
    }

    /**
     * Trains.
     *
     * @param spent operations of the runs that the weights come from
     */
    TrialResult run(double spent, Listener listener) {
        folder.create();
        int classes = model.classes();
        folder.writeConfiguration(description(task, trial).json(model.imageSize(), classes));
        long begun = pace.now();
        double before = folder.secondsLeft();
        Lesson lesson = new Lesson(model, start(), settings, steps, batchSeed(), frozen());
        try (Learner learner = bench.learner(lesson, folder.stateLeft());
                JsonLines log =
                        JsonLines.open(
                                folder.steps(),
                                line -> line.path("step").asLong() <= learner.steps())) {
            long saved = begun;
            try (Prefetch prefetch = new Prefetch(source, learner.steps(), steps)) {
                while (learner.steps() < steps) {
                    step(learner, prefetch.next(), log, listener);
                    long now = pace.now();
                    if (pace.isOld(saved, now) && learner.steps() < steps) {
                        log.force();
                        folder.writeSeconds(before + (now - begun) / 1e9);
                        learner.save(folder.state());
                        saved = now;
                    }
                }
            }
            double seconds = before + (pace.now() - begun) / 1e9;
            log.force();
            Weights weights = learner.weights();
            folder.writeWeights(weights, metadata());
            Scores scores =
                    bench.examine(
                            model,
                            weights,
                            new Exam(learning, material.test(), task.test(), task.shots()));
            return new TrialResult(
                    trial,
                    ModelCandidate.family(model).key(),
                    model.parameterCount(),
                    model.macs().total(),
                    learning.size(),
                    steps,
                    spent + flop(),
                    seconds,
                    lastLoss(log),
                    scores,
                    "");
        }
    }

    private void step(Learner learner, Batch batch, JsonLines log, Listener listener) {
        Learner.Step step = learner.step(batch);
        long made = learner.steps();
        double epoch = source.epoch(made);
        log.append(
                JsonLines.node()
                        .put("step", made)
                        .put("epoch", rounded(epoch))
                        .put("loss", rounded(step.loss()))
                        .put("learning_rate", rounded(step.rate())));
        listener.step(made, steps, epoch, step);
        if (isLook(made) && material.heldOut().size() > 0) {
            Scores scores =
                    bench.examine(
                            model,
                            learner.weights(),
                            new Exam(learning, material.heldOut(), GLANCE, task.shots()));
            var line = JsonLines.node().put("step", made).put("epoch", rounded(epoch));
            line.put("held_out", scores.top1().value()).put("images", scores.images());
            scores.fewShot().ifPresent(share -> line.put("few_shot", share));
            scores.probe().ifPresent(share -> line.put("linear_probe", share));
            log.append(line);
            listener.evaluated(made, steps, epoch, step, scores);
        }
    }

    /** {@return a number to 9 digits: more than a float32 has} */
    private static double rounded(double value) {
        return new BigDecimal(value).round(new MathContext(9)).doubleValue();
    }

    /** Looks are spread evenly, the last one at the end. */
    private boolean isLook(long made) {
        long looks = task.evaluations();
        return made * looks / steps > (made - 1) * looks / steps;
    }

    private Weights start() {
        return switch (trial.stage()) {
            case TRAINING -> model.randomWeights(trial.seed());
            case FINE_TUNING -> {
                TrialFolder base =
                        new TrialFolder(
                                folder.path().resolveSibling(trial.base(task.imageSize()).key()));
                Weights trained = base.readWeights(model);
                yield switch (task.fineTuning().orElseThrow().head()) {
                    case KEEP -> trained;
                    case ZERO -> withoutHead(trained);
                };
            }
        };
    }

    private Weights withoutHead(Weights trained) {
        Map<String, uk.ac.manchester.tornado.api.types.arrays.FloatArray> values =
                new LinkedHashMap<>();
        for (var spec : trained.specs()) {
            values.put(
                    spec.name(),
                    spec.name().startsWith(model.classifier() + ".")
                            ? Weights.array(new float[spec.size()])
                            : trained.get(spec.name()));
        }
        return Weights.of(trained.specs(), values);
    }

    private List<String> frozen() {
        return switch (trial.stage()) {
            case TRAINING -> List.of();
            case FINE_TUNING -> task.fineTuning().map(FineTuning::frozen).orElse(List.of());
        };
    }

    private Map<String, String> metadata() {
        return Map.of(
                "task", task.name(),
                "size", task.size(),
                "model", trial.variant(),
                "seed", Long.toString(trial.seed()));
    }

    /** {@return the mean loss of the last tenth of the steps} */
    private double lastLoss(JsonLines log) {
        double sum = 0;
        int count = 0;
        for (JsonNode line : log.lines()) {
            if (line.has("loss") && line.path("step").asLong() > steps - Math.max(1, steps / 10)) {
                sum += line.path("loss").asDouble();
                count++;
            }
        }
        return sum / count;
    }
}
