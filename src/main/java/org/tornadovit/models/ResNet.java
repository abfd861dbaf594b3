package org.tornadovit.models;

import static org.tornadovit.nn.Initialization.HE_NORMAL;
import static org.tornadovit.nn.Initialization.TRUNCATED_NORMAL;
import static org.tornadovit.nn.Initialization.ZEROS;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tornadovit.nn.ConvolutionLayer;
import org.tornadovit.nn.ConvolutionWeights;
import org.tornadovit.nn.ConvolutionWeights.Folded;
import org.tornadovit.nn.FeatureMap;
import org.tornadovit.nn.Forward;
import org.tornadovit.nn.Forward.Capture;
import org.tornadovit.nn.Padding;
import org.tornadovit.nn.Pooling;
import org.tornadovit.nn.OnnxLayers;
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
        units().forEach(unit -> weights.addAll(unit.weights()));
        if (classes > 0) {
            weights.add(
                    WeightSpec.parameter("fc.weight", TRUNCATED_NORMAL, classes, featureSize()));
            weights.add(WeightSpec.parameter("fc.bias", ZEROS, classes));
        }
        return weights;
    }

    @Override
    public Macs macs() {
        long half = root().output();
        return new Macs(
                half * half * width * 49 * channels,
                units().stream().mapToLong(ClassicUnit::macs).sum(),
                (long) featureSize() * classes);
    }

    @Override
    public BuiltModel build(int batch, Weights weights, Capture capture) {
        Forward forward = new Forward(batch, channels * imageSize * imageSize, weights, capture);
        FeatureMap x = root(forward);
        List<ClassicUnit> units = units();
        List<String> names = StageNames.of(stages);
        for (int i = 0; i < units.size(); i++) {
            x = units.get(i).forward(forward, names.get(i), "map" + i % 2, x, numerics);
        }
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
        String x = layers.convolution("conv1", image, root());
        x = layers.relu("bn1.relu", layers.batchNorm("bn1", x, numerics.batchNormEpsilon()));
        x = layers.maximum("pool", x, Window.symmetric(root().output(), 3, 2, 1));
        for (ClassicUnit unit : units()) {
            x = unit.onnx(layers, x, numerics);
        }
        return layers.average("features", x);
    }

    @Override
    public String classifier() {
        return "fc";
    }

    private Window root() {
        return Window.symmetric(imageSize, 7, 2, 3);
    }

    /** 7x7 convolution, rectifier and maximum. */
    private FeatureMap root(Forward forward) {
        Window window = root();
        int half = window.output();
        Section s = forward.section("stem", Section.Part.STEM);
        FloatArray image = forward.scratch("image", window.padded(), window.padded(), channels);
        s.task(
                "pad",
                Padding::padImage,
                forward.input(),
                image,
                forward.batch(),
                channels,
                imageSize,
                imageSize,
                window.before(),
                window.before(),
                window.padded(),
                window.padded());
        Folded folded =
                ConvolutionWeights.folded(
                        forward.weights(), "conv1.weight", "bn1", numerics.batchNormEpsilon());
        FloatArray root = forward.intermediate("root", "root", half, half, width);
        new ConvolutionLayer(window, window, channels, width)
                .relu(
                        forward,
                        s,
                        "conv",
                        new FeatureMap(image, window.padded(), window.padded(), channels),
                        folded.weight(),
                        folded.bias(),
                        root);
        Window pool = Window.symmetric(half, 3, 2, 1);
        FloatArray y = forward.intermediate("stem", "map1", pool.output(), pool.output(), width);
        s.task(
                "pool",
                Pooling::max,
                root,
                y,
                forward.batch(),
                half,
                half,
                width,
                pool.output(),
                pool.output(),
                3,
                2,
                pool.before(),
                pool.before());
        return new FeatureMap(y, pool.output(), pool.output(), width);
    }

    private List<ClassicUnit> units() {
        List<ClassicUnit> units = new ArrayList<>();
        int side = Window.symmetric(root().output(), 3, 2, 1).output();
        int in = width;
        for (int stage = 0; stage < stages.size(); stage++) {
            for (int unit = 0; unit < stages.get(stage); unit++) {
                int stride = stage > 0 && unit == 0 ? 2 : 1;
                ClassicUnit next =
                        new ClassicUnit(
                                "layer%d.%d".formatted(stage + 1, unit),
                                side,
                                in,
                                width << stage,
                                stride,
                                block);
                units.add(next);
                side = next.outSide();
                in = next.out();
            }
        }
        return units;
    }
}
