package org.tornadovit.lab.task;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tornadovit.io.Checkpoint;
import org.tornadovit.io.image.Normalisation;
import org.tornadovit.io.onnx.OnnxFile;
import org.tornadovit.io.onnx.OnnxGraph;
import org.tornadovit.models.CheckpointWeights;
import org.tornadovit.models.Model;
import org.tornadovit.models.Models;
import org.tornadovit.nn.Weights;

/** Writes a model with its weights for other programs. */
public final class ExportModel {

    /** Formats of files. */
    public enum Format {
        /** ONNX, operator set 17, float32, any batch. */
        ONNX
    }

    /**
     * A model that is ready to be written.
     *
     * @param model its configuration
     * @param weights its weights
     * @param origin where the weights are from
     */
    public record Source(Model model, Weights weights, String origin) {}

    private ExportModel() {}

    /**
     * A model with seeded random weights.
     *
     * @param name its name
     * @param imageSize side of the images in pixels; 0 for the model's own
     * @param seed seed of the weights
     * @return the model
     * @throws org.tornadovit.io.InputException when there is none
     */
    public static Source random(String name, int imageSize, long seed) {
        Model model = named(name, imageSize);
        return new Source(model, model.randomWeights(seed), "random:" + seed);
    }

    /**
     * A model that is made to fit a checkpoint.
     *
     * @param name its name
     * @param imageSize side of the images in pixels; 0 for the model's own
     * @param file the checkpoint
     * @return the model
     * @throws org.tornadovit.io.InputException when there is none, or the file is of another one
     */
    public static Source load(String name, int imageSize, Path file) {
        try (Checkpoint checkpoint = Checkpoint.open(file)) {
            CheckpointWeights.Loaded loaded =
                    CheckpointWeights.adapt(named(name, imageSize), checkpoint);
            return new Source(loaded.model(), loaded.weights(), String.valueOf(file.getFileName()));
        }
    }

    private static Model named(String name, int imageSize) {
        Model model = Models.named(name);
        return imageSize == 0 ? model : model.withImageSize(imageSize);
    }

    /**
     * Writes a model.
     *
     * @param source what
     * @param format in which format
     * @param output where to
     * @return the files written
     * @throws org.tornadovit.io.InputException when ONNX has no operations for the model, or a file
     *     cannot be written
     */
    public static List<Path> run(Source source, Format format, Path output) {
        Model model = source.model;
        return switch (format) {
            case ONNX -> {
                OnnxGraph graph = model.onnx(source.weights);
                yield OnnxFile.write(output, graph, facts(source));
            }
        };
    }

    /** What a reader must know to feed the model. */
    private static Map<String, String> facts(Source source) {
        Normalisation normalisation =
                source.model.numerics().recipe().at(source.model.imageSize()).normalisation();
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("model", source.model.name());
        facts.put("weights", source.origin);
        facts.put("input", "image: float32 [batch, channels, height, width], RGB");
        facts.put("mean", Arrays.toString(normalisation.mean()));
        facts.put("std", Arrays.toString(normalisation.deviation()));
        return facts;
    }
}
