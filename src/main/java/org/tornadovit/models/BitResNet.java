package org.tornadovit.models;

import static org.tornadovit.nn.Initialization.HE_NORMAL;
import static org.tornadovit.nn.Initialization.ONES;
import static org.tornadovit.nn.Initialization.TRUNCATED_NORMAL;
import static org.tornadovit.nn.Initialization.ZEROS;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tornadovit.nn.ConvolutionLayer;
import org.tornadovit.nn.ConvolutionWeights;
import org.tornadovit.nn.FeatureMap;
import org.tornadovit.nn.Forward;
import org.tornadovit.nn.Forward.Capture;
import org.tornadovit.nn.GroupNormLayer;
import org.tornadovit.nn.Noise;
import org.tornadovit.nn.OnnxLayers;
import org.tornadovit.nn.Pooling;
import org.tornadovit.nn.PoolingGradient;
import org.tornadovit.nn.Section;
import org.tornadovit.nn.WeightSpec;
import org.tornadovit.nn.WeightStandardization;
import org.tornadovit.nn.Weights;
import org.tornadovit.nn.Window;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * The ResNets of Big Transfer, the convolutional baseline of the ViT paper (<a
 * href="https://arxiv.org/abs/1912.11370">Kolesnikov et al. 2020</a>): pre-activation units,
 * standardised convolutions, group normalisation. The root has no normalisation, so its values may
 * be negative, and the zeros of the border around them count in the maximum.
 *
 * @param name such as {@code R50x1}: layers, then the factor on all widths
 * @param imageSize height and width of the images in pixels
 * @param channels colour channels
 * @param stages units of each stage
 * @param width features of the root
 * @param groups of every normalisation
 * @param classes of the classifier; 0 for none
 * @param numerics conventions
 */
public record BitResNet(
        String name,
        int imageSize,
        int channels,
        List<Integer> stages,
        int width,
        int groups,
        int classes,
        Numerics numerics)
        implements Model {

    private static final int GROUPS = 32;

    /** Checks that the sizes fit each other. */
    public BitResNet {
        stages = List.copyOf(stages);
        if (width < 1 || groups < 1 || width % groups != 0 || classes < 0 || channels < 1) {
            throw new IllegalArgumentException(
                    "A BiT ResNet needs a width that is a multiple of %d, not %d."
                            .formatted(groups, width));
        }
        if (stages.isEmpty() || stages.stream().anyMatch(units -> units < 1)) {
            throw new IllegalArgumentException(
                    "Every stage needs a unit, not %s.".formatted(stages));
        }
        Window.symmetric(imageSize, 7, 2, 3);
    }

    /** A ResNet with the usual 32 groups. */
    public BitResNet(
            String name,
            int imageSize,
            int channels,
            List<Integer> stages,
            int width,
            int classes,
            Numerics numerics) {
        this(name, imageSize, channels, stages, width, GROUPS, classes, numerics);
    }

    @Override
    public int featureSize() {
        return 4 * width << (stages.size() - 1);
    }

    @Override
    public Optional<PositionGrid> positionGrid() {
        return Optional.empty();
    }

    @Override
    public BitResNet withImageSize(int size) {
        return new BitResNet(name, size, channels, stages, width, groups, classes, numerics);
    }

    @Override
    public BitResNet withClasses(int count) {
        return new BitResNet(name, imageSize, channels, stages, width, groups, count, numerics);
    }

    @Override
    public BitResNet withNumerics(Numerics other) {
        return new BitResNet(name, imageSize, channels, stages, width, groups, classes, other);
    }

    @Override
    public List<WeightSpec> weights() {
        List<WeightSpec> weights = new ArrayList<>();
        weights.add(WeightSpec.parameter("stem.conv.weight", HE_NORMAL, width, channels, 7, 7));
        weights.addAll(units().weights());
        weights.add(WeightSpec.parameter("norm.weight", ONES, featureSize()));
        weights.add(WeightSpec.parameter("norm.bias", ZEROS, featureSize()));
        if (classes > 0) {
            weights.add(
                    WeightSpec.parameter(
                            "head.fc.weight", TRUNCATED_NORMAL, classes, featureSize(), 1, 1));
            weights.add(WeightSpec.parameter("head.fc.bias", ZEROS, classes));
        }
        return weights;
    }

    @Override
    public Macs macs() {
        return new Macs(root().macs(), units().macs(), (long) featureSize() * classes);
    }

    @Override
    public BuiltModel build(int batch, Weights weights, Capture capture, Noise noise) {
        Forward forward =
                new Forward(batch, channels * imageSize * imageSize, weights, capture, noise);
        FeatureMap x = units().forward(forward, root(forward), numerics);
        Section section = forward.section("head", Section.Part.HEAD);
        FloatArray normal = forward.scratch("normal", x.positions(), featureSize());
        x =
                new GroupNormLayer("norm", featureSize(), groups, numerics.groupNormEpsilon())
                        .relu(forward, section, "norm", x, normal);
        FloatArray features = forward.result("features", featureSize());
        section.task(
                        "pool",
                        Pooling::average,
                        x.values(),
                        features,
                        batch,
                        x.positions(),
                        featureSize())
                .adjoint(
                        PoolingGradient.ofAverage(
                                x.values(), features, batch, x.positions(), featureSize()));
        FloatArray logits =
                Classifier.forward(
                        forward, section, classifier(), features, featureSize(), classes);
        return new BuiltModel(this, forward, features, logits);
    }

    @Override
    public String onnxFeatures(OnnxLayers layers, String image) {
        WeightStandardization standardization = numerics.standardization();
        Window window = root().convolution();
        String x = layers.standardizedConvolution("stem.conv", image, window, standardization);
        x = layers.maximumWithZeros("stem.pool", x, root().pool());
        x = units().onnx(layers, x, numerics);
        x = layers.groupNorm("norm", x, featureSize(), groups, numerics.groupNormEpsilon());
        return layers.average("features", layers.relu("norm.relu", x));
    }

    @Override
    public String classifier() {
        return "head.fc";
    }

    private Root root() {
        return Root.symmetric(imageSize, channels, width);
    }

    /** 7x7 convolution and maximum, both with step 2 and borders of zeros. */
    private FeatureMap root(Forward forward) {
        Root root = root();
        Window pool = root.pool();
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
                                        forward, s, "stem.conv.weight", numerics.standardization()),
                                forward.scratch("root", half, half, width));
        x = new ConvolutionLayer(pool, pool, width, width).padded(forward, s, "pad_pool", x);
        return root.maximum(forward, s, x, 0);
    }

    private ResidualStages units() {
        return ResidualStages.of(
                stages,
                root().side(),
                width,
                (place, side, in) ->
                        new PreActivationUnit(
                                "stages.%d.blocks.%d".formatted(place.stage(), place.unit()),
                                side,
                                in,
                                place.width(),
                                4 * place.width(),
                                place.stride(),
                                groups));
    }
}
