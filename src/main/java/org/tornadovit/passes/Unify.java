package org.tornadovit.passes;

import java.util.List;
import java.util.Map;
import org.tornadovit.ir.Array;
import org.tornadovit.ir.Expr;
import org.tornadovit.ir.Kernel;
import org.tornadovit.ir.Param;
import org.tornadovit.ir.Rewriter;
import org.tornadovit.ir.Stmt;

/**
 * Replaces array parameters that are given the same memory by one of them, so that no later pass
 * takes two names for two arrays.
 */
public final class Unify {
    private Unify() {}

    /**
     * Unifies parameters.
     *
     * @param same from a parameter to the one that stands for it; both have one element type
     */
    public static Kernel apply(Kernel kernel, Map<Array, Array> same) {
        if (same.isEmpty()) {
            return kernel;
        }
        Rewriter rewriter =
                new Rewriter() {
                    @Override
                    protected Expr visit(Expr expr) {
                        return switch (expr) {
                            case Expr.Load(var array, var index, var type, var site)
                                    when same.containsKey(array) ->
                                    new Expr.Load(same.get(array), index, type, site);
                            case Expr.Length(var array) when same.containsKey(array) ->
                                    new Expr.Length(same.get(array));
                            default -> expr;
                        };
                    }

                    @Override
                    protected Stmt visit(Stmt stmt) {
                        return switch (stmt) {
                            case Stmt.Store(var array, var index, var value, var site)
                                    when same.containsKey(array) ->
                                    new Stmt.Store(same.get(array), index, value, site);
                            case Stmt.Atomic a when same.containsKey(a.array()) ->
                                    new Stmt.Atomic(
                                            a.op(),
                                            same.get(a.array()),
                                            a.index(),
                                            a.value(),
                                            a.result(),
                                            a.site());
                            default -> stmt;
                        };
                    }
                };
        List<Param> params =
                kernel.params().stream()
                        .filter(p -> !(p instanceof Param.OfArray(var a) && same.containsKey(a)))
                        .toList();
        return new Kernel(
                kernel.name(),
                params,
                rewriter.rewrite(kernel.body()),
                kernel.form(),
                kernel.source());
    }
}
