package org.tornadovit.passes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.tornadovit.passes.Contractions.add;
import static org.tornadovit.passes.Contractions.i32;
import static org.tornadovit.passes.Contractions.load;
import static org.tornadovit.passes.Contractions.loop;
import static org.tornadovit.passes.Contractions.mul;
import static org.tornadovit.passes.Contractions.set;
import static org.tornadovit.passes.Contractions.store;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tornadovit.ir.Array;
import org.tornadovit.ir.BinaryOp;
import org.tornadovit.ir.Expr;
import org.tornadovit.ir.Function;
import org.tornadovit.ir.Printer;
import org.tornadovit.ir.Run;
import org.tornadovit.ir.Stmt;
import org.tornadovit.ir.Type;
import org.tornadovit.ir.Var;

class StripMineTest {
    private static final Target TARGET = new Target(8, 16, 2, true);

    @ParameterizedTest
    @ValueSource(ints = {8, 9, 15, 16, 100})
    void softmaxApproximatesItsExponentials(int columns) {
        Contractions c = new Contractions();
        Array w = c.array("w", 3 * columns);
        Var i = i32("i");
        Var j = i32("j");
        Var k = i32("k");
        Var most = new Var("most", Type.F32);
        Var sum = new Var("sum", Type.F32);
        Var power = new Var("power", Type.F32);
        Expr at = add(mul(i, columns), j);
        Expr later = add(mul(i, columns), k);
        Expr shifted = new Expr.Binary(BinaryOp.SUB, load(w, later), most);
        Stmt body =
                loop(
                        i,
                        3,
                        Run.PARALLEL,
                        set(most, load(w, mul(i, columns))),
                        loop(
                                j,
                                columns,
                                Run.SEQUENTIAL,
                                set(most, new Expr.Binary(BinaryOp.MAX, most, load(w, at)))),
                        set(sum, org.tornadovit.ir.Const.f32(0)),
                        loop(
                                k,
                                columns,
                                Run.SEQUENTIAL,
                                set(power, new Expr.Call(Function.EXP, List.of(shifted))),
                                store(w, later, power),
                                set(sum, add(sum, power))),
                        store(w, mul(i, columns), sum));
        Lowering lowering = Pipeline.lower(c.kernel(body), c.task(), TARGET);
        String text = Printer.print(lowering.stages().getFirst().kernel());
        assertThat(text).contains("reduce max").contains("power").doesNotContain("lane(");
        float[][] both = c.both(c.kernel(body), lowering, w);
        for (int n = 0; n < both[0].length; n++) {
            float tolerance = 1e-6f * Math.abs(both[0][n]);
            assertThat(both[1][n]).isCloseTo(both[0][n], within(tolerance));
        }
        Target strict = new Target(8, 16, 2, false);
        Lowering exact = Pipeline.lower(c.kernel(body), c.task(), strict);
        float[][] same = c.both(c.kernel(body), exact, w);
        assertThat(same[1]).containsExactly(same[0]);
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 13, 64})
    void elementwiseLoops(int length) {
        Contractions c = new Contractions();
        Array x = c.array("x", length);
        Array y = c.array("y", length);
        Var i = i32("i");
        Stmt body =
                loop(
                        i,
                        length,
                        Run.PARALLEL,
                        store(y, i, add(mul(load(x, i), load(x, i)), load(y, i))));
        Lowering lowering = Pipeline.lower(c.kernel(body), c.task(), TARGET);
        assertThat(Printer.print(lowering.stages().getFirst().kernel())).contains(":8]");
        float[][] both = c.both(c.kernel(body), lowering, y);
        assertThat(both[1]).containsExactly(both[0]);
    }

    @Test
    void aLoopThatReadsWhatItWroteBeforeStaysAsItIs() {
        Contractions c = new Contractions();
        Array x = c.array("x", 33);
        Var i = i32("i");
        Stmt body =
                loop(
                        i,
                        32,
                        Run.SEQUENTIAL,
                        store(x, add(i, org.tornadovit.ir.Const.i32(1)), load(x, i)));
        Lowering lowering = Pipeline.lower(c.kernel(body), c.task(), TARGET);
        assertThat(Printer.print(lowering.stages().getFirst().kernel())).doesNotContain(":8]");
        float[][] both = c.both(c.kernel(body), lowering, x);
        assertThat(both[1]).containsExactly(both[0]);
    }

    @Test
    void aValueOfTheLastIterationStays() {
        Contractions c = new Contractions();
        Array x = c.array("x", 32);
        Array y = c.array("y", 1);
        Var i = i32("i");
        Var last = new Var("last", Type.F32);
        Stmt body =
                new Stmt.Sequence(
                        List.of(
                                set(last, org.tornadovit.ir.Const.f32(0)),
                                loop(i, 32, Run.SEQUENTIAL, set(last, load(x, i))),
                                store(y, org.tornadovit.ir.Const.i32(0), last)));
        Lowering lowering = Pipeline.lower(c.kernel(body), c.task(), TARGET);
        float[][] both = c.both(c.kernel(body), lowering, y);
        assertThat(both[1]).containsExactly(both[0]);
    }
}
