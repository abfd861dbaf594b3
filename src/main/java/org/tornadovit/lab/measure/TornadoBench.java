package org.tornadovit.lab.measure;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tornadovit.lab.LabException;
import org.tornadovit.lab.experiment.Experiment;
import org.tornadovit.lab.results.CeilingRow;
import org.tornadovit.lab.results.DeviceFacts;
import org.tornadovit.lab.results.Inventory;
import org.tornadovit.models.Model;
import org.tornadovit.models.ModelFile;
import org.tornadovit.models.Models;

/** The devices of the runtime and the models of the library. */
public final class TornadoBench implements Bench {
    /** A pair needs two models at once; weights of more would fill the heap. */
    private static final int KEPT = 2;

    private final Experiment experiment;
    private final Devices devices;
    private final Path home;
    private final Map<String, ModelCandidate> candidates =
            new LinkedHashMap<>(KEPT + 1, 1, true) {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, ModelCandidate> eldest) {
                    return size() > KEPT;
                }
            };

    /**
     * Creates a bench.
     *
     * @param experiment says image size, classes, seed and checkpoints
     * @param devices the devices found
     * @param home folder that checkpoints are looked for in where they are not in the current one
     */
    public TornadoBench(Experiment experiment, Devices devices, Path home) {
        this.experiment = experiment;
        this.devices = devices;
        this.home = home;
    }

    @Override
    public Inventory inventory() {
        return devices.inventory();
    }

    @Override
    public List<DeviceFacts> devices(List<String> names) {
        List<String> selected = devices.select(names);
        if (selected.contains(Devices.NONE)) {
            throw new LabException(
                    "The device none compiles kernels and runs nothing; there is nothing to"
                            + " measure.");
        }
        return selected.stream().map(devices::facts).toList();
    }

    @Override
    public CeilingRow ceiling(String device) {
        return Ceilings.measure(
                device, devices.device(device), devices.facts(device).type().equals("cpu"));
    }

    @Override
    public void requireModel(String name) {
        configured(name);
        Optional<Path> checkpoint = checkpoint(name);
        if (checkpoint.isPresent() && !isReadableFile(weights(checkpoint.get()))) {
            throw new LabException(
                    "The weights of %s, %s, cannot be read."
                            .formatted(name, experiment.weights().get(name)));
        }
    }

    private static boolean isReadableFile(Path file) {
        return Files.isRegularFile(file) && Files.isReadable(file);
    }

    /** {@return what the experiment names as the weights of a model: a file, or a folder} */
    private Optional<Path> checkpoint(String name) {
        return Optional.ofNullable(experiment.weights().get(name))
                .map(Path::of)
                .map(path -> Files.exists(path) ? path : home.resolve(path));
    }

    /** A folder has its weights beside the model's description, as training writes both. */
    private static Path weights(Path checkpoint) {
        return Files.isDirectory(checkpoint)
                ? checkpoint.resolve("weights.safetensors")
                : checkpoint;
    }

    /** {@return the named model as the experiment wants it, but for its classes} */
    private Model configured(String name) {
        Optional<Path> description =
                checkpoint(name).map(path -> path.resolve("config.json")).filter(Files::exists);
        Model model =
                description.isPresent() ? ModelFile.read(description.get()) : Models.named(name);
        try {
            return experiment.imageSize() > 0 ? model.withImageSize(experiment.imageSize()) : model;
        } catch (IllegalArgumentException e) {
            throw new LabException("Model %s: %s".formatted(name, e.getMessage()), e);
        }
    }

    @Override
    public Candidate candidate(String name) {
        ModelCandidate known = candidates.get(name);
        if (known != null) {
            return known;
        }
        Model model = configured(name);
        Optional<Path> checkpoint = checkpoint(name);
        ModelCandidate candidate;
        if (checkpoint.isEmpty()) {
            if (experiment.classes() > 0) {
                model = model.withClasses(experiment.classes());
            }
            candidate = ModelCandidate.random(name, model, experiment.seed(), devices);
        } else {
            candidate = loaded(name, model, checkpoint.get());
        }
        candidates.put(name, candidate);
        return candidate;
    }

    /** A described model is run exactly as described, a named one is made to fit its file. */
    private ModelCandidate loaded(String name, Model model, Path checkpoint) {
        return Files.isDirectory(checkpoint)
                ? ModelCandidate.loadExactly(name, model, weights(checkpoint), devices)
                : ModelCandidate.load(name, model, checkpoint, devices);
    }
}
