package org.tornadovit.device.cpu;

import static jdk.incubator.vector.VectorOperators.ADD;
import static jdk.incubator.vector.VectorOperators.AND;
import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.GE;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.I2S;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.LT;
import static jdk.incubator.vector.VectorOperators.OR;
import static jdk.incubator.vector.VectorOperators.ZERO_EXTEND_S2I;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/**
 * Vectors of 16-bit floats in memory are vectors of {@code float} in registers; these are the ways
 * between. Called by generated code and small enough to be inlined there.
 */
public final class HalfVectors {
    private static final int SIGN = 0x8000;
    private static final int INFINITY = 0x7f800000;
    private static final int FLOAT16_INFINITY = 0x7c00;

    /** 2^112: moves an exponent from the bias of binary16, 15, to that of binary32, 127. */
    private static final float REBIAS = 0x1p112f;

    /** Smallest normal binary16 and the first float too large for one, as bits of floats. */
    private static final int SMALLEST_NORMAL = 113 << 23;

    private static final int TOO_LARGE = 143 << 23;

    /** 0.5: adding it to a binary16 subnormal rounds it and leaves its bits in the last places. */
    private static final int SUBNORMAL_MAGIC = 126 << 23;

    private HalfVectors() {}

    /** {@return the values of binary16 bits} */
    public static FloatVector widenFloat16(ShortVector bits, VectorSpecies<Integer> ints) {
        return valueFloat16((IntVector) bits.convertShape(ZERO_EXTEND_S2I, ints, 0));
    }

    /** {@return the bits of the nearest binary16 values, ties to even} */
    public static ShortVector narrowFloat16(FloatVector x, VectorSpecies<Short> shorts) {
        return (ShortVector) bitsFloat16(x).convertShape(I2S, shorts, 0);
    }

    /** {@return the nearest binary16 values} */
    public static FloatVector roundFloat16(FloatVector x) {
        return valueFloat16(bitsFloat16(x));
    }

    private static FloatVector valueFloat16(IntVector bits) {
        IntVector magnitude = bits.lanewise(AND, SIGN - 1);
        VectorMask<Integer> special = magnitude.compare(GE, FLOAT16_INFINITY);
        IntVector scaled =
                magnitude.lanewise(LSHL, 13).reinterpretAsFloats().mul(REBIAS).reinterpretAsInts();
        return scaled.lanewise(OR, INFINITY, special)
                .lanewise(OR, bits.lanewise(AND, SIGN).lanewise(LSHL, 16))
                .reinterpretAsFloats();
    }

    private static IntVector bitsFloat16(FloatVector x) {
        IntVector bits = x.reinterpretAsInts();
        IntVector magnitude = bits.lanewise(AND, Integer.MAX_VALUE);
        IntVector odd = magnitude.lanewise(LSHR, 13).lanewise(AND, 1);
        IntVector normal =
                magnitude
                        .lanewise(ADD, 0xfff - (112 << 23)) // half of the last place, less one
                        .lanewise(ADD, odd)
                        .lanewise(LSHR, 13);
        IntVector subnormal =
                magnitude
                        .reinterpretAsFloats()
                        .add(Float.intBitsToFloat(SUBNORMAL_MAGIC))
                        .reinterpretAsInts()
                        .lanewise(ADD, -SUBNORMAL_MAGIC);
        IntVector special = // infinity, or a quiet NaN with the upper bits it had
                magnitude
                        .lanewise(LSHR, 13)
                        .lanewise(AND, 0x3ff)
                        .lanewise(OR, 0x200)
                        .lanewise(AND, magnitude.broadcast(0), magnitude.compare(LT, INFINITY + 1))
                        .lanewise(OR, FLOAT16_INFINITY);
        IntVector result =
                normal.blend(subnormal, magnitude.compare(LT, SMALLEST_NORMAL))
                        .blend(special, magnitude.compare(GE, TOO_LARGE));
        return result.lanewise(OR, bits.lanewise(LSHR, 16).lanewise(AND, SIGN));
    }

    /** {@return the values of bfloat16 bits} */
    public static FloatVector widenBfloat16(ShortVector bits, VectorSpecies<Integer> ints) {
        return ((IntVector) bits.convertShape(ZERO_EXTEND_S2I, ints, 0))
                .lanewise(LSHL, 16)
                .reinterpretAsFloats();
    }

    /** {@return the bits of the nearest bfloat16 values, ties to even} */
    public static ShortVector narrowBfloat16(FloatVector x, VectorSpecies<Short> shorts) {
        return (ShortVector) bitsBfloat16(x).lanewise(ASHR, 16).convertShape(I2S, shorts, 0);
    }

    /** {@return the nearest bfloat16 values} */
    public static FloatVector roundBfloat16(FloatVector x) {
        return bitsBfloat16(x).lanewise(AND, 0xffff0000).reinterpretAsFloats();
    }

    /** The result is in the upper half. */
    private static IntVector bitsBfloat16(FloatVector x) {
        IntVector bits = x.reinterpretAsInts();
        IntVector odd = bits.lanewise(LSHR, 16).lanewise(AND, 1);
        IntVector rounded = bits.lanewise(ADD, 0x7fff).lanewise(ADD, odd);
        VectorMask<Integer> isNaN = bits.lanewise(AND, Integer.MAX_VALUE).compare(GT, INFINITY);
        return rounded.blend(bits.lanewise(OR, 0x400000), isNaN);
    }
}
