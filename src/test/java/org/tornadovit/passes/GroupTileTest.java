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
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tornadovit.ir.Array;
import org.tornadovit.ir.Const;
import org.tornadovit.ir.Expr;
import org.tornadovit.ir.Kernel;
import org.tornadovit.ir.Run;
import org.tornadovit.ir.Stmt;
import org.tornadovit.ir.Type;
import org.tornadovit.ir.Var;
import org.tornadovit.ir.Verifier;

/** Contractions as squares of work-groups give what the loops give, bit for bit. */
class GroupTileTest {
    private static final Target GPU = new Target(1, 16, 2, false, 48 << 10);
    private static final Target MANY_CORES = new Target(1, 16, 1000, true, 48 << 10);

    @ParameterizedTest
    @CsvSource({
        "32, 32, 16, 1",
        "33, 70, 17, 1",
        "128, 128, 16, 1",
        "130, 256, 40, 1",
        "64, 129, 31, 1",
        "40, 36, 48, 60"
    })
    void linearLayersOfAnySize(int rows, int columns, int terms, int epilogue) {
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
        Expr chain = sum;
        for (int n = 0; n < epilogue; n++) {
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
                                set(sum, load(b, j)),
                                loop(k, terms, Run.SEQUENTIAL, set(sum, add(sum, product))),
                                store(y, add(mul(i, columns), j), chain)));
        for (Target target : List.of(GPU, MANY_CORES)) {
            equal(c, body, y, target);
        }
    }

    /** Scores of attention: images and heads are outside, both factors lie along their terms. */
    @Test
    void productsOfManyMatrices() {
        int images = 2;
        int heads = 3;
        int tokens = 37;
        int width = 20;
        Contractions c = new Contractions();
        Array q = c.array("q", images * tokens * heads * width);
        Array k = c.array("k", images * tokens * heads * width);
        Array s = c.array("s", images * heads * tokens * tokens);
        Var b = i32("b");
        Var h = i32("h");
        Var i = i32("i");
        Var j = i32("j");
        Var d = i32("d");
        Var sum = new Var("sum", Type.F32);
        Expr row = add(mul(add(mul(b, tokens), i), heads * width), add(mul(h, width), d));
        Expr column = add(mul(add(mul(b, tokens), j), heads * width), add(mul(h, width), d));
        Stmt body =
                loop(
                        b,
                        images,
                        Run.PARALLEL,
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
                                                loop(
                                                        d,
                                                        width,
                                                        Run.SEQUENTIAL,
                                                        set(
                                                                sum,
                                                                add(
                                                                        sum,
                                                                        mul(
                                                                                load(q, row),
                                                                                load(k, column))))),
                                                store(
                                                        s,
                                                        add(
                                                                mul(
                                                                        add(
                                                                                mul(
                                                                                        add(
                                                                                                mul(
                                                                                                        b,
                                                                                                        heads),
                                                                                                h),
                                                                                        tokens),
                                                                                i),
                                                                        tokens),
                                                                j),
                                                        sum)))));
        equal(c, body, s, GPU);
    }

    /** A convolution: its terms are three loops, its columns images and places. */
    @ParameterizedTest
    @CsvSource({"3, 2", "1, 1"})
    void convolutions(int kernel, int images) {
        int in = 18;
        int out = 35;
        int side = 9;
        int wide = side + kernel - 1;
        Contractions c = new Contractions();
        Array x = c.array("x", images * in * wide * wide);
        Array w = c.array("w", out * in * kernel * kernel);
        Array y = c.array("y", images * out * side * side);
        Var n = i32("n");
        Var o = i32("o");
        Var v = i32("v");
        Var u = i32("u");
        Var ch = i32("c");
        Var ky = i32("ky");
        Var kx = i32("kx");
        Var sum = new Var("sum", Type.F32);
        Expr pixel = add(mul(add(mul(add(mul(n, in), ch), wide), add(v, ky)), wide), add(u, kx));
        Expr weight = add(mul(add(mul(add(mul(o, in), ch), kernel), ky), kernel), kx);
        Stmt terms =
                loop(
                        ch,
                        in,
                        Run.SEQUENTIAL,
                        loop(
                                ky,
                                kernel,
                                Run.SEQUENTIAL,
                                loop(
                                        kx,
                                        kernel,
                                        Run.SEQUENTIAL,
                                        set(sum, add(sum, mul(load(x, pixel), load(w, weight)))))));
        Expr place = add(mul(add(mul(add(mul(n, out), o), side), v), side), u);
        Stmt body =
                loop(
                        n,
                        images,
                        Run.PARALLEL,
                        loop(
                                o,
                                out,
                                Run.PARALLEL,
                                loop(
                                        v,
                                        side,
                                        Run.PARALLEL,
                                        loop(
                                                u,
                                                side,
                                                Run.PARALLEL,
                                                set(sum, Const.f32(0)),
                                                terms,
                                                store(y, place, sum)))));
        equal(c, body, y, GPU);
    }

    /** Without memory of groups, or too small, the loops stay as they are. */
    @Test
    void whatWouldNotGainStays() {
        assertThat(stages(64, 64, 64, new Target(1, 16, 2, false)).getFirst().group()).isEmpty();
        assertThat(stages(64, 64, 64, new Target(1, 16, 2, false, 8192)).getFirst().group())
                .isEmpty();
        assertThat(stages(31, 64, 64, GPU).getFirst().group()).isEmpty();
        assertThat(stages(64, 64, 8, GPU).getFirst().group()).isEmpty();
        assertThat(stages(64, 64, 64, GPU).getFirst().group()).containsExactly(256L, 1L, 1L);
        assertThat(stages(512, 512, 64, GPU).getFirst().grid()).containsExactly(1024L, 4L, 1L);
        assertThat(stages(512, 512, 64, MANY_CORES).getFirst().grid())
                .containsExactly(2048L, 8L, 1L);
    }

    private static List<Lowering.Stage> stages(int rows, int columns, int terms, Target target) {
        Contractions c = new Contractions();
        Array x = c.array("x", rows * terms);
        Array w = c.array("w", columns * terms);
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
                                set(sum, Const.f32(0)),
                                loop(k, terms, Run.SEQUENTIAL, set(sum, add(sum, product))),
                                store(y, add(mul(i, columns), j), sum)));
        return Pipeline.lower(
                        c.kernel(body), new Pipeline.Task(Map.of(), c.lengths, Set.of()), target)
                .stages();
    }

    private static void equal(Contractions c, Stmt body, Array out, Target target) {
        Kernel kernel = c.kernel(body);
        Lowering lowering = Pipeline.lower(kernel, c.task(), target);
        assertThat(lowering.stages()).hasSize(1);
        assertThat(lowering.stages().getFirst().group()).isNotEmpty();
        Verifier.verify(lowering.stages().getFirst().kernel());
        float[][] both = c.both(kernel, lowering, out);
        assertThat(both[1]).containsExactly(both[0]);
    }
}
