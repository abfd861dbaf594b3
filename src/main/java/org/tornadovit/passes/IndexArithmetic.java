package org.tornadovit.passes;

import org.tornadovit.ir.BinaryOp;
import org.tornadovit.ir.Const;
import org.tornadovit.ir.Expr;
import org.tornadovit.ir.Label;
import org.tornadovit.ir.Run;
import org.tornadovit.ir.Stmt;
import org.tornadovit.ir.Var;

/** Sums, products and loops over {@code i32} that schedules are made of, simplified at once. */
final class IndexArithmetic {
    private IndexArithmetic() {}

    /** {@return {@code x + y}} */
    static Expr plus(Expr x, Expr y) {
        return Simplify.apply(new Expr.Binary(BinaryOp.ADD, x, y));
    }

    /** {@return {@code x * factor}} */
    static Expr times(Expr x, long factor) {
        return Simplify.apply(new Expr.Binary(BinaryOp.MUL, x, Const.i32((int) factor)));
    }

    /** {@return a loop from 0 to {@code extent}} */
    static Stmt.For loop(Var index, long extent, Run run, Stmt body) {
        return new Stmt.For(
                new Label(index.name()),
                index,
                Const.i32(0),
                Const.i32((int) extent),
                1,
                run,
                body);
    }
}
