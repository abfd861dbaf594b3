package org.tornadovit.codegen.jvm;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tornadovit.codegen.JvmVector;
import org.tornadovit.device.Range;
import org.tornadovit.ir.Const;
import org.tornadovit.ir.Parser;

/** Grid loops in one to three dimensions, at odd sizes and grids that do not fit them. */
class GridsTest {
    static Stream<Range> ranges() {
        return Stream.of(
                Range.of(7, 5, 3), // fits the loops
                Range.of(1, 1, 1),
                Range.of(7, 1, 1),
                Range.of(64, 64, 64), // wider than the loops
                Range.of(2, 3, 2),
                Range.of(3, 5, 1));
    }

    @ParameterizedTest
    @MethodSource("ranges")
    void threeDimensions(Range range) {
        Comparison.of(
                        """
                        kernel copy(i32[] x, i32[] z) loops {
                            for a grid2 i32 a = 0 to 3 step 1 {
                                i32 base = (a * 35)
                                for b grid1 i32 b = 0 to 5 step 1 {
                                    for c grid0 i32 c = 0 to 7 step 1 {
                                        i32 at = ((base + (b * 7)) + c)
                                        z[at] = (z[at] + (x[at] * at))
                                    }
                                }
                            }
                        }
                        """)
                .random("x", 105, 1)
                .random("z", 105, 2)
                .agrees(range);
    }

    @ParameterizedTest
    @MethodSource("ranges")
    void stepsAndBoundsThatAreNotConstant(Range range) {
        for (int n : new int[] {0, 1, 6, 34, 35, 105}) {
            Comparison.of(
                            """
                            kernel steps(i32 n, i64 m, i32[] x, i32[] z) loops {
                                for b grid1 i64 b = 104:i64 to m step -5 {
                                    for a grid0 i32 a = (0 - 2) to n step 3 {
                                        i32 at = max(min((a + i32(b)), 104), 0)
                                        i32 was = atomic + z[at], x[at]
                                    }
                                }
                            }
                            """)
                    .random("x", 105, 1)
                    .random("z", 105, 2)
                    .scalar("n", Const.i32(n))
                    .scalar("m", Const.i64(104 - n))
                    .agrees(range);
        }
    }

    @ParameterizedTest
    @MethodSource("ranges")
    void effectsBetweenLoopsHappenOnce(Range range) {
        Comparison.of(
                        """
                        kernel rows(i32[] x, i32[] z) loops {
                            for a grid1 i32 a = 0 to 5 step 1 {
                                z[a] = (z[a] * 3)
                                for b grid0 i32 b = 0 to 21 step 1 {
                                    i32 old = atomic + z[a], x[((a * 21) + b)]
                                }
                            }
                        }
                        """)
                .random("x", 105, 1)
                .random("z", 5, 2)
                .agrees(range);
    }

    @Test
    void withoutGridLoopsOneUnitRuns() {
        Comparison.of(
                        """
                        kernel prefix(i32[] x, i32[] z) loops {
                            i32 sum = 0
                            for i sequential i32 i = 0 to 100 step 1 {
                                sum = (sum + x[i])
                                z[i] = sum
                            }
                        }
                        """)
                .random("x", 100, 1)
                .random("z", 100, 2)
                .agrees(Range.SINGLE);
    }

    @Test
    void loopsInALoopAndOneAfterTheOther() {
        Comparison.of(
                        """
                        kernel stages(i32[] x, i32[] z) loops {
                            for t sequential i32 t = 0 to 3 step 1 {
                                for i grid0 i32 i = 0 to 100 step 1 {
                                    z[i] = (z[i] + (x[i] + t))
                                }
                            }
                            for j grid0 i32 j = 0 to 100 step 1 {
                                z[j] = (z[j] * 3)
                            }
                        }
                        """)
                .random("x", 100, 1)
                .random("z", 100, 2)
                .agrees(Range.of(100, 1, 1));
    }

    @Test
    void loopsThatNestInDifferentOrdersAreRefused() {
        String text =
                """
                kernel twisted(i32[] z) loops {
                    for a grid0 i32 a = 0 to 3 step 1 {
                        for b grid1 i32 b = 0 to 3 step 1 {
                            z[a] = b
                        }
                    }
                    for c grid1 i32 c = 0 to 3 step 1 {
                        z[c] = 0
                    }
                }
                """;
        assertThatThrownBy(() -> new JvmVector(0).render(Parser.parse(text)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("twisted")
                .hasMessageContaining("different orders");
    }
}
