package org.tornadovit.passes;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tornadovit.ir.Array;
import org.tornadovit.ir.Expr;
import org.tornadovit.ir.Kernel;
import org.tornadovit.ir.Param;
import org.tornadovit.ir.Rewriter;
import org.tornadovit.ir.Scalar;
import org.tornadovit.ir.Space;
import org.tornadovit.ir.Stmt;
import org.tornadovit.ir.Type;

/**
 * Stores the binary32 array parameters of a kernel in a narrower format: loads widen, stores round
 * to nearest even, and everything between stays binary32, sums as well.
 */
public final class NarrowArrays extends Rewriter {
    private final Map<Array, Array> narrow = new HashMap<>();
    private final Scalar element;

    private NarrowArrays(Scalar element) {
        this.element = element;
    }

    /**
     * {@return the kernel with narrow arrays}
     *
     * @param element F16 or BF16
     * @throws IllegalArgumentException when the kernel adds to such an array atomically, which
     *     includes reductions: sums would be rounded at each step
     */
    public static Kernel apply(Kernel kernel, Scalar element) {
        NarrowArrays pass = new NarrowArrays(element);
        List<Param> params = kernel.params().stream().map(pass::param).toList();
        return new Kernel(
                kernel.name(), params, pass.rewrite(kernel.body()), kernel.form(), kernel.source());
    }

    private Param param(Param param) {
        if (param instanceof Param.OfArray(var array) && array.element() == Scalar.F32) {
            Array stored = new Array(array.name(), element, Space.GLOBAL);
            narrow.put(array, stored);
            return new Param.OfArray(stored);
        }
        return param;
    }

    @Override
    protected Expr visit(Expr expr) {
        return switch (expr) {
            case Expr.Load(var array, var index, var type, var site)
                    when narrow.containsKey(array) ->
                    new Expr.Cast(
                            type, new Expr.Load(narrow.get(array), index, stored(type), site));
            case Expr.Length(var array) when narrow.containsKey(array) ->
                    new Expr.Length(narrow.get(array));
            default -> expr;
        };
    }

    @Override
    protected Stmt visit(Stmt stmt) {
        return switch (stmt) {
            case Stmt.Store(var array, var index, var value, var site)
                    when narrow.containsKey(array) ->
                    new Stmt.Store(
                            narrow.get(array),
                            index,
                            new Expr.Cast(stored(value.type()), value),
                            site);
            case Stmt.Atomic a when narrow.containsKey(a.array()) ->
                    throw new IllegalArgumentException(
                            "%s: array %s is summed in place, which %s storage would round at each"
                                            .formatted(a.site(), a.array(), element)
                                    + " step; run this graph in fp32");
            default -> stmt;
        };
    }

    private Type stored(Type type) {
        return new Type(element, type.lanes());
    }
}
