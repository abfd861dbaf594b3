package org.tornadovit.passes;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import org.junit.jupiter.api.Test;
import org.tornadovit.ir.Type;

class IntervalTest {
    private static final long[] ENDS = {
        Long.MIN_VALUE,
        Long.MIN_VALUE + 1,
        -(1L << 62),
        -(1L << 32),
        -7,
        -1,
        0,
        1,
        2,
        9,
        1L << 31,
        1L << 62,
        Long.MAX_VALUE - 1,
        Long.MAX_VALUE
    };

    /** A limit at the end of the longs is none; any other one must hold for unbounded integers. */
    private static void assertHolds(Interval interval, BigInteger value) {
        boolean low =
                interval.low() == Long.MIN_VALUE
                        || value.compareTo(BigInteger.valueOf(interval.low())) >= 0;
        boolean high =
                interval.high() == Long.MAX_VALUE
                        || value.compareTo(BigInteger.valueOf(interval.high())) <= 0;
        assertThat(low && high).as("%s in %s", value, interval).isTrue();
    }

    @Test
    void arithmeticHoldsForUnboundedIntegers() {
        for (long a : ENDS) {
            for (long b : ENDS) {
                if (a > b) {
                    continue;
                }
                Interval x = new Interval(a, b);
                for (long c : ENDS) {
                    BigInteger factor = BigInteger.valueOf(c);
                    for (long d : ENDS) {
                        Interval y = new Interval(Math.min(c, d), Math.max(c, d));
                        for (long value : new long[] {a, b}) {
                            BigInteger v = BigInteger.valueOf(value);
                            assertHolds(x.plus(y), v.add(factor));
                            assertHolds(x.times(y), v.multiply(factor));
                            assertHolds(x.times(c), v.multiply(factor));
                            assertHolds(x.negated(), v.negate());
                            assertHolds(x.union(y), v);
                            assertHolds(x.union(y), factor);
                        }
                    }
                }
            }
        }
    }

    @Test
    void exactWhereNothingOverflows() {
        Interval x = new Interval(-2, 5);
        assertThat(x.plus(Interval.of(3))).isEqualTo(new Interval(1, 8));
        assertThat(x.times(-3)).isEqualTo(new Interval(-15, 6));
        assertThat(x.times(new Interval(-1, 4))).isEqualTo(new Interval(-8, 20));
        assertThat(x.negated()).isEqualTo(new Interval(-5, 2));
        assertThat(x.meet(Interval.atLeast(0))).isEqualTo(new Interval(0, 5));
        assertThat(x.within(Interval.atMost(5))).isTrue();
        assertThat(x.within(Interval.atMost(4))).isFalse();
    }

    @Test
    void whatHasNoLimitFitsNoType() {
        assertThat(new Interval(0, 7).fits(Type.I32)).isTrue();
        assertThat(new Interval(0, 1L << 31).fits(Type.I32)).isFalse();
        assertThat(new Interval(0, 1L << 31).fits(Type.I64)).isTrue();
        assertThat(Interval.atLeast(0).fits(Type.I64)).isFalse();
        assertThat(new Interval(3, 2).fits(Type.I32)).isTrue(); // no value at all
    }
}
