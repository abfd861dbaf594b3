package org.tornadovit.passes;

import java.util.HashMap;
import java.util.Map;
import org.tornadovit.ir.Expr;
import org.tornadovit.ir.Kernel;
import org.tornadovit.ir.Stmt;
import org.tornadovit.ir.Var;
import org.tornadovit.ir.Walker;

/** How often each variable of a kernel is assigned and read. */
final class Assignments {
    private final Map<Var, Integer> writes = new HashMap<>();
    private final Map<Var, Integer> reads = new HashMap<>();
    private final Map<Var, Integer> indices = new HashMap<>();

    private Assignments() {}

    static Assignments of(Kernel kernel) {
        return of(kernel.body());
    }

    static Assignments of(Stmt body) {
        Assignments result = new Assignments();
        new Walker() {
            @Override
            protected void visit(Expr expr) {
                if (expr instanceof Var v) {
                    result.reads.merge(v, 1, Integer::sum);
                }
            }

            @Override
            protected void visit(Stmt stmt) {
                switch (stmt) {
                    case Stmt.Assign(var target, _) -> result.writes.merge(target, 1, Integer::sum);
                    case Stmt.Atomic a -> result.writes.merge(a.result(), 1, Integer::sum);
                    case Stmt.For f -> result.indices.merge(f.index(), 1, Integer::sum);
                    default -> {}
                }
            }
        }.walk(body);
        return result;
    }

    /**
     * {@return the number of assignments; loops that count with the variable are not among them}
     */
    int count(Var variable) {
        return writes.getOrDefault(variable, 0);
    }

    /** {@return the number of places where the variable is read} */
    int reads(Var variable) {
        return reads.getOrDefault(variable, 0);
    }

    /** {@return whether the variable is the index of some loop} */
    boolean isIndex(Var variable) {
        return indices.containsKey(variable);
    }

    /** {@return whether the variable has one value wherever it can be read in one scope} */
    boolean isStable(Var variable) {
        return count(variable) + indices.getOrDefault(variable, 0) <= 1;
    }
}
