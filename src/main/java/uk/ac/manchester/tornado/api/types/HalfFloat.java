package uk.ac.manchester.tornado.api.types;

import uk.ac.manchester.tornado.api.internal.annotations.HalfType;

/**
 * An IEEE 754 binary16 number.
 *
 * <p>Arithmetic is done in float and rounded once, which for these operations is the correctly
 * rounded result.
 */
@HalfType
public class HalfFloat {
    private final short halfFloatValue;

    /** Rounds a float to the nearest number, ties to even. */
    public HalfFloat(float halfFloat) {
        halfFloatValue = Float.floatToFloat16(halfFloat);
    }

    /** Takes the bits of the number. */
    public HalfFloat(short halfFloat) {
        halfFloatValue = halfFloat;
    }

    /** {@return the bits of the number} */
    public short getHalfFloatValue() {
        return halfFloatValue;
    }

    /** {@return the number as a float, exactly} */
    public float getFloat32() {
        return Float.float16ToFloat(halfFloatValue);
    }

    /** {@return a + b} */
    public static HalfFloat add(HalfFloat a, HalfFloat b) {
        return new HalfFloat(a.getFloat32() + b.getFloat32());
    }

    /** {@return a - b} */
    public static HalfFloat sub(HalfFloat a, HalfFloat b) {
        return new HalfFloat(a.getFloat32() - b.getFloat32());
    }

    /** {@return a * b} */
    public static HalfFloat mult(HalfFloat a, HalfFloat b) {
        return new HalfFloat(a.getFloat32() * b.getFloat32());
    }

    /** {@return a / b} */
    public static HalfFloat div(HalfFloat a, HalfFloat b) {
        return new HalfFloat(a.getFloat32() / b.getFloat32());
    }

    @Override
    public String toString() {
        return Float.toString(getFloat32());
    }
}
