package org.tornadovit.codegen.ptx;

import java.util.function.LongPredicate;

/** What instructions of PTX compute, on the bits of their operands. */
final class Arithmetic {
    /** A result of up to three operands. */
    @FunctionalInterface
    interface Operation {
        long apply(long a, long b, long c);
    }

    private Arithmetic() {}

    private static float f(long bits) {
        return Float.intBitsToFloat((int) bits);
    }

    private static double d(long bits) {
        return Double.longBitsToDouble(bits);
    }

    private static long f(float value) {
        return Float.floatToRawIntBits(value);
    }

    private static long d(double value) {
        return Double.doubleToRawLongBits(value);
    }

    private static long u(long bits) {
        return bits & 0xffffffffL;
    }

    /** {@return what an instruction computes} */
    static Operation of(String opcode, String[] parts) {
        String type = parts[parts.length - 1];
        String root = parts[0];
        return switch (root) {
            case "mov" -> (a, _, _) -> a;
            case "cvta" -> (a, _, _) -> a;
            case "selp" -> (a, b, c) -> c != 0 ? a : b;
            case "setp" -> comparison(parts[1], type);
            case "cvt" -> conversion(opcode);
            case "and" -> (a, b, _) -> a & b;
            case "or" -> (a, b, _) -> a | b;
            case "xor" -> (a, b, _) -> a ^ b;
            case "not" -> (a, _, _) -> ~a;
            case "popc" ->
                    type.equals("b64")
                            ? (a, _, _) -> Long.bitCount(a)
                            : (a, _, _) -> Integer.bitCount((int) a);
            case "clz" -> (a, _, _) -> Long.numberOfLeadingZeros(a);
            case "shl", "shr" -> shift(root, type);
            default ->
                    switch (type) {
                        case "f32" -> floats(opcode, parts);
                        case "f64" -> doubles(opcode, parts);
                        default -> integers(opcode, parts, type);
                    };
        };
    }

    /** Counts beyond the width give what shifting by the width gives. */
    private static Operation shift(String root, String type) {
        int width = Integer.parseInt(type.substring(1));
        return (a, n, _) -> {
            long count = u(n);
            if (root.equals("shl")) {
                return count >= width ? 0 : a << count;
            }
            if (type.startsWith("s")) {
                return a >> Math.min(count, width - 1);
            }
            return count >= width ? 0 : (width == 32 ? u(a) : a) >>> count;
        };
    }

    private static Operation integers(String opcode, String[] parts, String type) {
        boolean wide = type.endsWith("64");
        boolean unsigned = type.startsWith("u");
        String name = parts.length > 2 ? parts[0] + "." + parts[1] : parts[0];
        return switch (name) {
            case "add" -> (a, b, _) -> a + b;
            case "sub" -> (a, b, _) -> a - b;
            case "neg" -> (a, _, _) -> -a;
            case "mul.lo" -> (a, b, _) -> a * b;
            case "mad.lo" -> (a, b, c) -> a * b + c;
            case "mad.wide" -> (a, b, c) -> (long) (int) a * (int) b + c;
            case "mul.hi" ->
                    !wide
                            ? (a, b, _) -> a * b >> 32
                            : unsigned
                                    ? (a, b, _) -> Math.unsignedMultiplyHigh(a, b)
                                    : (a, b, _) -> Math.multiplyHigh(a, b);
            // The result of a division by zero is not specified; here it is remarkable.
            case "div" -> (a, b, _) -> b == 0 ? 0x5a5a5a5a : a / b;
            case "rem" -> (a, b, _) -> b == 0 ? 0x5a5a5a5a : a % b;
            case "min" -> (a, b, _) -> Math.min(a, b);
            case "max" -> (a, b, _) -> Math.max(a, b);
            default -> throw new IllegalArgumentException("unknown: " + opcode);
        };
    }

    private static Operation floats(String opcode, String[] parts) {
        return switch (parts[0]) {
            case "add" -> (a, b, _) -> f(f(a) + f(b));
            case "sub" -> (a, b, _) -> f(f(a) - f(b));
            case "mul" -> (a, b, _) -> f(f(a) * f(b));
            case "div" -> (a, b, _) -> f(f(a) / f(b));
            case "fma" -> (a, b, c) -> f(Math.fma(f(a), f(b), f(c)));
            case "neg" -> (a, _, _) -> f(-f(a));
            case "abs" -> (a, _, _) -> f(Math.abs(f(a)));
            case "sqrt" -> (a, _, _) -> f((float) Math.sqrt(f(a)));
            case "rcp" -> (a, _, _) -> f(1 / f(a));
            case "copysign" -> (a, b, _) -> a & 0x80000000L | b & 0x7fffffffL;
            case "min" ->
                    parts[1].equals("NaN")
                            ? (a, b, _) -> f(Math.min(f(a), f(b)))
                            : (a, b, _) -> f((float) least(f(a), f(b)));
            case "max" ->
                    parts[1].equals("NaN")
                            ? (a, b, _) -> f(Math.max(f(a), f(b)))
                            : (a, b, _) -> f((float) -least(-f(a), -f(b)));
            default -> throw new IllegalArgumentException("unknown: " + opcode);
        };
    }

    private static Operation doubles(String opcode, String[] parts) {
        return switch (parts[0]) {
            case "add" -> (a, b, _) -> d(d(a) + d(b));
            case "sub" -> (a, b, _) -> d(d(a) - d(b));
            case "mul" -> (a, b, _) -> d(d(a) * d(b));
            case "div" -> (a, b, _) -> d(d(a) / d(b));
            case "fma" -> (a, b, c) -> d(Math.fma(d(a), d(b), d(c)));
            case "neg" -> (a, _, _) -> d(-d(a));
            case "abs" -> (a, _, _) -> d(Math.abs(d(a)));
            case "sqrt" -> (a, _, _) -> d(Math.sqrt(d(a)));
            case "rcp" -> (a, _, _) -> d(1 / d(a));
            case "copysign" -> (a, b, _) -> a & Long.MIN_VALUE | b & Long.MAX_VALUE;
            case "min" -> (a, b, _) -> d(least(d(a), d(b)));
            case "max" -> (a, b, _) -> d(-least(-d(a), -d(b)));
            default -> throw new IllegalArgumentException("unknown: " + opcode);
        };
    }

    /** The lesser of two; of a number and NaN the number. */
    private static double least(double a, double b) {
        return Double.isNaN(a) ? b : Double.isNaN(b) ? a : Math.min(a, b);
    }

    private static Operation comparison(String relation, String type) {
        return switch (type) {
            case "f32" -> (a, b, _) -> related(relation, f(a), f(b)) ? 1 : 0;
            case "f64" -> (a, b, _) -> related(relation, d(a), d(b)) ? 1 : 0;
            default -> {
                LongPredicate holds =
                        switch (relation) {
                            case "eq" -> n -> n == 0;
                            case "ne" -> n -> n != 0;
                            case "lt" -> n -> n < 0;
                            case "le" -> n -> n <= 0;
                            case "gt" -> n -> n > 0;
                            case "ge" -> n -> n >= 0;
                            default -> throw new IllegalArgumentException(relation);
                        };
                boolean unsigned = type.startsWith("u");
                yield (a, b, _) ->
                        holds.test(unsigned ? Long.compareUnsigned(a, b) : Long.compare(a, b))
                                ? 1
                                : 0;
            }
        };
    }

    private static boolean related(String relation, double a, double b) {
        return switch (relation) {
            case "eq" -> a == b;
            case "neu" -> a != b;
            case "lt" -> a < b;
            case "le" -> a <= b;
            case "gt" -> a > b;
            case "ge" -> a >= b;
            case "nan" -> Double.isNaN(a) || Double.isNaN(b);
            case "num" -> !Double.isNaN(a) && !Double.isNaN(b);
            default -> throw new IllegalArgumentException(relation);
        };
    }

    /** NaN becomes 0 only from float to int; else it is the integer with the highest bit alone. */
    private static Operation conversion(String opcode) {
        return switch (opcode) {
            case "cvt.s32.s8" -> (a, _, _) -> (byte) a;
            case "cvt.s32.s16" -> (a, _, _) -> (short) a;
            case "cvt.u32.u16", "cvt.u16.u32" -> (a, _, _) -> a & 0xffff;
            case "cvt.u32.u64" -> (a, _, _) -> (int) a;
            case "cvt.s64.s32" -> (a, _, _) -> (int) a;
            case "cvt.u64.u32" -> (a, _, _) -> u(a);
            case "cvt.rn.f32.s32", "cvt.rn.f32.s64" -> (a, _, _) -> f((float) a);
            case "cvt.rn.f64.s32", "cvt.rn.f64.s64" -> (a, _, _) -> d((double) a);
            case "cvt.rn.f64.u64" ->
                    (a, _, _) ->
                            d(new java.math.BigDecimal(Long.toUnsignedString(a)).doubleValue());
            case "cvt.f64.f32" -> (a, _, _) -> d((double) f(a));
            case "cvt.rn.f32.f64" -> (a, _, _) -> f((float) d(a));
            case "cvt.f32.f16" -> (a, _, _) -> f(Float.float16ToFloat((short) a));
            case "cvt.rn.f16.f32" -> (a, _, _) -> Float.floatToFloat16(f(a));
            case "cvt.rn.bf16.f32" -> (a, _, _) -> bfloat(f(a));
            case "cvt.rzi.s32.f32" -> (a, _, _) -> (int) f(a);
            case "cvt.rzi.s64.f32" -> (a, _, _) -> Float.isNaN(f(a)) ? Long.MIN_VALUE : (long) f(a);
            case "cvt.rzi.s32.f64" ->
                    (a, _, _) -> Double.isNaN(d(a)) ? Integer.MIN_VALUE : (int) d(a);
            case "cvt.rzi.s64.f64" ->
                    (a, _, _) -> Double.isNaN(d(a)) ? Long.MIN_VALUE : (long) d(a);
            case "cvt.rni.s32.f64" ->
                    (a, _, _) -> Double.isNaN(d(a)) ? Integer.MIN_VALUE : (int) Math.rint(d(a));
            case "cvt.rmi.f32.f32" -> (a, _, _) -> f((float) Math.floor(f(a)));
            case "cvt.rpi.f32.f32" -> (a, _, _) -> f((float) Math.ceil(f(a)));
            case "cvt.rni.f32.f32" -> (a, _, _) -> f((float) Math.rint(f(a)));
            case "cvt.rmi.f64.f64" -> (a, _, _) -> d(Math.floor(d(a)));
            case "cvt.rpi.f64.f64" -> (a, _, _) -> d(Math.ceil(d(a)));
            case "cvt.rni.f64.f64" -> (a, _, _) -> d(Math.rint(d(a)));
            case "cvt.rzi.f64.f64" -> (a, _, _) -> d(d(a) < 0 ? Math.ceil(d(a)) : Math.floor(d(a)));
            default -> throw new IllegalArgumentException("unknown: " + opcode);
        };
    }

    private static long bfloat(float x) {
        if (Float.isNaN(x)) {
            return 0x7fff;
        }
        int bits = Float.floatToRawIntBits(x);
        return (bits + 0x7fff + (bits >> 16 & 1)) >>> 16;
    }
}
