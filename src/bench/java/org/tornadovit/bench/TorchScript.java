package org.tornadovit.bench;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.tornadovit.io.onnx.Attribute;
import org.tornadovit.io.onnx.Constant;
import org.tornadovit.io.onnx.OnnxGraph;
import org.tornadovit.io.onnx.Operation;

/**
 * Translates the ONNX graphs that this project writes to TorchScript. What ONNX has no operation
 * for and torch has (a linear layer with bias, GELU, group normalisation) becomes torch's own.
 */
final class TorchScript {
    /** Steps that ONNX needs for one of torch's, and how that is written. */
    private record Pattern(List<String> types, Rule rule) {}

    /** Writes consecutive operations as one expression. */
    @FunctionalInterface
    private interface Rule {
        String write(TorchScript script, List<Operation> steps);
    }

    private static final List<Pattern> PATTERNS =
            List.of(
                    pattern(
                            (s, o) -> s.call("gelu", s.value(o.getFirst(), 0)),
                            "Div",
                            "Erf",
                            "Add",
                            "Mul",
                            "Mul"),
                    pattern(
                            (s, o) ->
                                    s.call("gelu", s.value(o.getFirst(), 0))
                                            .replace(")", ", approximate=\"tanh\")"),
                            "Mul",
                            "Mul",
                            "Mul",
                            "Add",
                            "Mul",
                            "Tanh",
                            "Add",
                            "Mul",
                            "Mul"),
                    pattern(
                            TorchScript::groupNorm,
                            "Reshape",
                            "InstanceNormalization",
                            "Shape",
                            "Reshape",
                            "Mul",
                            "Add"),
                    pattern(TorchScript::linear, "MatMul", "Add"),
                    pattern(TorchScript::folded, "Conv", "BatchNormalization"),
                    pattern(TorchScript::classToken, "Shape", "Concat", "Expand"));

    private static final Map<String, Rule> OPERATIONS = new HashMap<>();

    static {
        OPERATIONS.put("Add", (s, o) -> s.call("add", s.values(o)));
        OPERATIONS.put("Mul", (s, o) -> s.call("mul", s.values(o)));
        OPERATIONS.put("Max", (s, o) -> s.call("maximum", s.values(o)));
        OPERATIONS.put("MatMul", (s, o) -> s.call("matmul", s.values(o)));
        OPERATIONS.put("Relu", (s, o) -> s.call("relu", s.values(o)));
        OPERATIONS.put("Tanh", (s, o) -> s.call("tanh", s.values(o)));
        OPERATIONS.put("Gemm", (s, o) -> s.call("linear", s.values(o)));
        OPERATIONS.put("Softmax", (s, o) -> s.call("softmax", s.values(o), "-1"));
        OPERATIONS.put("Flatten", (s, o) -> s.call("flatten", s.values(o), "1", "-1"));
        OPERATIONS.put("Gather", (s, o) -> s.call("select", s.value(o.getFirst(), 0), "1", "0"));
        OPERATIONS.put("ReduceMean", (s, o) -> s.call("mean", s.values(o), "[1]", "False"));
        OPERATIONS.put(
                "GlobalAveragePool",
                (s, o) -> s.call("adaptive_avg_pool2d", s.values(o), "[1, 1]"));
        OPERATIONS.put(
                "Transpose",
                (s, o) -> s.call("permute", s.values(o), wholes(o.getFirst(), "perm").toString()));
        OPERATIONS.put("Concat", TorchScript::concatenation);
        OPERATIONS.put("LayerNormalization", TorchScript::layerNorm);
        OPERATIONS.put("BatchNormalization", TorchScript::batchNorm);
        OPERATIONS.put("Conv", TorchScript::convolution);
        OPERATIONS.put("MaxPool", TorchScript::maximum);
        OPERATIONS.put("Pad", TorchScript::pad);
        OPERATIONS.put("Reshape", TorchScript::reshape);
        OPERATIONS.put("Slice", TorchScript::slice);
    }

    private final Map<String, Constant> constants = new HashMap<>();
    private final Map<String, Constant> attributes = new LinkedHashMap<>();
    private final Map<String, String> names = new HashMap<>();
    private final StringBuilder body = new StringBuilder();

    private TorchScript(OnnxGraph graph) {
        graph.constants().forEach(constant -> constants.put(constant.name(), constant));
        names.put(graph.inputs().getFirst().name(), "image");
    }

    /** Writes {@code graph} as a TorchScript archive. */
    static void write(OnnxGraph graph, Path file) throws IOException {
        TorchScript script = new TorchScript(graph);
        script.translate(graph.operations());
        String declared =
                script.attributes.keySet().stream()
                        .map("  %s : Tensor\n"::formatted)
                        .collect(Collectors.joining());
        String source =
                """
                class Net(Module):
                  __parameters__ = []
                  __buffers__ = []
                  training : bool
                %s  def forward(self: __torch__.Net,
                    image: Tensor) -> Tensor:
                %s    return %s
                """
                        .formatted(
                                declared,
                                script.body,
                                script.names.get(graph.outputs().getFirst().name()));
        TorchArchive.write(file, source, script.attributes);
    }

    private void translate(List<Operation> operations) {
        for (int at = 0; at < operations.size(); ) {
            List<Operation> rest = operations.subList(at, operations.size());
            Operation first = rest.getFirst();
            if (first.type().equals("Split")) {
                split(first);
                at++;
                continue;
            }
            Pattern found = find(rest);
            List<Operation> steps = rest.subList(0, found.types.size());
            String variable = "v" + names.size();
            body.append("    %s = %s\n".formatted(variable, found.rule.write(this, steps)));
            names.put(steps.getLast().outputs().getFirst(), variable);
            at += steps.size();
        }
    }

    private Pattern find(List<Operation> rest) {
        for (Pattern pattern : PATTERNS) {
            List<String> types =
                    rest.stream().limit(pattern.types.size()).map(Operation::type).toList();
            if (types.equals(pattern.types) && fits(rest)) {
                return pattern;
            }
        }
        String type = rest.getFirst().type();
        Rule rule = OPERATIONS.get(type);
        if (rule == null) {
            throw new PeerException("There is no TorchScript for ONNX's " + type + ".");
        }
        return new Pattern(List.of(type), rule);
    }

    /** A product with weights is a linear layer only where the sum after it is with a bias. */
    private boolean fits(List<Operation> rest) {
        return !rest.getFirst().type().equals("MatMul")
                || constants.containsKey(rest.getFirst().inputs().get(1))
                        && constants.containsKey(rest.get(1).inputs().get(1));
    }

    private static Pattern pattern(Rule rule, String... types) {
        return new Pattern(List.of(types), rule);
    }

    private void split(Operation split) {
        long[] sizes = numbers(split.inputs().get(1));
        long from = 0;
        for (int i = 0; i < sizes.length; i++) {
            String variable = "v" + names.size();
            body.append(
                    "    %s = torch.slice(%s, -1, %d, %d, 1)\n"
                            .formatted(variable, value(split, 0), from, from + sizes[i]));
            names.put(split.outputs().get(i), variable);
            from += sizes[i];
        }
    }

    private String call(String function, String... arguments) {
        return "torch.%s(%s)".formatted(function, String.join(", ", arguments));
    }

    private String values(List<Operation> steps) {
        List<String> values = new ArrayList<>();
        for (int i = 0; i < steps.getFirst().inputs().size(); i++) {
            values.add(value(steps.getFirst(), i));
        }
        return String.join(", ", values);
    }

    /** {@return the input as an expression: a variable, an attribute, or a number} */
    private String value(Operation operation, int input) {
        String name = operation.inputs().get(input);
        Constant constant = constants.get(name);
        if (constant == null) {
            return String.valueOf(names.get(name));
        }
        if (constant.shape().isEmpty()) {
            return Float.toString(constant.data().get().get(ValueLayout.JAVA_FLOAT, 0));
        }
        String attribute = name.replace('.', '_');
        attributes.put(attribute, constant);
        return "self." + attribute;
    }

    private long[] numbers(String constant) {
        MemorySegment data = constants.get(constant).data().get();
        return data.toArray(ValueLayout.JAVA_LONG);
    }

    private static List<Long> wholes(Operation operation, String attribute) {
        return operation.attributes().stream()
                .filter(a -> a.name().equals(attribute))
                .map(a -> a instanceof Attribute.Wholes w ? w.values() : List.<Long>of())
                .findFirst()
                .orElseThrow();
    }

    private static double real(Operation operation, String attribute) {
        return operation.attributes().stream()
                .filter(a -> a.name().equals(attribute))
                .mapToDouble(a -> a instanceof Attribute.Real r ? r.value() : Double.NaN)
                .findFirst()
                .orElseThrow();
    }

    private static long whole(Operation operation, String attribute) {
        return operation.attributes().stream()
                .filter(a -> a.name().equals(attribute))
                .mapToLong(a -> a instanceof Attribute.Whole w ? w.value() : -1)
                .findFirst()
                .orElseThrow();
    }

    private String linear(List<Operation> steps) {
        Operation product = steps.getFirst();
        String w = call("t", value(product, 1)); // a view, [out, in]
        return call("linear", value(product, 0), w, value(steps.get(1), 1));
    }

    private String groupNorm(List<Operation> steps) {
        long groups = numbers(steps.getFirst().inputs().get(1))[1];
        String w = call("flatten", value(steps.get(4), 1), "0", "-1");
        String b = call("flatten", value(steps.get(5), 1), "0", "-1");
        return call(
                "group_norm",
                value(steps.getFirst(), 0),
                Long.toString(groups),
                w,
                b,
                Double.toString(real(steps.get(1), "epsilon")));
    }

    private String classToken(List<Operation> steps) {
        String batch = call("size", value(steps.getFirst(), 0), "0");
        return call("expand", value(steps.get(2), 0), "[%s, -1, -1]".formatted(batch));
    }

    private String concatenation(List<Operation> steps) {
        String axis = Long.toString(whole(steps.getFirst(), "axis"));
        return call("cat", "[" + values(steps) + "]", axis);
    }

    private String layerNorm(List<Operation> steps) {
        Operation norm = steps.getFirst();
        String shape = constants.get(norm.inputs().get(1)).shape().toString();
        String epsilon = Double.toString(real(norm, "epsilon"));
        return call("layer_norm", value(norm, 0), shape, value(norm, 1), value(norm, 2), epsilon);
    }

    private String batchNorm(List<Operation> steps) {
        String epsilon = Double.toString(real(steps.getFirst(), "epsilon"));
        return call("batch_norm", values(steps), "False", "0.1", epsilon, "True");
    }

    private String convolution(List<Operation> steps) {
        Operation conv = steps.getFirst();
        String bias = conv.inputs().size() > 2 ? value(conv, 2) : "None";
        return convolution(conv, value(conv, 1), bias);
    }

    /** As torch's own optimisation for inference folds it: {@code w γ / √(σ² + ε)}. */
    private String folded(List<Operation> steps) {
        Operation conv = steps.getFirst();
        Operation norm = steps.get(1);
        float[] w = floats(conv.inputs().get(1));
        float[] gamma = floats(norm.inputs().get(1));
        float[] beta = floats(norm.inputs().get(2));
        float[] mean = floats(norm.inputs().get(3));
        float[] variance = floats(norm.inputs().get(4));
        int size = w.length / gamma.length;
        for (int o = 0; o < gamma.length; o++) {
            double factor = gamma[o] / Math.sqrt(variance[o] + real(norm, "epsilon"));
            for (int i = o * size; i < (o + 1) * size; i++) {
                w[i] = (float) (w[i] * factor);
            }
            beta[o] = (float) (beta[o] - mean[o] * factor);
        }
        String name = conv.name().replace('.', '_');
        String weight = attribute(name + "_weight", conv.inputs().get(1), w);
        return convolution(conv, weight, attribute(name + "_bias", norm.inputs().get(2), beta));
    }

    private float[] floats(String constant) {
        return constants.get(constant).data().get().toArray(ValueLayout.JAVA_FLOAT);
    }

    private String attribute(String name, String like, float[] values) {
        List<Long> shape = constants.get(like).shape();
        attributes.put(
                name,
                new Constant(
                        name,
                        Constant.Element.FLOAT32,
                        shape,
                        () -> MemorySegment.ofArray(values)));
        return "self." + name;
    }

    private String convolution(Operation conv, String weight, String bias) {
        String strides = wholes(conv, "strides").toString();
        Padded x = padded(conv, "0.");
        return call("conv2d", x.value, weight, bias, strides, x.pads, "[1, 1]", "1");
    }

    private String maximum(List<Operation> steps) {
        Operation pool = steps.getFirst();
        Padded x = padded(pool, "-3.4028234663852886e+38");
        String kernel = wholes(pool, "kernel_shape").toString();
        String strides = wholes(pool, "strides").toString();
        return call("max_pool2d", x.value, kernel, strides, x.pads, "[1, 1]", "False");
    }

    /** A map, and the border of it that the operation itself can make. */
    private record Padded(String value, String pads) {}

    /** Borders that differ before and after the map are made beforehand. */
    private Padded padded(Operation operation, String border) {
        List<Long> pads = wholes(operation, "pads");
        String x = value(operation, 0);
        if (pads.get(0).equals(pads.get(2)) && pads.get(1).equals(pads.get(3))) {
            return new Padded(x, pads.subList(0, 2).toString());
        }
        String both = List.of(pads.get(1), pads.get(3), pads.get(0), pads.get(2)).toString();
        return new Padded(call("constant_pad_nd", x, both, border), "[0, 0]");
    }

    /** torch counts axes from the last one. */
    private String pad(List<Operation> steps) {
        long[] pads = numbers(steps.getFirst().inputs().get(1));
        List<Long> pairs = new ArrayList<>();
        for (int axis = pads.length / 2 - 1; axis >= 0; axis--) {
            pairs.add(pads[axis]);
            pairs.add(pads[axis + pads.length / 2]);
        }
        return call("constant_pad_nd", value(steps.getFirst(), 0), pairs.toString(), "0.");
    }

    private String reshape(List<Operation> steps) {
        String x = value(steps.getFirst(), 0);
        long[] shape = numbers(steps.getFirst().inputs().get(1));
        List<String> extents = new ArrayList<>();
        for (int axis = 0; axis < shape.length; axis++) {
            extents.add(
                    shape[axis] == 0
                            ? call("size", x, Integer.toString(axis))
                            : Long.toString(shape[axis]));
        }
        return call("reshape", x, extents.toString());
    }

    private String slice(List<Operation> steps) {
        Operation slice = steps.getFirst();
        long[] starts = numbers(slice.inputs().get(1));
        long[] ends = numbers(slice.inputs().get(2));
        long[] axes = numbers(slice.inputs().get(3));
        String x = value(slice, 0);
        for (int i = 0; i < axes.length; i++) {
            String bounds =
                    LongStream.of(axes[i], starts[i], ends[i], 1)
                            .mapToObj(Long::toString)
                            .collect(Collectors.joining(", "));
            x = call("slice", x, bounds);
        }
        return x;
    }
}
