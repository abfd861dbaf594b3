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
import org.tornadovit.io.Checkpoint;
import org.tornadovit.lab.measure.ModelCandidate;
import org.tornadovit.models.CheckpointWeights;
import org.tornadovit.models.Model;
import org.tornadovit.models.ModelFile;
import org.tornadovit.models.Models;
import org.tornadovit.models.PositionResize;

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
        experiment.models().forEach(model -> assertThat(model(experiment, model)).isNotNull());
        assertThat(Files.readAllLines(file).stream().takeWhile(line -> line.startsWith("#")))
                .anyMatch(line -> line.startsWith("# Question:"))
                .anyMatch(line -> line.startsWith("# Command:  scripts/tornado-vit compare"))
                .anyMatch(line -> line.startsWith("# Time:"))
                .anyMatch(line -> line.startsWith("# Expect:"));
    }

    @ParameterizedTest
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
        assertThat(trainings())
                .contains(
                        TASKS.resolve("compute-vs-accuracy.yaml"),
                        TASKS.resolve("data-size.yaml"),
                        TASKS.resolve("position-embeddings.yaml"),
                        TASKS.resolve("fine-tune-resolution.yaml"),
                        TASKS.resolve("quickstart-models.yaml"));
    }

    @Test
    void theQuickstartHasAModelOfEachFamilyAndEveryDevice() {
        Experiment quickstart = ExperimentFile.read(TASKS.resolve("quickstart.yaml"));
        assertThat(quickstart.devices()).containsExactly("all");
        assertThat(
                        quickstart.models().stream()
                                .map(name -> ModelCandidate.family(model(quickstart, name)).key()))
                .containsExactlyInAnyOrder("pure", "hybrid", "resnet");
        for (String name : quickstart.models()) {
            Path weights = Path.of(quickstart.weights().get(name)).resolve("weights.safetensors");
            try (Checkpoint checkpoint = Checkpoint.open(weights)) {
                Model model = model(quickstart, name);
                assertThat(
                                CheckpointWeights.load(
                                                model, checkpoint, PositionResize.ALIGN_CORNERS)
                                        .bytes())
                        .isLessThan(600_000);
                assertThat(checkpoint.metadata()).containsEntry("task", "quickstart-models");
            }
        }
    }

    /** A model of the library, or one that is described beside its weights. */
    private static Model model(Experiment experiment, String name) {
        String weights = experiment.weights().get(name);
        return weights == null
                ? Models.named(name)
                : ModelFile.read(Path.of(weights).resolve("config.json"));
    }
}
