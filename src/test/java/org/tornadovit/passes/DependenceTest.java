package org.tornadovit.passes;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Iterations that read what others write are found where the indices prove it, only there. */
class DependenceTest {
    private static final String ROWS =
            "for L parallel i32 i = 0 to 16 step 1 { for M parallel i32 j = 0 to 16 step 1 { ";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "for L parallel i32 i = 1 to 64 step 1 { a[i] = a[(i - 1)] }",
                "for L parallel i32 i = 0 to 64 step 1 { a[i] = a[(i * 4)] }",
                "for L parallel i32 i = 62 to 0 step -2 { a[(i + 2)] = a[i] }",
                "for L parallel i32 i = 0 to 64 step 1 { if (i > 0) { a[i] = a[(i - 1)] } }",
                "for L parallel i32 i = 0 to 64 step 1 { if (i < 60) { } else { a[i] = a[60] } }",
                "for L parallel i32 i = 0 to 64 step 1 { f32 s = a[0] a[i] = s }",
                "for L parallel i32 i = 0 to 8 step 1 {"
                        + " for K sequential i32 k = 0 to 8 step 1 { a[i] = (a[i] + a[k]) } }",
                ROWS + "a[((i * 16) + j)] = a[((j * 16) + i)] } }",
                ROWS + "f32 v = a[(j * 16)] a[((i * 16) + j)] = v } }",
            })
    void whatIndicesProveIsFound(String body) {
        assertThat(Dependence.of(Texts.kernel("f32[] a, f32[] b", body))).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "for L parallel i32 i = 0 to 64 step 1 { a[i] = (a[i] + b[(i + 1)]) }",
                "for L parallel i32 i = 0 to 64 step 2 { a[i] = a[(i + 1)] }",
                "for L parallel i32 i = 0 to 8 step 1 { a[i] = a[(i + 8)] }",
                "for L parallel i32 i = 0 to 64 step 1 { if (b[i] > 0:f32) { a[i] = a[0] } }",
                "for L parallel i32 i = 0 to 64 step 1 { if (i == 0) { a[i] = a[0] } }",
                "for L parallel i32 i = 0 to 64 step 1 { if (i < 8) { a[(i * 2)] = a[(i * 2)] } }",
                "for L parallel i32 i = 0 to 64 step 1 { i32 j = i32(b[i]) a[i] = a[j] }",
                "for L sequential i32 i = 1 to 64 step 1 { a[i] = a[(i - 1)] }",
                "for L parallel i32 i = 0 to 8 step 1 {"
                        + " for K sequential i32 k = 1 to 8 step 1 {"
                        + " a[((i * 8) + k)] = a[(((i * 8) + k) - 1)] } }",
                "for L parallel i32 i = 0 to 8 step 1 { block C {"
                        + " if (b[i] > 0:f32) { break C } a[i] = a[0] } }",
                ROWS + "a[((i * 16) + j)] = (a[((i * 16) + j)] + b[((j * 16) + i)]) } }",
            })
    void othersAreNot(String body) {
        assertThat(Dependence.of(Texts.kernel("f32[] a, f32[] b", body))).isEmpty();
    }

    @Test
    void theSentenceNamesBothAccesses() {
        String body =
                """
                for L parallel i32 i = 0 to 64 step 1 {
                    f32 v = a[(i * 4)] @"K.k":8
                    a[(i + 1)] @"K.k":9 = v
                }
                """;
        assertThat(Dependence.of(Texts.kernel("f32[] a", body)))
                .get()
                .hasToString(
                        "K.k:9 writes a[i + 1] and K.k:8 reads a[4 * i] in a @Parallel loop, where"
                                + " one iteration writes element 4 that another one reads, so that"
                                + " the result depends on their order; write to another array, or"
                                + " leave out @Parallel");
    }
}
