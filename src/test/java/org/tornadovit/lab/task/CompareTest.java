package org.tornadovit.lab.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tornadovit.lab.LabException;
import org.tornadovit.lab.experiment.Accuracy;
import org.tornadovit.lab.experiment.Experiment;
import org.tornadovit.lab.experiment.Pair;
import org.tornadovit.lab.experiment.Precision;
import org.tornadovit.lab.experiment.Timing;
import org.tornadovit.lab.measure.FakeBench;
import org.tornadovit.lab.measure.Progress;

class CompareTest {
    private final FakeBench bench = new FakeBench();
    @TempDir Path directory;

    private Experiment experiment(Accuracy accuracy, String... models) {
        return new Experiment(
                "t",
                "Which?",
                List.of("jvm"),
                "jvm",
                0,
                3,
                1,
                List.of(models),
                Map.of(),
                List.of(1, 8),
                List.of(Precision.FP32),
                models.length > 1 ? List.of(new Pair("pure", "hybrid")) : List.of(),
                new Timing(1, 20, 6, 8, 1, 0.02, 0.05),
                1e-4,
                accuracy);
    }

    private Compare compare() {
        return new Compare(bench, Progress.SILENT, bench::now, directory);
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(f -> f.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void aRunHasItsTablesAndPlots() throws IOException {
        Path folder = directory.resolve("out");
        Compare.Outcome outcome =
                compare()
                        .run(
                                experiment(
                                        new Accuracy(
                                                Accuracy.Method.FEW_SHOT, "digits", 5, 2, 40, 1),
                                        "pure",
                                        "hybrid"),
                                folder,
                                Compare.Mode.BEGIN);
        assertThat(outcome.hasFailures()).isFalse();
        assertThat(outcome.notes()).isEmpty();
        assertThat(names(folder))
                .containsExactly(
                        "accuracy-compute.png",
                        "accuracy-compute.svg",
                        "accuracy-latency.png",
                        "accuracy-latency.svg",
                        "env.json",
                        "run.jsonl",
                        "table.csv",
                        "table.md");
        assertThat(Files.readString(folder.resolve("table.md")))
                .contains("- Devices found: jvm, opencl:0:0.")
                .contains("- No spirv device: No translator.")
                .contains("hybrid takes 1.3 x the time of pure [1.3, 1.3] in 6 rounds")
                .contains("the pure model wins throughout");
        assertThat(Files.readAllLines(folder.resolve("table.csv"))).hasSize(1 + 4);
        assertThat(Files.readAllLines(folder.resolve("run.jsonl"))).hasSize(1 + 4 + 2);
    }

    @Test
    void withoutAccuracyThereAreTablesAndTheReasonForNoPlots() throws IOException {
        Path folder = directory.resolve("out");
        Compare.Outcome outcome =
                compare().run(experiment(Accuracy.NONE, "pure"), folder, Compare.Mode.BEGIN);
        assertThat(names(folder)).doesNotContain("accuracy-compute.svg").contains("table.md");
        assertThat(outcome.notes()).hasSize(2).allMatch(n -> n.contains("no accuracy"));
    }

    @Test
    void aFailedCellIsATellingOutcome() {
        bench.faults.put("hybrid", FakeBench.Fault.THROWS);
        Compare.Outcome outcome =
                compare()
                        .run(
                                experiment(Accuracy.NONE, "pure", "hybrid"),
                                directory.resolve("out"),
                                Compare.Mode.BEGIN);
        assertThat(outcome.hasFailures()).isTrue();
        assertThat(outcome.page()).contains("the device broke");
    }

    @Test
    void anUnknownModelIsRefusedBeforeAnythingIsWritten() {
        Path folder = directory.resolve("out");
        assertThatThrownBy(() ->
                        compare()
                                .run(
                                        experiment(Accuracy.NONE, "unknown"),
                                        folder,
                                        Compare.Mode.BEGIN))
                .isInstanceOf(LabException.class)
                .hasMessageContaining("'unknown'");
        assertThat(folder).doesNotExist();
    }

    @Test
    void aRunResumes() {
        Path folder = directory.resolve("out");
        Experiment experiment = experiment(Accuracy.NONE, "pure");
        compare().run(experiment, folder, Compare.Mode.BEGIN);
        Compare.Outcome again = compare().run(experiment, folder, Compare.Mode.RESUME);
        assertThat(again.rows()).hasSize(2);
        assertThatThrownBy(() -> compare().run(experiment, folder, Compare.Mode.BEGIN))
                .isInstanceOf(LabException.class)
                .hasMessageContaining("--resume");
    }
}
