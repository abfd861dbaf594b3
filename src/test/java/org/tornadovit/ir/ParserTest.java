package org.tornadovit.ir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ParserTest {
    private static final String EVERYTHING =
            """
            kernel all(f32[] a, i32[] n, f16[] h, i64 s, context c) work_item {
                i32 i = global_id(0)
                f32 x = a[(i + -3)] @"K.all":12
                f32 y = (x * (-x))
                y = fma(x, y, -Infinity:f32)
                f64 d = f64(y)
                d = (d + nan7ff8000000000000:f64)
                i64 w = (s >>> 3)
                w = (-5:i64 * w)
                i32 z = (-5)
                bool b = ((i < n[0]) & true)
                local f32 shared[64]
                private i32 mine[8]
                shared[local_id(0)] = select(b, x, 0.5:f32)
                barrier local
                h[0] @"K.all":15 = f16(shared[0])
                f32x4 v = a[i:4]
                f32x4 u = (v + splat f32x4(x))
                a[i:4] = max(u, 0.0:f32x4)
                y = (lane(u, 2) + reduce +(u))
                i32 old = atomic + n[(i & 7)] @"K.all":18, 1
                check @"K.all":19 ((i >= 0) & (i < length(n))) else index i
                for L sequential i32 k = 0 to 10 step 2 {
                    if (k == 4) {
                        continue L
                    } else {
                        y = (y + 1.0E-10:f32)
                    }
                }
                block B {
                    loop M {
                        if b {
                            break B
                        }
                        break M
                    }
                }
                a[bits i32(y)] = y
                return
            }
            """;

    @Test
    void whatIsPrintedIsRead() {
        assertThat(Printer.print(Parser.parse(EVERYTHING))).isEqualTo(EVERYTHING);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "x = 1; there is no variable x",
                "f32 x = 1; types differ",
                "f32 x = a[0; line 3",
                "f32 x = frob(a[0]); there is no function frob",
                "break L; break leaves no enclosing block",
                "i32 i = #; line 2"
            })
    void whatIsWrongIsNamed(String statement, String message) {
        String text = "kernel k(f32[] a) loops {\n    " + statement + "\n}\n";
        assertThatThrownBy(() -> Parser.parse(text))
                .isInstanceOf(MalformedKernelException.class)
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"bits", "splat", "reduce", "nan", "nano", "Infinity", "atomic", "a.b", ""})
    void namesThatMeanSomethingElseArePrintedOtherwise(String name) {
        Var odd = new Var(name, Type.I32);
        Var x = new Var("x", Type.I32);
        Stmt body =
                new Stmt.Sequence(
                        List.of(
                                new Stmt.Return(),
                                new Stmt.Assign(odd, Const.i32(1)),
                                new Stmt.Assign(x, odd),
                                new Stmt.Assign(x, new Expr.Binary(BinaryOp.ADD, odd, x))));
        Kernel kernel = new Kernel("k", List.of(), body, Kernel.Form.LOOPS, Site.NONE);
        String text = Printer.print(kernel);
        assertThat(Printer.print(Parser.parse(text))).isEqualTo(text);
    }
}
