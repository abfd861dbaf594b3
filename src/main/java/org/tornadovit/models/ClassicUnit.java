package org.tornadovit.models;

import static org.tornadovit.nn.Initialization.HE_NORMAL;
import static org.tornadovit.nn.Initialization.ONES;
import static org.tornadovit.nn.Initialization.ZEROS;

import java.util.ArrayList;
import java.util.List;
import org.tornadovit.nn.ConvolutionLayer;
import org.tornadovit.nn.ConvolutionWeights;
import org.tornadovit.nn.ConvolutionWeights.Folded;
import org.tornadovit.nn.FeatureMap;
import org.tornadovit.nn.Forward;
import org.tornadovit.nn.OnnxLayers;
import org.tornadovit.nn.Section;
import org.tornadovit.nn.WeightSpec;
import org.tornadovit.nn.Window;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * A residual unit of the classic ResNet: convolutions with batch normalisation folded in,
 * rectifiers between them and after the addition. The first 3x3 convolution carries the step.
 *
 * @param prefix start of its weights' names, such as {@code layer1.0}
 * @param side rows, and columns, of the input
 * @param in features of the input
 * @param width features in between
 * @param stride step
 * @param block two 3x3 convolutions, or 1x1, 3x3, 1x1
 */
record ClassicUnit(String prefix, int side, int in, int width, int stride, ResNet.Block block)
        implements ResidualUnit {

    /** A convolution of the unit and its normalisation. */
    private record Step(String conv, String norm, ConvolutionLayer layer) {}

    @Override
    public int out() {
        return width * block.expansion();
    }

    @Override
    public int outSide() {
        return Window.symmetric(side, 3, stride, 1).output();
    }

    private boolean projects() {
        return in != out() || stride != 1;
    }

    private List<Step> steps() {
        return switch (block) {
            case BASIC ->
                    List.of(
                            step("conv1", "bn1", Window.symmetric(side, 3, stride, 1), in, width),
                            step(
                                    "conv2",
                                    "bn2",
                                    Window.symmetric(outSide(), 3, 1, 1),
                                    width,
                                    width));
            case BOTTLENECK ->
                    List.of(
                            step("conv1", "bn1", Window.symmetric(side, 1, 1, 0), in, width),
                            step(
                                    "conv2",
                                    "bn2",
                                    Window.symmetric(side, 3, stride, 1),
                                    width,
                                    width),
                            step(
                                    "conv3",
                                    "bn3",
                                    Window.symmetric(outSide(), 1, 1, 0),
                                    width,
                                    out()));
        };
    }

    private Step shortcut() {
        return step(
                "downsample.0", "downsample.1", Window.symmetric(side, 1, stride, 0), in, out());
    }

    private static Step step(String conv, String norm, Window window, int in, int out) {
        return new Step(conv, norm, new ConvolutionLayer(window, window, in, out));
    }

    private List<Step> allSteps() {
        List<Step> all = new ArrayList<>(steps());
        if (projects()) {
            all.add(shortcut());
        }
        return all;
    }

    @Override
    public List<WeightSpec> weights() {
        List<WeightSpec> weights = new ArrayList<>();
        for (Step step : allSteps()) {
            ConvolutionLayer layer = step.layer;
            int kernel = layer.rows().kernel();
            weights.add(
                    WeightSpec.parameter(
                            prefix + "." + step.conv + ".weight",
                            HE_NORMAL,
                            layer.outChannels(),
                            layer.inChannels(),
                            kernel,
                            kernel));
            weights.addAll(batchNorm(prefix + "." + step.norm, layer.outChannels()));
        }
        return weights;
    }

    /** {@return the weights of a batch normalisation} */
    static List<WeightSpec> batchNorm(String prefix, int channels) {
        return List.of(
                WeightSpec.parameter(prefix + ".weight", ONES, channels),
                WeightSpec.parameter(prefix + ".bias", ZEROS, channels),
                WeightSpec.statistic(prefix + ".running_mean", ZEROS, channels),
                WeightSpec.statistic(prefix + ".running_var", ONES, channels));
    }

    @Override
    public long macs() {
        long inPositions = (long) side * side;
        long outPositions = (long) outSide() * outSide();
        long projection = projects() ? outPositions * in * out() : 0;
        return projection
                + switch (block) {
                    case BASIC -> outPositions * 9 * width * (in + width);
                    case BOTTLENECK ->
                            inPositions * in * width + outPositions * width * (9L * width + out());
                };
    }

    @Override
    public FeatureMap forward(
            Forward forward, String name, String role, FeatureMap x, Numerics numerics) {
        Section s = forward.section(name, Section.Part.ENCODER);
        FeatureMap residual = x;
        if (projects()) {
            Step step = shortcut();
            Folded folded = folded(forward, step, numerics);
            FloatArray y = forward.scratch("downsample", outSide(), outSide(), out());
            residual =
                    step.layer.bias(forward, s, "downsample", x, folded.weight(), folded.bias(), y);
        }
        FeatureMap h = x;
        List<Step> steps = steps();
        for (Step step : steps) {
            ConvolutionLayer layer = step.layer;
            Folded folded = folded(forward, step, numerics);
            h = layer.padded(forward, s, step.conv + "_pad", h);
            if (step == steps.getLast()) {
                FloatArray y = forward.intermediate(name, role, outSide(), outSide(), out());
                h =
                        layer.addRelu(
                                forward,
                                s,
                                step.conv,
                                h,
                                folded.weight(),
                                folded.bias(),
                                residual,
                                y);
            } else {
                FloatArray y = forward.scratch(step.conv, layer.positions(), layer.outChannels());
                h = layer.relu(forward, s, step.conv, h, folded.weight(), folded.bias(), y);
            }
        }
        return h;
    }

    /** Writes the unit as ONNX operations. */
    @Override
    public String onnx(OnnxLayers layers, String x, Numerics numerics) {
        String residual = projects() ? onnx(layers, x, shortcut(), numerics) : x;
        String h = x;
        List<Step> steps = steps();
        for (Step step : steps) {
            h = onnx(layers, h, step, numerics);
            if (step != steps.getLast()) {
                h = layers.relu(prefix + "." + step.norm + ".relu", h);
            }
        }
        return layers.relu(prefix, layers.add(prefix + ".sum", h, residual));
    }

    private String onnx(OnnxLayers layers, String x, Step step, Numerics numerics) {
        String y = layers.convolution(prefix + "." + step.conv, x, step.layer.rows());
        return layers.batchNorm(prefix + "." + step.norm, y, numerics.batchNormEpsilon());
    }

    private Folded folded(Forward forward, Step step, Numerics numerics) {
        return ConvolutionWeights.folded(
                forward.weights(),
                prefix + "." + step.conv + ".weight",
                prefix + "." + step.norm,
                numerics.batchNormEpsilon());
    }
}
