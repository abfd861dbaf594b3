package org.tornadovit.models;

import static org.tornadovit.nn.Initialization.LECUN_NORMAL;
import static org.tornadovit.nn.Initialization.ZEROS;

import java.util.List;
import org.tornadovit.nn.Adjoint;
import org.tornadovit.nn.Forward;
import org.tornadovit.nn.Linear;
import org.tornadovit.nn.LinearGradient;
import org.tornadovit.nn.OnnxLayers;
import org.tornadovit.nn.Patches;
import org.tornadovit.nn.Section;
import org.tornadovit.nn.WeightSpec;
import org.tornadovit.nn.Window;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * Patches of pixels, embedded by one linear map (Dosovitskiy et al. 2021, eq. 1).
 *
 * @param patch side of a patch in pixels
 * @param form how the map is computed; the weights are the same
 */
public record PatchStem(int patch, Form form) implements Stem {
    private static final String WEIGHT = "patch_embed.proj.weight";
    private static final String BIAS = "patch_embed.proj.bias";

    /** How the map is computed. */
    public enum Form {
        /** Patches are flattened and multiplied. */
        LINEAR,
        /** One convolution with step {@code patch} straight from the image. */
        CONVOLUTION
    }

    /** Checks that there is a patch. */
    public PatchStem {
        if (patch < 1) {
            throw new IllegalArgumentException("A patch of %d pixels is empty.".formatted(patch));
        }
    }

    /** Patches embedded as a linear layer. */
    public PatchStem(int patch) {
        this(patch, Form.LINEAR);
    }

    @Override
    public int side(int imageSize) {
        if (imageSize % patch != 0) {
            throw new IllegalArgumentException(
                    "An image of %d pixels cannot be cut into patches of %d; use a multiple."
                            .formatted(imageSize, patch));
        }
        return imageSize / patch;
    }

    @Override
    public List<WeightSpec> weights(int channels, int dim) {
        return List.of(
                WeightSpec.parameter(WEIGHT, LECUN_NORMAL, dim, channels, patch, patch),
                WeightSpec.parameter(BIAS, ZEROS, dim));
    }

    @Override
    public long macs(int imageSize, int channels, int dim) {
        return (long) imageSize * imageSize * channels * dim;
    }

    @Override
    public Embedding forward(
            Forward forward, int imageSize, int channels, int dim, Numerics numerics) {
        int side = side(imageSize);
        int size = channels * patch * patch;
        int batch = forward.batch();
        FloatArray w = forward.weights().get(WEIGHT);
        FloatArray b = forward.weights().get(BIAS);
        FloatArray y = forward.intermediate("patch", "patch", side, side, dim);
        Section section = forward.section("embedding", Section.Part.STEM);
        switch (forward.isTraining() ? Form.LINEAR : form) {
            case LINEAR -> {
                FloatArray flat = forward.scratch("pixels", side, side, size);
                section.task(
                                "flatten",
                                Patches::flatten,
                                forward.input(),
                                flat,
                                batch,
                                channels,
                                side,
                                side,
                                patch)
                        .adjoint(Adjoint.NOTHING); // the image needs no gradient
                int rows = batch * side * side;
                section.task("embed", Linear::linear, flat, w, b, y, rows, size, dim)
                        .adjoint(LinearGradient.linear(flat, w, b, y, rows, size, dim));
            }
            case CONVOLUTION ->
                    section.task(
                            "embed",
                            Patches::embed,
                            forward.input(),
                            w,
                            b,
                            y,
                            batch,
                            channels,
                            side,
                            side,
                            patch,
                            dim);
        }
        section.macs(batch * side * side, size, dim);
        return new Embedding(section, y);
    }

    @Override
    public String onnx(OnnxLayers layers, String image, int imageSize, Numerics numerics) {
        Window window = new Window(imageSize, patch, patch, 0, side(imageSize));
        return layers.biasedConvolution("patch_embed.proj", image, window);
    }
}
