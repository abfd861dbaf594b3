package org.tornadovit.ir;

/**
 * Operations on two operands of equal type (shifts: the right operand is {@code i32}).
 *
 * <p>Java's meaning: integers wrap; shifts use the low 5 or 6 bits of the right operand; {@code
 * MIN} and {@code MAX} return NaN when an operand is NaN and order -0.0 below 0.0; {@code REM} on
 * floating point is C's {@code fmod}. Comparisons give {@code BOOL} and are false when an operand
 * is NaN, except {@code NE}.
 */
public enum BinaryOp {
    ADD("+"),
    SUB("-"),
    MUL("*"),
    /** Integer division truncates; the divisor is not zero (see {@link Stmt.Check}). */
    DIV("/"),
    /** Remainder with the sign of the dividend; an integer divisor is not zero. */
    REM("%"),
    AND("&"),
    OR("|"),
    XOR("^"),
    SHL("<<"),
    /** Arithmetic shift right. */
    SHR(">>"),
    /** Logical shift right. */
    USHR(">>>"),
    MIN("min"),
    MAX("max"),
    EQ("=="),
    NE("!="),
    LT("<"),
    LE("<="),
    GT(">"),
    GE(">=");

    private final String symbol;

    BinaryOp(String symbol) {
        this.symbol = symbol;
    }

    /** {@return the operator in the textual form} */
    public String symbol() {
        return symbol;
    }

    /** {@return whether the result is {@code BOOL}} */
    public boolean isComparison() {
        return ordinal() >= EQ.ordinal();
    }

    /** {@return whether this is a shift, whose right operand is {@code i32}} */
    public boolean isShift() {
        return this == SHL || this == SHR || this == USHR;
    }
}
