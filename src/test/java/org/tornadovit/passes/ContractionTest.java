package org.tornadovit.passes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tornadovit.ir.Printer;

class ContractionTest {
    private static final String PARAMS =
            "f32[] x, f32[] w, f32[] b, f32[] y, f16[] h, i32[] n, f64[] d, f32 p, bool c";

    /** The nest of a linear layer of 20 rows, 30 columns and 10 terms. */
    private static String linear(String prologue, String terms, String epilogue) {
        return """
        for I parallel i32 i = 0 to 20 step 1 {
            for J parallel i32 j = 0 to 30 step 1 {
                %s
                for K sequential i32 k = 0 to 10 step 1 {
                    %s
                }
                %s
            }
        }
        """
                .formatted(prologue, terms, epilogue);
    }

    private static final String START = "f32 s = 0.0:f32";
    private static final String TERM = "s = (s + (x[((i * 10) + k)] * w[((j * 10) + k)]))";
    private static final String END = "y[((i * 30) + j)] = s";

    private static Optional<Contraction> of(String body) {
        return Contraction.of(Texts.kernel(PARAMS, body));
    }

    @Test
    void aLinearLayer() {
        Contraction c = of(linear(START, TERM, END)).orElseThrow();
        assertThat(c.lane().index().name()).isEqualTo("j");
        assertThat(Printer.print(c.row())).isEqualTo("x[((i * 10) + k)]");
        assertThat(Printer.print(c.column())).isEqualTo("w[((j * 10) + k)]");
        assertThat(c.fused()).isFalse();
        assertThat(c.reduction()).hasSize(1);
        assertThat(c.prologue()).hasSize(1);
        assertThat(c.epilogue()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "f32 s = b[j]; " + TERM + "; " + END,
                "f32 s = y[((i * 30) + j)]; " + TERM + "; " + END, // accumulates in place
                START + "; s = ((x[k] * w[j]) + s); " + END,
                START + "; s = fma(x[k], w[j], s); " + END,
                START + "; f32 q = f32(h[(j + k)]) s = (s + (q * x[k])); " + END,
                START
                        + "; for L sequential i32 l = 0 to 3 step 1 { s = (s + (x[(k + l)] * w[j]))"
                        + " }; "
                        + END,
                START + "; " + TERM + "; if (s < 0.0:f32) { " + END + " }",
                START + "; " + TERM + "; f32 t = (s * p) y[((i * 30) + j)] = (t + (t * b[j]))"
            })
    void formsOfSums(String prologue, String terms, String epilogue) {
        assertThat(of(linear(prologue, terms, epilogue))).isPresent();
    }

    @Test
    void anExplicitlyFusedProductStaysFused() {
        Contraction c = of(linear(START, "s = fma(x[k], w[j], s)", END)).orElseThrow();
        assertThat(c.fused()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                // no product of a row and a column
                START + "; s = (s + x[(j + k)]); " + END,
                START + "; s = (s - (x[k] * w[j])); " + END,
                START + "; s = (s + ((x[k] * w[j]) + 1.0:f32)); " + END,
                START + "; s = (s * (x[k] * w[j])); " + END,
                START + "; s = (s + (x[(i + j)] * w[((i * 3) + (j + k))])); " + END,
                START + "; s = (s + (x[k] * w[k])); " + END,
                // factors that depend on other things than counters
                START + "; s = (s + (x[k] * (s * w[j]))); " + END,
                "f32 q = b[i] " + START + "; s = (s + (q * w[j])); " + END,
                START + "; s = (s + (x[n[k]] * (p * w[j]))); " + END,
                // the sum starts twice, or never
                START + " s = 1.0:f32; " + TERM + "; " + END,
                // results over the factors
                START + "; " + TERM + "; x[((i * 30) + j)] = s",
                START + "; " + TERM + "; w[((i * 30) + j)] = s",
                // effects where none may be
                START + "; n[0] = 1 " + TERM + "; " + END,
                START + "; " + TERM + " n[0] = 1; " + END,
                START + "; if c { " + TERM + " }; " + END,
                START + "; if c { continue K } " + TERM + "; " + END,
                START + "; if c { break K } " + TERM + "; " + END,
                START + "; " + TERM + "; for M sequential i32 m = 0 to 4 step 1 { " + END + " }",
                START + "; " + TERM + "; i32 o = atomic + n[0], 1 " + END,
                START + "; " + TERM + "; check c else index i " + END,
                START + "; " + TERM + "; if c { continue J } " + END,
                "check c else index i " + START + "; " + TERM + "; " + END,
                // a value of the last term
                "f32 l = 0.0:f32 " + START + "; l = x[k] s = (s + (l * w[j])); y[j] = (s + l)",
                // a value of the term before
                "i32 t = 0 " + START + "; t = (t + 1) s = (s + (x[t] * w[j])); " + END,
                // other types
                "f64 s = 0.0:f64; s = (s + (d[k] * d[j])); y[((i * 30) + j)] = f32(s)"
            })
    void whatIsNoContraction(String prologue, String terms, String epilogue) {
        assertThat(of(linear(prologue, terms, epilogue)).isEmpty()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "for J parallel i32 j = 0 to 30 step 2", // steps
                "for J parallel i32 j = 1 to 30 step 1", // starts
                "for J parallel i32 j = 0 to i step 1", // triangles
                "for J sequential i32 j = 0 to 30 step 1"
            })
    void otherLoops(String loop) {
        String text = linear(START, TERM, END);
        assertThat(of(text.replace("for J parallel i32 j = 0 to 30 step 1", loop))).isEmpty();
    }

    @Test
    void theLaneStoresNeighbours() {
        Contraction rows = of(linear(START, TERM, "y[((j * 20) + i)] = s")).orElseThrow();
        assertThat(rows.lane().index().name()).isEqualTo("i");
        assertThat(Printer.print(rows.row())).startsWith("w[");
    }
}
