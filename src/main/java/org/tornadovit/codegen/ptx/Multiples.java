package org.tornadovit.codegen.ptx;

import org.tornadovit.ir.Const;
import org.tornadovit.ir.Expr;

/** Indices that are seen to be multiples of a number, so that what lies there is aligned. */
final class Multiples {
    private Multiples() {}

    /**
     * {@return whether an index is seen to be a multiple}
     *
     * @param factor a power of two, which wrapping does not break
     */
    static boolean isMultiple(Expr index, int factor) {
        return switch (index) {
            case Const c -> c.bits() % factor == 0;
            case Expr.Binary(var op, var x, var y) ->
                    switch (op) {
                        case ADD, SUB -> isMultiple(x, factor) && isMultiple(y, factor);
                        case MUL -> isMultiple(x, factor) || isMultiple(y, factor);
                        case SHL -> y instanceof Const(_, var bits) && 1L << bits >= factor;
                        default -> false;
                    };
            default -> false;
        };
    }
}
