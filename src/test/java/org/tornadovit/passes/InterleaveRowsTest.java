package org.tornadovit.passes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tornadovit.passes.Contractions.add;
import static org.tornadovit.passes.Contractions.i32;
import static org.tornadovit.passes.Contractions.load;
import static org.tornadovit.passes.Contractions.loop;
import static org.tornadovit.passes.Contractions.mul;
import static org.tornadovit.passes.Contractions.set;
import static org.tornadovit.passes.Contractions.store;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tornadovit.ir.Array;
import org.tornadovit.ir.BinaryOp;
import org.tornadovit.ir.Expr;
import org.tornadovit.ir.Kernel;
import org.tornadovit.ir.Printer;
import org.tornadovit.ir.Run;
import org.tornadovit.ir.Stmt;
import org.tornadovit.ir.Type;
import org.tornadovit.ir.Var;
import org.tornadovit.ir.Verifier;

class InterleaveRowsTest {
    private static final Target TARGET = new Target(4, 16, 2, false);

    /** y[i, k] = (x[i, k] - sum of row i) / sum of squares of the differences. */
    private static Kernel normalise(Contractions c, int rows, int columns) {
        Array x = c.array("x", rows * columns);
        Array y = c.array("y", rows * columns);
        Var i = i32("i");
        Var k = i32("k");
        Var l = i32("l");
        Var m = i32("m");
        Var sum = new Var("sum", Type.F32);
        Var squares = new Var("squares", Type.F32);
        Var difference = new Var("difference", Type.F32);
        Expr centred = new Expr.Binary(BinaryOp.SUB, load(x, add(mul(i, columns), m)), sum);
        return c.kernel(
                loop(
                        i,
                        rows,
                        Run.PARALLEL,
                        set(sum, org.tornadovit.ir.Const.f32(0.5f)),
                        loop(
                                k,
                                columns,
                                Run.SEQUENTIAL,
                                set(sum, add(sum, load(x, add(mul(i, columns), k))))),
                        set(squares, org.tornadovit.ir.Const.f32(1)),
                        loop(
                                l,
                                columns,
                                Run.SEQUENTIAL,
                                set(
                                        difference,
                                        new Expr.Binary(
                                                BinaryOp.SUB,
                                                load(x, add(mul(i, columns), l)),
                                                sum)),
                                set(squares, add(squares, mulF(difference, difference)))),
                        loop(
                                m,
                                columns,
                                Run.SEQUENTIAL,
                                store(
                                        y,
                                        add(mul(i, columns), m),
                                        new Expr.Binary(BinaryOp.DIV, centred, squares)))));
    }

    private static Expr mulF(Expr x, Expr y) {
        return new Expr.Binary(BinaryOp.MUL, x, y);
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 9, 15, 16, 31})
    void severalRowsGiveTheSameBits(int rows) {
        Contractions c = new Contractions();
        Kernel kernel = normalise(c, rows, 13);
        Lowering lowering = Pipeline.lower(kernel, c.task(), TARGET);
        String text = Printer.print(lowering.stages().getFirst().kernel());
        assertThat(text).contains("sum7 = (sum7 + ", "squares7 = (squares7 + ");
        Array y = kernel.arrays().getLast();
        float[][] both = c.both(kernel, lowering, y);
        assertThat(both[1]).containsExactly(both[0]);
    }

    @Test
    void fewRowsStayAsTheyAre() {
        Contractions c = new Contractions();
        Kernel kernel = normalise(c, 7, 13);
        assertThat(InterleaveRows.apply(kernel, TARGET)).isSameAs(kernel);
    }

    @Test
    void devicesWithoutVectorsGetTheRowsThemselves() {
        Contractions c = new Contractions();
        Kernel kernel = normalise(c, 16, 13);
        assertThat(InterleaveRows.apply(kernel, Target.SCALAR)).isSameAs(kernel);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "s = (s * x[((i * 10) + k)])", // no sum
                "s = (s + x[((i * 10) + k)]) x[((i * 10) + k)] = 0.0:f32", // stores
                "s = (s + sqrt(x[((i * 10) + k)]))",
                "if c { s = (s + x[((i * 10) + k)]) }"
            })
    void otherLoopsStayAsTheyAre(String step) {
        String text =
                """
                for L parallel i32 i = 0 to 32 step 1 {
                    f32 s = 0.0:f32
                    for M sequential i32 k = 0 to 10 step 1 { %s }
                    y[i] = s
                }\
                """
                        .formatted(step);
        Kernel kernel = Texts.kernel("f32[] x, f32[] y, bool c", text);
        assertThat(InterleaveRows.apply(Verifier.verify(kernel), TARGET)).isSameAs(kernel);
    }

    @Test
    void whatIsKnownBeforeTheRowsIsNotPassedOn() {
        String text =
                """
                for L parallel i32 i = 0 to 32 step 1 {
                    f32 s = 0.0:f32
                    for M sequential i32 k = 0 to 10 step 1 { s = (s + x[((i * 10) + (k * p))]) }
                    y[i] = s
                }\
                """;
        Kernel kernel = Texts.kernel("f32[] x, f32[] y, i32 p", text);
        Stmt body = InterleaveRows.apply(kernel, TARGET).body();
        assertThat(Texts.body(kernel.withBody(body))).contains("sOf").doesNotContain("pOf");
    }
}
