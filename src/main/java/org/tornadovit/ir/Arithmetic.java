package org.tornadovit.ir;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Java's arithmetic on the bits of values, as {@link Const#bits()} holds them: what the interpreter
 * computes and what constant folding may replace. binary16 and bfloat16 compute in {@code float}
 * and round once.
 */
public final class Arithmetic {
    private Arithmetic() {}

    /** {@return the bits as {@link Const} keeps them: sign- or zero-extended to the type} */
    public static long canonical(Scalar type, long bits) {
        return switch (type) {
            case BOOL -> bits & 1;
            case I8 -> (byte) bits;
            case I16 -> (short) bits;
            case U16, F16, BF16 -> bits & 0xffff;
            case I32 -> (int) bits;
            case F32 -> bits & 0xffffffffL;
            case I64, F64 -> bits;
        };
    }

    /** {@return {@code op x}} */
    public static long unary(UnaryOp op, Scalar type, long x) {
        return switch (op) {
            case NEG -> type.isFloat() ? negate(type, x) : canonical(type, -x);
            case NOT -> x ^ 1;
            case COMPLEMENT -> canonical(type, ~x);
        };
    }

    /** {@return {@code x op y}; an integer division by zero throws ArithmeticException} */
    public static long binary(BinaryOp op, Scalar type, long x, long y) {
        return switch (type) {
            case BOOL, I8, I16, U16, I32, I64 -> integer(op, type, x, y);
            case F16, BF16, F32 ->
                    op.isComparison()
                            ? compare(op, toFloat(type, x), toFloat(type, y))
                            : ofFloat(type, single(op, toFloat(type, x), toFloat(type, y)));
            case F64 -> {
                double a = Double.longBitsToDouble(x);
                double b = Double.longBitsToDouble(y);
                yield op.isComparison()
                        ? compare(op, a, b)
                        : Double.doubleToRawLongBits(twice(op, a, b));
            }
        };
    }

    /** {@return Java's conversion of {@code x}} */
    public static long cast(Scalar from, Scalar to, long x) {
        if (from.isFloat()) {
            double wide = from == Scalar.F64 ? Double.longBitsToDouble(x) : toFloat(from, x);
            return switch (to) {
                case BOOL -> wide != 0 ? 1 : 0;
                case I8 -> (byte) (int) wide;
                case I16 -> (short) (int) wide;
                case U16 -> (char) (int) wide;
                case I32 -> (int) wide;
                case I64 -> (long) wide;
                case F16, BF16, F32 -> ofFloat(to, (float) wide);
                case F64 -> Double.doubleToRawLongBits(wide);
            };
        }
        return switch (to) {
            case BOOL -> x != 0 ? 1 : 0;
            case I8, I16, U16, I32, I64 -> canonical(to, x);
            case F16, BF16, F32 -> ofFloat(to, (float) x);
            case F64 -> Double.doubleToRawLongBits((double) x);
        };
    }

    /** {@return the value of a function; exactly Java's for {@code F32} and {@code F64}} */
    public static long call(Function function, Scalar type, long... x) {
        if (type.isFloat()) {
            double[] a = new double[x.length];
            for (int i = 0; i < a.length; i++) {
                a[i] = type == Scalar.F64 ? Double.longBitsToDouble(x[i]) : toFloat(type, x[i]);
            }
            if (function == Function.FMA && type != Scalar.F64) {
                return ofFloat(type, Math.fma((float) a[0], (float) a[1], (float) a[2]));
            }
            double r = floating(function, a);
            return type == Scalar.F64 ? Double.doubleToRawLongBits(r) : ofFloat(type, (float) r);
        }
        return switch (function) {
            case ABS -> canonical(type, Math.abs(x[0]));
            case SIGNUM -> Long.signum(x[0]);
            case POPCOUNT ->
                    type == Scalar.I32 ? Integer.bitCount((int) x[0]) : Long.bitCount(x[0]);
            case MULHI -> type == Scalar.I32 ? (x[0] * x[1]) >> 32 : Math.multiplyHigh(x[0], x[1]);
            case FMA -> canonical(type, x[0] * x[1] + x[2]);
            default -> throw new IllegalArgumentException(function + " is not defined on " + type);
        };
    }

    /** {@return the element {@code index} of little-endian memory} */
    public static long read(MemorySegment memory, Scalar element, long index) {
        long at = index * element.bytes();
        return switch (element) {
            case BOOL, I8 -> memory.get(ValueLayout.JAVA_BYTE, at);
            case I16 -> memory.get(ValueLayout.JAVA_SHORT_UNALIGNED, at);
            case U16, F16, BF16 -> memory.get(ValueLayout.JAVA_CHAR_UNALIGNED, at);
            case I32 -> memory.get(ValueLayout.JAVA_INT_UNALIGNED, at);
            case F32 -> memory.get(ValueLayout.JAVA_INT_UNALIGNED, at) & 0xffffffffL;
            case I64, F64 -> memory.get(ValueLayout.JAVA_LONG_UNALIGNED, at);
        };
    }

    /** Sets the element {@code index} of little-endian memory. */
    public static void write(MemorySegment memory, Scalar element, long index, long bits) {
        long at = index * element.bytes();
        switch (element.bytes()) {
            case 1 -> memory.set(ValueLayout.JAVA_BYTE, at, (byte) bits);
            case 2 -> memory.set(ValueLayout.JAVA_SHORT_UNALIGNED, at, (short) bits);
            case 4 -> memory.set(ValueLayout.JAVA_INT_UNALIGNED, at, (int) bits);
            default -> memory.set(ValueLayout.JAVA_LONG_UNALIGNED, at, bits);
        }
    }

    private static long negate(Scalar type, long x) {
        return switch (type) {
            case F64 -> x ^ Long.MIN_VALUE;
            case F32 -> x ^ 0x80000000L;
            default -> x ^ 0x8000;
        };
    }

    private static float toFloat(Scalar type, long x) {
        return switch (type) {
            case F16 -> Float.float16ToFloat((short) x);
            case BF16 -> Float.intBitsToFloat((int) x << 16);
            default -> Float.intBitsToFloat((int) x);
        };
    }

    private static long ofFloat(Scalar type, float x) {
        return switch (type) {
            case F16 -> Float.floatToFloat16(x) & 0xffff;
            case BF16 -> bfloat16(x);
            default -> Float.floatToRawIntBits(x) & 0xffffffffL;
        };
    }

    private static long bfloat16(float x) {
        int bits = Float.floatToRawIntBits(x);
        if (Float.isNaN(x)) {
            return Integer.toUnsignedLong((bits >>> 16 | 0x40) & 0xffff);
        }
        int rounded = bits + 0x7fff + (bits >>> 16 & 1); // to nearest, ties to even
        return Integer.toUnsignedLong(rounded >>> 16);
    }

    private static long integer(BinaryOp op, Scalar type, long x, long y) {
        boolean wide = type == Scalar.I64;
        return switch (op) {
            case ADD -> canonical(type, x + y);
            case SUB -> canonical(type, x - y);
            case MUL -> canonical(type, x * y);
            case DIV -> canonical(type, x / y);
            case REM -> canonical(type, x % y);
            case AND -> x & y;
            case OR -> x | y;
            case XOR -> x ^ y;
            case SHL -> wide ? x << y : canonical(type, (int) x << (int) y);
            case SHR -> wide ? x >> y : canonical(type, (int) x >> (int) y);
            case USHR -> wide ? x >>> y : canonical(type, (int) x >>> (int) y);
            case MIN -> Math.min(x, y);
            case MAX -> Math.max(x, y);
            case EQ -> x == y ? 1 : 0;
            case NE -> x != y ? 1 : 0;
            case LT -> x < y ? 1 : 0;
            case LE -> x <= y ? 1 : 0;
            case GT -> x > y ? 1 : 0;
            case GE -> x >= y ? 1 : 0;
        };
    }

    private static float single(BinaryOp op, float x, float y) {
        return switch (op) {
            case ADD -> x + y;
            case SUB -> x - y;
            case MUL -> x * y;
            case DIV -> x / y;
            case REM -> x % y;
            case MIN -> Math.min(x, y);
            case MAX -> Math.max(x, y);
            default -> throw new IllegalArgumentException(op + " is not defined on f32");
        };
    }

    private static double twice(BinaryOp op, double x, double y) {
        return switch (op) {
            case ADD -> x + y;
            case SUB -> x - y;
            case MUL -> x * y;
            case DIV -> x / y;
            case REM -> x % y;
            case MIN -> Math.min(x, y);
            case MAX -> Math.max(x, y);
            default -> throw new IllegalArgumentException(op + " is not defined on f64");
        };
    }

    private static long compare(BinaryOp op, double x, double y) {
        return switch (op) {
            case EQ -> x == y ? 1 : 0;
            case NE -> x != y ? 1 : 0;
            case LT -> x < y ? 1 : 0;
            case LE -> x <= y ? 1 : 0;
            case GT -> x > y ? 1 : 0;
            case GE -> x >= y ? 1 : 0;
            default -> throw new IllegalArgumentException(op + " is no comparison");
        };
    }

    private static double floating(Function function, double[] a) {
        double x = a[0];
        return switch (function) {
            case ABS -> Math.abs(x);
            case SQRT -> Math.sqrt(x);
            case RSQRT -> 1 / Math.sqrt(x);
            case CBRT -> Math.cbrt(x);
            case EXP -> Math.exp(x);
            case EXPM1 -> Math.expm1(x);
            case LOG -> Math.log(x);
            case LOG2 -> Math.log(x) / Math.log(2);
            case LOG10 -> Math.log10(x);
            case LOG1P -> Math.log1p(x);
            case SIN -> Math.sin(x);
            case COS -> Math.cos(x);
            case TAN -> Math.tan(x);
            case SINPI -> Math.sin(Math.PI * Math.IEEEremainder(x, 2));
            case COSPI -> Math.cos(Math.PI * Math.IEEEremainder(x, 2));
            case ASIN -> Math.asin(x);
            case ACOS -> Math.acos(x);
            case ATAN -> Math.atan(x);
            case SINH -> Math.sinh(x);
            case COSH -> Math.cosh(x);
            case TANH -> Math.tanh(x);
            case ASINH -> Math.copySign(Math.log(Math.abs(x) + Math.sqrt(x * x + 1)), x);
            case ACOSH -> Math.log(x + Math.sqrt(x * x - 1));
            case FLOOR -> Math.floor(x);
            case CEIL -> Math.ceil(x);
            case RINT -> Math.rint(x);
            case SIGNUM -> Math.signum(x);
            case TO_RADIANS -> Math.toRadians(x);
            case TO_DEGREES -> Math.toDegrees(x);
            case POW -> Math.pow(x, a[1]);
            case ATAN2 -> Math.atan2(x, a[1]);
            case HYPOT -> Math.hypot(x, a[1]);
            case COPYSIGN -> Math.copySign(x, a[1]);
            case FMA -> Math.fma(x, a[1], a[2]);
            case POPCOUNT, MULHI ->
                    throw new IllegalArgumentException(function + " is defined on integers only");
        };
    }
}
