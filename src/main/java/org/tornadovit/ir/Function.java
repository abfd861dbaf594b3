package org.tornadovit.ir;

/**
 * Mathematical functions, with the meaning and the accuracy of {@link java.lang.Math} in the type
 * of the operands unless a comment says otherwise. Operands and result have one type.
 */
public enum Function {
    ABS(1),
    SQRT(1),
    /** Reciprocal square root. */
    RSQRT(1),
    CBRT(1),
    EXP(1),
    EXPM1(1),
    LOG(1),
    LOG2(1),
    LOG10(1),
    LOG1P(1),
    SIN(1),
    COS(1),
    TAN(1),
    /** sin(pi x). */
    SINPI(1),
    /** cos(pi x). */
    COSPI(1),
    ASIN(1),
    ACOS(1),
    ATAN(1),
    SINH(1),
    COSH(1),
    TANH(1),
    ASINH(1),
    ACOSH(1),
    FLOOR(1),
    CEIL(1),
    /** Round half to even, as {@link Math#rint}. */
    RINT(1),
    SIGNUM(1),
    TO_RADIANS(1),
    TO_DEGREES(1),
    POPCOUNT(1),
    POW(2),
    ATAN2(2),
    HYPOT(2),
    COPYSIGN(2),
    /** High half of the product of two integers. */
    MULHI(2),
    /** a * b + c with one rounding; on integers with wrap. */
    FMA(3);

    private final int arity;

    Function(int arity) {
        this.arity = arity;
    }

    /** {@return the number of operands} */
    public int arity() {
        return arity;
    }

    /** {@return the name in the textual form} */
    public String text() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
