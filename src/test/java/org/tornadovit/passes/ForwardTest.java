package org.tornadovit.passes;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ForwardTest {
    private static final String PARAMS = "f32[] a, i32[] n, i32 p, i32 q, f32 x, bool b";

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "i32 r = (p * 4) a[(r + 1)] = x; a[((p * 4) + 1)] = x",
                "i32 r = 3 i32 s = (r + p) a[s] = x; a[(3 + p)] = x",
                "f32 y = x a[0] = y; a[0] = x",
                "f32 y = 2.5:f32 a[0] = (y * y); a[0] = (2.5:f32 * 2.5:f32)",
                "i32 r = length(a) a[r] = x; a[length(a)] = x",
                "i64 r = i64((p + 1)) a[r] = x; a[i64((p + 1))] = x",
                "i32 r = p if b { a[r] = x }; if b { a[p] = x }",
                "for L sequential i32 k = 0 to p step 1 { i32 r = (k * 2) a[r] = x }; "
                        + "for L sequential i32 k = 0 to p step 1 { a[(k * 2)] = x }",
                "f32 y = (x + 1.0:f32) a[0] = x; a[0] = x", // nobody reads y
                "f32 y = x f32 z = (y + y) a[0] = x; a[0] = x"
            })
    void definitionsMove(String before, String after) {
        assertThat(Texts.body(Forward.apply(Texts.kernel(PARAMS, before))))
                .isEqualTo(Texts.body(Texts.kernel(PARAMS, after)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "f32 y = a[0] a[0] = x a[1] = y", // memory changes
                "f32 y = (x * x) a[0] = y a[1] = y", // no copy
                "i32 r = p p = 3 n[0] = r", // p changes
                "p = 3 i32 r = p p = 4 n[0] = r",
                "loop L { i32 r = p p = (p + 1) n[r] = r if (p > 9) { break L } }",
                "if b { i32 r = 1 } else { r = 2 } n[0] = r", // two definitions
                "i32 r = 0 for L sequential i32 k = 0 to q step 1 { r = k } n[0] = r",
                "block B { i32 r = 1 if b { break B } r = 2 } n[0] = r",
                "i32 r = (q / p) n[0] = r n[1] = r", // may trap
                "i32 r = n[q]" // unread, but may trap
            })
    void definitionsThatStay(String body) {
        String text = Texts.body(Texts.kernel(PARAMS, body));
        assertThat(Texts.body(Forward.apply(Texts.kernel(PARAMS, body)))).isEqualTo(text);
    }

    /** Each of these would double the size of the next. */
    @org.junit.jupiter.api.Test
    void chainsDoNotExplode() {
        StringBuilder body = new StringBuilder("i32 r0 = p\n");
        for (int i = 1; i < 40; i++) {
            body.append("i32 r%d = (r%d + r%d)\n".formatted(i, i - 1, i - 1));
        }
        body.append("n[0] = r39");
        String text = Texts.body(Forward.apply(Texts.kernel(PARAMS, body.toString())));
        assertThat(text.length()).isLessThan(10_000);
    }
}
