package org.tornadovit.passes;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BiFunction;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.tornadovit.ir.Array;
import org.tornadovit.ir.Const;
import org.tornadovit.ir.Expr;
import org.tornadovit.ir.Interpreter;
import org.tornadovit.ir.Kernel;
import org.tornadovit.ir.Label;
import org.tornadovit.ir.Param;
import org.tornadovit.ir.Run;
import org.tornadovit.ir.Scalar;
import org.tornadovit.ir.Site;
import org.tornadovit.ir.Space;
import org.tornadovit.ir.Stmt;
import org.tornadovit.ir.Type;
import org.tornadovit.ir.Var;
import org.tornadovit.ir.Verifier;

class VectorFunctionsTest {
    private static final int LANES = 16;
    private static final int COUNT = 1 << 15;

    @Test
    void expIsWithinTwoUlpOverItsRange() {
        assertThat(worst(VectorFunctions::exp, Math::exp, -104, 89)).isLessThanOrEqualTo(2);
        assertThat(worst(VectorFunctions::exp, Math::exp, -1, 1)).isLessThanOrEqualTo(2);
    }

    @Test
    void tanhIsWithinFourUlpOverItsRange() {
        assertThat(worst(VectorFunctions::tanh, Math::tanh, -10, 10)).isLessThanOrEqualTo(4);
        assertThat(worst(VectorFunctions::tanh, Math::tanh, -0.7, 0.7)).isLessThanOrEqualTo(4);
    }

    @Test
    void edges() {
        float[] x = {
            0f,
            -0f,
            Float.NaN,
            Float.POSITIVE_INFINITY,
            Float.NEGATIVE_INFINITY,
            88.7228f,
            88.73f,
            -103.9f,
            -104.1f,
            1e-40f,
            -1e-40f,
            Float.MAX_VALUE,
            -Float.MAX_VALUE,
            20f,
            -20f,
            1f
        };
        float[] exp = evaluate(VectorFunctions::exp, x);
        float[] tanh = evaluate(VectorFunctions::tanh, x);
        for (int i = 0; i < x.length; i++) {
            assertThat(ulps(exp[i], Math.exp(x[i]))).as("exp(%s) = %s", x[i], exp[i]).isLessThan(2);
            assertThat(ulps(tanh[i], Math.tanh(x[i]))).as("tanh(%s)", x[i]).isLessThan(3);
        }
        assertThat(Float.floatToRawIntBits(tanh[1])).isEqualTo(Float.floatToRawIntBits(-0f));
    }

    private static double worst(
            BiFunction<VectorFunctions, Expr, Expr> function,
            DoubleUnaryOperator reference,
            double from,
            double to) {
        Random random = new Random(5);
        float[] x = new float[COUNT];
        for (int i = 0; i < COUNT; i++) {
            x[i] = (float) (from + (to - from) * random.nextDouble());
        }
        float[] y = evaluate(function, x);
        double worst = 0;
        for (int i = 0; i < COUNT; i++) {
            worst = Math.max(worst, ulps(y[i], reference.applyAsDouble(x[i])));
        }
        return worst;
    }

    /** The distance in units of the reference's last place; equal infinities and NaNs have none. */
    private static double ulps(float actual, double expected) {
        float rounded = (float) expected;
        if (Float.compare(actual, rounded) == 0) {
            return 0;
        }
        return Math.abs(actual - expected) / Math.ulp(rounded);
    }

    private static float[] evaluate(BiFunction<VectorFunctions, Expr, Expr> function, float[] x) {
        Type vector = Type.F32.withLanes(LANES);
        Array in = new Array("x", Scalar.F32, Space.GLOBAL);
        Array out = new Array("y", Scalar.F32, Space.GLOBAL);
        Var i = new Var("i", Type.I32);
        List<Stmt> body = new ArrayList<>();
        VectorFunctions functions = new VectorFunctions(vector, body);
        Expr y = function.apply(functions, new Expr.Load(in, i, vector, Site.NONE));
        body.add(new Stmt.Store(out, i, y, Site.NONE));
        Stmt loop =
                new Stmt.For(
                        new Label("L"),
                        i,
                        Const.i32(0),
                        Const.i32(x.length),
                        LANES,
                        Run.SEQUENTIAL,
                        new Stmt.Sequence(body));
        List<Param> params = List.of(new Param.OfArray(in), new Param.OfArray(out));
        Kernel kernel =
                Verifier.verify(new Kernel("f", params, loop, Kernel.Form.LOOPS, Site.NONE));
        MemorySegment result = Interpreter.memory(new float[x.length]);
        Interpreter.run(kernel, Map.of(in, Interpreter.memory(x), out, result), Map.of());
        return result.toArray(ValueLayout.JAVA_FLOAT);
    }
}
