package org.tornadovit.passes;

import org.tornadovit.ir.Type;

/**
 * The integers from {@code low} to {@code high}, both included; empty when low exceeds high. {@link
 * Long#MIN_VALUE} as {@code low} and {@link Long#MAX_VALUE} as {@code high} mean no limit.
 *
 * <p>The arithmetic is that of unbounded integers: a limit that does not fit a {@code long} becomes
 * none.
 */
record Interval(long low, long high) {
    static final Interval ALL = new Interval(Long.MIN_VALUE, Long.MAX_VALUE);
    static final Interval BOOL = new Interval(0, 1);

    /** {@return all values of an integer type; everything for floating point} */
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
        return new Interval(value, value);
    }

    static Interval atLeast(long low) {
        return new Interval(low, Long.MAX_VALUE);
    }

    static Interval atMost(long high) {
        return new Interval(Long.MIN_VALUE, high);
    }

    Interval plus(Interval other) {
        return new Interval(
                noLow() || other.noLow() ? Long.MIN_VALUE : sum(low, other.low),
                noHigh() || other.noHigh() ? Long.MAX_VALUE : sum(high, other.high));
    }

    Interval negated() {
        return new Interval(
                noHigh() ? Long.MIN_VALUE : negative(high),
                noLow() ? Long.MAX_VALUE : negative(low));
    }

    Interval times(long factor) {
        return between(product(low, factor, noLow()), product(high, factor, noHigh()));
    }

    Interval times(Interval other) {
        Interval below =
                between(
                        product(low, other.low, noLow() || other.noLow()),
                        product(low, other.high, noLow() || other.noHigh()));
        Interval above =
                between(
                        product(high, other.low, noHigh() || other.noLow()),
                        product(high, other.high, noHigh() || other.noHigh()));
        return below.union(above);
    }

    private static Interval between(long x, long y) {
        return new Interval(Math.min(x, y), Math.max(x, y));
    }

    private boolean noLow() {
        return low == Long.MIN_VALUE;
    }

    private boolean noHigh() {
        return high == Long.MAX_VALUE;
    }

    /** {@return an interval that holds both, and what lies between them} */
    Interval union(Interval other) {
        return new Interval(Math.min(low, other.low), Math.max(high, other.high));
    }

    Interval meet(Interval other) {
        return new Interval(Math.max(low, other.low), Math.min(high, other.high));
    }

    boolean within(Interval outer) {
        return low > high || (low >= outer.low && high <= outer.high);
    }

    /** {@return whether a sum in this interval is a value of {@code type}, without wrapping} */
    boolean fits(Type type) {
        return low > high || (!noLow() && !noHigh() && within(of(type)));
    }

    boolean contains(long value) {
        return low <= value && value <= high;
    }

    private static long sum(long x, long y) {
        long sum = x + y;
        boolean overflows = ((x ^ sum) & (y ^ sum)) < 0;
        return overflows ? (x < 0 ? Long.MIN_VALUE : Long.MAX_VALUE) : sum;
    }

    private static long negative(long x) {
        return x == Long.MIN_VALUE ? Long.MAX_VALUE : -x;
    }

    private static long product(long x, long y, boolean unlimited) {
        if (x == 0 || y == 0) {
            return 0;
        }
        long high = Math.multiplyHigh(x, y);
        long low = x * y;
        boolean fits = (high == 0 && low >= 0) || (high == -1 && low < 0);
        return fits && !unlimited ? low : (x < 0) == (y < 0) ? Long.MAX_VALUE : Long.MIN_VALUE;
    }
}
