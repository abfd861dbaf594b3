package org.tornadovit.passes;

import java.util.List;
import java.util.function.Predicate;
import org.tornadovit.ir.Array;
import org.tornadovit.ir.Expr;
import org.tornadovit.ir.Rewriter;
import org.tornadovit.ir.Stmt;
import org.tornadovit.ir.Type;
import org.tornadovit.ir.Var;

/** Makes plain loads and stores of atomic operations on memory that only one work-item sees. */
public final class PlainAtomics extends Rewriter {
    private final Predicate<Array> isAlone;

    /**
     * Creates the pass.
     *
     * @param isAlone holds for arrays that one work-item sees only
     */
    public PlainAtomics(Predicate<Array> isAlone) {
        this.isAlone = isAlone;
    }

    @Override
    protected Stmt visit(Stmt stmt) {
        if (!(stmt instanceof Stmt.Atomic atomic) || !isAlone.test(atomic.array())) {
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
