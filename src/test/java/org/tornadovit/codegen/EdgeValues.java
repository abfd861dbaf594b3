package org.tornadovit.codegen;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.tornadovit.ir.Arithmetic;
import org.tornadovit.ir.Scalar;

/** Values of each type at which operations are most likely to differ. */
final class EdgeValues {
    private static final long[] INTEGERS = {
        0,
        1,
        -1,
        2,
        -2,
        3,
        7,
        -7,
        31,
        32,
        33,
        63,
        64,
        65,
        -33,
        100,
        127,
        128,
        -128,
        255,
        256,
        32767,
        32768,
        -32768,
        65535,
        65536,
        0x12345678,
        -0x12345678,
        Integer.MAX_VALUE,
        Integer.MIN_VALUE,
        Integer.MIN_VALUE + 1,
        0x80000000L,
        0xffffffffL,
        1L << 40,
        0x123456789abcdefL,
        Long.MAX_VALUE,
        Long.MIN_VALUE,
        Long.MIN_VALUE + 1
    };
    private static final double[] FLOATS = {
        0.0,
        -0.0,
        1,
        -1,
        0.5,
        -0.5,
        1.5,
        2.5,
        -2.5,
        3.7,
        -3.7,
        1.0 / 3,
        100.25,
        127.5,
        128,
        255.9,
        -129,
        32767.5,
        32768,
        65504,
        65519.9,
        65520,
        -65536,
        70000,
        16777216,
        16777217,
        2147483520.0,
        2147483647.0,
        2147483648.0,
        -2147483648.0,
        -2147483904.0,
        4e9,
        9.2e18,
        9.3e18,
        -9.3e18,
        1e-3,
        6.1e-5,
        6.0e-8,
        2.9e-8,
        1e-20,
        1.2e-38,
        1e-40,
        -1e-45,
        1e30,
        3.4e38,
        1e-310,
        1e300,
        Double.NaN,
        Double.POSITIVE_INFINITY,
        Double.NEGATIVE_INFINITY
    };

    private EdgeValues() {}

    /** {@return the bits of edge values and some random ones, the same at every call} */
    static long[] of(Scalar scalar) {
        List<Long> bits = new ArrayList<>();
        if (scalar.isFloat()) {
            for (double value : FLOATS) {
                bits.add(Arithmetic.cast(Scalar.F64, scalar, Double.doubleToRawLongBits(value)));
            }
        } else {
            for (long value : INTEGERS) {
                bits.add(Arithmetic.canonical(scalar, value));
            }
        }
        Random random = new Random(42);
        for (int i = 0; i < 8; i++) {
            bits.add(
                    scalar.isFloat()
                            ? Arithmetic.cast(
                                    Scalar.F64,
                                    scalar,
                                    Double.doubleToRawLongBits(random.nextGaussian() * 50))
                            : Arithmetic.canonical(scalar, random.nextLong()));
        }
        return bits.stream().distinct().mapToLong(Long::longValue).toArray();
    }
}
