package org.tornadovit.passes;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tornadovit.ir.Kernel;
import org.tornadovit.ir.Verifier;

/** Which loops run a vector at a time, and which must not. */
class StripMineLegalityTest {
    private static final String PARAMS = "f32[] x, f32[] y, i32[] n, f64[] d, i32 p, bool c";
    private static final Target TARGET = new Target(4, 16, 2, false);

    private static String mined(String body) {
        Kernel kernel = Texts.kernel(PARAMS, body);
        return Texts.body(Verifier.verify(StripMine.apply(kernel, TARGET)));
    }

    private static String loop(String start, String body, String after) {
        return "%s for L sequential i32 i = 0 to 10 step 1 { %s } %s".formatted(start, body, after);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "p = 1; y[i] = x[i]; p = 2",
                "p = 1; y[i] = (y[i] + x[(i + 3)]); p = 2", // in place
                "p = 1; y[i] = x[i] y[i] = (y[i] * 2.0:f32); p = 2",
                "p = 1; f32 t = x[i] y[i] = (t * t); p = 2",
                "f32 s = 0.0:f32; f32 t = x[i] y[i] = (t * t) s = (s + t); y[99] = s",
                "f32 s = 0.0:f32; s = max(x[i], s); y[0] = s",
                "f32 s = 0.0:f32; y[i] = x[i] s = (s + y[i]); y[99] = s",
                "i32 q = 0; q = (p * 2) y[(q + i)] = x[(q + i)]; p = 2"
            })
    void vectors(String start, String body, String after) {
        assertThat(mined(loop(start, body, after))).contains(":4]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "p = 1; y[(i + 1)] = y[i]; p = 2", // what the iteration before wrote
                "p = 1; y[i] = y[(i + 1)]; p = 2",
                "p = 1; y[i] = y[(9 - i)]; p = 2",
                "p = 1; y[i] = 1.0:f32 y[(i + 1)] = 2.0:f32; p = 2",
                "p = 1; y[n[i]] = x[i]; p = 2",
                // p moves between a store and a load of the same sum
                "p = 1; p = 0 y[(p + i)] = x[i] p = 1 x[i] = y[(p + i)]; p = 2",
                "f32 s = 0.0:f32; s = (s + x[i]); y[0] = s", // several rows at once instead
                "f32 s = 0.0:f32; s = (s - x[i]); y[0] = s", // no reduction
                "f32 s = 0.0:f32; s = (s * x[i]); y[0] = s",
                "f32 s = 0.0:f32; s = (s + x[i]) y[i] = s; y[0] = s", // each partial sum
                "f32 s = 0.0:f32; y[i] = s s = (s + x[i]); y[0] = s",
                "f32 s = 0.0:f32; s = (s + s); y[0] = s",
                "f64 s = 0.0:f64; s = (s + d[i]); d[0] = s", // no vectors of doubles
                "f32 s = 0.0:f32; s = x[i]; y[0] = s", // the last value is read
                "p = 0; p = (p + 1) y[i] = f32(p); p = 2", // counts
                "p = 1; y[i] = f32(i); p = 2",
                "p = 1; if c { y[i] = x[i] }; p = 2",
                "p = 1; check c else index i   y[i] = x[i]; p = 2",
                "p = 1; i32 o = atomic + n[0], 1 y[i] = x[i]; p = 2"
            })
    void order(String start, String body, String after) {
        String text = loop(start, body, after);
        assertThat(mined(text)).isEqualTo(Texts.body(Texts.kernel(PARAMS, text)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "f32 t = (x[i] * 2.0:f32) y[i] = t s = (s + t); false",
                "f32 t = (x[i] * 2.0:f32) y[i] = t y[i] = 0.0:f32 s = (s + t); true", // overwritten
                "f32 t = (x[i] * 2.0:f32) y[i] = x[i] s = (s + t); true" // not stored
            })
    void storedTermsAreReadAgain(String body, boolean lanes) {
        String text = mined(loop("f32 s = 0.0:f32", body, "y[99] = s"));
        assertThat(text.contains("lane(")).isEqualTo(lanes);
        assertThat(text.contains("s = (s + y[")).isEqualTo(!lanes);
        assertThat(text).contains(":4]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "for L sequential i32 i = 0 to 3 step 1", // shorter than a vector
                "for L sequential i32 i = 0 to 10 step 2",
                "for L sequential i32 i = 10 to 0 step -1",
                "for L sequential i32 i = 0 to p step 1",
                "for L sequential i32 i = p to 10 step 1",
                "for L unrolled i32 i = 0 to 10 step 1"
            })
    void otherLoops(String loop) {
        assertThat(mined(loop + " { y[i] = x[i] }")).doesNotContain(":4]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "sequential | 3 | 13 | 3 to 11 step 4 | 11 to 13 step 1",
                "sequential | 0 | 8 | 0 to 8 step 4 | y[i:4]",
                "parallel | 0 | 10 | iv = 0 to 3 step 1 | i = 8 to 10 step 1",
                "parallel | 5 | 13 | iv = 0 to 2 step 1 | y[((iv * 4) + 5):4]"
            })
    void limits(String run, String start, String end, String vectors, String rest) {
        String text = "for L %s i32 i = %s to %s step 1 { y[i] = x[i] }".formatted(run, start, end);
        assertThat(mined(text)).contains(vectors, rest);
    }
}
