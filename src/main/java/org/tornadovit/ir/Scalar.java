package org.tornadovit.ir;

/** The scalar types of values and array elements, with Java's meaning where Java has them. */
public enum Scalar {
    /** A truth value; one byte in memory. */
    BOOL("bool", 1, Family.BOOL),
    /** Java {@code byte}. */
    I8("i8", 1, Family.INTEGER),
    /** Java {@code short}. */
    I16("i16", 2, Family.INTEGER),
    /** Java {@code char}, unsigned. */
    U16("u16", 2, Family.INTEGER),
    /** Java {@code int}. */
    I32("i32", 4, Family.INTEGER),
    /** Java {@code long}. */
    I64("i64", 8, Family.INTEGER),
    /** IEEE 754 binary16. */
    F16("f16", 2, Family.FLOAT),
    /** bfloat16: the upper half of a binary32. */
    BF16("bf16", 2, Family.FLOAT),
    /** Java {@code float}. */
    F32("f32", 4, Family.FLOAT),
    /** Java {@code double}. */
    F64("f64", 8, Family.FLOAT);

    private enum Family {
        BOOL,
        INTEGER,
        FLOAT
    }

    private final String text;
    private final int bytes;
    private final Family family;

    Scalar(String text, int bytes, Family family) {
        this.text = text;
        this.bytes = bytes;
        this.family = family;
    }

    /** {@return the size of an array element in bytes} */
    public int bytes() {
        return bytes;
    }

    /** {@return whether this is a floating-point type} */
    public boolean isFloat() {
        return family == Family.FLOAT;
    }

    /** {@return whether this is an integer type; {@code BOOL} is not} */
    public boolean isInteger() {
        return family == Family.INTEGER;
    }

    /** {@return the name in the textual form, as in {@code f32}} */
    @Override
    public String toString() {
        return text;
    }
}
