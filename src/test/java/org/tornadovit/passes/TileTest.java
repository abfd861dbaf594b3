package org.tornadovit.passes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tornadovit.passes.Contractions.add;
import static org.tornadovit.passes.Contractions.i32;
import static org.tornadovit.passes.Contractions.load;
import static org.tornadovit.passes.Contractions.loop;
import static org.tornadovit.passes.Contractions.mul;
import static org.tornadovit.passes.Contractions.set;
import static org.tornadovit.passes.Contractions.store;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tornadovit.ir.Array;
import org.tornadovit.ir.Const;
import org.tornadovit.ir.Expr;
import org.tornadovit.ir.Kernel;
import org.tornadovit.ir.Printer;
import org.tornadovit.ir.Run;
import org.tornadovit.ir.Stmt;
import org.tornadovit.ir.Type;
import org.tornadovit.ir.Var;
import org.tornadovit.ir.Walker;

class TileTest {
    private static final Target WIDE = new Target(16, 32, 2, true);
    private static final Target NARROW = new Target(8, 16, 2, false);

    @ParameterizedTest
    @CsvSource({
        "1, 2, 2",
        "1, 64, 3",
        "5, 3, 7",
        "6, 32, 4",
        "7, 33, 2",
        "13, 50, 5",
        "197, 70, 3",
        "4, 197, 6",
        "64, 128, 9"
    })
    void linearLayersOfAnySize(int rows, int columns, int terms) {
        Contractions c = new Contractions();
        Array x = c.array("x", rows * terms);
        Array w = c.array("w", columns * terms);
        Array b = c.array("b", columns);
        Array y = c.array("y", rows * columns);
        Var i = i32("i");
        Var j = i32("j");
        Var k = i32("k");
        Var sum = new Var("sum", Type.F32);
        Expr product = mul(load(x, add(mul(i, terms), k)), load(w, add(mul(j, terms), k)));
        Stmt body =
                loop(
                        i,
                        rows,
                        Run.PARALLEL,
                        loop(
                                j,
                                columns,
                                Run.PARALLEL,
                                set(sum, load(b, j)),
                                loop(k, terms, Run.SEQUENTIAL, set(sum, add(sum, product))),
                                store(y, add(mul(i, columns), j), mul(sum, Const.f32(2)))));
        for (Target target : List.of(WIDE, NARROW)) {
            Lowering lowering = Pipeline.lower(c.kernel(body), c.task(w, b), target);
            assertThat(lowering.stages()).hasSize(2);
            assertThat(lowering.stages().getFirst().when())
                    .isEqualTo(Lowering.When.ON_NEW_CONSTANTS);
            assertThat(vectorLoads(lowering)).isPositive();
            float[][] both = c.both(c.kernel(body), lowering, y);
            assertThat(both[1]).containsExactly(both[0]);
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 4, 4, 2", "2, 7, 5, 3", "3, 9, 64, 16"})
    void attentionWithAnOuterSequentialLoopOverImages(int batch, int heads, int tokens, int dim) {
        Contractions c = new Contractions();
        int width = heads * dim;
        Array q = c.array("q", batch * tokens * 3 * width);
        Array s = c.array("s", batch * heads * tokens * tokens);
        Var b = i32("b");
        Var h = i32("h");
        Var i = i32("i");
        Var j = i32("j");
        Var d = i32("d");
        Var sum = new Var("sum", Type.F32);
        Expr query = add(mul(add(mul(b, tokens), i), 3 * width), add(mul(h, dim), d));
        Expr key = add(mul(add(mul(b, tokens), j), 3 * width), add(mul(h, dim), d));
        Expr product = mul(load(q, query), load(q, add(key, Const.i32(width))));
        Expr at = add(mul(add(mul(add(mul(b, heads), h), tokens), i), tokens), j);
        Stmt inner =
                loop(
                        h,
                        heads,
                        Run.PARALLEL,
                        loop(
                                i,
                                tokens,
                                Run.PARALLEL,
                                loop(
                                        j,
                                        tokens,
                                        Run.PARALLEL,
                                        set(sum, Const.f32(0)),
                                        loop(d, dim, Run.SEQUENTIAL, set(sum, add(sum, product))),
                                        store(s, at, sum))));
        Stmt body = loop(b, batch, Run.SEQUENTIAL, inner);
        Lowering lowering = Pipeline.lower(c.kernel(body), c.task(), WIDE);
        assertThat(lowering.stages()).hasSize(2); // keys are packed at each execution
        assertThat(lowering.stages().getFirst().when()).isEqualTo(Lowering.When.ALWAYS);
        float[][] both = c.both(c.kernel(body), lowering, s);
        assertThat(both[1]).containsExactly(both[0]);
    }

    @ParameterizedTest
    @CsvSource({"7, 64, 3", "13, 50, 5"})
    void aLongEpilogueIsNotCopiedForEachVector(int rows, int columns, int terms) {
        Contractions c = new Contractions();
        Array x = c.array("x", rows * terms);
        Array w = c.array("w", columns * terms);
        Array y = c.array("y", rows * columns);
        Var i = i32("i");
        Var j = i32("j");
        Var k = i32("k");
        Var sum = new Var("sum", Type.F32);
        Var result = new Var("result", Type.F32);
        Expr product = mul(load(x, add(mul(i, terms), k)), load(w, add(mul(j, terms), k)));
        Expr chain = sum;
        for (int n = 0; n < 50; n++) {
            chain = add(mul(chain, Const.f32(0.5f)), Const.f32(n));
        }
        Stmt body =
                loop(
                        i,
                        rows,
                        Run.PARALLEL,
                        loop(
                                j,
                                columns,
                                Run.PARALLEL,
                                set(sum, Const.f32(0)),
                                loop(k, terms, Run.SEQUENTIAL, set(sum, add(sum, product))),
                                set(result, chain),
                                store(y, add(mul(i, columns), j), result)));
        Lowering lowering = Pipeline.lower(c.kernel(body), c.task(w), WIDE);
        assertThat(vectorLoads(lowering)).isPositive();
        assertThat(org.tornadovit.ir.Printer.print(lowering.stages().getLast().kernel()))
                .contains("private f32 sums")
                .satisfies(text -> assertThat(text.length()).isLessThan(40_000));
        float[][] both = c.both(c.kernel(body), lowering, y);
        assertThat(both[1]).containsExactly(both[0]);
    }

    @Test
    void columnsWithUnitStrideAreReadInPlace() {
        Contractions c = new Contractions();
        Array a = c.array("a", 10 * 6);
        Array b = c.array("b", 6 * 64);
        Array y = c.array("y", 10 * 64);
        Stmt body = product(a, b, y, 10, 64, 6, 64, 1);
        Lowering lowering = Pipeline.lower(c.kernel(body), c.task(), WIDE);
        assertThat(lowering.stages()).hasSize(1);
        float[][] both = c.both(c.kernel(body), lowering, y);
        assertThat(both[1]).containsExactly(both[0]);
    }

    @Test
    void aResultInPlaceOfAFactorIsLeftAlone() {
        Contractions c = new Contractions();
        Array a = c.array("a", 64 * 64);
        Array b = c.array("b", 64 * 64);
        Stmt body = product(a, b, a, 64, 64, 64, 64, 1);
        Lowering lowering = Pipeline.lower(c.kernel(body), c.task(), WIDE);
        assertThat(vectorLoads(lowering)).isZero();
    }

    /** y[i, j] = sum over k of a[i, k] * b[k * rowStride + j * columnStride]. */
    private static Stmt product(
            Array a, Array b, Array y, int m, int n, int t, int rowStride, int columnStride) {
        Var i = i32("i");
        Var j = i32("j");
        Var k = i32("k");
        Var sum = new Var("sum", Type.F32);
        Expr second = load(b, add(mul(k, rowStride), mul(j, columnStride)));
        Expr product = mul(load(a, add(mul(i, t), k)), second);
        return loop(
                i,
                m,
                Run.PARALLEL,
                loop(
                        j,
                        n,
                        Run.PARALLEL,
                        set(sum, Const.f32(0)),
                        loop(k, t, Run.SEQUENTIAL, set(sum, add(sum, product))),
                        store(y, add(mul(i, n), j), sum)));
    }

    private static long vectorLoads(Lowering lowering) {
        long[] loads = {0};
        for (Kernel kernel :
                lowering.stages().stream().flatMap(s -> Stream.of(s.kernel())).toList()) {
            new Walker() {
                @Override
                protected void visit(Expr e) {
                    loads[0] += e instanceof Expr.Load l && l.type().isVector() ? 1 : 0;
                }
            }.walk(kernel.body());
        }
        return loads[0];
    }

    /** What the kernel itself fuses is fused whatever the target does, and the other way round. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void roundingIsThatOfTheKernel(boolean fused) {
        String term = fused ? "fma(x[k], w[(j + k)], s)" : "(s + (x[k] * w[(j + k)]))";
        Kernel kernel =
                Texts.kernel(
                        "f32[] x, f32[] w, f32[] y",
                        """
                        for J parallel i32 j = 0 to 40 step 1 {
                            f32 s = 0.0:f32
                            for K sequential i32 k = 0 to 9 step 1 {
                                s = %s
                            }
                            y[j] = s
                        }
                        """
                                .formatted(term));
        String text = lowered(kernel, NARROW);
        assertThat(text).contains(":8]");
        assertThat(text.contains("fma(")).isEqualTo(fused);
    }

    private static String lowered(Kernel kernel, Target target) {
        Lowering lowering = Pipeline.lower(kernel, Texts.task(kernel, 100, Map.of()), target);
        return lowering.stages().stream()
                .map(stage -> Printer.print(stage.kernel()))
                .collect(java.util.stream.Collectors.joining());
    }

    /** Panels are indexed with i32: one that is larger would be read at negative indices. */
    @Test
    void panelsThatNoIndexReachesAreNotMade() {
        Kernel kernel =
                Texts.kernel(
                        "f32[] x, f32[] w, f32[] y",
                        """
                        for B parallel i32 b = 0 to 40000 step 1 {
                            for I parallel i32 i = 0 to 2 step 1 {
                                for J parallel i32 j = 0 to 40000 step 1 {
                                    f32 s = 0.0:f32
                                    for K sequential i32 k = 0 to 2 step 1 {
                                        s = (s + (x[k] * w[((b & 1) + (j & 3))]))
                                    }
                                    y[(j & 7)] = s
                                }
                            }
                        }
                        """);
        Lowering lowering = Pipeline.lower(kernel, Texts.task(kernel, 10, Map.of()), WIDE);
        assertThat(lowering.scratch()).isEmpty();
    }
}
