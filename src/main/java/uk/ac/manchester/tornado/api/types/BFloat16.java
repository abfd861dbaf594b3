package uk.ac.manchester.tornado.api.types;

/** Conversions of bfloat16: a float's sign, exponent and upper 7 bits of fraction. */
public final class BFloat16 {
    /** The largest finite number. */
    public static final float BF16_MAX = 3.3895314E38f;

    private BFloat16() {}

    /** {@return the bits of the nearest number, ties to even; NaN stays NaN} */
    public static short bf16FromFloat(float value) {
        int bits = Float.floatToRawIntBits(value);
        if (Float.isNaN(value)) {
            return (short) ((bits >>> 16) | 0x40);
        }
        int rounding = 0x7FFF + ((bits >>> 16) & 1);
        return (short) ((bits + rounding) >>> 16);
    }

    /** {@return the number as a float, exactly} */
    public static float bf16ToFloat(short bits) {
        return Float.intBitsToFloat(bits << 16);
    }
}
