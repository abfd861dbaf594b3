package org.tornadovit.lab.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tornadovit.io.Checkpoint;
import org.tornadovit.io.JsonFields;
import org.tornadovit.lab.LabException;
import org.tornadovit.lab.experiment.TrainingFile;
import org.tornadovit.lab.experiment.TrainingTask;
import org.tornadovit.lab.training.TrainingRun.Mode;
import org.tornadovit.lab.training.TrainingRun.Outcome;
import org.tornadovit.models.CheckpointWeights;
import org.tornadovit.models.Model;
import org.tornadovit.models.ModelFile;
import org.tornadovit.models.PositionResize;

class TrainingRunTest {
    private static final String TASK =
            """
            kind: train
            name: fake
            question: Does it?
            image-size: 8
            images: [300, 0]
            held-out: 100
            test: 150
            shots: 2
            evaluations: 2
            models:
              - {name: V, arch: vit, patch_size: 4, hidden_dim: 8, num_layers: 1, num_heads: 2, mlp_dim: 8}
              - {name: R, arch: bit, layers: [1], width: 4, group_norm_groups: 2}
            recipe: {batch: 32, epochs: 1, padding: 1, mixup: 0.2}
            seeds: [1, 2]
            fine-tune: {image-sizes: [16], head: zero, recipe: {epochs: 0.5}}
            claims:
              - {better: V, than: R}
              - {better: R, than: V}
              - {leads: hybrid, then: pure}
              - {gains: V, over: R}
            """;

    @TempDir Path folder;

    private final FakeTrainingBench bench = new FakeTrainingBench();
    private TrainingTask task;
    private long now;

    @BeforeEach
    void read() throws IOException {
        task = task(TASK);
    }

    private TrainingTask task(String yaml) throws IOException {
        Path file = folder.resolve("task.yaml");
        Files.writeString(file, yaml);
        return TrainingFile.read(file, "smoke");
    }

    /** A clock on which every look takes 4 s, so that states are written now and then. */
    private Outcome run(Path path, Mode mode) {
        Pace pace = new Pace(() -> now += 4_000_000_000L, 30);
        return new TrainingRun(bench, TrainingProgress.SILENT, pace, folder).run(task, path, mode);
    }

    @Test
    void everyRunIsDoneAndItsFilesCanBeRead() throws IOException {
        Path path = folder.resolve("run");
        bench.skill.put("V", 0.8);
        Outcome outcome = run(path, Mode.BEGIN);
        assertThat(outcome.hasFailures()).isFalse();
        assertThat(outcome.results()).hasSize(2 * 2 * 2 * 2);
        assertThat(outcome.results().getFirst().trial().key()).isEqualTo("V-n300-s1");
        assertThat(outcome.results().get(1).trial().key()).isEqualTo("V@16-n300-s1");
        for (String file :
                List.of(
                        "env.json",
                        "run.jsonl",
                        "table.csv",
                        "table.md",
                        "loss.svg",
                        "loss.png",
                        "held-out.svg",
                        "accuracy-compute.svg")) {
            assertThat(path.resolve(file)).isNotEmptyFile();
        }
        assertThat(Files.readString(path.resolve("env.json"))).doesNotContain(folder.toString());
        assertThat(Files.readAllLines(path.resolve("table.csv"))).hasSize(17);
        Path trial = path.resolve("trials/R@16-s2");
        Model model = ModelFile.of(JsonFields.read(trial.resolve("config.json")));
        assertThat(model.imageSize()).isEqualTo(16);
        try (Checkpoint checkpoint = Checkpoint.open(trial.resolve("weights.safetensors"))) {
            CheckpointWeights.load(model, checkpoint, PositionResize.ALIGN_CORNERS);
        }
        try (Stream<Path> left = Files.list(trial)) {
            assertThat(left.map(p -> p.getFileName().toString()))
                    .containsExactlyInAnyOrder("config.json", "steps.jsonl", "weights.safetensors");
        }
    }

    @Test
    void computeIsCountedAsInThePaperAndFineTuningAddsToIt() {
        Outcome outcome = run(folder.resolve("run"), Mode.BEGIN);
        TrialResult base = outcome.results().getFirst();
        TrialResult tuned = outcome.results().get(1);
        assertThat(base.learned()).isEqualTo(300);
        assertThat(base.steps()).isEqualTo(Math.round(300 / 32.0));
        assertThat(base.trainingFlop()).isEqualTo(6.0 * base.macs() * base.steps() * 32);
        assertThat(tuned.steps()).isEqualTo(Math.round(150 / 32.0));
        assertThat(tuned.trainingFlop())
                .isCloseTo(
                        base.trainingFlop() + 6.0 * tuned.macs() * tuned.steps() * 32,
                        within(1e-3));
        // R50x1+B/32 of the paper: 7 epochs of 303 million images at 8.33 GMAC are 106 exaFLOP
        assertThat(TrialResult.flop(8_330_000_000L, 7 * 303_000_000L))
                .isCloseTo(106e18, within(0.01 * 106e18));
    }

    @Test
    void anInterruptedTaskEndsWithTheNumbersOfAnUnbrokenOne() throws IOException {
        Path whole = folder.resolve("whole");
        Outcome unbroken = run(whole, Mode.BEGIN);
        Path broken = folder.resolve("broken");
        Mode mode = Mode.BEGIN;
        int interruptions = 0;
        while (true) {
            bench.cutAfter = 40;
            try {
                Outcome outcome = run(broken, mode);
                assertThat(numbers(outcome)).isEqualTo(numbers(unbroken));
                break;
            } catch (Error e) {
                assertThat(e).hasMessage("the process is cut off");
                interruptions++;
                mode = Mode.RESUME;
            }
        }
        assertThat(interruptions).isGreaterThan(3);
        for (TrialResult result : unbroken.results()) {
            Path trial = Path.of("trials", result.trial().key());
            for (String file : List.of("steps.jsonl", "weights.safetensors", "config.json")) {
                assertThat(broken.resolve(trial).resolve(file))
                        .hasSameBinaryContentAs(whole.resolve(trial).resolve(file));
            }
        }
    }

    private static List<String> numbers(Outcome outcome) {
        return outcome.results().stream()
                .map(r ->
                        "%s %d %s %s"
                                .formatted(
                                        r.trial().key(), r.steps(), r.loss(), r.scores().correct()))
                .toList();
    }

    @Test
    void aTornLastLineIsDropped() throws IOException {
        Path path = folder.resolve("run");
        Outcome unbroken = run(path, Mode.BEGIN);
        Path journal = path.resolve("run.jsonl");
        String text = Files.readString(journal);
        Files.writeString(journal, text.substring(0, text.length() - 30));
        assertThat(numbers(run(path, Mode.RESUME))).isEqualTo(numbers(unbroken));
    }

    @Test
    void aRunThatBreaksDownIsReportedAndOthersGoOn() {
        bench.breakdowns.put("V", 3L);
        Path path = folder.resolve("run");
        Outcome outcome = run(path, Mode.BEGIN);
        assertThat(outcome.hasFailures()).isTrue();
        assertThat(outcome.results().getFirst().failure()).isEqualTo("The loss is NaN at step 3.");
        assertThat(outcome.results().get(1).failure())
                .isEqualTo("The run that it takes its weights from failed.");
        assertThat(outcome.results().get(2).isWhole()).isTrue();
        assertThat(outcome.page())
                .contains("V-n300-s1: The loss is NaN at step 3.")
                .contains("V is better than R: not shown; there is no whole run of V.");
        bench.breakdowns.clear();
        assertThat(run(path, Mode.RESUME).hasFailures()).isFalse();
    }

    @Test
    void whatIsNotBegunInTimeIsNamed() throws IOException {
        task = task(TASK + "minutes: 1\n");
        Outcome outcome = run(folder.resolve("run"), Mode.BEGIN);
        assertThat(outcome.results()).hasSizeBetween(1, 15);
        assertThat(outcome.page()).contains("R-s2: not begun, the 1 minutes of the task");
    }

    @Test
    void runsAreNotMixedUp() throws IOException {
        Path path = folder.resolve("run");
        assertThatThrownBy(() -> run(path, Mode.RESUME))
                .isInstanceOf(LabException.class)
                .hasMessageContaining("holds no run to resume");
        run(path, Mode.BEGIN);
        assertThatThrownBy(() -> run(path, Mode.BEGIN))
                .hasMessageContaining("already holds a run; add --resume");
        task = task(TASK.replace("epochs: 1,", "epochs: 2,"));
        assertThatThrownBy(() -> run(path, Mode.RESUME))
                .hasMessageContaining("task changed since; start a new run.");
    }

    @Test
    void claimsAreShownNotShownOrContradicted() {
        bench.skill.put("V", 0.9);
        bench.skill.put("R", 0.5);
        String page = run(folder.resolve("run"), Mode.BEGIN).page();
        assertThat(page)
                .contains("V is better than R: shown; difference of top-1 +0.")
                .contains("R is better than V: contradicted; difference of top-1 -0.")
                .contains("hybrid leads where training is cheap and pure catches up: not shown;")
                .contains("there is no whole run of hybrid in two sizes")
                .contains("the lead of V over R grows with the images: not shown;")
                .contains("the interval contains 0");
    }
}
