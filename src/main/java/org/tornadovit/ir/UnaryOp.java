package org.tornadovit.ir;

/** Operations on one operand; the result has the operand's type. */
public enum UnaryOp {
    /** Negation; two's complement wrap for integers, sign flip for floating point. */
    NEG("-"),
    /** Logical not of {@code BOOL}. */
    NOT("!"),
    /** Bitwise complement of an integer. */
    COMPLEMENT("~");

    private final String symbol;

    UnaryOp(String symbol) {
        this.symbol = symbol;
    }

    /** {@return the operator in the textual form} */
    public String symbol() {
        return symbol;
    }
}
