package org.tornadovit.passes;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tornadovit.ir.Kernel;
import org.tornadovit.ir.Printer;
import org.tornadovit.ir.Stmt;

class SimplifyTest {
    private static final String PARAMS =
            "f32[] a, i32[] n, i32 i, i32 j, i64 l, f32 x, f32 y, bool b, bool c";

    private static Stmt assignment(String type, String expression) {
        return Texts.kernel(PARAMS, "%s r = %s".formatted(type, expression)).body();
    }

    private static String simplified(String type, String expression) {
        Stmt result = Simplify.apply(assignment(type, expression));
        return Printer.print(((Stmt.Assign) result).value());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "i32; (i + 0); i",
                "i32; (0 + i); i",
                "i32; (i * 1); i",
                "i32; (i * 0); 0",
                "i32; (0 * (i / 7)); 0",
                "i32; (i / 1); i",
                "i32; (i - 0); i",
                "i32; (i - 3); (i + -3)",
                "i32; ((i + 3) + 4); (i + 7)",
                "i32; ((i + 3) - 3); i",
                "i32; ((i + 2147483647) + 1); (i + -2147483648)",
                "i32; (i << 0); i",
                "i32; (3 * i); (i * 3)",
                "i32; (-(-i)); i",
                "i32; (~(~i)); i",
                "i32; (2147483647 + 1); -2147483648",
                "i32; (-2147483648 / -1); -2147483648",
                "i32; (7 % -2); 1",
                "i32; (1 << 33); 2",
                "i32; i32(i); i",
                "i32; i32(3.9:f32); 3",
                "i32; bits i32(1.0:f32); 1065353216",
                "i32; select(true, i, j); i",
                "i32; select((1 > 2), i, j); j",
                "i64; i64(-1); -1:i64",
                "i64; (l - -9223372036854775808:i64); (l + -9223372036854775808:i64)",
                "bool; (!(!b)); b",
                "bool; (!(i < j)); (i >= j)",
                "bool; (!(i == j)); (i != j)",
                "bool; (!(x == y)); (x != y)",
                "bool; (b & true); b",
                "bool; (b & false); false",
                "bool; (true | b); true",
                "bool; (b | false); b",
                "f32; (1.0:f32 / 3.0:f32); 0.33333334:f32",
                "f32; (-(-x)); x",
                "f32; sqrt(4.0:f32); 2.0:f32",
                "f32; max(-0.0:f32, 0.0:f32); 0.0:f32",
                "f32; min(nan7fc00000:f32, 0.0:f32); nan7fc00000:f32"
            })
    void rules(String type, String expression, String expected) {
        assertThat(simplified(type, expression)).isEqualTo(expected);
    }

    /** What looks like a rule and is none: signed zeros, NaN, traps, wrapping. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "f32; (x + 0.0:f32)", // -0.0
                "f32; (x - 0.0:f32)", // allowed, but left alone
                "f32; (x * 0.0:f32)", // NaN, -0.0
                "f32; (x / x)",
                "f32; ((x + 1.0:f32) + 2.0:f32)",
                "f32; (2.0:f32 * x)",
                "f32; (x + y)",
                "bool; (!(x < y))", // NaN
                "bool; (!(x >= y))",
                "bool; (x == x)",
                "i32; (1 / 0)", // traps
                "i32; (1 % 0)",
                "i32; ((i / j) * 0)",
                "i32; (n[i] * 0)",
                "bool; ((n[i] > 0) & false)",
                "i32; ((i * 3) / 3)", // wraps
                "i32; (i / -1)",
                "i32; (i << 32)"
            })
    void negatives(String type, String expression) {
        Stmt before = assignment(type, expression);
        String kept = Printer.print(((Stmt.Assign) before).value());
        assertThat(simplified(type, expression)).isEqualTo(kept);
    }

    private static String statement(String body) {
        Kernel kernel = Texts.kernel(PARAMS, body);
        return Texts.body(Simplify.apply(kernel));
    }

    private static String printed(String body) {
        return Texts.body(Texts.kernel(PARAMS, body));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "if true { i = 1 } else { i = 2 }; i = 1",
                "if (2 < 1) { i = 1 } else { i = 2 }; i = 2",
                "if b { } i = 1; i = 1",
                "if b { i = 1 } else { i = j }; i = select(b, 1, j)",
                "for L sequential i32 k = 5 to 5 step 1 { n[k] = 1 } i = 1; i = 1",
                "for L sequential i32 k = 5 to 6 step -1 { n[k] = 1 } i = 1; i = 1",
                "for L parallel i32 k = 5 to 6 step 1 { n[k] = k }; n[5] = 5",
                "for L sequential i32 k = i to j step 1 { } i = 1; i = 1",
                "block B { i = 1 }; i = 1",
                "check (1 < 2) else index i   i = 1; i = 1",
                "return i = 1; return",
                "loop L { break L i = 1 }; loop L { break L }"
            })
    void statements(String body, String expected) {
        assertThat(statement(body)).isEqualTo(printed(expected));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "if (n[i] > 0) { }", // may trap
                "if b { i = n[i] } else { i = 1 }", // traps on one side only
                "if b { i = (i / j) } else { i = 1 }",
                "if b { i = 1 } else { j = 1 }",
                "if b { i = 1 }",
                "if b { x = exp(x) } else { x = 1.0:f32 }", // dear
                "for L sequential i32 k = 0 to n[i] step 1 { }",
                "for L sequential i32 k = 0 to 2 step 1 { n[k] = k }",
                "for L sequential i32 k = 0 to 1 step 1 { if b { continue L } n[k] = k }",
                "for L sequential i64 k = -9223372036854775808:i64 to 9223372036854775807:i64"
                        + " step 1 { n[k] = 1 }",
                "block B { if b { break B } i = 1 }",
                "check false else index i",
                "loop L { if b { break L } i = 1 }"
            })
    void statementsThatStay(String body) {
        assertThat(statement(body)).isEqualTo(printed(body));
    }

    @Test
    void trips() {
        assertThat(Stmt.For.trips(0, 10, 3)).isEqualTo(4);
        assertThat(Stmt.For.trips(10, 0, -3)).isEqualTo(4);
        assertThat(Stmt.For.trips(3, 3, 1)).isZero();
        assertThat(Stmt.For.trips(4, 3, 1)).isZero();
        assertThat(Stmt.For.trips(Long.MIN_VALUE, Long.MAX_VALUE, 1)).isEqualTo(Long.MAX_VALUE);
        assertThat(Stmt.For.trips(Long.MIN_VALUE, Long.MAX_VALUE, 1L << 62)).isPositive();
        assertThat(Stmt.For.trips(0, Long.MIN_VALUE, Long.MIN_VALUE)).isPositive();
    }
}
