package org.tornadovit.passes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tornadovit.ir.Const;
import org.tornadovit.ir.Kernel;
import org.tornadovit.ir.Stmt;
import org.tornadovit.ir.Var;

class VectoriseTest {
    private static final String PARAMS =
            "f32[] x, f32[] y, i32[] n, f16[] h, f64[] d, i32 lane, i32 p, f32 s, bool c";

    private static final Target RELAXED = new Target(4, 16, 1, true);
    private static final Target STRICT = new Target(4, 16, 1, false);

    /** Statements for the lanes 16 to 19. */
    private static Optional<String> vectorised(String body, Target target) {
        Kernel kernel = Texts.kernel(PARAMS, body);
        Var lane = Texts.scalar(kernel, "lane");
        Vectorise vectorise = new Vectorise(lane, Const.i32(16), 4, target, Map.of());
        return vectorise
                .statements(List.of(kernel.body()))
                .map(list -> Texts.body(kernel.withBody(new Stmt.Sequence(list))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "y[lane] = x[lane]; y[16:4] = x[16:4]",
                "y[((p * 8) + lane)] = s; y[((p * 8) + 16):4] = splat f32x4(s)",
                "if c { y[lane] = s }; if c { y[16:4] = splat f32x4(s) }",
                "y[lane] = (x[lane] * x[p]); y[16:4] = (x[16:4] * splat f32x4(x[p]))",
                "y[lane] = max(x[(lane + p)], 0.0:f32); "
                        + "y[16:4] = max(x[(16 + p):4], splat f32x4(0.0:f32))",
                "f32 t = x[lane] y[lane] = (t + t); f32x4 t = x[16:4] y[16:4] = (t + t)",
                "f32 t = x[p] y[lane] = t; f32 t = x[p] y[16:4] = splat f32x4(t)",
                "y[lane] = select((x[lane] < s), s, x[lane]); "
                        + "y[16:4] = select((x[16:4] < splat f32x4(s)), splat f32x4(s), x[16:4])",
                "y[lane] = select(c, s, x[lane]); "
                        + "y[16:4] = select(splat boolx4(c), splat f32x4(s), x[16:4])",
                "y[lane] = sqrt((-x[lane])); y[16:4] = sqrt((-x[16:4]))",
                "y[lane] = (x[lane] + f32(h[p])); y[16:4] = (x[16:4] + splat f32x4(f32(h[p])))",
                "i32 q = (p * 3) y[(q + lane)] = s; i32 q = (p * 3) y[(q + 16):4] = splat f32x4(s)"
            })
    void statementsOfFourLanes(String body, String expected) {
        assertThat(vectorised(body, STRICT)).contains(Texts.body(Texts.kernel(PARAMS, expected)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "y[p] = x[lane]", // one element for all
                "y[(lane * 2)] = s",
                "y[(0 - lane)] = s",
                "y[(lane / 2)] = s",
                "y[n[lane]] = s",
                "y[lane] = x[(lane * 2)]",
                "y[lane] = x[(lane & 7)]",
                "y[lane] = f32(lane)", // differs from lane to lane
                "i32 q = (lane + 1) y[q] = s",
                "y[lane] = select((lane < p), s, x[lane])",
                "n[lane] = p", // no floats
                "y[lane] = f32(n[lane])",
                "y[lane] = f32(h[lane])",
                "d[lane] = f64(s)",
                "y[lane] = f32(d[lane])",
                "y[lane] = sin(x[lane])", // no renderer has it for vectors
                "y[lane] = f32(f64(x[lane]))",
                "y[lane] = f32(bits i32(x[lane]))",
                "if (x[lane] < s) { y[lane] = s }", // lanes go different ways
                "check c else index p",
                "f32x4 v = x[lane:4] y[lane:4] = v", // vectors of the kernel itself
                "y[lane] = lane(x[lane:4], 1)",
                "y[lane:4] = splat f32x4(s)"
            })
    void whatHasNoVectorForm(String body) {
        assertThat(vectorised(body, RELAXED)).isEmpty();
    }

    /** Polynomials are near Java's results, not equal to them. */
    @ParameterizedTest
    @ValueSource(strings = {"exp", "tanh"})
    void approximationsNeedATargetThatAllowsThem(String function) {
        String body = "y[lane] = %s(x[lane])".formatted(function);
        assertThat(vectorised(body, STRICT)).isEmpty();
        assertThat(vectorised(body, RELAXED).orElseThrow()).contains("fma(").contains("y[16:4]");
    }
}
