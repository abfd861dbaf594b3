package org.tornadovit.codegen;

import java.util.List;
import org.tornadovit.ir.Expr;
import org.tornadovit.ir.Rewriter;
import org.tornadovit.ir.Space;
import org.tornadovit.ir.Stmt;
import org.tornadovit.ir.Type;
import org.tornadovit.ir.Var;

/** Makes plain loads and stores of atomic operations on memory that only one work-item sees. */
final class PrivateAtomics extends Rewriter {
    @Override
    protected Stmt visit(Stmt stmt) {
        if (!(stmt instanceof Stmt.Atomic atomic) || atomic.array().space() != Space.PRIVATE) {
            return stmt;
        }
        Type type = Type.of(atomic.array().element());
        Var index = new Var("at", atomic.index().type());
        Var value = new Var("operand", type);
        Var result = atomic.result();
        return new Stmt.Sequence(
                List.of(
                        new Stmt.Assign(index, atomic.index()),
                        new Stmt.Assign(value, atomic.value()),
                        new Stmt.Assign(
                                result, new Expr.Load(atomic.array(), index, type, atomic.site())),
                        new Stmt.Store(
                                atomic.array(),
                                index,
                                new Expr.Binary(atomic.op(), result, value),
                                atomic.site())));
    }
}
