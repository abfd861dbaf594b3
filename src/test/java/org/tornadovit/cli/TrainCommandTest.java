package org.tornadovit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tornadovit.lab.experiment.Experiment;
import org.tornadovit.lab.experiment.ExperimentFile;
import org.tornadovit.lab.measure.Candidate;
import org.tornadovit.lab.measure.Devices;
import org.tornadovit.lab.measure.TornadoBench;

/** The way from a task file to a checkpoint that other commands read, with a real trainer. */
class TrainCommandTest {
    private static final String TASK =
            """
            kind: train
            name: tiny
            image-size: 8
            held-out: 50
            test: 100
            shots: 3
            evaluations: 1
            recipe: {batch: 32, steps: 40, learning-rate: 0.01, ema: 0.5}
            models:
              - {name: V, arch: vit, patch_size: 4, hidden_dim: 16, num_layers: 1, num_heads: 2, mlp_dim: 16}
            """;

    @TempDir Path folder;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... arguments) {
        return Main.run(new PrintWriter(out), new PrintWriter(err), arguments);
    }

    private Path task(String yaml) throws IOException {
        return Files.writeString(folder.resolve("tiny.yaml"), yaml);
    }

    @Test
    void whatIsTrainedCanBeEvaluatedAndComparedElsewhere() throws IOException {
        Path run = folder.resolve("run");
        assertThat(run("train", task(TASK).toString(), "--out", run.toString()))
                .as(err.toString())
                .isZero();
        assertThat(err.toString()).contains("V-s1: epoch", "held-out top-1", "about 0:00 left");
        Path trial = run.resolve("trials/V-s1");
        List<String> steps = Files.readAllLines(trial.resolve("steps.jsonl"));
        assertThat(steps).hasSize(41); // one a step, and one look at held-out images
        assertThat(loss(steps.get(39))).isLessThan(0.9 * loss(steps.getFirst()));
        String top1 = Files.readAllLines(run.resolve("table.csv")).get(1).split(",")[12];

        String[] evaluation = {
            "eval",
            "--json",
            "--test",
            "100",
            "--data",
            "digits",
            "--config",
            trial.resolve("config.json").toString(),
            "--weights",
            trial.resolve("weights.safetensors").toString()
        };
        out.getBuffer().setLength(0);
        assertThat(run(evaluation)).as(err.toString()).isZero();
        assertThat(out.toString()).contains("\"top1\" : " + Double.parseDouble(top1));

        Experiment experiment =
                ExperimentFile.read(
                        Files.writeString(
                                folder.resolve("c.yaml"),
                                "name: c\nmodels: [V]\nweights: {V: trials/V-s1}\n"));
        TornadoBench bench = new TornadoBench(experiment, new Devices(), run);
        bench.requireModel("V");
        Candidate candidate = bench.candidate("V");
        assertThat(candidate.name()).isEqualTo("V");
        assertThat(candidate.imageSize()).isEqualTo(8);
        assertThat(candidate.weights()).startsWith("sha256:");
    }

    private static double loss(String line) {
        return Double.parseDouble(line.replaceAll(".*\"loss\":([0-9.E-]+).*", "$1"));
    }

    @Test
    void aTaskOfAnotherKindAndDataThatAreNotThereAreASentence() throws IOException {
        Path other = Files.writeString(folder.resolve("o.yaml"), "name: o\nmodels: [testing]\n");
        assertThat(run("train", other.toString())).isEqualTo(1);
        assertThat(err.toString()).contains("is no task of kind train; run it with");
        err.getBuffer().setLength(0);
        Path absent = task(TASK + "data: no/such/folder\n");
        assertThat(run("train", absent.toString(), "--out", folder.resolve("r").toString()))
                .isEqualTo(1);
        assertThat(err.toString())
                .contains("There is no data set 'no/such/folder'")
                .doesNotContain("\tat ");
        assertThat(run("train", absent.toString(), "--size", "smok")).isEqualTo(1);
        assertThat(err.toString()).contains("There is no size 'smok'");
        assertThat(folder.resolve("r/run.jsonl")).doesNotExist();
    }
}
