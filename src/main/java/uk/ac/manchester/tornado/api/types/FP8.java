package uk.ac.manchester.tornado.api.types;

/**
 * Conversions of the 8-bit floating-point numbers E4M3 (no infinities, one NaN) and E5M2 (as IEEE
 * 754). What is too large becomes the largest finite number; ties round to even.
 *
 * @see <a href="https://arxiv.org/abs/2209.05433">Micikevicius et al. 2022, table 1</a>
 */
public final class FP8 {
    /** The largest number of E4M3. */
    public static final float E4M3_MAX = 448.0f;

    /** The largest finite number of E5M2. */
    public static final float E5M2_MAX = 57344.0f;

    private static final int NAN = 0x7F;

    private FP8() {}

    /** {@return the bits of the nearest E4M3 number} */
    public static byte e4m3FromFloat(float value) {
        return encode(value, 3, 7, E4M3_MAX);
    }

    /** {@return an E4M3 number as a float, exactly} */
    public static float e4m3ToFloat(byte bits) {
        return (bits & 0x7F) == NAN ? Float.NaN : decode(bits, 3, 7);
    }

    /** {@return the bits of the nearest E5M2 number} */
    public static byte e5m2FromFloat(float value) {
        return encode(value, 2, 15, E5M2_MAX);
    }

    /** {@return an E5M2 number as a float, exactly} */
    public static float e5m2ToFloat(byte bits) {
        int magnitude = bits & 0x7F;
        if (magnitude > 0x7C) {
            return Float.NaN;
        }
        if (magnitude == 0x7C) {
            return bits < 0 ? Float.NEGATIVE_INFINITY : Float.POSITIVE_INFINITY;
        }
        return decode(bits, 2, 15);
    }

    private static byte encode(float value, int fractionBits, int bias, float max) {
        int sign = (Float.floatToRawIntBits(value) >>> 24) & 0x80;
        float magnitude = Math.abs(value);
        if (Float.isNaN(value)) {
            return (byte) (sign | NAN);
        }
        if (magnitude >= max) {
            return (byte) (sign | bits(max, fractionBits, bias));
        }
        return (byte) (sign | bits(magnitude, fractionBits, bias));
    }

    /** Rounds to a multiple of the last place; a carry moves into the exponent by itself. */
    private static int bits(float magnitude, int fractionBits, int bias) {
        int exponent = Math.max(Math.getExponent(magnitude), 1 - bias);
        double last = Math.scalb(1.0, exponent - fractionBits);
        int units = (int) Math.rint(magnitude / last);
        return units + ((exponent + bias - 1) << fractionBits);
    }

    private static float decode(byte bits, int fractionBits, int bias) {
        int magnitude = bits & 0x7F;
        int exponent = magnitude >>> fractionBits;
        int fraction = magnitude & ((1 << fractionBits) - 1);
        float value =
                exponent == 0
                        ? Math.scalb((float) fraction, 1 - bias - fractionBits)
                        : Math.scalb(
                                (float) (fraction + (1 << fractionBits)),
                                exponent - bias - fractionBits);
        return bits < 0 ? -value : value;
    }
}
