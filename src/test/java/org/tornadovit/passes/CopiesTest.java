package org.tornadovit.passes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tornadovit.ir.Const;
import org.tornadovit.ir.Kernel;
import org.tornadovit.ir.Stmt;
import org.tornadovit.ir.Var;
import org.tornadovit.ir.Verifier;

/** {@link Clone}, {@link Relabel} and {@link Carried}. */
class CopiesTest {
    private static final String PARAMS = "f32[] y, i32 p, i32 q, f32 s, bool c";

    private static final String LOOP =
            """
            i32 t = (p + 1)
            for L sequential i32 k = 0 to t step 1 {
                if (k > q) {
                    break L
                }
                y[k] = s
            }
            """;

    @Test
    void copiesHaveVariablesOfTheirOwn() {
        Kernel kernel = Texts.kernel(PARAMS, LOOP);
        Stmt copy = Clone.of(kernel.body(), Map.of(Texts.scalar(kernel, "q"), Const.i32(3)));
        Stmt both = new Stmt.Sequence(List.of(kernel.body(), Relabel.of(copy)));
        assertThat(Texts.body(Verifier.verify(kernel.withBody(both))))
                .isEqualTo(
                        LOOP
                                + """
                                i32 t_1 = (p + 1)
                                for L_1 sequential i32 k_1 = 0 to t_1 step 1 {
                                    if (k_1 > 3) {
                                        break L_1
                                    }
                                    y[k_1] = s
                                }
                                """);
    }

    @Test
    void valuesMayBeVariablesThatAreAssigned() {
        Kernel kernel = Texts.kernel(PARAMS, "s = (s + 1.0:f32)");
        Var s = Texts.scalar(kernel, "s");
        assertThat(Texts.body(kernel.withBody(Clone.of(kernel.body(), Map.of(s, s)))))
                .isEqualTo("s = (s + 1.0:f32)\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "s = (s + 1.0:f32); s",
                "y[0] = s s = 1.0:f32; s",
                "s = 1.0:f32 y[0] = s; none",
                "if c { s = 1.0:f32 } y[0] = s; s",
                "if c { s = 1.0:f32 } else { s = 2.0:f32 } y[0] = s; none",
                "if c { s = 1.0:f32 } else { return } y[0] = s; none",
                "for L sequential i32 k = 0 to p step 1 { s = 1.0:f32 } y[0] = s; s",
                "for L sequential i32 k = 0 to p step 1 { s = 1.0:f32 y[k] = s }; none",
                "loop L { s = 1.0:f32 if c { break L } } y[0] = s; none",
                "loop L { if c { break L } s = 1.0:f32 } y[0] = s; s",
                "block B { if c { break B } s = 1.0:f32 } y[0] = s; s",
                "block B { s = 1.0:f32 if c { break B } p = 1 } y[p] = s; p",
                "y[p] = 1.0:f32; none",
                "check (p > 0) else index p   p = 2; p",
                "private f32 t[p] p = 2; p",
                "y[(p + 1)] = s p = (q + 1); p"
            })
    void variablesThatAreReadBeforeTheyAreAssigned(String body, String expected) {
        Set<Var> carried = Carried.of(Texts.kernel(PARAMS, body).body());
        String name = carried.stream().map(Var::name).findFirst().orElse("none");
        assertThat(carried).hasSizeLessThan(2);
        assertThat(name).isEqualTo(expected);
    }

    @Test
    void accesses() {
        Kernel kernel =
                Texts.kernel(
                        "i32[] a, i32[] b, i32[] c, i32[] d",
                        "if (a[0] > 0) { b[a[1]] = length(d) } i32 o = atomic + c[0], 1");
        Accesses accesses = Accesses.of(kernel);
        assertThat(accesses.reads())
                .containsExactlyInAnyOrder(Texts.array(kernel, "a"), Texts.array(kernel, "c"));
        assertThat(accesses.writes())
                .containsExactlyInAnyOrder(Texts.array(kernel, "b"), Texts.array(kernel, "c"));
    }
}
