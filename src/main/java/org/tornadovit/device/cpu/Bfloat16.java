package org.tornadovit.device.cpu;

/** The 16-bit floating-point format that is the upper half of a {@code float}. */
public final class Bfloat16 {
    private Bfloat16() {}

    /** {@return the value of {@code bits}} */
    public static float toFloat(short bits) {
        return Float.intBitsToFloat(bits << 16);
    }

    /** {@return the bits of the nearest value, ties to even; NaN stays NaN} */
    public static short ofFloat(float x) {
        int bits = Float.floatToRawIntBits(x);
        if (Float.isNaN(x)) {
            return (short) (bits >>> 16 | 0x40);
        }
        return (short) ((bits + 0x7fff + (bits >>> 16 & 1)) >>> 16);
    }

    /** {@return the nearest value of the format} */
    public static float round(float x) {
        return toFloat(ofFloat(x));
    }
}
