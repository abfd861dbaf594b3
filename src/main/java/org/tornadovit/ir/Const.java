package org.tornadovit.ir;

/**
 * A constant, the same in all lanes of {@code type}.
 *
 * @param bits the value: two's complement for integers, 0 or 1 for {@code BOOL}, the raw IEEE bits
 *     for {@code F32} and {@code F64}, the raw 16 bits for {@code F16} and {@code BF16}
 */
public record Const(Type type, long bits) implements Expr {
    /** Normalises the bits, so that equal values have equal bits. */
    public Const {
        bits = Arithmetic.canonical(type.scalar(), bits);
    }

    /** {@return an {@code i32} constant} */
    public static Const i32(int value) {
        return new Const(Type.I32, value);
    }

    /** {@return an {@code i64} constant} */
    public static Const i64(long value) {
        return new Const(Type.I64, value);
    }

    /** {@return an {@code f32} constant} */
    public static Const f32(float value) {
        return new Const(Type.F32, Float.floatToRawIntBits(value));
    }

    /** {@return an {@code f64} constant} */
    public static Const f64(double value) {
        return new Const(Type.F64, Double.doubleToRawLongBits(value));
    }

    /** {@return a truth value} */
    public static Const bool(boolean value) {
        return new Const(Type.BOOL, value ? 1 : 0);
    }

    /** {@return the zero of {@code type}} */
    public static Const zero(Type type) {
        return new Const(type, 0);
    }

    /** {@return the value as a double; exact for all types but large {@code i64}} */
    public double asDouble() {
        return switch (type.scalar()) {
            case BOOL, I8, I16, U16, I32, I64 -> bits;
            case F16 -> Float.float16ToFloat((short) bits);
            case BF16 -> Float.intBitsToFloat((int) bits << 16);
            case F32 -> Float.intBitsToFloat((int) bits);
            case F64 -> Double.longBitsToDouble(bits);
        };
    }

    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }
}
