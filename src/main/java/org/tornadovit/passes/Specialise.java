package org.tornadovit.passes;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.tornadovit.ir.Array;
import org.tornadovit.ir.Const;
import org.tornadovit.ir.Expr;
import org.tornadovit.ir.Kernel;
import org.tornadovit.ir.Param;
import org.tornadovit.ir.Rewriter;
import org.tornadovit.ir.Stmt;
import org.tornadovit.ir.Var;

/**
 * Replaces scalar parameters and array lengths by the values of one task, so that loop bounds and
 * strides become constants. The scalars leave the parameter list.
 */
public final class Specialise {
    private Specialise() {}

    /**
     * Specialises a kernel.
     *
     * @param scalars the value of every scalar parameter
     * @param lengths the number of elements of every array parameter
     */
    public static Kernel apply(
            Kernel kernel, Map<Var, Const> scalars, Map<Array, Integer> lengths) {
        Assignments assignments = Assignments.of(kernel);
        List<Stmt> head = new ArrayList<>();
        for (Param param : kernel.params()) {
            if (param instanceof Param.OfScalar(var variable)
                    && scalars.containsKey(variable)
                    && assignments.count(variable) > 0) { // the body changes it
                head.add(new Stmt.Assign(variable, known(scalars, variable)));
            }
        }
        Rewriter substitute =
                new Rewriter() {
                    @Override
                    protected Expr visit(Expr expr) {
                        return switch (expr) {
                            case Var v when assignments.count(v) == 0 && scalars.containsKey(v) ->
                                    known(scalars, v);
                            case Expr.Length(var array) when lengths.containsKey(array) ->
                                    Const.i32(lengths.get(array));
                            default -> expr;
                        };
                    }
                };
        Stmt body = substitute.rewrite(kernel.body());
        if (!head.isEmpty()) {
            head.add(body);
            body = new Stmt.Sequence(head);
        }
        List<Param> params =
                kernel.params().stream()
                        .filter(p ->
                                !(p instanceof Param.OfScalar(var v) && scalars.containsKey(v)))
                        .toList();
        return new Kernel(kernel.name(), params, body, kernel.form(), kernel.source());
    }

    private static Const known(Map<Var, Const> scalars, Var variable) {
        Const value = Objects.requireNonNull(scalars.get(variable));
        if (!value.type().equals(variable.type())) {
            throw new IllegalArgumentException(
                    "parameter " + variable + " is " + variable.type() + ", not " + value.type());
        }
        return value;
    }
}
