package org.tornadovit.ir;

/**
 * The type of a value: a scalar, or a short vector of scalars held in registers.
 *
 * @param scalar the element
 * @param lanes number of elements, 1 for a scalar; a power of two
 */
public record Type(Scalar scalar, int lanes) {
    /** A truth value. */
    public static final Type BOOL = new Type(Scalar.BOOL, 1);

    /** Java {@code int}. */
    public static final Type I32 = new Type(Scalar.I32, 1);

    /** Java {@code long}. */
    public static final Type I64 = new Type(Scalar.I64, 1);

    /** Java {@code float}. */
    public static final Type F32 = new Type(Scalar.F32, 1);

    /** Java {@code double}. */
    public static final Type F64 = new Type(Scalar.F64, 1);

    /** Checks that {@code lanes} is a power of two. */
    public Type {
        if (lanes < 1 || Integer.bitCount(lanes) != 1) {
            throw new IllegalArgumentException("lanes must be a power of two, not " + lanes);
        }
    }

    /** {@return the scalar type of {@code scalar}} */
    public static Type of(Scalar scalar) {
        return new Type(scalar, 1);
    }

    /** {@return this element type with {@code count} lanes} */
    public Type withLanes(int count) {
        return new Type(scalar, count);
    }

    /** {@return whether a value has more than one lane} */
    public boolean isVector() {
        return lanes > 1;
    }

    /** {@return whether the element is a floating-point type} */
    public boolean isFloat() {
        return scalar.isFloat();
    }

    /** {@return the textual form, {@code f32} or {@code f32x16}} */
    @Override
    public String toString() {
        return lanes == 1 ? scalar.toString() : scalar + "x" + lanes;
    }
}
