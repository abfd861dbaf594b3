package org.tornadovit.frontend;

import org.tornadovit.ir.Expr;
import org.tornadovit.ir.Rewriter;
import org.tornadovit.ir.Var;

/** Replaces the reads of a variable by an expression. */
final class Renaming extends Rewriter {
    private final Var from;
    private final Expr to;

    Renaming(Var from, Expr to) {
        this.from = from;
        this.to = to;
    }

    @Override
    protected Expr visit(Expr expr) {
        return expr == from ? to : expr;
    }
}
