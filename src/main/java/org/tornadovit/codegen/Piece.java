package org.tornadovit.codegen;

/**
 * A piece of C text with the binding strength of its outermost operator.
 *
 * @param text the text
 * @param level one of the constants of this record; higher binds stronger
 */
record Piece(String text, int level) {
    static final int CONDITIONAL = 0;
    static final int OR = 1;
    static final int XOR = 2;
    static final int AND = 3;
    static final int EQUALITY = 4;
    static final int RELATIONAL = 5;
    static final int SHIFT = 6;
    static final int ADDITIVE = 7;
    static final int MULTIPLICATIVE = 8;
    static final int UNARY = 9;
    static final int PRIMARY = 10;

    /** {@return a name, a literal or another text that needs no parentheses} */
    static Piece primary(String text) {
        return new Piece(text, PRIMARY);
    }

    /** {@return a call} */
    static Piece call(String function, Object... arguments) {
        StringBuilder text = new StringBuilder(function).append('(');
        for (int i = 0; i < arguments.length; i++) {
            text.append(i == 0 ? "" : ", ").append(arguments[i]);
        }
        return primary(text.append(')').toString());
    }

    /** {@return {@code (type)x}} */
    static Piece cast(String type, Piece x) {
        return new Piece("(" + type + ")" + x.at(UNARY), UNARY);
    }

    /** {@return the text, in parentheses when it binds weaker than {@code least}} */
    String at(int least) {
        return level < least ? "(" + text + ")" : text;
    }

    @Override
    public String toString() {
        return text;
    }
}
