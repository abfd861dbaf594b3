package org.tornadovit.bench;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.BiFunction;
import java.util.function.IntToDoubleFunction;
import org.tornadovit.nn.Attention;
import org.tornadovit.nn.LayerNorm;
import org.tornadovit.nn.Linear;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * A kernel, its shape, and what it is measured by.
 *
 * @param name kernel and shape, such as {@code linear 197x768x768}
 * @param work floating-point operations, or bytes read and written, of a run
 * @param unit what {@code work} counts
 * @param sizes elements of its arrays, the result last
 * @param tasks adds the task to a graph
 * @param expected element i of the result by float64, from the arrays
 */
record KernelCase(
        String name,
        double work,
        Unit unit,
        List<Integer> sizes,
        BiFunction<TaskGraph, FloatArray[], TaskGraph> tasks,
        BiFunction<FloatArray[], Integer, Double> expected) {

    /** What a kernel is bound by. */
    enum Unit {
        /** Arithmetic, in GFLOP/s. */
        FLOP,
        /** Memory, in GB/s. */
        BYTE
    }

    /** Far beyond the caches: 96 MiB an array. */
    private static final int LONG_ROWS = 32768;

    private static final int DIM = 768;

    /** {@return products of a ViT at batch 1 and 8, and ragged ones} */
    static List<KernelCase> products() {
        return List.of(
                linear(197, 768, 768),
                linear(197, 3072, 768),
                linear(197, 768, 3072),
                linear(1576, 768, 768),
                linear(199, 773, 769),
                linear(50, 384, 1000));
    }

    /** {@return kernels that memory bounds} */
    static List<KernelCase> streams() {
        return List.of(layerNorm(), softmax(), gelu(), add(), copy());
    }

    /** {@return the case of that name} */
    static KernelCase named(String name) {
        return java.util.stream.Stream.concat(products().stream(), streams().stream())
                .filter(kernel -> kernel.name.equals(name))
                .findFirst()
                .orElseThrow(() -> new PeerException("There is no kernel " + name + "."));
    }

    /** {@return arrays of seeded normal numbers} */
    FloatArray[] arrays() {
        Random random = new Random(1);
        FloatArray[] arrays = new FloatArray[sizes.size()];
        for (int a = 0; a < arrays.length; a++) {
            arrays[a] = new FloatArray(sizes.get(a));
            for (int i = 0; i < sizes.get(a); i++) {
                arrays[a].set(i, (float) random.nextGaussian());
            }
        }
        return arrays;
    }

    private static KernelCase linear(int rows, int out, int in) {
        return new KernelCase(
                "linear %dx%dx%d".formatted(rows, out, in),
                2.0 * rows * out * in,
                Unit.FLOP,
                List.of(rows * in, out * in, out, rows * out),
                (graph, a) ->
                        graph.task("kernel", Linear::linear, a[0], a[1], a[2], a[3], rows, in, out),
                (a, at) -> {
                    double sum = a[2].get(at % out);
                    for (int k = 0; k < in; k++) {
                        sum += (double) a[0].get(at / out * in + k) * a[1].get(at % out * in + k);
                    }
                    return sum;
                });
    }

    private static KernelCase layerNorm() {
        float epsilon = 1e-6f;
        return new KernelCase(
                "layer norm",
                2.0 * Float.BYTES * LONG_ROWS * DIM,
                Unit.BYTE,
                List.of(LONG_ROWS * DIM, DIM, DIM, LONG_ROWS * DIM),
                (graph, a) ->
                        graph.task(
                                "kernel",
                                LayerNorm::layerNorm,
                                a[0],
                                a[1],
                                a[2],
                                a[3],
                                LONG_ROWS,
                                DIM,
                                epsilon),
                (a, at) -> {
                    double[] row = row(a[0], at);
                    double mean = Arrays.stream(row).average().orElseThrow();
                    double variance =
                            Arrays.stream(row)
                                    .map(v -> (v - mean) * (v - mean))
                                    .average()
                                    .orElseThrow();
                    int k = at % DIM;
                    double normal = (row[k] - mean) / Math.sqrt(variance + epsilon);
                    return normal * a[1].get(k) + a[2].get(k);
                });
    }

    private static KernelCase softmax() {
        return new KernelCase(
                "softmax",
                2.0 * Float.BYTES * LONG_ROWS * DIM,
                Unit.BYTE,
                List.of(LONG_ROWS * DIM),
                (graph, a) -> graph.task("kernel", Attention::softmax, a[0], LONG_ROWS, DIM),
                (a, at) -> {
                    double[] row = row(a[0], at);
                    return Math.exp(row[at % DIM]) / Arrays.stream(row).map(Math::exp).sum();
                });
    }

    private static KernelCase gelu() {
        int size = LONG_ROWS * DIM;
        return stream(
                "gelu",
                2,
                (graph, a) -> graph.task("kernel", BenchKernels::gelu, a[0], a[1], size),
                (a, at) -> (double) org.tornadovit.nn.Gelu.gelu(a[0].get(at)));
    }

    private static KernelCase add() {
        int size = LONG_ROWS * DIM;
        return stream(
                "add",
                3,
                (graph, a) -> graph.task("kernel", BenchKernels::add, a[0], a[1], a[2], size),
                (a, at) -> (double) a[0].get(at) + a[1].get(at));
    }

    private static KernelCase copy() {
        int size = LONG_ROWS * DIM;
        return stream(
                "copy",
                2,
                (graph, a) -> graph.task("kernel", BenchKernels::copy, a[0], a[1], size),
                (a, at) -> (double) a[0].get(at));
    }

    private static KernelCase stream(
            String name,
            int arrays,
            BiFunction<TaskGraph, FloatArray[], TaskGraph> tasks,
            BiFunction<FloatArray[], Integer, Double> expected) {
        Integer[] sizes = new Integer[arrays];
        Arrays.fill(sizes, LONG_ROWS * DIM);
        double bytes = (double) arrays * Float.BYTES * LONG_ROWS * DIM;
        return new KernelCase(name, bytes, Unit.BYTE, List.of(sizes), tasks, expected);
    }

    private static double[] row(FloatArray x, int at) {
        IntToDoubleFunction element = k -> x.get(at / DIM * DIM + k);
        return java.util.stream.IntStream.range(0, DIM).mapToDouble(element).toArray();
    }
}
