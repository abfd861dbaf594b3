package org.tornadovit.codegen.jvm;

import org.junit.jupiter.api.Test;
import org.tornadovit.device.Range;
import org.tornadovit.ir.Const;

/** Control flow, private arrays, atomic operations and parameters against the interpreter. */
class StatementsTest {
    private static final Range HUNDRED = Range.of(100, 1, 1);

    @Test
    void breaksContinuesAndEndlessLoops() {
        Comparison.of(
                        """
                        kernel jumps(i32[] x, i32[] z) loops {
                            for i grid0 i32 i = 0 to 100 step 1 {
                                i32 n = x[i]
                                i32 steps = 0
                                if (n < 0) {
                                    z[i] = -1
                                    continue i
                                }
                                loop collatz {
                                    if (n <= 1) {
                                        break collatz
                                    }
                                    steps = (steps + 1)
                                    block parity {
                                        if ((n & 1) == 0) {
                                            n = (n >> 1)
                                            break parity
                                        }
                                        n = ((n * 3) + 1)
                                    }
                                    if (steps > 50) {
                                        break collatz
                                    }
                                    continue collatz
                                }
                                for j sequential i32 j = 10 to -1 step -2 {
                                    for k sequential i32 k = 0 to 9 step 2 {
                                        if (k == j) {
                                            continue j
                                        }
                                        steps = (steps + k)
                                    }
                                }
                                z[i] = (steps + n)
                            }
                        }
                        """)
                .random("x", 100, 1)
                .random("z", 100, 2)
                .agrees(HUNDRED);
    }

    @Test
    void returnEndsTheKernel() {
        Comparison.of(
                        """
                        kernel stops(i32[] x, i32[] z) loops {
                            for i sequential i32 i = 0 to 100 step 1 {
                                if (i == 40) {
                                    return
                                }
                                z[i] = x[i]
                            }
                        }
                        """)
                .random("x", 100, 1)
                .random("z", 100, 2)
                .agrees(Range.SINGLE);
    }

    @Test
    void loopsThatSetManyVariables() {
        Comparison.of(
                        """
                        kernel statistics(f64[] x, f64[] z) loops {
                            for i grid0 i32 i = 0 to 10 step 1 {
                                f64 sum = 0.0:f64
                                f64 squares = 0.0:f64
                                f64 most = x[(i * 10)]
                                i64 count = 0:i64
                                for j sequential i32 j = 0 to 10 step 1 {
                                    f64 value = x[((i * 10) + j)]
                                    sum = (sum + value)
                                    squares = fma(value, value, squares)
                                    if (value > most) {
                                        most = value
                                        count = (count + i64(j))
                                    }
                                }
                                z[(i * 4)] = sum
                                z[((i * 4) + 1)] = squares
                                z[((i * 4) + 2)] = most
                                z[((i * 4) + 3)] = f64(count)
                            }
                        }
                        """)
                .random("x", 100, 1)
                .random("z", 40, 2)
                .agrees(Range.of(10, 1, 1));
    }

    @Test
    void privateArraysStartAtZeroEachTime() {
        Comparison.of(
                        """
                        kernel histogram(i32[] x, i32[] z) loops {
                            for i grid0 i32 i = 0 to 20 step 1 {
                                private i32 bins[8]
                                private i64 totals[3]
                                for j sequential i32 j = 0 to 10 step 1 {
                                    i32 bin = (x[((i * 10) + j)] & 7)
                                    bins[bin] = (bins[bin] + 1)
                                    totals[(bin % 3)] = (totals[(bin % 3)] + i64(bin))
                                }
                                for k sequential i32 k = 0 to 8 step 1 {
                                    z[((i * 8) + k)] = (bins[k] + i32(totals[(k % 3)]))
                                }
                            }
                        }
                        """)
                .random("x", 200, 1)
                .random("z", 160, 2)
                .agrees(Range.of(20, 1, 1));
    }

    @Test
    void atomicOperationsFromManyThreads() {
        Comparison.of(
                        """
                        kernel counts(i32[] x, i32[] n, i64[] m, f32[] f, f64[] d) loops {
                            for i grid0 i32 i = 0 to 10000 step 1 {
                                i32 v = x[i]
                                i32 r0 = atomic + n[0], v
                                i32 r1 = atomic - n[1], v
                                i32 r2 = atomic min n[2], v
                                i32 r3 = atomic max n[3], v
                                i32 r4 = atomic & n[4], v
                                i32 r5 = atomic | n[5], v
                                i32 r6 = atomic ^ n[6], v
                                i64 r7 = atomic + m[0], i64(v)
                                i64 r8 = atomic max m[1], i64(v)
                                f32 r9 = atomic + f[0], f32((i % 8))
                                f64 ra = atomic min d[0], f64(v)
                                f64 rb = atomic + d[1], f64((i % 8))
                            }
                        }
                        """)
                .random("x", 10000, 1)
                .array("n", java.lang.foreign.Arena.ofAuto().allocate(28))
                .array("m", java.lang.foreign.Arena.ofAuto().allocate(16))
                .array("f", java.lang.foreign.Arena.ofAuto().allocate(4))
                .array("d", java.lang.foreign.Arena.ofAuto().allocate(16))
                .agrees(Range.of(10000, 1, 1));
    }

    @Test
    void scalarParametersOfEveryType() {
        Comparison.of(
                        """
                        kernel scalars(bool b, i8 c, i16 s, u16 u, i32 i, i64 l, f16 h, bf16 g,
                                       f32 f, f64 d, f64[] z) loops {
                            z[0] = f64(b)
                            z[1] = f64(c)
                            z[2] = f64(s)
                            z[3] = f64(u)
                            z[4] = f64(i)
                            z[5] = f64(l)
                            z[6] = f64(h)
                            z[7] = f64(g)
                            z[8] = f64(f)
                            z[9] = d
                            i = (i + length(z))
                            z[10] = f64(i)
                        }
                        """)
                .random("z", 11, 2)
                .scalar("b", Const.bool(true))
                .scalar("c", new Const(org.tornadovit.ir.Type.of(org.tornadovit.ir.Scalar.I8), -7))
                .scalar("s", new Const(org.tornadovit.ir.Type.of(org.tornadovit.ir.Scalar.I16), -9))
                .scalar(
                        "u",
                        new Const(org.tornadovit.ir.Type.of(org.tornadovit.ir.Scalar.U16), 65530))
                .scalar("i", Const.i32(-123456))
                .scalar("l", Const.i64(1L << 50))
                .scalar(
                        "h",
                        new Const(org.tornadovit.ir.Type.of(org.tornadovit.ir.Scalar.F16), 0x4248))
                .scalar(
                        "g",
                        new Const(org.tornadovit.ir.Type.of(org.tornadovit.ir.Scalar.BF16), 0x4049))
                .scalar("f", Const.f32(3.25f))
                .scalar("d", Const.f64(1e-300))
                .agrees(Range.SINGLE);
    }

    @Test
    void vectorVariablesThroughLoopsAndChoices() {
        Comparison.of(
                        """
                        kernel vectors(f32[] x, f32[] z) loops {
                            for i grid0 i32 i = 0 to 8 step 1 {
                                f32x32 sum = 0.0:f32x32
                                f32x32 most = splat f32x32(x[(i * 128)])
                                boolx32 any = false:boolx32
                                for j sequential i32 j = 0 to 128 step 32 {
                                    f32x32 v = x[((i * 128) + j):32]
                                    any = (any | (v > most))
                                    most = max(most, v)
                                    if (j != 64) {
                                        sum = fma(v, v, sum)
                                    } else {
                                        sum = (sum - v)
                                    }
                                }
                                most = select(any, most, (sum * 0.5:f32x32))
                                z[(i * 32):32] = (most + splat f32x32(lane(sum, 31)))
                                z[((i * 32) + 1)] = reduce max(most)
                            }
                        }
                        """
                                .replace("boolx32", "boolx32"))
                .random("x", 1024, 1)
                .random("z", 256, 2)
                .agrees(Range.of(8, 1, 1));
    }

    @Test
    void aVectorIsReadBeforeItIsWritten() {
        Comparison.of(
                        """
                        kernel shift(i32[] z) loops {
                            z[0:32] = z[1:32]
                            i32x32 v = z[3:32]
                            v = (splat i32x32(lane(v, 0)) + v)
                            z[40:32] = v
                        }
                        """)
                .random("z", 80, 2)
                .agrees(Range.SINGLE);
    }

    @Test
    void indicesThatWrapAroundStillWrap() {
        Comparison.of(
                        """
                        kernel wraps(i32[] x, i32 big, i32[] z) loops {
                            for i grid0 i32 i = 0 to 100 step 1 {
                                z[i] = x[(((i + big) + big) + 2)]
                            }
                        }
                        """)
                .random("x", 100, 1)
                .random("z", 100, 2)
                .scalar("big", Const.i32(Integer.MAX_VALUE))
                .agrees(HUNDRED);
    }

    /** Long bodies run two iterations a turn; what is left over must run too, and jumps hit. */
    @Test
    void loopsOfLongBodiesWithOddTrips() {
        for (int trips : new int[] {1, 2, 3, 4, 5, 7, 8, 31}) {
            StringBuilder text = new StringBuilder();
            text.append("kernel tile(f32[] x, f32[] y, f32[] z) loops {\n")
                    .append("for i grid0 i32 i = 0 to 3 step 1 {\n");
            for (int row = 0; row < 8; row++) {
                text.append("f32x16 s%d = 0.0:f32x16\n".formatted(row));
            }
            text.append("for k sequential i32 k = 2 to %d step 1 {\n".formatted(trips + 2))
                    .append("f32x16 b = y[(k * 16):16]\n")
                    .append("if (x[k] < 0.0:f32) {\ncontinue k\n}\n");
            for (int row = 0; row < 8; row++) {
                text.append(
                        "s%d = fma(splat f32x16(x[((i * 8) + %d)]), b, s%d)\n"
                                .formatted(row, row, row));
            }
            text.append("}\n");
            for (int row = 0; row < 8; row++) {
                text.append("z[((i * 128) + %d):16] = s%d\n".formatted(row * 16, row));
            }
            text.append("}\n}\n");
            Comparison.of(text.toString())
                    .random("x", 64, trips)
                    .random("y", 16 * 40, 2)
                    .random("z", 3 * 128, 3)
                    .agrees(Range.of(3, 1, 1));
        }
    }

    @Test
    void unrolledLoops() {
        Comparison.of(
                        """
                        kernel unrolled(i32[] x, i32[] z) loops {
                            for i grid0 i32 i = 0 to 100 step 1 {
                                i32 sum = 0
                                for a unrolled i32 a = 0 to 5 step 1 {
                                    for b unrolled i32 b = 7 to 0 step -2 {
                                        if (((a + b) % 3) == (i % 3)) {
                                            continue a
                                        }
                                        if (b < (a - 1)) {
                                            break b
                                        }
                                        sum = (sum + (x[((i + (a * b)) % 100)] * b))
                                    }
                                    sum = (sum * 3)
                                }
                                z[i] = sum
                            }
                        }
                        """)
                .random("x", 100, 1)
                .random("z", 100, 2)
                .agrees(HUNDRED);
    }
}
