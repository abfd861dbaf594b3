package org.tornadovit.frontend;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.tornadovit.ir.Kernel;
import org.tornadovit.ir.Printer;
import org.tornadovit.ir.Stmt;
import org.tornadovit.ir.Walker;

/** Which loops are counted, with which start, bound and step. */
class CountedLoopsTest {
    private static final Map<String, List<String>> SHAPES =
            Map.ofEntries(
                    Map.entry("up", List.of("0 to n step 1")),
                    Map.entry("down", List.of("(n - 1) to -1 step -1")),
                    Map.entry("downExclusive", List.of("n to 0 step -1")),
                    Map.entry("inclusive", List.of("1 to (n + 1) step 1")),
                    Map.entry("inclusiveMinusOne", List.of("0 to n step 1")),
                    Map.entry("mirrored", List.of("0 to n step 3")),
                    Map.entry("stepTwoFromParameter", List.of("n to length(a) step 2")),
                    Map.entry("stepDownBySubtraction", List.of("31 to n step -5")),
                    Map.entry(
                            "longIndex",
                            List.of("0:i64 to i64(n) step 1", "(5:i64 * i64(n)) to 2:i64 step -2")),
                    Map.entry("startsAfterOtherStatements", List.of("2 to n step 1")),
                    Map.entry(
                            "triangular",
                            List.of("0 to n step 1", "i to n step 1", "j to i step -1")),
                    Map.entry("twoConditions", List.of("0 to n step 1")),
                    Map.entry("breaks", List.of("0 to n step 1")),
                    Map.entry("continues", List.of("0 to n step 1")),
                    Map.entry("labeledBreak", List.of("0 to n step 1", "0 to n step 1")),
                    Map.entry("labeledContinue", List.of("0 to n step 1", "0 to n step 1")),
                    Map.entry("halving", List.of("0 to stride step 1")),
                    // the condition may never be false, or what decides changes in the loop
                    Map.entry("unequal", List.of()),
                    Map.entry("unequalDown", List.of()),
                    Map.entry("inclusiveWithBreak", List.of()),
                    Map.entry("inclusiveAtTheEnd", List.of()),
                    Map.entry("boundChanges", List.of()),
                    Map.entry("boundInArray", List.of()),
                    Map.entry("indexAssigned", List.of()),
                    Map.entry("search", List.of()),
                    Map.entry("whileLoop", List.of()),
                    Map.entry("doWhile", List.of()),
                    Map.entry("doubling", List.of()));

    @TestFactory
    List<DynamicTest> shapes() {
        List<DynamicTest> tests = new ArrayList<>();
        SHAPES.forEach((name, loops) ->
                tests.add(
                        DynamicTest.dynamicTest(
                                name, () -> assertThat(ranges(kernel(name))).isEqualTo(loops))));
        return tests;
    }

    @Test
    void continuesAndBranchesNeedNoLabels() {
        for (String name : List.of("continues", "twoConditions", "earlyReturn", "labeledBreak")) {
            Kernel kernel = kernel(name);
            assertThat(Regions.any(kernel.body(), s -> s instanceof Stmt.Labeled))
                    .as(() -> Printer.print(kernel))
                    .isFalse();
        }
    }

    @Test
    void matrixMultiplicationIsOneAccumulation() {
        Kernel kernel =
                Translator.translate(
                                KernelMethod.of(Differential.method(ModelKernels.class, "matmul")),
                                RefusalsTest.bindings("FFFIII"))
                        .kernel();
        assertThat(Printer.print(kernel).replaceAll(" @\"[^\"]*\":\\d+", ""))
                .isEqualTo(
                        """
                        kernel matmul(f32[] a, f32[] b, f32[] c, i32 m, i32 n, i32 k) loops {
                            for loop parallel i32 i = 0 to m step 1 {
                                for loop_1 parallel i32 j = 0 to n step 1 {
                                    f32 sum = 0.0:f32
                                    for loop_2 sequential i32 x = 0 to k step 1 {
                                        sum = (sum + (a[((i * k) + x)] * b[((j * k) + x)]))
                                    }
                                    c[((i * n) + j)] = sum
                                }
                            }
                        }
                        """);
    }

    private static Kernel kernel(String name) {
        Object out = name.equals("longIndex") ? new long[1] : new int[1];
        return Differential.kernel(LoopKernels.class, name, new int[1], out, 1);
    }

    private static List<String> ranges(Kernel kernel) {
        List<String> ranges = new ArrayList<>();
        new Walker() {
            @Override
            protected void visit(Stmt stmt) {
                if (stmt instanceof Stmt.For(_, _, var start, var bound, var step, _, _)) {
                    ranges.addFirst(
                            Printer.print(start) + " to " + Printer.print(bound) + " step " + step);
                }
            }
        }.walk(kernel.body());
        // siblings in the order of the source: post-order reversed fits nests, not sequences
        return kernel.name().equals("longIndex") ? ranges.reversed() : ranges;
    }
}
