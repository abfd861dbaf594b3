package org.tornadovit.passes;

import java.util.List;
import java.util.Map;
import org.tornadovit.ir.BinaryOp;
import org.tornadovit.ir.Const;
import org.tornadovit.ir.Expr;
import org.tornadovit.ir.Stmt;
import org.tornadovit.ir.Var;

/**
 * Loops from 0 to constants as one loop, in the same order.
 *
 * @param loops from the outermost to the innermost; without any there is one iteration
 */
record FlatLoops(List<Stmt.For> loops) {
    FlatLoops {
        loops = List.copyOf(loops);
    }

    /** {@return the number of iterations} */
    long extent() {
        return loops.stream().mapToLong(Nest::extent).reduce(1, (a, b) -> a * b);
    }

    /** Puts the counters of the loops at an iteration of all, {@code i32}, not negative. */
    void at(Expr iteration, Map<Var, Expr> values) {
        Expr left = iteration;
        for (int i = loops.size() - 1; i >= 0; i--) {
            Stmt.For l = loops.get(i);
            Const extent = Const.i32((int) Nest.extent(l));
            Expr own = i == 0 ? left : new Expr.Binary(BinaryOp.REM, left, extent);
            values.put(l.index(), Simplify.apply(own));
            left = new Expr.Binary(BinaryOp.DIV, left, extent);
        }
    }
}
