package org.tornadovit.passes;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PromoteTest {
    private static final String PARAMS = "f32[] x, f32[] y, f32[] z, i32[] n, i32 p, bool c";

    /** for b &lt; 4 (sequential), i &lt; 10 (parallel) around a body. */
    private static String loops(String before, String body) {
        return """
        for B sequential i32 b = 0 to 4 step 1 {
            %s
            for I parallel i32 i = 0 to 10 step 1 {
                %s
            }
        }
        """
                .formatted(before, body);
    }

    private static String promoted(String text) {
        return Texts.body(Promote.apply(Texts.kernel(PARAMS, text)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "i32 u = 1; y[((b * 10) + i)] = x[i]",
                "i32 u = 1; y[((i * 4) + b)] = x[b]",
                "i32 u = 1; y[(((b * 10) + i) + 7)] = x[b]",
                "i32 u = 1; y[((b * 12) + i)] = x[b]", // padded rows
                "i32 u = 1; y[(39 - ((b * 10) + i))] = x[b]",
                "i32 u = 1; y[((b * 10) + i)] = (y[((i + 1) + ((b * 10) - 1))] + x[i])", // in place
                "i32 u = 1; y[((b * 10) + i)] = x[i] z[((b * 10) + i)] = x[b]",
                "i32 q = (b * 10); y[((b * 10) + i)] = f32(q)",
                "i32 u = 1; f32 s = x[i] if c { s = 2.0:f32 } y[((b * 10) + i)] = s",
                "i32 u = 1; private f32 t[2] t[0] = x[i] y[((b * 10) + i)] = t[1]",
                "i32 u = 1; check (x[b] > 0.0:f32) else index b y[((b * 10) + i)] = x[i]",
                "f32 m = x[b]; y[((b * 10) + i)] = m",
                // blocks that hold whatever lies within them
                "i32 u = 1; for U sequential i32 v = 0 to 3 step 1 { y[((((b * 10) +"
                        + " i) * 3) + v)] = x[v] }",
                "i32 u = 1; for U sequential i32 v = 9 to -1 step -1 { y[((b * 10) + v)] = x[v] }",
                "i32 u = 1; i32 q = (((b * 5) + (i / 2)) * 2) y[(q + (i % 2))] = x[i]",
                "i32 u = 1; y[((b * 16) + (n[i] & 15))] = x[i]",
                "i32 u = 1; y[((b * 10) + i)] = y[((b * 10) + ((i + 1) % 10))]"
            })
    void independentIterationsRunInParallel(String before, String body) {
        assertThat(promoted(loops(before, body))).startsWith("for B parallel");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "i32 u = 1; y[i] = x[b]", // all images write one row
                "i32 u = 1; y[(b + i)] = x[b]", // rows overlap
                "i32 u = 1; y[((b * 9) + i)] = x[b]",
                "i32 u = 1; y[((b * 10) + i)] = y[(((b * 10) + i) - 10)]", // the row before
                "i32 u = 1; y[((b * 10) + i)] = y[i]",
                "i32 u = 1; y[((b * 10) + i)] = x[i] y[(((b * 10) + i) + 1)] = x[i]",
                "i32 u = 1; y[n[((b * 10) + i)]] = x[i]",
                "i32 u = 1; y[(((b * 10) + i) / 2)] = x[i]",
                "i32 u = 1; y[((b * 15) + (n[i] & 15))] = x[i]",
                "i32 u = 1; y[((b * 10) + ((b + i) % 10))] = y[((b * 10) + (i + 1))]",
                "i32 u = 1; for U sequential i32 v = 0 to 4 step 1 { y[((((b * 10) +"
                        + " i) * 3) + v)] = x[v] }",
                "i32 u = 1; for U sequential i32 v = 0 to p step 1 { y[((((b * 10) +"
                        + " i) * 3) + v)] = x[v] }",
                "i32 u = 1; for U sequential i32 v = 10 to -1 step -1 { y[((b * 10) + v)] = x[v] }",
                "i32 u = 1; i32 q = (b * 10) q = (q - b) y[(q + i)] = x[i]",
                "i32 u = 1; y[((b * p) + i)] = x[i]",
                "i32 u = 1; y[(((b * 10) + i) + p)] = x[i]",
                "i32 u = 1; y[((b * 1073741824) + i)] = x[i]", // 4 * 2^30 wraps to the first row
                "i32 u = 1; i32 o = atomic + n[0], b y[((b * 10) + i)] = x[i]",
                "n[0] = b; y[((b * 10) + i)] = x[i]"
            })
    void dependentIterationsKeepTheirOrder(String before, String body) {
        String text = loops(before, body);
        assertThat(promoted(text)).isEqualTo(Texts.body(Texts.kernel(PARAMS, text)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                // a value that one iteration leaves to the next
                "f32 v = 0.0:f32; v = (v + 1.0:f32); y[((b * 10) + i)] = v; n[0] = 1",
                "f32 v = 0.0:f32; if (b == 2) { v = 5.0:f32 }; y[((b * 10) + i)] = v; n[0] = 1",
                // a value that the last iteration leaves
                "i32 v = 0; v = b; y[((b * 10) + i)] = x[b]; n[0] = v"
            })
    void valuesThatAreCarriedKeepTheOrder(String start, String before, String body, String after) {
        String text = start + "\n" + loops(before, body) + "\n" + after;
        assertThat(promoted(text)).isEqualTo(Texts.body(Texts.kernel(PARAMS, text)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "for B sequential i32 b = 0 to p step 1 { for I parallel i32 i = 0 to 10 step 1 {"
                        + " y[((b * 10) + i)] = x[i] } }",
                "for B sequential i32 b = 1 to 4 step 1 { for I parallel i32 i = 0 to 10 step 1 {"
                        + " y[((b * 10) + i)] = x[i] } }",
                "for B sequential i32 b = 0 to 4 step 1 { for I parallel i32 i = 0 to 10 step 1 {"
                        + " y[((b * 10) + i)] = x[i] } if (x[b] > 1.0:f32) { break B } }",
                "for B sequential i32 b = 0 to 4 step 1 { for I sequential i32 i = 0 to 10 step 1 {"
                        + " y[((b * 10) + i)] = x[i] } }"
            })
    void otherLoopsStay(String text) {
        assertThat(promoted(text)).isEqualTo(Texts.body(Texts.kernel(PARAMS, text)));
    }
}
