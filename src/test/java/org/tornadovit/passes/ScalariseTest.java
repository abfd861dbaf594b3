package org.tornadovit.passes;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tornadovit.ir.Verifier;

class ScalariseTest {
    private static final String PARAMS = "f32[] a, i32[] n, i32 p, f32 x, bool b";

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "private f32 s[2] s[0] = x a[0] = s[0] a[1] = s[1]; "
                        + "f32 s0 = x a[0] = s0 a[1] = 0.0:f32",
                "private f32 s[2] for L sequential i32 k = 0 to 2 step 1 { s[k] = a[k] }"
                        + " a[p] = (s[0] + s[1]); "
                        + "f32 s0 = a[0] f32 s1 = a[1] a[p] = (s0 + s1)",
                "private f32 s[1] s[0] = x if b { s[0] = 2.0:f32 } a[0] = s[0]; "
                        + "f32 s0 = x f32 h = s0 if b { h = 2.0:f32 } a[0] = h",
                "private f32 s[1] loop L { s[0] = (s[0] + x) if b { break L } } a[0] = s[0]; "
                        + "f32 h = 0.0:f32 loop L { f32 s0 = (h + x) if b { h = s0 break L }"
                        + " h = s0 } a[0] = h",
                "private i32 s[3] n[0] = length(s); n[0] = 3",
                "private i32 s[99] n[p] = length(s); private i32 s[99] n[p] = 99",
                "block L { private f32 s[1] s[0] = x if b { break L } s[0] = a[0] } a[1] = s[0]; "
                        + "block L { f32 s0 = x if b { f32 h = s0 break L } f32 s1 = a[0]"
                        + " h = s1 } a[1] = h",
                "private f32 s[2] for L sequential i32 k = 0 to 2 step 1 {"
                        + " if b { continue L } s[k] = x } a[0] = s[1]; "
                        + "block L { if b { break L } } f32 h = 0.0:f32"
                        + " block M { if b { break M } f32 s1 = x h = s1 } a[0] = h"
            })
    void elementsBecomeVariables(String before, String after) {
        var result = Verifier.verify(Scalarise.apply(Texts.kernel(PARAMS, before)));
        assertThat(withoutNames(Texts.body(result)))
                .isEqualTo(withoutNames(Texts.body(Texts.kernel(PARAMS, after))));
    }

    /** Variables in the order in which they appear. */
    private static String withoutNames(String text) {
        return text.replaceAll("\\b[ghs][0-9]?(_[0-9]+)?\\b", "v")
                .replaceAll("\\b[LM](_1)?\\b", "L");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "private f32 s[2] s[p] = x a[0] = s[0]", // any element
                "private f32 s[17] s[0] = x a[0] = s[0]", // large
                "private f32 s[p] s[0] = x a[0] = s[0]", // of any length
                "private f32 s[2] s[2] = x a[0] = s[0]", // out of bounds
                "private f32 s[2] for L parallel i32 k = 0 to 2 step 1 { s[0] = a[k] } a[0] = s[0]"
            })
    void arraysThatStay(String body) {
        String text = Texts.body(Texts.kernel(PARAMS, body));
        assertThat(Texts.body(Scalarise.apply(Texts.kernel(PARAMS, body)))).isEqualTo(text);
    }
}
