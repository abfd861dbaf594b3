package org.tornadovit.models;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.tornadovit.io.onnx.WireReader;
import org.tornadovit.io.onnx.WireReader.Field;

/** Runs ONNX files by the operations' definitions, in float64 and with no regard to time. */
final class OnnxInterpreter {

    /** A tensor; whole numbers are kept as doubles too. */
    record Array(int[] shape, double[] values) {
        static Array of(int... shape) {
            return new Array(shape, new double[product(shape)]);
        }

        int extent(int axis) {
            return shape[Math.floorMod(axis, shape.length)];
        }

        int[] wholes() {
            return Arrays.stream(values)
                    .mapToInt(v -> (int) Math.min(v, Integer.MAX_VALUE))
                    .toArray();
        }
    }

    /** An operation as the file has it. */
    private record Node(
            String type,
            List<String> inputs,
            List<String> outputs,
            Map<String, List<Field>> settings) {
        int[] wholes(String name) {
            return fields(settings.getOrDefault(name, List.of()), 8).stream()
                    .mapToInt(field -> (int) field.whole())
                    .toArray();
        }

        int whole(String name, int absent) {
            return settings.containsKey(name)
                    ? (int) fields(settings.get(name), 3).getFirst().whole()
                    : absent;
        }

        double real(String name) {
            int bits = (int) fields(settings.get(name), 2).getFirst().whole();
            return Float.intBitsToFloat(bits);
        }
    }

    private final Map<String, Array> values = new HashMap<>();

    /** {@return the output of the model in {@code file} for images} */
    static Array run(Path file, Array images) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        List<Field> graph = fields(WireReader.read(bytes), 7).getFirst().fields();
        OnnxInterpreter interpreter = new OnnxInterpreter();
        for (Field constant : fields(graph, 5)) {
            interpreter.constant(constant.fields());
        }
        interpreter.values.put(text(fields(graph, 11).getFirst().fields(), 1), images);
        for (Field node : fields(graph, 1)) {
            interpreter.execute(node(node.fields()));
        }
        return interpreter.get(text(fields(graph, 12).getFirst().fields(), 1));
    }

    private static List<Field> fields(List<Field> message, int number) {
        return message.stream().filter(field -> field.number() == number).toList();
    }

    private static String text(List<Field> message, int number) {
        return fields(message, number).getFirst().text();
    }

    private static Node node(List<Field> message) {
        Map<String, List<Field>> settings = new HashMap<>();
        fields(message, 5).forEach(a -> settings.put(text(a.fields(), 1), a.fields()));
        return new Node(
                text(message, 4),
                fields(message, 1).stream().map(Field::text).toList(),
                fields(message, 2).stream().map(Field::text).toList(),
                settings);
    }

    private void constant(List<Field> tensor) {
        int[] shape = fields(tensor, 1).stream().mapToInt(f -> (int) f.whole()).toArray();
        Array array = Array.of(shape);
        ByteBuffer raw = fields(tensor, 9).getFirst().bytes().duplicate();
        raw.order(ByteOrder.LITTLE_ENDIAN);
        boolean real = fields(tensor, 2).getFirst().whole() == 1;
        for (int i = 0; i < array.values.length; i++) {
            array.values[i] = real ? raw.getFloat() : raw.getLong();
        }
        values.put(text(tensor, 8), array);
    }

    private Array get(String name) {
        Array found = values.get(name);
        if (found == null) {
            throw new AssertionError(name + " is read before it is made");
        }
        return found;
    }

    private void execute(Node node) {
        if (node.type.equals("Split")) {
            split(node);
            return;
        }
        List<Array> in = node.inputs.stream().map(this::get).toList();
        Array x = in.getFirst();
        Array y =
                switch (node.type) {
                    case "Add" -> both(x, in.get(1), Double::sum);
                    case "Mul" -> both(x, in.get(1), (a, b) -> a * b);
                    case "Div" -> both(x, in.get(1), (a, b) -> a / b);
                    case "Max" -> both(x, in.get(1), Math::max);
                    case "Relu" -> each(x, v -> Math.max(v, 0));
                    case "Tanh" -> each(x, Math::tanh);
                    case "Erf" -> each(x, OnnxInterpreter::erf);
                    case "MatMul" -> matMul(x, in.get(1));
                    case "Gemm" -> gemm(x, in.get(1), in.get(2));
                    case "Softmax" -> softmax(x);
                    case "LayerNormalization" -> layerNorm(in, node.real("epsilon"));
                    case "BatchNormalization" -> batchNorm(in, node.real("epsilon"));
                    case "InstanceNormalization" -> instanceNorm(in, node.real("epsilon"));
                    case "Conv" -> convolution(node, in);
                    case "MaxPool" -> maximum(node, x);
                    case "GlobalAveragePool" -> globalAverage(x);
                    case "Flatten" ->
                            new Array(
                                    new int[] {x.shape[0], x.values.length / x.shape[0]}, x.values);
                    case "ReduceMean" -> averageOfTokens(x);
                    case "Reshape" -> reshape(x, in.get(1).wholes());
                    case "Transpose" -> transpose(x, node.wholes("perm"));
                    case "Shape" -> shape(x, node.whole("start", 0), node.whole("end", 99));
                    case "Concat" -> concatenation(in, node.whole("axis", 0));
                    case "Expand" -> both(x, Array.of(in.get(1).wholes()), (a, b) -> a);
                    case "Gather" -> sliced(x, 1, 0, 1, List.of(x.shape[0], x.shape[2]));
                    case "Slice" -> slice(in);
                    case "Pad" -> pad(x, in.get(1).wholes());
                    default -> throw new AssertionError("no operation " + node.type);
                };
        values.put(node.outputs.getFirst(), y);
    }

    private static Array each(Array x, DoubleUnaryOperator function) {
        return new Array(x.shape, Arrays.stream(x.values).map(function).toArray());
    }

    /** Shapes are aligned at their ends, and extents of one repeat. */
    private static Array both(Array a, Array b, DoubleBinaryOperator function) {
        int rank = Math.max(a.shape.length, b.shape.length);
        int[] shape = new int[rank];
        for (int axis = 1; axis <= rank; axis++) {
            int left = axis > a.shape.length ? 1 : a.shape[a.shape.length - axis];
            int right = axis > b.shape.length ? 1 : b.shape[b.shape.length - axis];
            if (left != right && left != 1 && right != 1) {
                throw new AssertionError(
                        Arrays.toString(a.shape) + " and " + Arrays.toString(b.shape));
            }
            shape[rank - axis] = Math.max(left, right);
        }
        Array y = Array.of(shape);
        for (int i = 0; i < y.values.length; i++) {
            int[] index = index(i, shape);
            y.values[i] =
                    function.applyAsDouble(
                            a.values[at(index, a.shape)], b.values[at(index, b.shape)]);
        }
        return y;
    }

    /** Batches of the last two axes; a matrix alone serves every batch. */
    private static Array matMul(Array a, Array b) {
        int m = a.extent(-2);
        int k = a.extent(-1);
        int n = b.extent(-1);
        int[] shape = a.shape.clone();
        shape[shape.length - 1] = n;
        Array y = Array.of(shape);
        for (int batch = 0; batch < y.values.length / (m * n); batch++) {
            int from = b.shape.length == 2 ? 0 : batch * k * n;
            for (int i = 0; i < m; i++) {
                for (int j = 0; j < n; j++) {
                    double sum = 0;
                    for (int c = 0; c < k; c++) {
                        sum += a.values[(batch * m + i) * k + c] * b.values[from + c * n + j];
                    }
                    y.values[(batch * m + i) * n + j] = sum;
                }
            }
        }
        return y;
    }

    private static Array gemm(Array x, Array w, Array b) {
        return both(matMul(x, transpose(w, new int[] {1, 0})), b, Double::sum);
    }

    private static Array softmax(Array x) {
        Array y = Array.of(x.shape);
        int n = x.extent(-1);
        for (int row = 0; row < x.values.length; row += n) {
            double[] powers = Arrays.stream(x.values, row, row + n).map(Math::exp).toArray();
            double sum = Arrays.stream(powers).sum();
            for (int j = 0; j < n; j++) {
                y.values[row + j] = powers[j] / sum;
            }
        }
        return y;
    }

    private static Array layerNorm(List<Array> in, double epsilon) {
        Array normal = normalized(in.getFirst(), in.getFirst().extent(-1), epsilon);
        return both(both(normal, in.get(1), (a, b) -> a * b), in.get(2), Double::sum);
    }

    private static Array instanceNorm(List<Array> in, double epsilon) {
        Array x = in.getFirst();
        int plane = x.values.length / (x.shape[0] * x.shape[1]);
        Array y = normalized(x, plane, epsilon);
        for (int i = 0; i < y.values.length; i++) {
            int c = i / plane % x.shape[1];
            y.values[i] = y.values[i] * in.get(1).values[c] + in.get(2).values[c];
        }
        return y;
    }

    private static Array normalized(Array x, int size, double epsilon) {
        Array y = Array.of(x.shape);
        for (int from = 0; from < x.values.length; from += size) {
            double mean = Arrays.stream(x.values, from, from + size).average().orElseThrow();
            double variance =
                    Arrays.stream(x.values, from, from + size)
                            .map(v -> (v - mean) * (v - mean))
                            .average()
                            .orElseThrow();
            for (int i = from; i < from + size; i++) {
                y.values[i] = (x.values[i] - mean) / Math.sqrt(variance + epsilon);
            }
        }
        return y;
    }

    private static Array batchNorm(List<Array> in, double epsilon) {
        Array x = in.getFirst();
        Array y = Array.of(x.shape);
        int plane = x.shape[2] * x.shape[3];
        for (int i = 0; i < y.values.length; i++) {
            int c = i / plane % x.shape[1];
            double normal =
                    (x.values[i] - in.get(3).values[c]) / Math.sqrt(in.get(4).values[c] + epsilon);
            y.values[i] = normal * in.get(1).values[c] + in.get(2).values[c];
        }
        return y;
    }

    /** Extent of the output of a window that walks an axis. */
    private static int windows(int input, int kernel, int stride, int before, int after) {
        return (input + before + after - kernel) / stride + 1;
    }

    private static Array convolution(Node node, List<Array> in) {
        Array x = in.getFirst();
        Array w = in.get(1);
        int[] pads = node.wholes("pads");
        int stride = node.wholes("strides")[0];
        int kernel = w.shape[2];
        int height = windows(x.shape[2], kernel, stride, pads[0], pads[2]);
        int width = windows(x.shape[3], kernel, stride, pads[1], pads[3]);
        Array y = Array.of(x.shape[0], w.shape[0], height, width);
        for (int at = 0; at < y.values.length; at++) {
            int[] i = index(at, y.shape);
            double sum = in.size() > 2 ? in.get(2).values[i[1]] : 0;
            for (int c = 0; c < w.shape[1]; c++) {
                for (int u = 0; u < kernel; u++) {
                    for (int v = 0; v < kernel; v++) {
                        int row = i[2] * stride + u - pads[0];
                        int column = i[3] * stride + v - pads[1];
                        if (row >= 0 && row < x.shape[2] && column >= 0 && column < x.shape[3]) {
                            sum +=
                                    x.values[at(new int[] {i[0], c, row, column}, x.shape)]
                                            * w.values[at(new int[] {i[1], c, u, v}, w.shape)];
                        }
                    }
                }
            }
            y.values[at] = sum;
        }
        return y;
    }

    private static Array maximum(Node node, Array x) {
        int[] pads = node.wholes("pads");
        int stride = node.wholes("strides")[0];
        int kernel = node.wholes("kernel_shape")[0];
        int height = windows(x.shape[2], kernel, stride, pads[0], pads[2]);
        int width = windows(x.shape[3], kernel, stride, pads[1], pads[3]);
        Array y = Array.of(x.shape[0], x.shape[1], height, width);
        for (int at = 0; at < y.values.length; at++) {
            int[] i = index(at, y.shape);
            double greatest = Double.NEGATIVE_INFINITY;
            for (int u = 0; u < kernel * kernel; u++) {
                int row = i[2] * stride + u / kernel - pads[0];
                int column = i[3] * stride + u % kernel - pads[1];
                if (row >= 0 && row < x.shape[2] && column >= 0 && column < x.shape[3]) {
                    int from = at(new int[] {i[0], i[1], row, column}, x.shape);
                    greatest = Math.max(greatest, x.values[from]);
                }
            }
            y.values[at] = greatest;
        }
        return y;
    }

    private static Array globalAverage(Array x) {
        int plane = x.shape[2] * x.shape[3];
        Array y = Array.of(x.shape[0], x.shape[1], 1, 1);
        for (int i = 0; i < x.values.length; i++) {
            y.values[i / plane] += x.values[i] / plane;
        }
        return y;
    }

    private static Array averageOfTokens(Array x) {
        Array y = Array.of(x.shape[0], x.shape[2]);
        for (int i = 0; i < x.values.length; i++) {
            int[] index = index(i, x.shape);
            y.values[index[0] * x.shape[2] + index[2]] += x.values[i] / x.shape[1];
        }
        return y;
    }

    private static Array reshape(Array x, int[] wanted) {
        int[] shape = wanted.clone();
        int known = 1;
        for (int axis = 0; axis < shape.length; axis++) {
            shape[axis] = shape[axis] == 0 ? x.shape[axis] : shape[axis];
            known *= shape[axis] == -1 ? 1 : shape[axis];
        }
        for (int axis = 0; axis < shape.length; axis++) {
            shape[axis] = shape[axis] == -1 ? x.values.length / known : shape[axis];
        }
        if (product(shape) != x.values.length) {
            throw new AssertionError(Arrays.toString(x.shape) + " to " + Arrays.toString(wanted));
        }
        return new Array(shape, x.values);
    }

    private static Array transpose(Array x, int[] order) {
        int[] shape = Arrays.stream(order).map(axis -> x.shape[axis]).toArray();
        Array y = Array.of(shape);
        for (int i = 0; i < y.values.length; i++) {
            int[] index = index(i, shape);
            int[] from = new int[order.length];
            for (int axis = 0; axis < order.length; axis++) {
                from[order[axis]] = index[axis];
            }
            y.values[i] = x.values[at(from, x.shape)];
        }
        return y;
    }

    private static Array shape(Array x, int start, int end) {
        int[] part = Arrays.copyOfRange(x.shape, start, Math.min(end, x.shape.length));
        return new Array(new int[] {part.length}, Arrays.stream(part).asDoubleStream().toArray());
    }

    private static Array concatenation(List<Array> in, int axis) {
        int[] shape = in.getFirst().shape.clone();
        shape[axis] = in.stream().mapToInt(array -> array.shape[axis]).sum();
        Array y = Array.of(shape);
        int offset = 0;
        for (Array x : in) {
            for (int i = 0; i < x.values.length; i++) {
                int[] index = index(i, x.shape);
                index[axis] += offset;
                y.values[at(index, shape)] = x.values[i];
            }
            offset += x.shape[axis];
        }
        return y;
    }

    private static Array slice(List<Array> in) {
        Array x = in.getFirst();
        int[] axes = in.get(3).wholes();
        for (int i = 0; i < axes.length; i++) {
            int end = Math.min(in.get(2).wholes()[i], x.shape[axes[i]]);
            x = sliced(x, axes[i], in.get(1).wholes()[i], end, List.of());
        }
        return x;
    }

    /** {@return elements start … end of an axis, in another shape where one is given} */
    private static Array sliced(Array x, int axis, int start, int end, List<Integer> shape) {
        int[] part = x.shape.clone();
        part[axis] = end - start;
        Array y = Array.of(part);
        for (int i = 0; i < y.values.length; i++) {
            int[] index = index(i, part);
            index[axis] += start;
            y.values[i] = x.values[at(index, x.shape)];
        }
        return shape.isEmpty()
                ? y
                : new Array(shape.stream().mapToInt(Integer::intValue).toArray(), y.values);
    }

    private void split(Node node) {
        Array x = get(node.inputs.getFirst());
        int axis = x.shape.length - 1;
        int start = 0;
        int[] sizes = get(node.inputs.get(1)).wholes();
        for (int i = 0; i < sizes.length; i++) {
            Array part = sliced(x, axis, start, start + sizes[i], List.of());
            values.put(node.outputs.get(i), part);
            start += sizes[i];
        }
    }

    private static Array pad(Array x, int[] pads) {
        int rank = x.shape.length;
        int[] shape =
                IntStream.range(0, rank).map(a -> x.shape[a] + pads[a] + pads[rank + a]).toArray();
        Array y = Array.of(shape);
        for (int i = 0; i < x.values.length; i++) {
            int[] index = index(i, x.shape);
            Arrays.setAll(index, axis -> index[axis] + pads[axis]);
            y.values[at(index, shape)] = x.values[i];
        }
        return y;
    }

    /** Abramowitz and Stegun 7.1.5, and its complement by 7.1.14 beyond 3. */
    private static double erf(double x) {
        double a = Math.abs(x);
        if (a > 3) {
            double fraction = a;
            for (int k = 60; k > 0; k--) {
                fraction = a + k / 2.0 / fraction;
            }
            return Math.signum(x) * (1 - Math.exp(-a * a) / Math.sqrt(Math.PI) / fraction);
        }
        double term = x;
        double sum = x;
        for (int n = 1; n < 80; n++) {
            term *= -x * x / n;
            sum += term / (2 * n + 1);
        }
        return 2 / Math.sqrt(Math.PI) * sum;
    }

    private static int product(int[] shape) {
        return Arrays.stream(shape).reduce(1, Math::multiplyExact);
    }

    private static int[] index(int at, int[] shape) {
        int[] index = new int[shape.length];
        int rest = at;
        for (int axis = shape.length - 1; axis >= 0; axis--) {
            index[axis] = rest % shape[axis];
            rest /= shape[axis];
        }
        return index;
    }

    /** {@return where an index lies in an array whose extents of one repeat} */
    private static int at(int[] index, int[] shape) {
        int at = 0;
        for (int axis = 0; axis < shape.length; axis++) {
            int i = index[index.length - shape.length + axis];
            at = at * shape[axis] + (shape[axis] == 1 ? 0 : i);
        }
        return at;
    }
}
