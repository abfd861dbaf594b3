package org.tornadovit.passes;

import java.util.List;
import org.tornadovit.ir.BinaryOp;
import org.tornadovit.ir.Const;
import org.tornadovit.ir.Expr;
import org.tornadovit.ir.Kernel;
import org.tornadovit.ir.Rewriter;

/** Adds an offset to the numbers of a grid's work-items, as a kernel sees them. */
public final class ShiftGrid {
    private ShiftGrid() {}

    /**
     * {@return a kernel whose global numbers start at the offset; sizes and numbers within groups
     * stay}
     *
     * @param offset what is added along x, y, z
     */
    public static Kernel apply(Kernel kernel, List<Long> offset) {
        return new Rewriter() {
            @Override
            protected Expr visit(Expr expr) {
                return expr instanceof Expr.WorkItem(var query, var axis)
                                && query == Expr.Query.GLOBAL_ID
                                && offset.get(axis) != 0
                        ? new Expr.Binary(
                                BinaryOp.ADD, expr, Const.i32(Math.toIntExact(offset.get(axis))))
                        : expr;
            }
        }.rewrite(kernel);
    }
}
