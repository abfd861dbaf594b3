package org.tornadovit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Runs whose process is killed, in the middle of a line as far as the file can tell. */
class InterruptionTest {
    private static final String TASK =
            """
            name: killed
            devices: [jvm]
            models: [testing@32]
            batches: [1, 2, 3]
            timing: {warm-up: 1, warm-up-seconds: 1, min-repetitions: 3, max-repetitions: 6,
                     max-seconds: 0.5}
            """;

    @TempDir Path directory;

    @Test
    void aKilledRunIsFinishedAndWhatItHadStays() throws Exception {
        Path task = Files.writeString(directory.resolve("killed.yaml"), TASK);
        Path run = directory.resolve("run");
        Path journal = run.resolve("run.jsonl");
        Process process =
                Processes.program("compare", task, "--out", run)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
        while (process.isAlive() && (Files.notExists(journal) || wholeLines(journal) < 2)) {
            Thread.sleep(20);
        }
        process.destroyForcibly().waitFor();
        String kept = Files.readString(journal);
        kept = kept.substring(0, kept.lastIndexOf('\n') + 1);
        Files.writeString(journal, kept);
        Files.writeString(journal, "{\"sha256\":\"torn", StandardOpenOption.APPEND);

        StringWriter err = new StringWriter();
        int code =
                Main.run(
                        new PrintWriter(new StringWriter()),
                        new PrintWriter(err),
                        "compare",
                        task.toString(),
                        "--out",
                        run.toString(),
                        "--resume");
        assertThat(code).as(err.toString()).isZero();
        assertThat(Files.readString(journal)).startsWith(kept);
        List<String> lines = Files.readAllLines(journal);
        assertThat(lines).hasSize(1 + 3).doesNotHaveDuplicates();
        assertThat(lines)
                .extracting(InterruptionTest::cell)
                .doesNotHaveDuplicates()
                .contains("jvm testing@32 1", "jvm testing@32 3");
        assertThat(Files.readAllLines(run.resolve("table.csv"))).hasSize(1 + 3);
    }

    private static final String TRAINING =
            """
            kind: train
            name: killed
            image-size: 8
            held-out: 50
            test: 100
            evaluations: 3
            recipe: {batch: 16, steps: 500, learning-rate: 0.01, ema: 0.5, clip: 1, dropout: 0.1,
                     padding: 1, mixup: 0.2}
            models:
              - {name: V, arch: vit, patch_size: 4, hidden_dim: 16, num_layers: 1, num_heads: 2, mlp_dim: 16}
            """;

    /**
     * Killed while states are written, and again, the run ends with the bits of an unbroken one.
     */
    @Test
    void aKilledTrainingEndsAsIfNothingHadHappened() throws Exception {
        Path task = Files.writeString(directory.resolve("killed.yaml"), TRAINING);
        Path run = directory.resolve("run");
        Path trial = run.resolve("trials/V-s1");
        Path steps = trial.resolve("steps.jsonl");
        for (int kill = 1; kill <= 2; kill++) {
            Process process =
                    Processes.program(
                                    "train",
                                    task,
                                    "--out",
                                    run,
                                    "--save-seconds",
                                    0,
                                    kill == 1 ? "--device=jvm" : "--resume")
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start();
            while (process.isAlive()
                    && (Files.notExists(steps) || wholeLines(steps) < 100 * kill)) {
                Thread.sleep(5);
            }
            process.destroyForcibly().waitFor();
            assertThat(trial.resolve("state.safetensors")).exists();
            assertThat(trial.resolve("weights.safetensors")).doesNotExist();
        }
        train(task, run, "--resume");
        Path whole = directory.resolve("whole");
        train(task, whole, "--device=jvm");
        for (String file : List.of("steps.jsonl", "weights.safetensors", "config.json")) {
            assertThat(trial.resolve(file))
                    .hasSameBinaryContentAs(whole.resolve("trials/V-s1").resolve(file));
        }
        assertThat(trial.resolve("state.safetensors")).doesNotExist();
        assertThat(Files.readAllLines(steps)).hasSize(500 + 3);
    }

    private static void train(Path task, Path run, String how) {
        StringWriter err = new StringWriter();
        int code =
                Main.run(
                        new PrintWriter(new StringWriter()),
                        new PrintWriter(err),
                        "train",
                        task.toString(),
                        "--out",
                        run.toString(),
                        how);
        assertThat(code).as(err.toString()).isZero();
    }

    @Test
    void whoeverInterruptsIsToldHowToGoOn() throws Exception {
        Path task = Files.writeString(directory.resolve("killed.yaml"), TASK);
        Path run = directory.resolve("run");
        Path errors = directory.resolve("err.txt");
        Process process =
                Processes.program("compare", task, "--device", "jvm", "--out", run)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .redirectError(errors.toFile())
                        .start();
        while (process.isAlive() && Files.notExists(run.resolve("run.jsonl"))) {
            Thread.sleep(20);
        }
        process.destroy();
        assertThat(process.waitFor()).isNotZero();
        assertThat(Files.readString(errors))
                .contains(
                        "To go on: scripts/tornado-vit compare %s --device jvm --out %s --resume"
                                .formatted(task, run));
    }

    private static long wholeLines(Path journal) throws Exception {
        return Files.readString(journal).chars().filter(c -> c == '\n').count();
    }

    private static String cell(String line) {
        JsonNode entry = JsonMapper.shared().readTree(line).get("entry");
        return "%s %s %s"
                .formatted(
                        entry.get("device").asString(),
                        entry.path("model").asString(entry.get("kind").asString()),
                        entry.path("batch").asInt(0));
    }
}
