package org.tornadovit.ir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VerifierTest {
    private static final String PARAMS =
            "f32[] a, i32[] n, f16[] h, i32 i, i64 l, f32 x, f64 d, bool b";

    private static Kernel kernel(String form, String body) {
        return Parser.parse("kernel k(" + PARAMS + ") " + form + " {\n" + body + "\n}\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                // types
                "x = i; types differ",
                "x = (x + i); operands have wrong types",
                "i = (i << l); operands have wrong types",
                "x = (x & x); operands have wrong types",
                "x = (x << i); operands have wrong types",
                "b = (b + b); operands have wrong types",
                "b = (b < b); operands have wrong types",
                "b = min(b, b); operands have wrong types",
                "b = (-b); operand has a wrong type",
                "i = (!i); operand has a wrong type",
                "x = (~x); operand has a wrong type",
                "x = select(i, x, x); condition is no bool",
                "x = select(b, x, d); operands have different types",
                "f32x4 v = select(splat boolx8(b), splat f32x4(x), splat f32x4(x)); "
                        + "condition has other lanes",
                "f32x4 v = f32x4(x); lanes differ",
                "f32x2 v = bits f32x2(i); lanes differ",
                "l = bits i64(i); sizes differ",
                "i = sqrt(i); the function is not defined on this type",
                "x = popcount(x); the function is not defined on this type",
                "x = pow(x, d); types differ",
                "f32x4 v = splat f32x4(d); no scalar of this type",
                "x = lane(splat f32x4(x), 4); no such lane",
                "x = reduce +(x); no vector",
                "x = reduce -(splat f32x4(x)); no operation that combines lanes",
                // memory
                "x = a[x]; index is no integer",
                "a[b] = x; index is no integer",
                "a[0] = d; types differ",
                "private f32 p[l]; length is no i32",
                "i = atomic / n[0], 1; no atomic operation",
                "i = atomic << n[0], 1; no atomic operation",
                "x = atomic & a[0], x; no atomic operation",
                "i = atomic + n[0], l; types differ",
                "if b { private f32 p[4] }  p[0] = x; neither parameter nor allocated",
                "if b { private f32 p[4] }  i = length(p); length of no array",
                // control
                "if i { }; condition is no bool",
                "check i else index i; condition is no bool",
                "check b else index l; value is no i32",
                "block B { block B { } }; a label encloses itself",
                "loop B { block B { break B } }; a label encloses itself",
                "break B; break leaves no enclosing block",
                "block B { continue B }; continue of no enclosing loop",
                "continue B; continue of no enclosing loop",
                "barrier local; a barrier outside a work-item kernel",
                "i = global_id(0); no place of a work-item",
                // loops
                "for L sequential f32 k = x to x step 1 { }; index is no integer",
                "for L sequential i32 k = l to i step 1 { }; start has another type",
                "for L sequential i32 k = 0 to l step 1 { }; bound has another type",
                "for L sequential i32 k = 0 to i step 0 { }; step is 0",
                "for L sequential i = 0 to 3 step 1 { }; a loop counts with a parameter",
                "for L sequential i32 k = 0 to 3 step 1 { k = 2 }; a loop index is assigned",
                "for L sequential i32 k = 0 to 3 step 1 { } i = k; read before it is assigned",
                "i32 k = 1 for L sequential k = 0 to 3 step 1 { }; a loop index is assigned",
                "for L sequential i32 k = 0 to 3 step 1 { for M sequential k = 0 to 3 step 1 { } };"
                        + " an index counts two nested loops",
                "for L parallel i32 k = 0 to 3 step 1 { break L }; a jump leaves a parallel loop",
                "for L grid0 i32 k = 0 to 3 step 1 { break L }; a jump leaves a parallel loop",
                "block B { for L parallel i32 k = 0 to 3 step 1 { break B } }; "
                        + "a jump leaves a parallel loop",
                "loop M { for L parallel i32 k = 0 to 3 step 1 { continue M } }; "
                        + "a jump leaves a parallel loop",
                "for L parallel i32 k = 0 to 3 step 1 { return }; return from a parallel loop",
                // assignment on every way
                "f32 y = 0 y = (y + q); there is no variable q",
                "if b { f32 y = x }  a[0] = y; read before it is assigned",
                "if b { f32 y = x } else { i = 1 }  a[0] = y; read before it is assigned",
                "for L sequential i32 k = 0 to i step 1 { f32 y = x }  a[0] = y; "
                        + "read before it is assigned",
                "block B { if b { break B }  f32 y = x }  a[0] = y; read before it is assigned",
                "loop L { if b { break L }  f32 y = x }  a[0] = y; read before it is assigned",
                "block B { loop L { if b { break B }  break L }  f32 y = x }  a[0] = y; "
                        + "read before it is assigned",
            })
    void brokenRulesAreNamed(String body, String rule) {
        assertThatThrownBy(() -> kernel("loops", body))
                .isInstanceOf(MalformedKernelException.class)
                .hasMessageContaining(rule);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "if b { f32 y = x } else { y = 2.0:f32 }  a[0] = y",
                "if b { f32 y = x } else { return }  a[0] = y",
                "loop L { f32 y = x if b { break L } }  a[0] = y",
                "loop L { if b { f32 y = x break L }  i = (i + 1) }  a[0] = y",
                "block B { f32 y = x if b { break B }  i = 1 }  a[0] = y",
                "for L parallel i32 k = 0 to i step 1 { if b { continue L }  a[k] = x }",
                "for L parallel i32 k = 0 to i step 1 { loop M { break M } }",
                "loop L { for M sequential i32 k = 0 to 3 step 1 { if b { continue L } }  break L"
                        + " }",
                "for L sequential i32 k = 0 to 3 step 1 { } "
                        + "for M sequential k = 0 to 3 step 1 { a[k] = x }",
                "return x = (x + 1.0:f32)",
                "private f32 p[i]  p[0] = a[length(p)]",
                "f32x4 v = select(b, a[0:4], splat f32x4(x))  a[1:4] = v"
            })
    void whatIsRightPasses(String body) {
        assertThatCode(() -> kernel("loops", body)).doesNotThrowAnyException();
    }

    @Test
    void workItemsMayAskForTheirPlaceAndReturnAnywhere() {
        Kernel kernel =
                kernel("work_item", "i = global_id(2)  if (i > 3) { return }  barrier local");
        assertThat(Verifier.verify(kernel)).isSameAs(kernel);
        assertThatThrownBy(() -> kernel("work_item", "i = global_id(3)"))
                .hasMessageContaining("no place of a work-item");
    }

    @Test
    void anArrayIsAllocatedInOnePlace() {
        Array array = new Array("p", Scalar.F32, Space.PRIVATE);
        Stmt one = new Stmt.Allocate(array, Const.i32(1), Site.NONE);
        Stmt two = new Stmt.Allocate(array, Const.i32(2), Site.NONE);
        Stmt body = new Stmt.Sequence(List.of(one, two));
        Kernel kernel = new Kernel("k", List.of(), body, Kernel.Form.LOOPS, Site.NONE);
        assertThatThrownBy(() -> Verifier.verify(kernel)).hasMessageContaining("in two places");
    }

    @Test
    void globalArraysAreParametersOnly() {
        Array array = new Array("g", Scalar.F32, Space.GLOBAL);
        Stmt body = new Stmt.Allocate(array, Const.i32(1), Site.NONE);
        Kernel kernel = new Kernel("k", List.of(), body, Kernel.Form.LOOPS, Site.NONE);
        assertThatThrownBy(() -> Verifier.verify(kernel))
                .hasMessageContaining("a global array is allocated");
    }
}
