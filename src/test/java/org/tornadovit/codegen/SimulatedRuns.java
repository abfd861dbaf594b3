package org.tornadovit.codegen;

import java.lang.foreign.MemorySegment;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.tornadovit.device.Range;
import org.tornadovit.ir.Array;
import org.tornadovit.ir.Kernel;
import org.tornadovit.ir.Parser;
import org.tornadovit.ir.Scalar;

/**
 * Runs kernels on the first device of a kind; the main class of a process whose OpenCL device is
 * the simulator of oclgrind. The arguments name a set of kernels, {@code right}, {@code race} or
 * {@code outside}, and a kind of device.
 */
final class SimulatedRuns {
    private SimulatedRuns() {}

    public static void main(String[] arguments) {
        try (Differential differential = new Differential(arguments[1], Contraction.FORBIDDEN)) {
            switch (arguments[0]) {
                case "right" -> right(differential);
                case "race" -> race(differential);
                case "outside" -> outside(differential);
                default -> throw new IllegalArgumentException(arguments[0]);
            }
        }
        System.out.println("ran " + arguments[0]);
    }

    private static void right(Differential differential) {
        SampleKernels.Sample sum = SampleKernels.localSum(8);
        Map<Array, MemorySegment> sums = new LinkedHashMap<>();
        sums.put(sum.array("x"), floats(16));
        sums.put(sum.array("sums"), Differential.blank(Scalar.F32, 2));
        differential.checkItems(sum.kernel(), sums, size(16, 1), size(8, 1));

        SampleKernels.Sample transpose = SampleKernels.tiledTranspose(4, 8, 4);
        Map<Array, MemorySegment> squares = new LinkedHashMap<>();
        squares.put(
                transpose.array("x"),
                Differential.memory(Scalar.I16, LongStream.range(0, 32).toArray()));
        squares.put(transpose.array("y"), Differential.blank(Scalar.I16, 32));
        differential.checkItems(transpose.kernel(), squares, size(8, 4), size(4, 4));

        SampleKernels.Sample prefix = SampleKernels.prefixSum(8);
        Map<Array, MemorySegment> lines = new LinkedHashMap<>();
        lines.put(
                prefix.array("x"),
                Differential.memory(Scalar.I32, LongStream.range(0, 16).toArray()));
        lines.put(prefix.array("y"), Differential.blank(Scalar.I32, 16));
        differential.checkItems(prefix.kernel(), lines, size(16, 1), size(8, 1));

        SampleKernels.Sample product = SampleKernels.matrixProduct(5, 7, 3);
        Map<Array, MemorySegment> matrices = new LinkedHashMap<>();
        matrices.put(product.array("a"), floats(15));
        matrices.put(product.array("b"), floats(21));
        matrices.put(product.array("c"), Differential.blank(Scalar.F32, 35));
        differential.checkLoops(product.kernel(), matrices);

        SampleKernels.Sample gelu = SampleKernels.gelu(8, 32);
        Map<Array, MemorySegment> halves = new LinkedHashMap<>();
        halves.put(
                gelu.array("x"),
                Differential.memory(Scalar.F16, LongStream.range(0x3000, 0x3020).toArray()));
        halves.put(gelu.array("y"), Differential.blank(Scalar.F16, 32));
        differential.run(gelu.kernel(), halves, List.of(), Range.of(5, 1, 1));

        endings(differential);

        for (long seed = 1; seed < 4; seed++) {
            Kernel random = RandomKernel.of(seed);
            int length = RandomKernel.ITEMS * RandomKernel.SLOTS;
            Map<Array, MemorySegment> arrays = new LinkedHashMap<>();
            arrays.put(random.arrays().get(0), Differential.blank(Scalar.I32, length));
            arrays.put(random.arrays().get(1), Differential.blank(Scalar.F32, length));
            differential.checkItems(random, arrays, size(RandomKernel.ITEMS, 1), size(4, 1));
        }
    }

    /** Items end before barriers; those that are left tell the others the bound of a loop. */
    private static void endings(Differential differential) {
        Kernel kernel =
                Parser.parse(
                        """
                        kernel endings(context c, i32[] counts, i32[] turns) work_item {
                            local i32 first[1]
                            if (global_id(0) < 21) {
                                i32 count = counts[group_id(0)]
                                for outer sequential i32 t = 0 to count step 1 {
                                    if (local_id(0) == 0) {
                                        first[0] = t
                                    }
                                    barrier local
                                    turns[global_id(0)] = (turns[global_id(0)] + (first[0] + 1))
                                    barrier local
                                }
                                i32 u = 0
                                loop inner {
                                    if (u >= local_id(0)) {
                                        break inner
                                    }
                                    barrier local
                                    turns[global_id(0)] = (turns[global_id(0)] + u)
                                    u = (u + 1)
                                }
                            }
                        }
                        """);
        Map<Array, MemorySegment> arrays = new LinkedHashMap<>();
        arrays.put(
                kernel.arrays().getFirst(),
                Differential.memory(Scalar.I32, LongStream.of(2, 0, 3).toArray()));
        arrays.put(kernel.arrays().getLast(), Differential.blank(Scalar.I32, 21));
        differential.checkItems(kernel, arrays, size(32, 1), size(8, 1));
    }

    /** All items of a group write one element, different values. */
    private static void race(Differential differential) {
        Array out = Ir.global("out", Scalar.I32);
        Kernel kernel = Ir.items("race", List.of(out), Ir.store(out, Ir.i(0), Ir.globalId(0)));
        Map<Array, MemorySegment> arrays = Map.of(out, Differential.blank(Scalar.I32, 32));
        differential.run(kernel, arrays, List.of(), new Range(8, 1, 1, 8, 1, 1));
    }

    /** One item writes far behind the end. */
    private static void outside(Differential differential) {
        Array out = Ir.global("out", Scalar.I32);
        Kernel kernel =
                Ir.items(
                        "outside",
                        List.of(out),
                        Ir.store(out, Ir.mul(Ir.globalId(0), Ir.i(100_000)), Ir.i(1)));
        Map<Array, MemorySegment> arrays = Map.of(out, Differential.blank(Scalar.I32, 32));
        differential.run(kernel, arrays, List.of(), new Range(2, 1, 1, 2, 1, 1));
    }

    private static MemorySegment floats(int length) {
        return Differential.memory(
                Scalar.F32,
                LongStream.range(0, length)
                        .map(v -> Float.floatToRawIntBits(v * 0.3f - 2))
                        .toArray());
    }

    private static int[] size(int x, int y) {
        return new int[] {x, y, 1};
    }
}
