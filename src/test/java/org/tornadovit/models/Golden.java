package org.tornadovit.models;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.tornadovit.io.Checkpoint;
import org.tornadovit.io.Npy;
import org.tornadovit.io.Tensor;
import org.tornadovit.nn.Weights;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** A model run by another implementation: configuration, weights, input, stages and logits. */
record Golden(String name) {

    Path file(String file) {
        try {
            return Path.of(
                    Objects.requireNonNull(
                                    Golden.class.getResource("/golden-models/" + name + "/" + file),
                                    name + "/" + file)
                            .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    Model model() {
        return ModelFile.read(file("config.json"));
    }

    Weights weights(Model model, String file) {
        try (Checkpoint checkpoint = Checkpoint.open(file(file))) {
            return CheckpointWeights.load(model, checkpoint, PositionResize.ALIGN_CORNERS);
        }
    }

    int batch() {
        return (int) Npy.read(file("input.npy")).shape()[0];
    }

    void fill(FloatArray input) {
        Npy.read(file("input.npy")).copyTo(input.getSegment(), 0);
    }

    double[] logits64() {
        return Npy.read(file("logits64.npy")).toDoubles();
    }

    /** {@return stage {@code stage} as computed there, float64 copies of float32, in its layout} */
    Stage stage(String stage) {
        try (Checkpoint stages = Checkpoint.open(file("stages.npz"))) {
            Tensor tensor = stages.tensor(stage);
            Layout layout = name.equals("swin_tiny") ? Layout.CHANNELS_LAST : Layout.CHANNELS_FIRST;
            return new Stage(tensor.shape(), tensor.toDoubles(), layout);
        }
    }

    /** Order of the axes of a map. */
    enum Layout {
        CHANNELS_FIRST,
        CHANNELS_LAST
    }

    /** An intermediate of the other implementation. */
    record Stage(long[] shape, double[] values, Layout layout) {

        /** {@return the values of a map [batch, channels, height, width] with channels last} */
        double[] channelsLast() {
            if (shape.length != 4 || layout == Layout.CHANNELS_LAST) {
                return values;
            }
            int channels = (int) shape[1];
            int positions = (int) (shape[2] * shape[3]);
            double[] moved = new double[values.length];
            for (int i = 0; i < values.length; i++) {
                int p = i % positions;
                int c = i / positions % channels;
                int n = i / positions / channels;
                moved[(n * positions + p) * channels + c] = values[i];
            }
            return moved;
        }
    }

    /** {@return the largest |found - expected| over the largest |expected|} */
    static double relativeError(FloatArray found, double[] expected) {
        if (found.getSize() != expected.length) {
            throw new AssertionError(found.getSize() + " values, expected " + expected.length);
        }
        double largest = 0;
        double error = 0;
        for (int i = 0; i < expected.length; i++) {
            largest = Math.max(largest, Math.abs(expected[i]));
            double difference = Math.abs(found.get(i) - expected[i]);
            error = difference <= error ? error : difference; // a NaN wins
        }
        return error / largest;
    }

    /** {@return what stages of this fixture are called here} */
    Map<String, String> names() {
        return switch (name) {
            case "vit_tiny" ->
                    Map.of(
                            "patch", "patch",
                            "encoder_in", "encoder_in",
                            "block0_ln1", "block0_norm1",
                            "block0", "block0",
                            "block1", "block1",
                            "ln", "norm");
            case "hybrid_tiny" ->
                    Map.of(
                            "stem", "stem",
                            "stage0", "stage0_unit1",
                            "stage1", "stage1_unit0",
                            "stage2", "stage2_unit0",
                            "encoder_in", "encoder_in",
                            "block0", "block0",
                            "block1", "block1",
                            "norm", "norm");
            case "resnet18_w16" ->
                    Map.of(
                            "maxpool", "stem",
                            "layer1_0", "stage0_unit0",
                            "layer1", "stage0_unit1",
                            "layer2", "stage1_unit1",
                            "layer3", "stage2_unit1",
                            "layer4", "stage3_unit1");
            case "swin_tiny" ->
                    Map.of(
                            "features0", "encoder_in",
                            "stage0_block0", "stage0_block0",
                            "features1", "stage0_block1",
                            "features2", "merge1",
                            "features3", "stage1_block1",
                            "norm", "norm");
            case "bit_tiny" ->
                    Map.of(
                            "stem", "stem",
                            "stage0_0", "stage0_unit0",
                            "stage1_0", "stage1_unit0",
                            "stage1_1", "stage1_unit1");
            default -> throw new IllegalArgumentException(name);
        };
    }
}
