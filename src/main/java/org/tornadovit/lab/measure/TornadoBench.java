package org.tornadovit.lab.measure;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tornadovit.lab.LabException;
import org.tornadovit.lab.experiment.Experiment;
import org.tornadovit.lab.results.CeilingRow;
import org.tornadovit.lab.results.DeviceFacts;
import org.tornadovit.lab.results.Inventory;
import org.tornadovit.models.Model;
import org.tornadovit.models.Models;

/** The devices of the runtime and the models of the library. */
public final class TornadoBench implements Bench {
    /** A pair needs two models at once; weights of more would fill the heap. */
    private static final int KEPT = 2;

    private final Experiment experiment;
    private final Devices devices;
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
     */
    public TornadoBench(Experiment experiment, Devices devices) {
        this.experiment = experiment;
        this.devices = devices;
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
        String checkpoint = experiment.weights().get(name);
        if (checkpoint != null && !isReadableFile(Path.of(checkpoint))) {
            throw new LabException(
                    "The weights of %s, %s, cannot be read.".formatted(name, checkpoint));
        }
    }

    private static boolean isReadableFile(Path file) {
        return Files.isRegularFile(file) && Files.isReadable(file);
    }

    /** {@return the named model as the experiment wants it, but for its classes} */
    private Model configured(String name) {
        Model model = Models.named(name);
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
        String checkpoint = experiment.weights().get(name);
        ModelCandidate candidate;
        if (checkpoint == null) {
            if (experiment.classes() > 0) {
                model = model.withClasses(experiment.classes());
            }
            candidate = ModelCandidate.random(name, model, experiment.seed(), devices);
        } else {
            candidate = ModelCandidate.load(name, model, Path.of(checkpoint), devices);
        }
        candidates.put(name, candidate);
        return candidate;
    }
}
