package org.tornadovit.passes;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tornadovit.ir.Kernel;
import org.tornadovit.ir.Verifier;

class BoundsTest {
    private static final String PARAMS =
            "f32[] a, i32[] n, u16[] c, i32 p, i32 q, i64 l, f32 x, bool b";

    /** All arrays have 100 elements. */
    private static String checked(String body) {
        Kernel kernel = Texts.kernel(PARAMS, body);
        return Texts.body(Verifier.verify(Bounds.apply(kernel, Texts.lengths(kernel, 100))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a[99] = x",
                "a[96:4] = splat f32x4(x)",
                "for L sequential i32 i = 0 to 100 step 1 { a[i] = x }",
                "for L sequential i32 i = 99 to -1 step -1 { a[i] = x }",
                "for L sequential i32 i = 3 to 107 step 8 { a[i] = x }", // the last is 99
                "for L sequential i32 i = 0 to 97 step 4 { a[i:4] = splat f32x4(x) }",
                "for L sequential i32 i = 0 to 10 step 1 {"
                        + " for M sequential i32 j = 0 to 10 step 1 { a[((i * 10) + j)] = x } }",
                "for L sequential i32 i = 0 to 100 step 1 {"
                        + " for M sequential i32 j = i to 100 step 1 { a[(j - i)] = x } }",
                "for L sequential i32 i = 0 to 100 step 1 {"
                        + " for M sequential i32 j = i to -1 step -1 { a[(i - j)] = x } }",
                "for L sequential i64 i = 0:i64 to 100:i64 step 1 { a[i] = x }",
                "for L sequential i32 i = 0 to 100 step 1 { a[i64(i)] = x }",
                "for L sequential i32 i = 0 to p step 1 { if (i < 100) { a[i] = x } }",
                "if ((p >= 0) & (p < 100)) { a[p] = x }",
                "if ((p < 0) | (p >= 100)) { return } a[p] = x",
                "if ((p < 0) | (p > 90)) { p = 0 } else { q = 1 } a[5] = x",
                "check ((p >= 0) & (p <= 99)) else index p   a[p] = x",
                "a[min(max(p, 0), 99)] = x",
                "a[(p & 63)] = x",
                "a[((p & 2147483647) % 100)] = x",
                "a[(n[5] & 63)] = f32(n[(i32(c[0]) >> 10)])",
                "a[select(b, 3, 4)] = x",
                "a[i32(b)] = x",
                "private f32 s[8] s[(p & 7)] = x",
                "q = (p / 7)",
                "for L sequential i32 i = 1 to 9 step 1 { q = (p % i) }"
            })
    void provenAccessesCostNothing(String body) {
        assertThat(checked(body)).isEqualTo(Texts.body(Texts.kernel(PARAMS, body)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "a[100] = x; (at < 100)",
                "a[97:4] = splat f32x4(x); (at < 97)",
                "a[p] = x; (at < 100)",
                "a[l] = x; (at < 100:i64)",
                "for L sequential i32 i = 0 to 101 step 1 { a[i] = x }; (at < 100)",
                "for L sequential i32 i = 99 to -2 step -1 { a[i] = x }; (at >= 0)",
                "for L sequential i32 i = 3 to 108 step 8 { a[i] = x }; (at < 100)",
                "for L sequential i32 i = 0 to 101 step 4 { a[i:4] = splat f32x4(x) }; (at < 97)",
                "for L sequential i32 i = p to 100 step 1 { a[i] = x }; (at >= 0)",
                "for L sequential i32 i = 0 to 100 step 1 { a[(i * 3)] = x }; (at < 100)",
                "for L sequential i32 i = 0 to 100 step 1 { a[(i - 1)] = x }; (at >= 0)",
                "if (p < 100) { a[p] = x }; (at >= 0)",
                "if ((p >= 0) | (p < 100)) { a[p] = x }; (at < 100)",
                "if ((p >= 0) & (p < 100)) { p = (p + 1) a[p] = x }; (at < 100)", // p changes
                "if ((p < 0) | (p >= 100)) { q = 1 } a[p] = x; (at < 100)",
                "if b { check ((p >= 0) & (p <= 99)) else index p } a[p] = x; (at < 100)",
                "if ((p + 1) <= 100) { if (p >= 0) { a[p] = x } }; (at < 100)", // p + 1 may wrap
                "a[(p % 100)] = x; (at >= 0)",
                "a[(p >> 33)] = x; (at < 100)", // shifts by 1
                "a[(i32(c[0]) >> 9)] = x; (at < 100)",
                "a[n[5]] = x; (at < 100)",
                "a[i32((l >> 58))] = x; (at >= 0)",
                "a[(i64((p + 1)) & 127:i64)] = x; (at < 100:i64)",
                "private f32 s[(p & 7)] s[3] = x; (at < length(s))",
                "private f32 s[p] q = 1; (p >= 0) else size p",
                "q = (p / q); (divisor != 0) else division 0",
                "l = (l % l); (divisor != 0:i64) else division 0",
                "q = (p / (q & 7)); (divisor != 0)"
            })
    void whatCannotBeProvenIsChecked(String body, String check) {
        assertThat(checked(body))
                .containsPattern("check .*" + java.util.regex.Pattern.quote(check));
    }

    @Test
    void theIndexIsComputedOnceAndCheckedWhereItIsUsed() {
        assertThat(checked("a[p] @\"K.k\":3 = a[n[q] @\"K.k\":4] @\"K.k\":5"))
                .isEqualTo(
                        """
                        i32 at = q
                        check @"K.k":4 ((at >= 0) & (at < 100)) else index at
                        i32 at_1 = n[at] @"K.k":4
                        check @"K.k":5 ((at_1 >= 0) & (at_1 < 100)) else index at_1
                        i32 at_2 = p
                        check @"K.k":3 ((at_2 >= 0) & (at_2 < 100)) else index at_2
                        a[at_2] @"K.k":3 = a[at_1] @"K.k":5
                        """);
    }

    @Test
    void conditionsOfChecksAreCheckedThemselves() {
        assertThat(checked("check (n[p] > 0) else index n[q]"))
                .isEqualTo(
                        """
                        i32 at = p
                        check ((at >= 0) & (at < 100)) else index at
                        i32 at_1 = q
                        check ((at_1 >= 0) & (at_1 < 100)) else index at_1
                        check (n[at] > 0) else index n[at_1]
                        """);
    }

    @Test
    void boundsOfLoopsAreCheckedBeforeThem() {
        assertThat(checked("for L sequential i32 i = 0 to n[p] step 1 { q = i }"))
                .startsWith("i32 at = p\ncheck");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "if (global_id(0) < 100) { a[global_id(0)] = 1.0:f32 }; true",
                "if (global_id(0) < 101) { a[global_id(0)] = 1.0:f32 }; false",
                "if (global_id(1) < 100) { a[global_id(0)] = 1.0:f32 }; false",
                "if (global_id(0) >= 100) { return } a[global_id(0)] = 1.0:f32; true",
                "i32 i = (global_id(0) * 2) if (i < 100) { a[i] = 1.0:f32 }; false", // may wrap
                "local f32 s[64] if (local_size(0) <= 64) { s[local_id(0)] = 1.0:f32 }; true",
                "local f32 s[64] s[local_id(0)] = 1.0:f32; false",
                "local f32 s[64] if (local_size(0) <= 64) {"
                        + " s[((local_size(0) - 1) - local_id(0))] = 1.0:f32 }; true"
            })
    void placesOfWorkItems(String body, boolean proven) {
        Kernel kernel =
                org.tornadovit.ir.Parser.parse("kernel k(f32[] a) work_item {\n" + body + "\n}");
        String checked = Texts.body(Bounds.apply(kernel, Texts.lengths(kernel, 100)));
        assertThat(checked.contains("check")).isEqualTo(!proven);
    }

    @Test
    void arraysOfUnknownLengthAreAsked() {
        Kernel kernel = Texts.kernel("f32[] a", "a[0] = 1.0:f32");
        assertThat(Texts.body(Bounds.apply(kernel, java.util.Map.of())))
                .contains("(at < length(a))");
    }
}
