package org.tornadovit.passes;

import org.tornadovit.ir.Type;

/** The integers from {@code low} to {@code high}, both included; empty when low exceeds high. */
record Interval(long low, long high) {
    /** Wider than any index; sums of a few such bounds do not overflow. */
    static final long FAR = 1L << 60;

    static final Interval ALL = new Interval(-FAR, FAR);
    static final Interval BOOL = new Interval(0, 1);

    /** {@return all values of a type} */
    static Interval of(Type type) {
        return switch (type.scalar()) {
            case BOOL -> BOOL;
            case I8 -> new Interval(Byte.MIN_VALUE, Byte.MAX_VALUE);
            case I16 -> new Interval(Short.MIN_VALUE, Short.MAX_VALUE);
            case U16 -> new Interval(Character.MIN_VALUE, Character.MAX_VALUE);
            case I32 -> new Interval(Integer.MIN_VALUE, Integer.MAX_VALUE);
            case I64, F16, BF16, F32, F64 -> ALL;
        };
    }

    static Interval of(long value) {
        return new Interval(clamp(value), clamp(value));
    }

    Interval plus(Interval other) {
        return new Interval(clamp(low + other.low), clamp(high + other.high));
    }

    Interval times(long factor) {
        long a = product(low, factor);
        long b = product(high, factor);
        return new Interval(Math.min(a, b), Math.max(a, b));
    }

    Interval times(Interval other) {
        return times(other.low).union(times(other.high));
    }

    Interval union(Interval other) {
        return new Interval(Math.min(low, other.low), Math.max(high, other.high));
    }

    Interval meet(Interval other) {
        return new Interval(Math.max(low, other.low), Math.min(high, other.high));
    }

    boolean within(Interval outer) {
        return low > high || (low >= outer.low && high <= outer.high);
    }

    boolean contains(long value) {
        return low <= value && value <= high;
    }

    private static long product(long x, long y) {
        long high = Math.multiplyHigh(x, y);
        long low = x * y;
        boolean fits = (high == 0 && low >= 0) || (high == -1 && low < 0);
        return fits ? clamp(low) : (x < 0) == (y < 0) ? FAR : -FAR;
    }

    private static long clamp(long value) {
        return Math.max(-FAR, Math.min(FAR, value));
    }
}
