package org.tornadovit.lab.training;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tornadovit.io.AtomicFile;
import org.tornadovit.io.data.Dataset;
import org.tornadovit.io.data.Split;
import org.tornadovit.lab.LabException;
import org.tornadovit.lab.experiment.TrainingTask;
import org.tornadovit.lab.measure.Failure;
import org.tornadovit.lab.measure.ModelCandidate;
import org.tornadovit.lab.training.TrialRun.Material;
import org.tornadovit.models.Model;
import tools.jackson.core.JacksonException;

/** Runs a training task: every run that is not done yet, then tables and plots. */
public final class TrainingRun {
    /** Whether a task is begun or gone on with. */
    public enum Mode {
        /** A folder without a run gets one. */
        BEGIN,
        /** What was interrupted is finished; runs that failed are tried again. */
        RESUME
    }

    /**
     * A finished task.
     *
     * @param folder where it lies
     * @param results of its runs, in their order
     * @param page its table for readers
     * @param hasFailures whether a run failed
     * @param notes what else the user should know, a sentence each
     */
    public record Outcome(
            Path folder,
            List<TrialResult> results,
            String page,
            boolean hasFailures,
            List<String> notes) {
        /** Copies the lists. */
        public Outcome {
            results = List.copyOf(results);
            notes = List.copyOf(notes);
        }
    }

    private static final String ENVIRONMENT = "env.json";
    private static final String JOURNAL = "run.jsonl";

    private final TrainingBench bench;
    private final TrainingProgress progress;
    private final Pace pace;
    private final Path home;

    /**
     * Prepares tasks.
     *
     * @param bench trains and evaluates
     * @param progress is told of every step
     * @param pace the clock, and how often states are saved
     * @param home folder of the sources, whose version goes into the tables
     */
    public TrainingRun(TrainingBench bench, TrainingProgress progress, Pace pace, Path home) {
        this.bench = bench;
        this.progress = progress;
        this.pace = pace;
        this.home = home;
    }

    /** {@return whether {@code path} holds a training run, finished or not} */
    public static boolean isBegun(Path path) {
        return Files.exists(path.resolve(JOURNAL));
    }

    /**
     * Runs a task.
     *
     * @param path folder of the run
     * @return the run, its files written
     * @throws LabException when the run cannot be begun, gone on with or written
     */
    public Outcome run(TrainingTask task, Path path, Mode mode) {
        try (Dataset train = Dataset.open(task.data(), Split.TRAIN);
                Dataset test = Dataset.open(task.data(), Split.TEST)) {
            List<Trial> trials = Trial.of(task);
            trials.forEach(trial -> TrialRun.model(task, trial, test.classes().size()));
            Material material = TrialRun.material(task, train, test);
            TrainingEnvironment here =
                    TrainingEnvironment.of(task, bench.device(), train, test, home);
            TrainingEnvironment environment = open(path, mode, here);
            try (JsonLines journal = JsonLines.open(path.resolve(JOURNAL), _ -> true)) {
                return run(task, trials, material, path, environment, journal);
            }
        }
    }

    private static TrainingEnvironment open(Path path, Mode mode, TrainingEnvironment here) {
        Path file = path.resolve(ENVIRONMENT);
        switch (mode) {
            case BEGIN -> {
                if (isBegun(path)) {
                    throw new LabException(
                            path
                                    + " already holds a run; add --resume to finish it or choose"
                                    + " another --out.");
                }
                AtomicFile.writeText(file, here.json());
                return here;
            }
            case RESUME -> {
                TrainingEnvironment begun;
                try {
                    begun = TrainingEnvironment.parse(Files.readString(file));
                } catch (IOException e) {
                    throw new LabException(
                            path + " holds no run to resume; leave out --resume.", e);
                } catch (JacksonException e) {
                    throw new LabException(file + " cannot be read; start a new run.", e);
                }
                List<String> differences = here.differences(begun);
                if (!differences.isEmpty()) {
                    throw new LabException(
                            "Cannot resume %s: %s changed since; start a new run."
                                    .formatted(path, String.join(", ", differences)));
                }
                return begun;
            }
        }
        throw new IllegalStateException("unknown mode " + mode);
    }

    private Outcome run(
            TrainingTask task,
            List<Trial> trials,
            Material material,
            Path path,
            TrainingEnvironment environment,
            JsonLines journal) {
        Map<Trial, TrialResult> done = new LinkedHashMap<>();
        journal.lines().stream()
                .map(TrialResult::of)
                .forEach(result -> done.put(result.trial(), result));
        done.values().removeIf(result -> !result.isWhole());
        Ledger ledger = new Ledger(task, trials, material, path, done);
        List<Trial> notBegun = new ArrayList<>();
        for (int i = 0; i < trials.size(); i++) {
            Trial trial = trials.get(i);
            if (done.containsKey(trial)) {
                continue;
            }
            if (ledger.seconds() > 60 * task.minutes()) {
                notBegun.add(trial);
                continue;
            }
            TrialResult result = ledger.run(trial, i + 1);
            done.put(trial, result);
            journal.append(result.json());
            journal.force();
            progress.done(result);
        }
        List<TrialResult> results =
                trials.stream().filter(done::containsKey).map(done::get).toList();
        TrainingPage page = new TrainingPage(task, environment, results, notBegun);
        AtomicFile.writeText(path.resolve("table.csv"), page.csv());
        AtomicFile.writeText(path.resolve("table.md"), page.markdown());
        List<String> notes = TrainingPlots.write(task, path, results);
        boolean failed = results.stream().anyMatch(result -> !result.isWhole());
        return new Outcome(path, results, page.markdown(), failed, notes);
    }

    /** What is done of a task, and what is left. */
    private final class Ledger {
        private final TrainingTask task;
        private final List<Trial> trials;
        private final Material material;
        private final Path path;
        private final Map<Trial, TrialResult> done;
        private final long begun = pace.now();
        private final Map<Trial, Double> cost = new LinkedHashMap<>();
        private final double total;
        private final double share;

        Ledger(
                TrainingTask task,
                List<Trial> trials,
                Material material,
                Path path,
                Map<Trial, TrialResult> done) {
            this.task = task;
            this.trials = trials;
            this.material = material;
            this.path = path;
            this.done = done;
            trials.forEach(trial -> cost.put(trial, prepare(trial).flop()));
            total = cost.values().stream().mapToDouble(Double::doubleValue).sum();
            share = finished() / total;
        }

        private TrialRun prepare(Trial trial) {
            Path folder = path.resolve("trials").resolve(trial.key());
            return new TrialRun(task, bench, material, trial, new TrialFolder(folder), pace);
        }

        private double cost(Trial trial) {
            return cost.getOrDefault(trial, 0.0);
        }

        private double finished() {
            return done.keySet().stream().mapToDouble(this::cost).sum();
        }

        double seconds() {
            return (pace.now() - begun) / 1e9;
        }

        TrialResult run(Trial trial, int number) {
            try {
                Optional<TrialResult> base = base(trial);
                TrialRun run = prepare(trial);
                TrialResult result =
                        run.run(
                                base.map(TrialResult::trainingFlop).orElse(0.0),
                                new Told(trial, number));
                new TrialFolder(path.resolve("trials").resolve(trial.key())).forgetState();
                return result;
            } catch (RuntimeException e) {
                return failed(trial, Failure.sentence(e));
            }
        }

        private Optional<TrialResult> base(Trial trial) {
            return switch (trial.stage()) {
                case TRAINING -> Optional.empty();
                case FINE_TUNING -> {
                    TrialResult base = done.get(trial.base(task.imageSize()));
                    if (base == null || !base.isWhole()) {
                        throw new LabException("The run that it takes its weights from failed.");
                    }
                    yield Optional.of(base);
                }
            };
        }

        private TrialResult failed(Trial trial, String reason) {
            Model model = TrialRun.model(task, trial, material.test().classes().size());
            return new TrialResult(
                    trial,
                    ModelCandidate.family(model).key(),
                    model.parameterCount(),
                    model.macs().total(),
                    0,
                    0,
                    0,
                    0,
                    0,
                    new Scores(1, new BitSet(), Optional.empty(), Optional.empty()),
                    reason);
        }

        /** Passes on what a run tells. */
        private final class Told implements TrialRun.Listener {
            private final Trial trial;
            private final int number;
            private final double before = finished();

            Told(Trial trial, int number) {
                this.trial = trial;
                this.number = number;
            }

            @Override
            public void step(long made, long all, double epoch, Learner.Step step) {
                progress.step(moment(made, all, epoch, step));
            }

            @Override
            public void evaluated(
                    long made, long all, double epoch, Learner.Step step, Scores scores) {
                progress.evaluated(moment(made, all, epoch, step), scores);
            }

            private TrainingProgress.Moment moment(
                    long made, long all, double epoch, Learner.Step step) {
                return new TrainingProgress.Moment(
                        trial,
                        number,
                        trials.size(),
                        made,
                        all,
                        epoch,
                        step.loss(),
                        step.rate(),
                        (before + cost(trial) * made / all) / total,
                        seconds(),
                        share);
            }
        }
    }
}
