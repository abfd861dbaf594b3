package org.tornadovit.passes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tornadovit.ir.Kernel;
import org.tornadovit.ir.Verifier;

class SplitTest {
    private static final String PARAMS = "f32[] x, f32[] y, i32[] n, i32 p, bool c";
    private static final String A = "for A parallel i32 i = 0 to 10 step 1 { x[i] = %s } ";
    private static final String B = "for B parallel i32 j = 0 to 10 step 1 { y[j] = %s } ";

    private static String pieces(String text) {
        List<Kernel> pieces = Split.apply(Texts.kernel(PARAMS, text));
        pieces.forEach(Verifier::verify);
        return Texts.bodies(pieces);
    }

    private static String loop(String text, String value) {
        return text.formatted(value);
    }

    @Test
    void eachParallelLoopBecomesAKernel() {
        assertThat(pieces(loop(A, "1.0:f32") + loop(B, "x[(9 - j)]")))
                .isEqualTo(
                        """
                        for A parallel i32 i = 0 to 10 step 1 {
                            x[i] = 1.0:f32
                        }
                        ---
                        for B parallel i32 j = 0 to 10 step 1 {
                            y[j] = x[(9 - j)]
                        }
                        """);
    }

    @Test
    void definitionsAreRepeatedWhereTheyAreRead() {
        assertThat(pieces("f32 s = (f32(p) * 2.0:f32) " + loop(A, "s") + loop(B, "s")))
                .isEqualTo(
                        """
                        f32 s = (f32(p) * 2.0:f32)
                        for A parallel i32 i = 0 to 10 step 1 {
                            x[i] = s
                        }
                        ---
                        f32 s = (f32(p) * 2.0:f32)
                        for B parallel i32 j = 0 to 10 step 1 {
                            y[j] = s
                        }
                        """);
        assertThat(pieces("i32 s = 1 " + loop(A, "f32(s)") + "s = 2 " + loop(B, "f32(s)")))
                .endsWith(
                        """
                        ---
                        i32 s = 1
                        s = 2
                        for B parallel i32 j = 0 to 10 step 1 {
                            y[j] = f32(s)
                        }
                        """);
    }

    @Test
    void whatStandsBetweenLoopsIsAKernelToo() {
        assertThat(pieces(loop(A, "1.0:f32") + "n[0] = 3 n[1] = p " + loop(B, "2.0:f32")))
                .isEqualTo(
                        """
                        for A parallel i32 i = 0 to 10 step 1 {
                            x[i] = 1.0:f32
                        }
                        ---
                        n[0] = 3
                        n[1] = p
                        ---
                        for B parallel i32 j = 0 to 10 step 1 {
                            y[j] = 2.0:f32
                        }
                        """);
    }

    /** A failed check must keep every later loop from running. */
    @Test
    void checksGuardAllThatFollows() {
        String check = "check ((p >= 0) & (p < 9)) else index p ";
        String expected = "check ((p >= 0) & (p < 9)) else index p";
        assertThat(pieces(loop(A, "1.0:f32") + check + loop(B, "x[p]")).split("---")[1])
                .contains(expected);
        assertThat(
                        pieces(check + loop(A, "x[p]") + loop(B, "x[p]"))
                                .split(java.util.regex.Pattern.quote(expected)))
                .hasSize(3);
        assertThat(pieces(loop(A, "1.0:f32") + check)).endsWith("---\n" + expected + "\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                // the second loop reads what the first one leaves in a variable
                "f32 s = 1.0:f32 for A sequential i32 i = 0 to 9 step 1 { s = (s + x[i]) } ; s",
                "f32 s = 1.0:f32 for A parallel i32 i = 0 to 9 step 1 { s = x[i] y[i] = s } ; s",
                "i32 s = 1 for A sequential i32 i = 0 to 9 step 1 { s = i } i32 t = s ; f32(t)",
                "i32 s = 0 s = atomic + n[0], 1 ; f32(s)",
                // memory that is read between
                "f32 s = x[0] ; s",
                "private f32 t[4] t[0] = 1.0:f32 ; t[0]",
                // the end may come before
                "if c { return } ; 1.0:f32",
                "for A sequential i32 i = 0 to 9 step 1 { if c { return } } ; 1.0:f32"
            })
    void whatHangsTogetherStaysTogether(String before, String value) {
        String text = before + " " + loop(B, value);
        assertThat(Split.apply(Texts.kernel(PARAMS, text))).hasSize(1);
    }
}
