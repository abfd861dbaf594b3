package org.tornadovit.models;

import static org.tornadovit.nn.Initialization.HE_NORMAL;
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
import org.tornadovit.nn.Window;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * A residual unit of a hybrid's stem: standardised convolutions 1x1, 3x3, 1x1, each followed by
 * group normalisation, and the rectifier after the addition. The 3x3 convolution carries the step
 * and is padded as TensorFlow does. The shortcut is projected when the shape changes.
 *
 * @param prefix start of its weights' names
 * @param side rows, and columns, of the input
 * @param in features of the input
 * @param middle features in between
 * @param out features of the output
 * @param stride step of the 3x3 convolution
 * @param groups of the normalisations
 */
record BottleneckUnit(String prefix, int side, int in, int middle, int out, int stride, int groups)
        implements ResidualUnit {

    private ConvolutionLayer first() {
        return layer(Window.same(side, 1, 1), in, middle);
    }

    private ConvolutionLayer second() {
        return layer(Window.same(side, 3, stride), middle, middle);
    }

    private ConvolutionLayer third() {
        return layer(Window.same(outSide(), 1, 1), middle, out);
    }

    private ConvolutionLayer shortcut() {
        return layer(Window.same(side, 1, stride), in, out);
    }

    private static ConvolutionLayer layer(Window window, int in, int out) {
        return new ConvolutionLayer(window, window, in, out);
    }

    @Override
    public int outSide() {
        return Window.same(side, 3, stride).output();
    }

    private boolean projects() {
        return in != out || stride != 1;
    }

    @Override
    public List<WeightSpec> weights() {
        List<WeightSpec> weights = new ArrayList<>();
        if (projects()) {
            declare(weights, "downsample.conv", "downsample.norm", out, in, 1);
        }
        declare(weights, "conv1", "norm1", middle, in, 1);
        declare(weights, "conv2", "norm2", middle, middle, 3);
        declare(weights, "conv3", "norm3", out, middle, 1);
        return weights;
    }

    private void declare(
            List<WeightSpec> weights, String conv, String norm, int outs, int ins, int kernel) {
        weights.add(
                WeightSpec.parameter(
                        prefix + "." + conv + ".weight", HE_NORMAL, outs, ins, kernel, kernel));
        weights.add(WeightSpec.parameter(prefix + "." + norm + ".weight", ONES, outs));
        weights.add(WeightSpec.parameter(prefix + "." + norm + ".bias", ZEROS, outs));
    }

    @Override
    public long macs() {
        long inPositions = (long) side * side;
        long outPositions = (long) outSide() * outSide();
        return inPositions * in * middle
                + outPositions * middle * (9L * middle + out)
                + (projects() ? outPositions * in * out : 0);
    }

    @Override
    public FeatureMap forward(
            Forward forward, String name, String role, FeatureMap x, Numerics numerics) {
        Section s = forward.section(name, Section.Part.STEM);
        int size = outSide() * outSide();
        FeatureMap residual = x;
        if (projects()) {
            FloatArray w = weight(forward, s, "downsample.conv", numerics);
            FeatureMap projected =
                    shortcut()
                            .plain(
                                    forward,
                                    s,
                                    "downsample",
                                    x,
                                    w,
                                    forward.scratch("downsample", size, out));
            residual =
                    norm("downsample.norm", out, numerics)
                            .plain(
                                    forward,
                                    s,
                                    "downsample_norm",
                                    projected,
                                    forward.scratch("shortcut", size, out));
        }
        FloatArray y1 = forward.scratch("conv1", side * side, middle);
        FeatureMap h =
                first().plain(forward, s, "conv1", x, weight(forward, s, "conv1", numerics), y1);
        h = norm("norm1", middle, numerics).reluFor(forward, s, "norm1", h, second());
        FloatArray y2 = forward.scratch("conv2", size, middle);
        h = second().plain(forward, s, "conv2", h, weight(forward, s, "conv2", numerics), y2);
        h = norm("norm2", middle, numerics).reluFor(forward, s, "norm2", h, third());
        FloatArray y3 = forward.scratch("conv3", size, out);
        h = third().plain(forward, s, "conv3", h, weight(forward, s, "conv3", numerics), y3);
        FloatArray y = forward.intermediate(name, role, outSide(), outSide(), out);
        return norm("norm3", out, numerics).addRelu(forward, s, "norm3", h, residual, y);
    }

    /** Writes the unit as ONNX operations. */
    @Override
    public String onnx(OnnxLayers layers, String x, Numerics numerics) {
        String residual = x;
        if (projects()) {
            String key = prefix + ".downsample";
            String y = onnx(layers, "downsample.conv", x, shortcut(), numerics);
            float epsilon = numerics.groupNormEpsilon();
            residual = layers.groupNorm(key + ".norm", y, out, groups, epsilon);
        }
        String h = onnx(layers, "conv1", x, first(), numerics);
        h = relu(layers, "norm1", h, middle, numerics);
        h = onnx(layers, "conv2", h, second(), numerics);
        h = relu(layers, "norm2", h, middle, numerics);
        h = onnx(layers, "conv3", h, third(), numerics);
        h = layers.groupNorm(prefix + ".norm3", h, out, groups, numerics.groupNormEpsilon());
        return layers.relu(prefix, layers.add(prefix + ".sum", h, residual));
    }

    private String onnx(
            OnnxLayers layers, String conv, String x, ConvolutionLayer layer, Numerics numerics) {
        return layers.standardizedConvolution(
                prefix + "." + conv, x, layer.rows(), numerics.standardization());
    }

    private String relu(OnnxLayers layers, String norm, String x, int channels, Numerics numerics) {
        String key = prefix + "." + norm;
        String normal = layers.groupNorm(key, x, channels, groups, numerics.groupNormEpsilon());
        return layers.relu(key + ".relu", normal);
    }

    private FloatArray weight(Forward forward, Section section, String conv, Numerics numerics) {
        return ConvolutionWeights.standardized(
                forward, section, prefix + "." + conv + ".weight", numerics.standardization());
    }

    private GroupNormLayer norm(String norm, int channels, Numerics numerics) {
        return new GroupNormLayer(
                prefix + "." + norm, channels, groups, numerics.groupNormEpsilon());
    }
}
