package org.tornadovit.lab.training;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tornadovit.io.AtomicFile;
import org.tornadovit.io.Checkpoint;
import org.tornadovit.io.Safetensors;
import org.tornadovit.io.Tensor;
import org.tornadovit.lab.LabException;
import org.tornadovit.models.CheckpointWeights;
import org.tornadovit.models.Model;
import org.tornadovit.models.PositionResize;
import org.tornadovit.nn.WeightSpec;
import org.tornadovit.nn.Weights;

/**
 * The files of one run: {@code config.json} and {@code weights.safetensors}, which other commands
 * read; {@code steps.jsonl}; and, while it lasts, what is needed to go on.
 *
 * @param path the folder
 */
record TrialFolder(Path path) {
    private static final String WEIGHTS = "weights.safetensors";
    private static final String STATE = "state.safetensors";
    private static final String SECONDS = "seconds.txt";

    /** Makes the folder. */
    void create() {
        try {
            Files.createDirectories(path);
        } catch (IOException e) {
            throw new LabException(
                    "Cannot make the folder " + path + ": " + e.getMessage() + ".", e);
        }
    }

    Path steps() {
        return path.resolve("steps.jsonl");
    }

    Path state() {
        return path.resolve(STATE);
    }

    /** {@return what an interrupted run left to go on from} */
    Optional<Path> stateLeft() {
        return Files.exists(state()) ? Optional.of(state()) : Optional.empty();
    }

    /** {@return seconds that the run had taken when its state was written} */
    double secondsLeft() {
        try {
            Path file = path.resolve(SECONDS);
            return Files.exists(file) ? Double.parseDouble(Files.readString(file).strip()) : 0;
        } catch (IOException e) {
            throw new LabException("Cannot read " + path + ": " + e.getMessage() + ".", e);
        }
    }

    void writeSeconds(double seconds) {
        AtomicFile.writeText(path.resolve(SECONDS), seconds + "\n");
    }

    void writeConfiguration(String json) {
        AtomicFile.writeText(path.resolve("config.json"), json);
    }

    void writeWeights(Weights weights, Map<String, String> metadata) {
        List<Tensor> tensors = new ArrayList<>();
        for (WeightSpec spec : weights.specs()) {
            tensors.add(
                    Tensor.of(
                            spec.name(),
                            weights.get(spec.name()).toHeapArray(),
                            spec.shape().stream().mapToLong(Integer::longValue).toArray()));
        }
        Safetensors.write(path.resolve(WEIGHTS), tensors, metadata);
    }

    /** {@return the weights written, for a model that may differ in the size of the images} */
    Weights readWeights(Model model) {
        try (Checkpoint checkpoint = Checkpoint.open(path.resolve(WEIGHTS))) {
            return CheckpointWeights.load(model, checkpoint, PositionResize.ALIGN_CORNERS);
        }
    }

    /** Removes what is of no more use once the run is over. */
    void forgetState() {
        try {
            Files.deleteIfExists(state());
            Files.deleteIfExists(path.resolve(SECONDS));
        } catch (IOException e) {
            throw new LabException("Cannot delete in " + path + ": " + e.getMessage() + ".", e);
        }
    }
}
