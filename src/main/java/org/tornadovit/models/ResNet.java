package org.tornadovit.models;

import static org.tornadovit.nn.Initialization.HE_NORMAL;
import static org.tornadovit.nn.Initialization.TRUNCATED_NORMAL;
import static org.tornadovit.nn.Initialization.ZEROS;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tornadovit.nn.ConvolutionWeights;
import org.tornadovit.nn.ConvolutionWeights.Folded;
import org.tornadovit.nn.FeatureMap;
import org.tornadovit.nn.Forward;
import org.tornadovit.nn.Forward.Capture;
import org.tornadovit.nn.Noise;
import org.tornadovit.nn.OnnxLayers;
import org.tornadovit.nn.Pooling;
import org.tornadovit.nn.Section;
import org.tornadovit.nn.WeightSpec;
import org.tornadovit.nn.Weights;
import org.tornadovit.nn.Window;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * The classic ResNet that everybody knows (<a href="https://arxiv.org/abs/1512.03385">He et al.
 * 2015</a>; as torchvision has it, with the step in the 3x3 convolution), at inference: batch
 * normalisation is folded into the convolutions.
 *
 * @param name such as {@code ResNet-50}
 * @param imageSize height and width of the images in pixels
 * @param channels colour channels
 * @param stages units of each stage
 * @param block form of the units
 * @param width features of the root
 * @param classes of the classifier; 0 for none
 * @param numerics conventions
 */
public record ResNet(
        String name,
        int imageSize,
        int channels,
        List<Integer> stages,
        Block block,
        int width,
        int classes,
        Numerics numerics)
        implements Model {

    /** Forms of residual units. */
    public enum Block {
        /** Two 3x3 convolutions: ResNet-18 and 34. */
        BASIC(1),
        /** 1x1, 3x3, 1x1 with four times the features: ResNet-50 and up. */
        BOTTLENECK(4);

        private final int expansion;

        Block(int expansion) {
            this.expansion = expansion;
        }

        /** {@return features of the output per feature in between} */
        int expansion() {
            return expansion;
        }
    }

    /** Checks that the sizes fit each other. */
    public ResNet {
        stages = List.copyOf(stages);
        if (width < 1 || classes < 0 || channels < 1) {
            throw new IllegalArgumentException(
                    "A ResNet needs positive sizes, not width %d, classes %d, channels %d."
                            .formatted(width, classes, channels));
        }
        if (stages.isEmpty() || stages.stream().anyMatch(units -> units < 1)) {
            throw new IllegalArgumentException(
                    "Every stage needs a unit, not %s.".formatted(stages));
        }
        Window.symmetric(imageSize, 7, 2, 3);
    }

    @Override
    public int featureSize() {
        return block.expansion() * width << (stages.size() - 1);
    }

    @Override
    public Optional<PositionGrid> positionGrid() {
        return Optional.empty();
    }

    @Override
    public ResNet withImageSize(int size) {
        return new ResNet(name, size, channels, stages, block, width, classes, numerics);
    }

    @Override
    public ResNet withClasses(int count) {
        return new ResNet(name, imageSize, channels, stages, block, width, count, numerics);
    }

    @Override
    public ResNet withNumerics(Numerics other) {
        return new ResNet(name, imageSize, channels, stages, block, width, classes, other);
    }

    @Override
    public List<WeightSpec> weights() {
        List<WeightSpec> weights = new ArrayList<>();
        weights.add(WeightSpec.parameter("conv1.weight", HE_NORMAL, width, channels, 7, 7));
        weights.addAll(ClassicUnit.batchNorm("bn1", width));
        weights.addAll(units().weights());
        if (classes > 0) {
            weights.add(
                    WeightSpec.parameter("fc.weight", TRUNCATED_NORMAL, classes, featureSize()));
            weights.add(WeightSpec.parameter("fc.bias", ZEROS, classes));
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
        FloatArray features = forward.result("features", featureSize());
        section.task(
                "pool",
                Pooling::average,
                x.values(),
                features,
                batch,
                x.positions(),
                featureSize());
        FloatArray logits =
                Classifier.forward(
                        forward, section, classifier(), features, featureSize(), classes);
        return new BuiltModel(this, forward, features, logits);
    }

    @Override
    public String onnxFeatures(OnnxLayers layers, String image) {
        String x = layers.convolution("conv1", image, root().convolution());
        x = layers.relu("bn1.relu", layers.batchNorm("bn1", x, numerics.batchNormEpsilon()));
        x = layers.maximum("pool", x, root().pool());
        return layers.average("features", units().onnx(layers, x, numerics));
    }

    @Override
    public String classifier() {
        return "fc";
    }

    private Root root() {
        return Root.symmetric(imageSize, channels, width);
    }

    /** 7x7 convolution, rectifier and maximum. */
    private FeatureMap root(Forward forward) {
        Root root = root();
        int half = root.convolution().output();
        Section s = forward.section("stem", Section.Part.STEM);
        Folded folded =
                ConvolutionWeights.folded(
                        forward.weights(), "conv1.weight", "bn1", numerics.batchNormEpsilon());
        FeatureMap x =
                root.layer()
                        .relu(
                                forward,
                                s,
                                "conv",
                                root.padded(forward, s),
                                folded.weight(),
                                folded.bias(),
                                forward.intermediate("root", "root", half, half, width));
        return root.maximum(forward, s, x, root.pool().before());
    }

    private ResidualStages units() {
        return ResidualStages.of(
                stages,
                root().side(),
                width,
                (place, side, in) ->
                        new ClassicUnit(
                                "layer%d.%d".formatted(place.stage() + 1, place.unit()),
                                side,
                                in,
                                place.width(),
                                place.stride(),
                                block));
    }
}
