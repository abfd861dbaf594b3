package org.tornadovit.models;

import static org.tornadovit.nn.Initialization.HE_NORMAL;
import static org.tornadovit.nn.Initialization.LECUN_NORMAL;
import static org.tornadovit.nn.Initialization.ONES;
import static org.tornadovit.nn.Initialization.ZEROS;

import java.util.ArrayList;
import java.util.List;
import org.tornadovit.nn.ConvolutionLayer;
import org.tornadovit.nn.ConvolutionWeights;
import org.tornadovit.nn.FeatureMap;
import org.tornadovit.nn.Forward;
import org.tornadovit.nn.GroupNormLayer;
import org.tornadovit.nn.OnnxLayers;
import org.tornadovit.nn.Section;
import org.tornadovit.nn.WeightSpec;
import org.tornadovit.nn.WeightStandardization;
import org.tornadovit.nn.Window;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * The ResNet of a hybrid (Dosovitskiy et al. 2021, section 3.1): 7x7 convolution and maximum, both
 * with step 2, then stages of {@link BottleneckUnit}s, then patches of the last map. All padding is
 * TensorFlow's SAME.
 *
 * <p>With four stages of a normal ResNet the patches are 1/32 of the image's side; with [3, 4, 9]
 * the fourth stage's units have moved to the third and it is 1/16. R+Ti/16 has no stage and patches
 * of 8, so 1/32 in spite of its name.
 *
 * @param width features of the root
 * @param stages units of each stage
 * @param patch side of a patch on the last map
 * @param groups of the normalisations
 */
public record ResNetStem(int width, List<Integer> stages, int patch, int groups) implements Stem {
    private static final String BACKBONE = "patch_embed.backbone.";

    /** Checks that the sizes fit each other. */
    public ResNetStem {
        stages = List.copyOf(stages);
        if (patch < 1 || groups < 1 || width < 1 || width % groups != 0) {
            throw new IllegalArgumentException(
                    "A stem of width %d with %d groups and patches of %d cannot be."
                            .formatted(width, groups, patch));
        }
        if (stages.stream().anyMatch(units -> units < 1)) {
            throw new IllegalArgumentException(
                    "Every stage needs a unit, not %s.".formatted(stages));
        }
    }

    /** The usual stem: 64 features, 32 groups. */
    public ResNetStem(List<Integer> stages, int patch) {
        this(64, stages, patch, 32);
    }

    @Override
    public int side(int imageSize) {
        int map = imageSize;
        for (int halvings = 0; halvings < 2 + Math.max(stages.size() - 1, 0); halvings++) {
            map = (map + 1) / 2;
        }
        if (map < patch) {
            throw new IllegalArgumentException(
                    "An image of %d pixels leaves a map of %d, less than a patch of %d; use a larger one."
                            .formatted(imageSize, map, patch));
        }
        return map / patch;
    }

    @Override
    public List<WeightSpec> weights(int channels, int dim) {
        List<WeightSpec> weights = new ArrayList<>();
        weights.add(WeightSpec.parameter(root("conv.weight"), HE_NORMAL, width, channels, 7, 7));
        weights.add(WeightSpec.parameter(root("norm.weight"), ONES, width));
        weights.add(WeightSpec.parameter(root("norm.bias"), ZEROS, width));
        weights.addAll(units(224).weights());
        weights.add(
                WeightSpec.parameter(
                        "patch_embed.proj.weight", LECUN_NORMAL, dim, features(), patch, patch));
        weights.add(WeightSpec.parameter("patch_embed.proj.bias", ZEROS, dim));
        return weights;
    }

    @Override
    public long macs(int imageSize, int channels, int dim) {
        long side = side(imageSize);
        return Root.same(imageSize, channels, width).macs()
                + units(imageSize).macs()
                + side * side * patch * patch * features() * dim;
    }

    @Override
    public Embedding forward(
            Forward forward, int imageSize, int channels, int dim, Numerics numerics) {
        FeatureMap x = root(forward, imageSize, channels, numerics);
        return embed(forward, units(imageSize).forward(forward, x, numerics), dim);
    }

    @Override
    public String onnx(OnnxLayers layers, String image, int imageSize, Numerics numerics) {
        Window window = Window.same(imageSize, 7, 2);
        WeightStandardization standardization = numerics.standardization();
        String x = layers.standardizedConvolution(root("conv"), image, window, standardization);
        x = layers.groupNorm(root("norm"), x, width, groups, numerics.groupNormEpsilon());
        x = layers.relu(root("norm.relu"), x);
        x = layers.maximum(root("pool"), x, Window.same(window.output(), 3, 2));
        x = units(imageSize).onnx(layers, x, numerics);
        int side = side(imageSize);
        Window patches = new Window(side * patch, patch, patch, 0, side);
        return layers.biasedConvolution("patch_embed.proj", x, patches);
    }

    private FeatureMap root(Forward forward, int imageSize, int channels, Numerics numerics) {
        Root root = Root.same(imageSize, channels, width);
        int half = root.convolution().output();
        Section s = forward.section("stem", Section.Part.STEM);
        FeatureMap x =
                root.layer()
                        .plain(
                                forward,
                                s,
                                "conv",
                                root.padded(forward, s),
                                ConvolutionWeights.standardized(
                                        forward,
                                        s,
                                        root("conv.weight"),
                                        numerics.standardization()),
                                forward.scratch("root", half, half, width));
        x =
                new GroupNormLayer(root("norm"), width, groups, numerics.groupNormEpsilon())
                        .relu(
                                forward,
                                s,
                                "norm",
                                x,
                                forward.scratch("root_norm", half, half, width));
        return root.maximum(forward, s, x, root.pool().before());
    }

    private Embedding embed(Forward forward, FeatureMap x, int dim) {
        int side = x.height() / patch;
        Window window = new Window(x.height(), patch, patch, 0, side);
        FloatArray y = forward.intermediate("patch", "patch", side, side, dim);
        Section section = forward.section("embedding", Section.Part.STEM);
        FloatArray w = ConvolutionWeights.plain(forward, section, "patch_embed.proj.weight");
        FloatArray b = forward.weights().get("patch_embed.proj.bias");
        new ConvolutionLayer(window, window, x.channels(), dim)
                .bias(forward, section, "embed", x, w, b, y);
        return new Embedding(section, y);
    }

    private int features() {
        return stages.isEmpty() ? width : 4 * width << (stages.size() - 1);
    }

    private String root(String key) {
        return BACKBONE + (stages.isEmpty() ? "" : "stem.") + key;
    }

    private ResidualStages units(int imageSize) {
        return ResidualStages.of(
                stages,
                Root.same(imageSize, 1, width).side(),
                width,
                (place, side, in) ->
                        new BottleneckUnit(
                                BACKBONE
                                        + "stages.%d.blocks.%d"
                                                .formatted(place.stage(), place.unit()),
                                side,
                                in,
                                place.width(),
                                4 * place.width(),
                                place.stride(),
                                groups));
    }
}
