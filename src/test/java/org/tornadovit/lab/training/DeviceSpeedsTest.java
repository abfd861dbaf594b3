package org.tornadovit.lab.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tornadovit.lab.experiment.Accuracy;
import org.tornadovit.lab.experiment.Experiment;
import org.tornadovit.lab.experiment.TrainingFile;
import org.tornadovit.lab.experiment.TrainingTask;
import org.tornadovit.lab.measure.FakeBench;
import org.tornadovit.lab.measure.Progress;
import org.tornadovit.lab.task.Compare;
import org.tornadovit.lab.training.Trial.Stage;

class DeviceSpeedsTest {
    private static final String TASK =
            """
            kind: train
            name: speeds
            image-size: 8
            test: 100
            images: [0, 300]
            seeds: [2, 1]
            devices: [jvm, opencl]
            models:
              - {name: pure, arch: vit, patch_size: 4, hidden_dim: 8, num_layers: 1, num_heads: 2, mlp_dim: 8}
              - {name: hybrid, arch: bit, layers: [1], width: 4, group_norm_groups: 2}
            """;

    @TempDir Path folder;

    private TrainingTask task(String yaml) throws IOException {
        return TrainingFile.read(Files.writeString(folder.resolve("task.yaml"), yaml), "smoke");
    }

    private static TrialResult result(
            String model, int images, long seed, Stage stage, String failure) {
        Trial trial = new Trial(model, images, stage == Stage.TRAINING ? 8 : 16, seed, stage);
        Scores scores = new Scores(10, new BitSet(), Optional.empty(), Optional.empty());
        int learned = images == 0 ? 1000 : images;
        return new TrialResult(trial, "pure", 1, 1, learned, 1, 1, 1, 1, scores, failure);
    }

    @Test
    void theModelsOfTheFirstSeedAndMostImagesAreCompared() throws IOException {
        TrainingTask task = task(TASK);
        List<TrialResult> results = new ArrayList<>();
        for (long seed : task.seeds()) {
            for (int images : task.images()) {
                results.add(result("pure", images, seed, Stage.TRAINING, ""));
                results.add(result("pure", images, seed, Stage.FINE_TUNING, ""));
            }
        }
        results.add(result("hybrid", 0, 2, Stage.TRAINING, "The loss is NaN."));
        results.add(result("hybrid", 300, 2, Stage.TRAINING, ""));
        Experiment experiment = DeviceSpeeds.experiment(task, results);
        assertThat(experiment.models()).containsExactly("pure", "pure@16", "hybrid");
        assertThat(experiment.weights())
                .containsOnly(
                        entry("pure", "trials/pure-s2"),
                        entry("pure@16", "trials/pure@16-s2"),
                        entry("hybrid", "trials/hybrid-n300-s2"));
        assertThat(experiment.devices()).containsExactly("jvm", "opencl");
        assertThat(experiment.accuracy())
                .isEqualTo(new Accuracy(Accuracy.Method.TOP_K, "digits", 1, 1, 100, 1));
        assertThat(DeviceSpeeds.isWanted(task, results)).isTrue();
        assertThat(DeviceSpeeds.isWanted(task, List.of())).isFalse();
        assertThat(DeviceSpeeds.isWanted(task(TASK.replace("[jvm, opencl]", "[]")), results))
                .isFalse();
    }

    @Test
    void theTableLiesInTheRunAndIsFinishedWhereItWasInterrupted() throws IOException {
        List<TrialResult> results =
                List.of(
                        result("pure", 0, 2, Stage.TRAINING, ""),
                        result("hybrid", 0, 2, Stage.TRAINING, ""));
        Experiment experiment = DeviceSpeeds.experiment(task(TASK), results);
        for (int time = 0; time < 2; time++) {
            FakeBench bench = new FakeBench();
            Compare.Outcome outcome =
                    DeviceSpeeds.measure(
                            experiment,
                            folder,
                            new Compare(bench, Progress.SILENT, bench::now, folder));
            // the fake's models tell other classes apart than the digits, and the table says so
            assertThat(outcome.rows()).hasSize(2 * 2 * 2);
            assertThat(Files.readAllLines(folder.resolve("devices/table.csv"))).hasSize(1 + 8);
        }
    }
}
