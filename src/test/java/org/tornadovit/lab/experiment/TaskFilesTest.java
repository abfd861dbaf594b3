package org.tornadovit.lab.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tornadovit.models.Models;
import org.tornadovit.models.Vit;

/** The task files that come with the program can be run and say what to expect. */
class TaskFilesTest {
    private static final Path TASKS = Path.of("tasks");

    private static List<Path> files(boolean training) throws IOException {
        List<Path> found = new ArrayList<>();
        try (Stream<Path> files = Files.list(TASKS)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                if (TrainingFile.isTraining(Files.readString(file)) == training) {
                    found.add(file);
                }
            }
        }
        return found;
    }

    static List<Path> comparisons() throws IOException {
        return files(false);
    }

    static List<Path> trainings() throws IOException {
        return files(true);
    }

    @ParameterizedTest
    @MethodSource("comparisons")
    void aTaskFileNamesItselfAndKnownModels(Path file) throws IOException {
        Experiment experiment = ExperimentFile.read(file);
        assertThat(file.getFileName()).hasToString(experiment.name() + ".yaml");
        experiment.models().forEach(model -> assertThat(Models.named(model)).isNotNull());
        assertThat(Files.readAllLines(file).stream().takeWhile(line -> line.startsWith("#")))
                .anyMatch(line -> line.startsWith("# Question:"))
                .anyMatch(line -> line.startsWith("# Command:  scripts/tornado-vit compare"))
                .anyMatch(line -> line.startsWith("# Time:"))
                .anyMatch(line -> line.startsWith("# Expect:"));
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("trainings")
    void aTrainingTaskHasTwoSizesOfPossibleModels(Path file) throws IOException {
        for (String size : TrainingFile.SIZES) {
            TrainingTask task = TrainingFile.read(file, size);
            assertThat(file.getFileName()).hasToString(task.name() + ".yaml");
            for (TrainedModel model : task.models()) {
                assertThat(model.model(task.imageSize(), 10).macs().total()).isPositive();
            }
        }
        assertThat(Files.readAllLines(file).stream().takeWhile(line -> line.startsWith("#")))
                .anyMatch(line -> line.startsWith("# Question:"))
                .anyMatch(line -> line.startsWith("# Source:"))
                .anyMatch(line -> line.startsWith("# Command:  scripts/tornado-vit train"))
                .anyMatch(line -> line.startsWith("# Time:"))
                .anyMatch(line -> line.startsWith("# Expect:"));
    }

    @Test
    void theTasksThatTheReadmePromisesAreThere() throws IOException {
        assertThat(comparisons())
                .contains(
                        TASKS.resolve("quickstart.yaml"),
                        TASKS.resolve("hybrid-vs-patch.yaml"),
                        TASKS.resolve("toy.yaml"));
    }

    @Test
    void theQuickstartHasAModelOfEachFamilyAndEveryDevice() {
        Experiment quickstart = ExperimentFile.read(TASKS.resolve("quickstart.yaml"));
        assertThat(quickstart.devices()).containsExactly("all");
        List<String> stems =
                quickstart.models().stream()
                        .map(Models::named)
                        .map(model ->
                                model instanceof Vit vit
                                        ? vit.configuration().stem().getClass().getSimpleName()
                                        : "none")
                        .toList();
        assertThat(stems).contains("PatchStem", "ResNetStem", "none");
    }
}
