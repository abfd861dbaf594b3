package org.tornadovit.passes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tornadovit.ir.Kernel;
import org.tornadovit.ir.Verifier;

class MapParallelTest {
    private static final String PARAMS = "f32[] x, f32[] y, i32[] n, i32 p, bool c";

    private static Kernel mapped(String body) {
        return Verifier.verify(MapParallel.apply(Texts.kernel(PARAMS, body)));
    }

    @Test
    void theInnermostLoopIsAxisZero() {
        Kernel kernel =
                mapped(
                        """
                        for A parallel i32 i = 0 to 3 step 1 {
                            i32 r = (i * 20)
                            for B parallel i32 j = 0 to 20 step 2 {
                                for C sequential i32 k = 0 to 2 step 1 {
                                    y[((r + j) + k)] = x[k]
                                }
                            }
                        }
                        """);
        assertThat(Texts.body(kernel))
                .isEqualTo(
                        """
                        for A grid1 i32 i = 0 to 3 step 1 {
                            for B grid0 i32 j = 0 to 20 step 2 {
                                i32 r = (i * 20)
                                for C sequential i32 k = 0 to 2 step 1 {
                                    y[((r + j) + k)] = x[k]
                                }
                            }
                        }
                        """);
        assertThat(MapParallel.grid(kernel, 8)).isEqualTo(List.of(10L, 3L, 1L));
    }

    @Test
    void fourLoopsCountThroughThreeAxes() {
        Kernel kernel =
                mapped(
                        """
                        for A parallel i32 i = 0 to 2 step 1 {
                            for B parallel i32 j = 0 to 3 step 1 {
                                for C parallel i32 k = 0 to 4 step 1 {
                                    for D parallel i32 l = 0 to 5 step 1 {
                                        y[((((((i * 3) + j) * 4) + k) * 5) + l)] = 1.0:f32
                                    }
                                }
                            }
                        }
                        """);
        assertThat(Texts.body(kernel))
                .startsWith(
                        """
                        for ij grid2 i32 ij_1 = 0 to 6 step 1 {
                            for C grid1 i32 k = 0 to 4 step 1 {
                                for D grid0 i32 l = 0 to 5 step 1 {
                                    i32 i = (ij_1 / 3)
                                    i32 j = (ij_1 % 3)
                        """);
    }

    /** The third loop's limit reads an index that joining would compute too late. */
    @Test
    void loopsThatDependOnOthersAreNotJoined() {
        Kernel kernel =
                mapped(
                        """
                        for A parallel i32 i = 0 to 2 step 1 {
                            for B parallel i32 j = 0 to 3 step 1 {
                                for C parallel i32 k = 0 to i step 1 {
                                    for D parallel i32 l = 0 to 5 step 1 {
                                        y[((((((i * 3) + j) * 4) + k) * 5) + l)] = 1.0:f32
                                    }
                                }
                            }
                        }
                        """);
        assertThat(Texts.body(kernel))
                .contains("for A grid2", "for B grid1", "for C grid0", "for D sequential");
        assertThat(MapParallel.grid(kernel, 8)).isEqualTo(List.of(8L, 3L, 2L));
    }

    @Test
    void loopsTooLongToCountTogetherAreNotJoined() {
        Kernel kernel =
                mapped(
                        """
                        for A parallel i32 i = 0 to 100000 step 1 {
                            for B parallel i32 j = 0 to 100000 step 1 {
                                for C parallel i32 k = 0 to 2 step 1 {
                                    for D parallel i32 l = 0 to 2 step 1 {
                                        y[l] = 1.0:f32
                                    }
                                }
                            }
                        }
                        """);
        assertThat(Texts.body(kernel)).contains("for A grid2", "for D sequential");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                // not on the outside
                "for A sequential i32 i = 0 to 3 step 1 { for B parallel i32 j = 0 to 3 step 1 {"
                        + " y[j] = x[i] } }",
                // other statements around
                "y[0] = 1.0:f32 for B parallel i32 j = 0 to 3 step 1 { y[j] = x[0] }",
                "for B parallel i32 j = 0 to 3 step 1 { y[j] = x[0] } y[0] = 1.0:f32",
                // the limit is computed before
                "i32 m = (p / 3) for B parallel i32 j = 0 to m step 1 { y[j] = x[0] }",
                "i32 m = n[0] for B parallel i32 j = 0 to m step 1 { y[j] = x[0] }",
                // a value goes from one iteration to the next
                "f32 s = 0.0:f32 for B parallel i32 j = 0 to 3 step 1 { s = (s + x[j]) y[j] = s }",
                "f32 s = 0.0:f32 for B parallel i32 j = 0 to 3 step 1 {"
                        + " if (x[j] > 0.0:f32) { s = x[j] } y[j] = s }"
            })
    void whatHasAnOrderRunsAsOneItem(String body) {
        assertThat(Texts.body(mapped(body))).doesNotContain("grid").doesNotContain("parallel");
    }

    @Test
    void innerLoopsThatCarryValuesStayInOrder() {
        Kernel kernel =
                mapped(
                        """
                        for A parallel i32 i = 0 to 3 step 1 {
                            f32 s = 0.0:f32
                            for B parallel i32 j = 0 to 3 step 1 {
                                s = (s + x[j])
                                y[((i * 3) + j)] = s
                            }
                        }
                        """);
        assertThat(Texts.body(kernel)).contains("for A grid0", "for B sequential");
    }

    /** Without iterations the check would be left out. */
    @Test
    void checksMoveIntoLoopsThatRun() {
        String check = "check (p > 0) else index p ";
        String loop = "for B parallel i32 j = 0 to %s step 1 { y[j] = x[0] }";
        assertThat(Texts.body(mapped(check + loop.formatted("3"))))
                .startsWith("for B grid0 i32 j = 0 to 3 step 1 {\n    check (p > 0)");
        assertThat(Texts.body(mapped(check + loop.formatted("p")))).startsWith("check");
    }
}
