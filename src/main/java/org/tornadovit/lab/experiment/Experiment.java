package org.tornadovit.lab.experiment;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.tornadovit.lab.LabException;

/**
 * What a comparison measures: every model on every device at every batch size and precision.
 *
 * @param name name of the task, part of the results' path
 * @param question what the table is to answer, in a sentence
 * @param devices device names, or {@code all} for every device found
 * @param reference device whose logits the others must reproduce
 * @param imageSize side of the square input in pixels; 0 for each model's own
 * @param classes number of classes of heads with random weights; 0 for each model's own
 * @param seed seed of random weights and inputs
 * @param models names of the models
 * @param weights checkpoint of a model, by its name: a file, or a folder with {@code config.json}
 *     and {@code weights.safetensors} as training writes it; others get seeded random weights
 * @param batches batch sizes
 * @param precisions number formats
 * @param pairs pure and hybrid models to be compared directly
 * @param timing when a measurement ends
 * @param parity greatest difference of logits from the reference, relative to the largest logit
 * @param accuracy how accuracy is measured
 */
public record Experiment(
        String name,
        String question,
        List<String> devices,
        String reference,
        int imageSize,
        int classes,
        long seed,
        List<String> models,
        Map<String, String> weights,
        List<Integer> batches,
        List<Precision> precisions,
        List<Pair> pairs,
        Timing timing,
        double parity,
        Accuracy accuracy) {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");

    /** Checks that the parts fit together. */
    public Experiment {
        if (!NAME.matcher(name).matches()) {
            throw new LabException(
                    "name '" + name + "' must be letters, digits, '.', '_' and '-' only.");
        }
        devices = distinct("devices", devices);
        models = distinct("models", models);
        batches = distinct("batches", batches);
        precisions = distinct("precisions", precisions);
        pairs = List.copyOf(pairs);
        weights = Map.copyOf(weights);
        for (int batch : batches) {
            if (batch < 1) {
                throw new LabException("batches must be at least 1, not " + batch + ".");
            }
        }
        if (imageSize < 0 || classes < 0) {
            throw new LabException(
                    "image-size and classes must not be negative, not %d and %d."
                            .formatted(imageSize, classes));
        }
        if (!(parity > 0)) {
            throw new LabException("parity must be above 0, not " + parity + ".");
        }
        for (Pair pair : pairs) {
            known(models, "pairs", pair.pure());
            known(models, "pairs", pair.hybrid());
        }
        for (String model : weights.keySet()) {
            known(models, "weights", model);
        }
    }

    private static <T> List<T> distinct(String key, List<T> values) {
        if (values.isEmpty()) {
            throw new LabException(key + " must name at least one.");
        }
        Set<T> seen = new HashSet<>();
        for (T value : values) {
            if (!seen.add(value)) {
                throw new LabException(key + " names " + value + " twice.");
            }
        }
        return List.copyOf(values);
    }

    private static void known(List<String> models, String key, String model) {
        if (!models.contains(model)) {
            throw new LabException(
                    key + " names the model '" + model + "', which models does not list.");
        }
    }

    /**
     * The cells of the comparison, device by device, each model's batches together.
     *
     * @param found names of the devices to run on
     * @return every combination, in the order of measurement
     */
    public List<Cell> cells(List<String> found) {
        List<Cell> cells = new ArrayList<>();
        for (String device : found) {
            for (String model : models) {
                for (Precision precision : precisions) {
                    for (int batch : batches) {
                        cells.add(new Cell(device, model, batch, precision));
                    }
                }
            }
        }
        return List.copyOf(cells);
    }

    /**
     * This experiment on other devices.
     *
     * @param names device names, or {@code all}
     * @return the experiment
     */
    public Experiment onDevices(List<String> names) {
        return new Experiment(
                name,
                question,
                names,
                reference,
                imageSize,
                classes,
                seed,
                models,
                weights,
                batches,
                precisions,
                pairs,
                timing,
                parity,
                accuracy);
    }
}
