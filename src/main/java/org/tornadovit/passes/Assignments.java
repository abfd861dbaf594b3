package org.tornadovit.passes;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.tornadovit.ir.Expr;
import org.tornadovit.ir.Kernel;
import org.tornadovit.ir.Param;
import org.tornadovit.ir.Stmt;
import org.tornadovit.ir.Var;
import org.tornadovit.ir.Walker;

/** How often each variable of a kernel is assigned and read. */
final class Assignments {
    private final Map<Var, Integer> writes = new HashMap<>();
    private final Map<Var, Integer> reads = new HashMap<>();
    private final Map<Var, Integer> indices = new HashMap<>();
    private final Set<Var> given = new HashSet<>();

    private Assignments() {}

    static Assignments of(Kernel kernel) {
        Assignments result = of(kernel.body());
        for (Param param : kernel.params()) {
            if (param instanceof Param.OfScalar(var variable)) {
                result.given.add(variable);
            }
        }
        return result;
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

    /** {@return the variables that are assigned, loop indices apart} */
    Set<Var> assigned() {
        return Set.copyOf(writes.keySet());
    }

    /** {@return the number of places where the variable is read} */
    int reads(Var variable) {
        return reads.getOrDefault(variable, 0);
    }

    /** {@return whether the variable is the index of some loop} */
    boolean isIndex(Var variable) {
        return indices.containsKey(variable);
    }

    /**
     * {@return whether one place at most gives the variable its value} Since a variable is assigned
     * before it is read, its value stays the same from there until the place is reached again.
     */
    boolean isStable(Var variable) {
        int parameter = given.contains(variable) ? 1 : 0;
        return count(variable) + indices.getOrDefault(variable, 0) + parameter <= 1;
    }
}
