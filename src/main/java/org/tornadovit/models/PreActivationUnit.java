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
 * A residual unit of BiT (<a href="https://arxiv.org/abs/1603.05027">He et al. 2016</a>, with the
 * normalisations of <a href="https://arxiv.org/abs/1912.11370">Kolesnikov et al. 2020</a>): group
 * normalisation and rectifier come before each convolution, and the sum is left as it is.
 *
 * @param prefix start of its weights' names
 * @param side rows, and columns, of the input
 * @param in features of the input
 * @param middle features in between
 * @param out features of the output
 * @param stride step of the 3x3 convolution, whose border is 1 on every side
 * @param groups of the normalisations
 */
record PreActivationUnit(
        String prefix, int side, int in, int middle, int out, int stride, int groups)
        implements ResidualUnit {

    private ConvolutionLayer first() {
        return layer(Window.symmetric(side, 1, 1, 0), in, middle);
    }

    private ConvolutionLayer second() {
        return layer(Window.symmetric(side, 3, stride, 1), middle, middle);
    }

    private ConvolutionLayer third() {
        return layer(Window.symmetric(outSide(), 1, 1, 0), middle, out);
    }

    private ConvolutionLayer shortcut() {
        return layer(Window.symmetric(side, 1, stride, 0), in, out);
    }

    private static ConvolutionLayer layer(Window window, int in, int out) {
        return new ConvolutionLayer(window, window, in, out);
    }

    @Override
    public int outSide() {
        return Window.symmetric(side, 3, stride, 1).output();
    }

    private boolean projects() {
        return in != out || stride != 1;
    }

    @Override
    public List<WeightSpec> weights() {
        List<WeightSpec> weights = new ArrayList<>();
        if (projects()) {
            weights.add(convolution("downsample.conv", out, in, 1));
        }
        norm(weights, "norm1", in);
        weights.add(convolution("conv1", middle, in, 1));
        norm(weights, "norm2", middle);
        weights.add(convolution("conv2", middle, middle, 3));
        norm(weights, "norm3", middle);
        weights.add(convolution("conv3", out, middle, 1));
        return weights;
    }

    private WeightSpec convolution(String key, int outs, int ins, int kernel) {
        return WeightSpec.parameter(
                prefix + "." + key + ".weight", HE_NORMAL, outs, ins, kernel, kernel);
    }

    private void norm(List<WeightSpec> weights, String key, int channels) {
        weights.add(WeightSpec.parameter(prefix + "." + key + ".weight", ONES, channels));
        weights.add(WeightSpec.parameter(prefix + "." + key + ".bias", ZEROS, channels));
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
        Section s = forward.section(name, Section.Part.ENCODER);
        int size = outSide() * outSide();
        FeatureMap active = norm("norm1", in, numerics).reluFor(forward, s, "norm1", x, first());
        FeatureMap residual = x;
        if (projects()) {
            FloatArray w = weight(forward, s, "downsample.conv", numerics);
            FloatArray y = forward.scratch("downsample", size, out);
            residual = shortcut().plain(forward, s, "downsample", active, w, y);
        }
        FloatArray y1 = forward.scratch("conv1", side * side, middle);
        FloatArray w1 = weight(forward, s, "conv1", numerics);
        FeatureMap h = first().plain(forward, s, "conv1", active, w1, y1);
        h = norm("norm2", middle, numerics).reluFor(forward, s, "norm2", h, second());
        FloatArray y2 = forward.scratch("conv2", size, middle);
        h = second().plain(forward, s, "conv2", h, weight(forward, s, "conv2", numerics), y2);
        h = norm("norm3", middle, numerics).reluFor(forward, s, "norm3", h, third());
        FloatArray y3 = forward.intermediate(name, role, outSide(), outSide(), out);
        FloatArray w3 = weight(forward, s, "conv3", numerics);
        return third().plainAdd(forward, s, "conv3", h, w3, residual, y3);
    }

    /** Writes the unit as ONNX operations. */
    @Override
    public String onnx(OnnxLayers layers, String x, Numerics numerics) {
        String active = relu(layers, "norm1", x, in, numerics);
        String residual =
                projects() ? onnx(layers, "downsample.conv", active, shortcut(), numerics) : x;
        String h = onnx(layers, "conv1", active, first(), numerics);
        h = relu(layers, "norm2", h, middle, numerics);
        h = onnx(layers, "conv2", h, second(), numerics);
        h = relu(layers, "norm3", h, middle, numerics);
        h = onnx(layers, "conv3", h, third(), numerics);
        return layers.add(prefix, h, residual);
    }

    private String onnx(
            OnnxLayers layers, String conv, String x, ConvolutionLayer layer, Numerics numerics) {
        return layers.standardizedConvolution(
                prefix + "." + conv, x, layer.rows(), numerics.standardization());
    }

    private String relu(OnnxLayers layers, String norm, String x, int channels, Numerics numerics) {
        String key = prefix + "." + norm;
        float epsilon = numerics.groupNormEpsilon();
        String normal = layers.groupNorm(key, x, channels, groups, epsilon);
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
