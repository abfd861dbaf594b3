package org.tornadovit.passes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tornadovit.ir.Kernel;
import org.tornadovit.ir.Param;
import org.tornadovit.ir.Parser;
import org.tornadovit.ir.Stmt;
import org.tornadovit.ir.Var;

class AffineTest {
    private static Kernel kernel(String type, String expression) {
        return Parser.parse(
                "kernel k(i32 i, i32 j, i64 l, f32 x, i32[] n) loops {\n %s r = %s\n}"
                        .formatted(type, expression));
    }

    private static Optional<Affine> affine(Kernel kernel) {
        return Affine.of(((Stmt.Assign) kernel.body()).value());
    }

    private static Var variable(Kernel kernel, int parameter) {
        return ((Param.OfScalar) kernel.params().get(parameter)).variable();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "7; 0; 0; 7",
                "i; 1; 0; 0",
                "(i + j); 1; 1; 0",
                "((i * 5) + (j - 3)); 5; 1; -3",
                "(5 * (i + (2 * j))); 5; 10; 0",
                "(-(i - 4)); -1; 0; 4",
                "(i << 4); 16; 0; 0",
                "(i << 36); 16; 0; 0",
                "((i + j) - (i - j)); 0; 2; 0",
                "((i - i) * j); 0; 0; 0"
            })
    void sums(String expression, long i, long j, long constant) {
        Kernel kernel = kernel("i32", expression);
        Affine sum = affine(kernel).orElseThrow();
        assertThat(sum.coefficient(variable(kernel, 0))).isEqualTo(i);
        assertThat(sum.coefficient(variable(kernel, 1))).isEqualTo(j);
        assertThat(sum.constant()).isEqualTo(constant);
        assertThat(sum.terms().values()).doesNotContain(0L);
    }

    @Test
    void longsShiftFurther() {
        Kernel kernel = kernel("i64", "(l << 36)");
        assertThat(affine(kernel).orElseThrow().coefficient(variable(kernel, 2)))
                .isEqualTo(1L << 36);
        assertThat(affine(kernel("i64", "((l << 62) * 4:i64)")).orElseThrow())
                .isEqualTo(Affine.ZERO);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(i * j)",
                "(i / 2)",
                "(i % 2)",
                "(i & 7)",
                "n[i]",
                "length(n)",
                "i32(l)",
                "i32(x)",
                "(i << j)",
                "(i >> 1)",
                "min(i, j)",
                "(~i)"
            })
    void noSums(String expression) {
        assertThat(affine(kernel("i32", expression))).isEmpty();
    }

    @Test
    void equalSumsAreEqual() {
        Kernel kernel = kernel("i32", "((i * 3) + (j + 1))");
        Affine expected =
                Affine.of(variable(kernel, 1))
                        .plus(Affine.of(variable(kernel, 0)).times(3))
                        .plus(Affine.of(1));
        assertThat(affine(kernel)).contains(expected);
        assertThat(expected.linear().constant()).isZero();
        assertThat(expected.without(variable(kernel, 1)).terms()).hasSize(1);
    }
}
