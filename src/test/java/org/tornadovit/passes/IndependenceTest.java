package org.tornadovit.passes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tornadovit.ir.Kernel;
import org.tornadovit.ir.Stmt;
import org.tornadovit.ir.Walker;

/** What is proven of loops, and what is not. */
class IndependenceTest {
    private static final String PARAMS = "f32[] x, f32[] y, i32 n";

    /**
     * {@return for each loop, innermost first, whether it is proven}
     *
     * @param body statements, with loops as in {@code for i to 10 { ... }}
     */
    private static List<Boolean> proven(String body) {
        String full =
                body.replaceAll(
                        "for (\\w) to (\\S+)", "for $1_loop sequential i32 $1 = 0 to $2 step 1");
        Kernel kernel = Texts.kernel(PARAMS, full);
        List<Boolean> proven = new ArrayList<>();
        new Walker() {
            @Override
            protected void visit(Stmt stmt) {
                if (stmt instanceof Stmt.For f) {
                    proven.add(Independence.holds(f));
                }
            }
        }.walk(kernel.body());
        return proven;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "for i to 10 { y[i] = x[i] }",
                "for i to 10 { y[i] = y[i] }",
                "for i to 10 { y[(9 - i)] = x[i] }",
                "for i to 10 { y[(n + i)] = x[(i + 1)] }",
                "for i to 10 { f32 v = x[i]\nif (v < 0.0:f32) { y[(2 * i)] = v } }"
            })
    void elementsOfTheirOwn(String body) {
        assertThat(proven(body)).containsExactly(true);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "for i to 10 { y[i] = y[(i + 1)] }",
                "for i to 10 { y[0] = x[i] }",
                "for i to 10 { y[(n * i)] = x[i] }",
                "for i to 10 { y[(i & 3)] = x[i] }",
                "for i to 10 { y[i] = y[(n + i)] }",
                "for i to n { y[i] = x[i] }"
            })
    void elementsThatMayMeet(String body) {
        assertThat(proven(body)).containsExactly(false);
    }

    @Test
    void aValueThatIsCarriedOnDepends() {
        assertThat(proven("f32 s = 0.0:f32\nfor i to 10 { s = (s + x[i])\ny[i] = s }"))
                .containsExactly(false);
    }

    @Test
    void anEarlyEndDepends() {
        assertThat(proven("for i to 10 { if (x[i] < 0.0:f32) { break i_loop }\ny[i] = x[i] }"))
                .containsExactly(false);
    }

    @Test
    void rowsAndColumns() {
        String square = "for i to 10 { for j to %d { y[((10 * i) + j)] = x[i] } }";
        assertThat(proven(square.formatted(10))).containsExactly(true, true);
        assertThat(proven(square.formatted(11))).containsExactly(true, false);
    }

    @Test
    void memoryMayBeApartWhereAValueIsCarriedOn() {
        Kernel kernel =
                Texts.kernel(
                        PARAMS,
                        "f32 s = 0.0:f32\nfor l sequential i32 i = 0 to 10 step 1 {\n"
                                + "s = (s + x[i])\ny[i] = s\nx[(i + 1)] = s\n}");
        List<String> apart = new ArrayList<>();
        new Walker() {
            @Override
            protected void visit(Stmt stmt) {
                if (stmt instanceof Stmt.For f) {
                    Independence.apart(f).forEach(array -> apart.add(array.name()));
                }
            }
        }.walk(kernel.body());
        assertThat(apart).containsExactly("y");
    }
}
