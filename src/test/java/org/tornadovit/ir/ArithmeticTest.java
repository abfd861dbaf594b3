package org.tornadovit.ir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@link Arithmetic} is Java's, operation by operation, at the edges of every type. */
class ArithmeticTest {
    private static final int[] INTS = {
        0,
        1,
        -1,
        2,
        -2,
        7,
        31,
        32,
        33,
        63,
        64,
        100,
        -100,
        127,
        128,
        -128,
        255,
        32767,
        32768,
        -32768,
        65535,
        65536,
        1 << 30,
        Integer.MAX_VALUE,
        Integer.MIN_VALUE,
        Integer.MIN_VALUE + 1
    };
    private static final long[] LONGS =
            LongStream.concat(
                            java.util.Arrays.stream(INTS).asLongStream(),
                            LongStream.of(
                                    1L << 31,
                                    1L << 32,
                                    (1L << 53) + 1,
                                    Long.MAX_VALUE,
                                    Long.MIN_VALUE,
                                    Long.MIN_VALUE + 1))
                    .toArray();
    private static final float[] FLOATS = {
        0f,
        -0f,
        1f,
        -1f,
        0.5f,
        1.5f,
        2.5f,
        -2.5f,
        3.7f,
        127.9f,
        128f,
        65504f,
        65520f,
        1e10f,
        -1e10f,
        2147483520f,
        2147483648f,
        -2147483648f,
        9.3e18f,
        -9.3e18f,
        Float.MIN_VALUE,
        Float.MIN_NORMAL,
        Float.MAX_VALUE,
        Float.POSITIVE_INFINITY,
        Float.NEGATIVE_INFINITY,
        Float.NaN,
        6e-8f,
        1e-7f
    };
    private static final double[] DOUBLES = {
        0,
        -0.0,
        1,
        -1,
        0.1,
        1e300,
        -1e300,
        1e-300,
        2147483647.5,
        -2147483649.0,
        9.3e18,
        -9.3e18,
        Double.MIN_VALUE,
        Double.MAX_VALUE,
        Double.POSITIVE_INFINITY,
        Double.NEGATIVE_INFINITY,
        Double.NaN,
        1e-45,
        3.5e38
    };

    private static long bits(float x) {
        return Float.floatToRawIntBits(x) & 0xffffffffL;
    }

    private static long bits(double x) {
        return Double.doubleToRawLongBits(x);
    }

    private static long bits(boolean x) {
        return x ? 1 : 0;
    }

    // ---- integers

    private static long java(BinaryOp op, int x, int y) {
        return switch (op) {
            case ADD -> x + y;
            case SUB -> x - y;
            case MUL -> x * y;
            case DIV -> x / y;
            case REM -> x % y;
            case AND -> x & y;
            case OR -> x | y;
            case XOR -> x ^ y;
            case SHL -> x << y;
            case SHR -> x >> y;
            case USHR -> x >>> y;
            case MIN -> Math.min(x, y);
            case MAX -> Math.max(x, y);
            case EQ -> bits(x == y);
            case NE -> bits(x != y);
            case LT -> bits(x < y);
            case LE -> bits(x <= y);
            case GT -> bits(x > y);
            case GE -> bits(x >= y);
        };
    }

    private static long java(BinaryOp op, long x, long y) {
        return switch (op) {
            case ADD -> x + y;
            case SUB -> x - y;
            case MUL -> x * y;
            case DIV -> x / y;
            case REM -> x % y;
            case AND -> x & y;
            case OR -> x | y;
            case XOR -> x ^ y;
            case SHL -> x << y;
            case SHR -> x >> y;
            case USHR -> x >>> y;
            case MIN -> Math.min(x, y);
            case MAX -> Math.max(x, y);
            case EQ -> bits(x == y);
            case NE -> bits(x != y);
            case LT -> bits(x < y);
            case LE -> bits(x <= y);
            case GT -> bits(x > y);
            case GE -> bits(x >= y);
        };
    }

    @ParameterizedTest
    @EnumSource(BinaryOp.class)
    void integers(BinaryOp op) {
        for (int x : INTS) {
            for (int y : INTS) {
                if (y == 0 && (op == BinaryOp.DIV || op == BinaryOp.REM)) {
                    continue;
                }
                assertThat(Arithmetic.binary(op, Scalar.I32, x, y))
                        .as("%d %s %d", x, op, y)
                        .isEqualTo(java(op, x, y));
                long narrow = op.isShift() ? y : (short) y; // shifts count in i32
                if (narrow != 0 || (op != BinaryOp.DIV && op != BinaryOp.REM)) {
                    long wide = java(op, (short) x, (int) narrow);
                    assertThat(Arithmetic.binary(op, Scalar.I16, (short) x, narrow))
                            .as("(short) %d %s %d", x, op, narrow)
                            .isEqualTo(op.isComparison() ? wide : (short) wide);
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(BinaryOp.class)
    void longs(BinaryOp op) {
        for (long x : LONGS) {
            for (long y : LONGS) {
                if (y != 0 || (op != BinaryOp.DIV && op != BinaryOp.REM)) {
                    assertThat(Arithmetic.binary(op, Scalar.I64, x, y))
                            .as("%d %s %d", x, op, y)
                            .isEqualTo(java(op, x, y));
                }
            }
        }
    }

    @Test
    void charactersHaveNoSign() {
        long big = 65535;
        assertThat(Arithmetic.binary(BinaryOp.ADD, Scalar.U16, big, 2)).isEqualTo((char) 65537);
        assertThat(Arithmetic.binary(BinaryOp.GT, Scalar.U16, big, 2)).isEqualTo(1);
        assertThat(Arithmetic.binary(BinaryOp.SHR, Scalar.U16, big, 4)).isEqualTo(big >> 4);
        assertThat(Arithmetic.unary(UnaryOp.NEG, Scalar.U16, 1)).isEqualTo(big);
    }

    @Test
    void divisionByZeroThrows() {
        assertThatThrownBy(() -> Arithmetic.binary(BinaryOp.DIV, Scalar.I32, 1, 0))
                .isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> Arithmetic.binary(BinaryOp.REM, Scalar.I64, 1, 0))
                .isInstanceOf(ArithmeticException.class);
    }

    // ---- floating point

    private static long java(BinaryOp op, float x, float y) {
        return switch (op) {
            case ADD -> bits(x + y);
            case SUB -> bits(x - y);
            case MUL -> bits(x * y);
            case DIV -> bits(x / y);
            case REM -> bits(x % y);
            case MIN -> bits(Math.min(x, y));
            case MAX -> bits(Math.max(x, y));
            case EQ -> bits(x == y);
            case NE -> bits(x != y);
            case LT -> bits(x < y);
            case LE -> bits(x <= y);
            case GT -> bits(x > y);
            case GE -> bits(x >= y);
            case AND, OR, XOR, SHL, SHR, USHR -> throw new IllegalArgumentException();
        };
    }

    private static long java(BinaryOp op, double x, double y) {
        return switch (op) {
            case ADD -> bits(x + y);
            case SUB -> bits(x - y);
            case MUL -> bits(x * y);
            case DIV -> bits(x / y);
            case REM -> bits(x % y);
            case MIN -> bits(Math.min(x, y));
            case MAX -> bits(Math.max(x, y));
            case EQ -> bits(x == y);
            case NE -> bits(x != y);
            case LT -> bits(x < y);
            case LE -> bits(x <= y);
            case GT -> bits(x > y);
            case GE -> bits(x >= y);
            case AND, OR, XOR, SHL, SHR, USHR -> throw new IllegalArgumentException();
        };
    }

    @ParameterizedTest
    @EnumSource(
            value = BinaryOp.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"AND", "OR", "XOR", "SHL", "SHR", "USHR"})
    void floatingPoint(BinaryOp op) {
        for (float x : FLOATS) {
            for (float y : FLOATS) {
                assertSame(
                        op.isComparison(),
                        Arithmetic.binary(op, Scalar.F32, bits(x), bits(y)),
                        java(op, x, y),
                        "%s %s %s".formatted(x, op, y));
            }
        }
        for (double x : DOUBLES) {
            for (double y : DOUBLES) {
                long found = Arithmetic.binary(op, Scalar.F64, bits(x), bits(y));
                long expected = java(op, x, y);
                boolean nan =
                        !op.isComparison()
                                && Double.isNaN(Double.longBitsToDouble(found))
                                && Double.isNaN(Double.longBitsToDouble(expected));
                assertThat(nan || found == expected).as("%s %s %s", x, op, y).isTrue();
            }
        }
    }

    /** NaNs may have other bits. */
    private static void assertSame(boolean truth, long found, long expected, String what) {
        boolean nan =
                !truth
                        && Float.isNaN(Float.intBitsToFloat((int) found))
                        && Float.isNaN(Float.intBitsToFloat((int) expected));
        assertThat(nan || found == expected).as(what).isTrue();
    }

    @Test
    void negation() {
        for (float x : FLOATS) {
            assertThat(Arithmetic.unary(UnaryOp.NEG, Scalar.F32, bits(x)))
                    .isEqualTo(bits(x) ^ 0x80000000L);
        }
        for (int x : INTS) {
            assertThat(Arithmetic.unary(UnaryOp.NEG, Scalar.I32, x)).isEqualTo(-x);
            assertThat(Arithmetic.unary(UnaryOp.COMPLEMENT, Scalar.I32, x)).isEqualTo(~x);
            assertThat(Arithmetic.unary(UnaryOp.NEG, Scalar.I8, (byte) x)).isEqualTo((byte) -x);
        }
        assertThat(Arithmetic.unary(UnaryOp.NOT, Scalar.BOOL, 1)).isZero();
        assertThat(Arithmetic.unary(UnaryOp.NEG, Scalar.F16, 0x3c00)).isEqualTo(0xbc00);
    }

    // ---- conversions

    @Test
    void conversionsOfFloats() {
        for (float x : FLOATS) {
            long b = bits(x);
            assertThat(Arithmetic.cast(Scalar.F32, Scalar.I8, b)).isEqualTo((byte) x);
            assertThat(Arithmetic.cast(Scalar.F32, Scalar.I16, b)).isEqualTo((short) x);
            assertThat(Arithmetic.cast(Scalar.F32, Scalar.U16, b)).isEqualTo((char) x);
            assertThat(Arithmetic.cast(Scalar.F32, Scalar.I32, b)).isEqualTo((int) x);
            assertThat(Arithmetic.cast(Scalar.F32, Scalar.I64, b)).isEqualTo((long) x);
            assertThat(Arithmetic.cast(Scalar.F32, Scalar.F64, b)).isEqualTo(bits((double) x));
            assertThat(Arithmetic.cast(Scalar.F32, Scalar.F16, b))
                    .isEqualTo(Float.floatToFloat16(x) & 0xffff);
            assertThat(Arithmetic.cast(Scalar.F32, Scalar.BOOL, b)).isEqualTo(bits(x != 0));
        }
        for (double x : DOUBLES) {
            long b = bits(x);
            assertThat(Arithmetic.cast(Scalar.F64, Scalar.I32, b)).isEqualTo((int) x);
            assertThat(Arithmetic.cast(Scalar.F64, Scalar.I64, b)).isEqualTo((long) x);
            assertThat(Arithmetic.cast(Scalar.F64, Scalar.I8, b)).isEqualTo((byte) x);
            assertThat(Arithmetic.cast(Scalar.F64, Scalar.F32, b)).isEqualTo(bits((float) x));
        }
    }

    @Test
    void conversionsOfIntegers() {
        for (long x : LONGS) {
            assertThat(Arithmetic.cast(Scalar.I64, Scalar.I8, x)).isEqualTo((byte) x);
            assertThat(Arithmetic.cast(Scalar.I64, Scalar.I16, x)).isEqualTo((short) x);
            assertThat(Arithmetic.cast(Scalar.I64, Scalar.U16, x)).isEqualTo((char) x);
            assertThat(Arithmetic.cast(Scalar.I64, Scalar.I32, x)).isEqualTo((int) x);
            assertThat(Arithmetic.cast(Scalar.I64, Scalar.F32, x)).isEqualTo(bits((float) x));
            assertThat(Arithmetic.cast(Scalar.I64, Scalar.F64, x)).isEqualTo(bits((double) x));
            assertThat(Arithmetic.cast(Scalar.I64, Scalar.BOOL, x)).isEqualTo(bits(x != 0));
        }
        assertThat(Arithmetic.cast(Scalar.U16, Scalar.I32, 65535)).isEqualTo(65535);
        assertThat(Arithmetic.cast(Scalar.I8, Scalar.I64, (byte) 200)).isEqualTo(-56);
        assertThat(Arithmetic.cast(Scalar.BOOL, Scalar.F32, 1)).isEqualTo(bits(1f));
    }

    /** bfloat16 is a binary32 without its lower half, rounded to nearest, ties to even. */
    @Test
    void bfloat16() {
        Map<Float, Integer> expected = new TreeMap<>();
        expected.put(1f, 0x3f80);
        expected.put(-0f, 0x8000);
        expected.put(Float.intBitsToFloat(0x3f808000), 0x3f80); // a tie, down to even
        expected.put(Float.intBitsToFloat(0x3f818000), 0x3f82); // a tie, up to even
        expected.put(Float.intBitsToFloat(0x3f808001), 0x3f81);
        expected.put(Float.MAX_VALUE, 0x7f80);
        expected.put(Float.NEGATIVE_INFINITY, 0xff80);
        expected.forEach((x, b) ->
                assertThat(Arithmetic.cast(Scalar.F32, Scalar.BF16, bits(x)))
                        .as("%s", x)
                        .isEqualTo((long) b));
        long nan = Arithmetic.cast(Scalar.F32, Scalar.BF16, 0x7f800001L);
        assertThat(Float.intBitsToFloat((int) nan << 16)).isNaN();
        assertThat(Arithmetic.cast(Scalar.BF16, Scalar.F32, 0x4049)).isEqualTo(0x40490000L);
    }

    // ---- functions

    @Test
    void functionsAreThoseOfJava() {
        Map<Function, DoubleUnaryOperator> java =
                Map.ofEntries(
                        Map.entry(Function.ABS, Math::abs),
                        Map.entry(Function.SQRT, Math::sqrt),
                        Map.entry(Function.CBRT, Math::cbrt),
                        Map.entry(Function.EXP, Math::exp),
                        Map.entry(Function.EXPM1, Math::expm1),
                        Map.entry(Function.LOG, Math::log),
                        Map.entry(Function.LOG10, Math::log10),
                        Map.entry(Function.LOG1P, Math::log1p),
                        Map.entry(Function.SIN, Math::sin),
                        Map.entry(Function.COS, Math::cos),
                        Map.entry(Function.TAN, Math::tan),
                        Map.entry(Function.ASIN, Math::asin),
                        Map.entry(Function.ACOS, Math::acos),
                        Map.entry(Function.ATAN, Math::atan),
                        Map.entry(Function.SINH, Math::sinh),
                        Map.entry(Function.COSH, Math::cosh),
                        Map.entry(Function.TANH, Math::tanh),
                        Map.entry(Function.FLOOR, Math::floor),
                        Map.entry(Function.CEIL, Math::ceil),
                        Map.entry(Function.RINT, Math::rint),
                        Map.entry(Function.SIGNUM, Math::signum));
        java.forEach((function, operator) -> {
            for (double x : DOUBLES) {
                assertThat(Arithmetic.call(function, Scalar.F64, bits(x)))
                        .as("%s(%s)", function, x)
                        .isEqualTo(bits(operator.applyAsDouble(x)));
            }
            for (float x : FLOATS) {
                assertThat(Arithmetic.call(function, Scalar.F32, bits(x)))
                        .as("%s(%sf)", function, x)
                        .isEqualTo(bits((float) operator.applyAsDouble(x)));
            }
        });
    }

    @Test
    void functionsOfIntegers() {
        for (int x : INTS) {
            assertThat(Arithmetic.call(Function.ABS, Scalar.I32, x)).isEqualTo(Math.abs(x));
            assertThat(Arithmetic.call(Function.POPCOUNT, Scalar.I32, x))
                    .isEqualTo(Integer.bitCount(x));
            for (int y : INTS) {
                assertThat(Arithmetic.call(Function.MULHI, Scalar.I32, x, y))
                        .isEqualTo((int) ((long) x * y >> 32));
                assertThat(Arithmetic.call(Function.FMA, Scalar.I32, x, y, 5)).isEqualTo(x * y + 5);
            }
        }
        for (long x : LONGS) {
            assertThat(Arithmetic.call(Function.ABS, Scalar.I64, x)).isEqualTo(Math.abs(x));
            assertThat(Arithmetic.call(Function.MULHI, Scalar.I64, x, -3))
                    .isEqualTo(Math.multiplyHigh(x, -3));
        }
    }

    @Test
    void fusedMultiplyAddRoundsOnce() {
        float x = 1 + Math.ulp(1f);
        long fused = Arithmetic.call(Function.FMA, Scalar.F32, bits(x), bits(x), bits(-x));
        assertThat(fused).isEqualTo(bits(Math.fma(x, x, -x))).isNotEqualTo(bits(x * x - x));
    }

    // ---- memory

    @ParameterizedTest
    @EnumSource(Scalar.class)
    void whatIsWrittenIsRead(Scalar element) {
        MemorySegment memory = Arena.ofAuto().allocate(5L * element.bytes());
        for (long x : LONGS) {
            long value = Arithmetic.canonical(element, x);
            Arithmetic.write(memory, element, 3, value);
            assertThat(Arithmetic.read(memory, element, 3)).isEqualTo(value);
            assertThat(Arithmetic.read(memory, element, 2)).isZero();
            assertThat(Arithmetic.read(memory, element, 4)).isZero();
        }
    }
}
