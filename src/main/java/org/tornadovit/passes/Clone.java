package org.tornadovit.passes;

import java.util.HashMap;
import java.util.Map;
import org.tornadovit.ir.Expr;
import org.tornadovit.ir.Rewriter;
import org.tornadovit.ir.Stmt;
import org.tornadovit.ir.Var;

/** Copies statements, each copy with variables of its own. Jumps must stay inside. */
final class Clone extends Rewriter {
    private final Map<Var, Expr> values;
    private final Map<Var, Var> fresh = new HashMap<>();
    private final Assignments assignments;

    private Clone(Stmt body, Map<Var, Expr> values) {
        this.values = values;
        this.assignments = Assignments.of(body);
    }

    /** {@return a copy in which the variables of {@code values} are replaced by these values} */
    static Stmt of(Stmt body, Map<Var, Expr> values) {
        return new Clone(body, values).rewrite(body);
    }

    /** {@return a copy of an expression with variables replaced} */
    static Expr of(Expr expr, Map<Var, Expr> values) {
        return new Clone(Stmt.Sequence.EMPTY, values).rewrite(expr);
    }

    @Override
    protected Var target(Var variable) {
        if (values.get(variable) instanceof Var v) {
            return v;
        }
        return fresh.computeIfAbsent(variable, v -> new Var(v.name(), v.type()));
    }

    @Override
    protected Expr visit(Expr expr) {
        if (!(expr instanceof Var v)) {
            return expr;
        }
        if (values.containsKey(v)) {
            return values.get(v);
        }
        return assignments.count(v) > 0 || assignments.isIndex(v) ? target(v) : v;
    }
}
