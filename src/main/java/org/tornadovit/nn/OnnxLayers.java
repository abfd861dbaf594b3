package org.tornadovit.nn;

import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.tornadovit.io.onnx.Attribute;
import org.tornadovit.io.onnx.OnnxGraph;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * Writes layers as ONNX operations. Maps are float32 [batch, channels, height, width], sequences
 * float32 [batch, tokens, features]; each method returns the name of its result. Weights keep their
 * canonical names; those of linear layers over sequences lie as [in, out], which is how {@code
 * MatMul} reads them, and convolutions are standardised beforehand where they are to be.
 */
public final class OnnxLayers {
    private final OnnxGraph graph;
    private final Weights weights;

    /**
     * Layers for a graph.
     *
     * @param graph grows with each layer
     * @param weights the weights of the model
     */
    public OnnxLayers(OnnxGraph graph, Weights weights) {
        this.graph = graph;
        this.weights = weights;
    }

    /** {@return the graph} */
    public OnnxGraph graph() {
        return graph;
    }

    /** {@return the weights} */
    public Weights weights() {
        return weights;
    }

    /** {@return weight {@code name} as it is} */
    public String weight(String name) {
        return floats(name, extents(name), weights.get(name));
    }

    /** {@return a constant of the graph} */
    public String floats(String name, List<Long> shape, FloatArray values) {
        return graph.floats(name, shape, values::getSegment);
    }

    /** {@code x wᵀ} over sequences, with weight {@code key.weight}. */
    public String product(String key, String x) {
        return product(key, key, x);
    }

    /** {@code x wᵀ + b} over sequences, with weights {@code key.weight} and {@code key.bias}. */
    public String linear(String key, String x) {
        String product = product(key + ".product", key, x);
        return add(key, product, weight(key + ".bias"));
    }

    private String product(String name, String key, String x) {
        List<Long> shape = extents(key + ".weight");
        int out = shape.get(0).intValue();
        int in = shape.get(1).intValue();
        Supplier<MemorySegment> data = () -> transposed(weights.get(key + ".weight"), out, in);
        String w = graph.floats(key + ".weight", List.of((long) in, (long) out), data);
        return graph.add("MatMul", name, List.of(x, w));
    }

    private static MemorySegment transposed(FloatArray w, int out, int in) {
        float[] values = new float[out * in];
        for (int o = 0; o < out; o++) {
            for (int i = 0; i < in; i++) {
                values[i * out + o] = w.get(o * in + i);
            }
        }
        return MemorySegment.ofArray(values);
    }

    /**
     * {@code x wᵀ + b} of one vector an image, float32 [batch, in].
     *
     * @param name of the result
     * @param key start of the weights' names
     */
    public String dense(String name, String key, String x) {
        List<Long> shape = extents(key + ".weight").subList(0, 2); // BiT's is a 1x1 convolution
        String w = floats(key + ".weight", shape, weights.get(key + ".weight"));
        String b = weight(key + ".bias");
        return graph.add("Gemm", name, List.of(x, w, b), Attribute.of("transB", 1L));
    }

    /** Layer normalisation of each token. */
    public String layerNorm(String key, String x, float epsilon) {
        return graph.add(
                "LayerNormalization",
                key,
                List.of(x, weight(key + ".weight"), weight(key + ".bias")),
                Attribute.of("axis", -1L),
                Attribute.of("epsilon", epsilon));
    }

    /** Batch normalisation with running statistics. */
    public String batchNorm(String key, String x, double epsilon) {
        List<String> read =
                Stream.concat(
                                Stream.of(x),
                                Stream.of("weight", "bias", "running_mean", "running_var")
                                        .map(statistic -> weight(key + "." + statistic)))
                        .toList();
        return graph.add("BatchNormalization", key, read, Attribute.of("epsilon", (float) epsilon));
    }

    /**
     * Group normalisation of a map: a group is normalised as a channel of {@code
     * InstanceNormalization}, and channels are scaled after.
     */
    public String groupNorm(String key, String x, int channels, int groups, float epsilon) {
        String ones = constant("ones." + groups, groups, 1.0f);
        String zeros = constant("zeros." + groups, groups, 0.0f);
        String split = reshape(key + ".groups", x, 0, groups, -1);
        String normal =
                graph.add(
                        "InstanceNormalization",
                        key + ".normal",
                        List.of(split, ones, zeros),
                        Attribute.of("epsilon", epsilon));
        String shape = graph.add("Shape", key + ".shape", List.of(x));
        String joined = graph.add("Reshape", key + ".joined", List.of(normal, shape));
        List<Long> plane = List.of((long) channels, 1L, 1L);
        String gamma = floats(key + ".weight", plane, weights.get(key + ".weight"));
        String beta = floats(key + ".bias", plane, weights.get(key + ".bias"));
        return add(key, graph.add("Mul", key + ".scaled", List.of(joined, gamma)), beta);
    }

    private String constant(String name, int size, float value) {
        FloatArray values = new FloatArray(size);
        values.init(value);
        return floats(name, List.of((long) size), values);
    }

    /** A convolution with weight {@code key.weight}. */
    public String convolution(String key, String x, Window window) {
        return convolve(key, List.of(x, weight(key + ".weight")), window);
    }

    /** A convolution with weights {@code key.weight} and {@code key.bias}. */
    public String biasedConvolution(String key, String x, Window window) {
        return convolve(key, List.of(x, weight(key + ".weight"), weight(key + ".bias")), window);
    }

    /** A convolution with the standardised weight {@code key.weight}. */
    public String standardizedConvolution(
            String key, String x, Window window, WeightStandardization standardization) {
        String name = key + ".weight";
        String w =
                graph.floats(
                        name,
                        extents(name),
                        () ->
                                MemorySegment.ofArray(
                                        ConvolutionWeights.standardizedChannelsFirst(
                                                weights, name, standardization)));
        return convolve(key, List.of(x, w), window);
    }

    private String convolve(String name, List<String> read, Window window) {
        return graph.add("Conv", name, read, kernel(window), strides(window), pads(window));
    }

    /** The maximum of each window; positions outside do not count. */
    public String maximum(String name, String x, Window window) {
        return graph.add(
                "MaxPool", name, List.of(x), kernel(window), strides(window), pads(window));
    }

    /**
     * The maximum of each window in a border of zeros.
     *
     * <p>Windows that touch the border are raised to 0 afterwards: optimisers such as ONNX
     * Runtime's fold a {@code Pad} with zeros into {@code MaxPool}, whose own border does not
     * count.
     */
    public String maximumWithZeros(String name, String x, Window window) {
        int side = window.output();
        FloatArray least = new FloatArray(side * side);
        for (int i = 0; i < side; i++) {
            for (int j = 0; j < side; j++) {
                boolean touches = touchesBorder(window, i) || touchesBorder(window, j);
                least.set(i * side + j, touches ? 0.0f : -Float.MAX_VALUE);
            }
        }
        String border = floats(name + ".border", List.of(1L, 1L, (long) side, (long) side), least);
        String pooled = maximum(name + ".inner", x, window);
        return graph.add("Max", name, List.of(pooled, border));
    }

    private static boolean touchesBorder(Window window, int index) {
        int start = index * window.stride() - window.before();
        return start < 0 || start + window.kernel() > window.input();
    }

    /** The mean of each channel of a map, float32 [batch, channels]. */
    public String average(String name, String x) {
        String pooled = graph.add("GlobalAveragePool", name + ".map", List.of(x));
        return graph.add("Flatten", name, List.of(pooled), Attribute.of("axis", 1L));
    }

    /** The mean of the tokens of a sequence, float32 [batch, features]. */
    public String averageTokens(String name, String x) {
        return graph.add(
                "ReduceMean",
                name,
                List.of(x),
                Attribute.of("axes", List.of(1L)),
                Attribute.of("keepdims", 0L));
    }

    /** {@code a + b}. */
    public String add(String name, String a, String b) {
        return graph.add("Add", name, List.of(a, b));
    }

    /** {@code max(x, 0)}. */
    public String relu(String name, String x) {
        return graph.add("Relu", name, List.of(x));
    }

    /** {@code x} in another shape; 0 keeps an extent, -1 takes the rest. */
    public String reshape(String name, String x, long... shape) {
        return graph.add("Reshape", name, List.of(x, graph.wholes(name + ".shape", shape)));
    }

    /** {@code x} with its axes in another order. */
    public String transpose(String name, String x, Long... order) {
        return graph.add("Transpose", name, List.of(x), Attribute.of("perm", List.of(order)));
    }

    private List<Long> extents(String weight) {
        return weights.spec(weight).shape().stream().map(Integer::longValue).toList();
    }

    private static Attribute kernel(Window window) {
        return Attribute.of("kernel_shape", both(window.kernel()));
    }

    private static Attribute strides(Window window) {
        return Attribute.of("strides", both(window.stride()));
    }

    private static Attribute pads(Window window) {
        long before = window.before();
        long after = after(window);
        return Attribute.of("pads", List.of(before, before, after, after));
    }

    /** Positions of the border after the map; none where the windows end before it does. */
    private static long after(Window window) {
        return Math.max(window.padded() - window.input() - window.before(), 0);
    }

    private static List<Long> both(long extent) {
        return List.of(extent, extent);
    }
}
