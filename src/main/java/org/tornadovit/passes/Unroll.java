package org.tornadovit.passes;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tornadovit.ir.Array;
import org.tornadovit.ir.Const;
import org.tornadovit.ir.Expr;
import org.tornadovit.ir.Kernel;
import org.tornadovit.ir.Label;
import org.tornadovit.ir.Rewriter;
import org.tornadovit.ir.Stmt;
import org.tornadovit.ir.Var;

/**
 * Replaces loops with constant limits by a copy of the body for each iteration. Variables and
 * arrays that live within an iteration become those of the copy.
 */
final class Unroll extends Rewriter {
    private final Set<Label> loops = new HashSet<>();
    private final Assignments everywhere;

    private Unroll(Kernel kernel, Set<Stmt.For> loops) {
        loops.forEach(f -> this.loops.add(f.label()));
        everywhere = Assignments.of(kernel);
    }

    /** {@return the kernel without {@code loops}} */
    static Kernel apply(Kernel kernel, Set<Stmt.For> loops) {
        return loops.isEmpty() ? kernel : new Unroll(kernel, loops).rewrite(kernel);
    }

    @Override
    protected Stmt visit(Stmt stmt) {
        if (!(stmt instanceof Stmt.For f)
                || !loops.contains(f.label())
                || !(f.start() instanceof Const start)
                || !(f.bound() instanceof Const bound)) {
            return stmt;
        }
        Assignments inside = Assignments.of(f.body());
        Label end = new Label(f.label().name());
        List<Stmt> copies = new ArrayList<>();
        long trips = Stmt.For.trips(start.bits(), bound.bits(), f.step());
        for (long k = 0; k < trips; k++) {
            Const index = new Const(f.index().type(), start.bits() + k * f.step());
            Label next = new Label(f.label().name());
            Copy copy = new Copy(inside, Map.of(f.index(), index));
            copy.jumps.put(f.label(), end);
            Stmt body = copy.iteration(f, next);
            boolean skips = Simplify.jumps(body).contains(next);
            copies.add(skips ? new Stmt.Labeled(next, body) : body);
        }
        Stmt all = new Stmt.Sequence(copies);
        return Simplify.jumps(all).contains(end) ? new Stmt.Labeled(end, all) : all;
    }

    /** One iteration. */
    private final class Copy extends Rewriter {
        private final Assignments inside;
        private final Map<Var, Expr> values;
        private final Map<Var, Var> variables = new HashMap<>();
        private final Map<Array, Array> arrays = new HashMap<>();
        private final Map<Label, Label> jumps = new HashMap<>();

        Copy(Assignments inside, Map<Var, Expr> values) {
            this.inside = inside;
            this.values = values;
        }

        Stmt iteration(Stmt.For f, Label next) {
            return new Rewriter() {
                @Override
                protected Stmt visit(Stmt stmt) {
                    return stmt instanceof Stmt.Continue(var label) && label == f.label()
                            ? new Stmt.Break(next)
                            : stmt;
                }
            }.rewrite(rewrite(f.body()));
        }

        /** A variable that nothing outside of the loop mentions lives within an iteration. */
        private boolean isLocal(Var v) {
            boolean assigned = inside.count(v) > 0 || inside.isIndex(v);
            return assigned
                    && inside.count(v) == everywhere.count(v)
                    && inside.reads(v) == everywhere.reads(v);
        }

        @Override
        protected Var target(Var v) {
            return isLocal(v) ? variables.computeIfAbsent(v, x -> new Var(x.name(), x.type())) : v;
        }

        @Override
        protected Expr visit(Expr expr) {
            return switch (expr) {
                case Var v -> values.containsKey(v) ? values.get(v) : target(v);
                case Expr.Load(var array, var index, var type, var site) ->
                        array(array) == array
                                ? expr
                                : new Expr.Load(array(array), index, type, site);
                case Expr.Length(var array) ->
                        array(array) == array ? expr : new Expr.Length(array(array));
                default -> expr;
            };
        }

        private Array array(Array array) {
            return arrays.getOrDefault(array, array);
        }

        @Override
        public Stmt rewrite(Stmt stmt) {
            if (stmt instanceof Stmt.Allocate(var array, _, _)) {
                arrays.put(array, new Array(array.name(), array.element(), array.space()));
            }
            return super.rewrite(stmt);
        }

        @Override
        protected Stmt visit(Stmt stmt) {
            return switch (stmt) {
                case Stmt.Allocate(var array, var length, var site) ->
                        new Stmt.Allocate(array(array), length, site);
                case Stmt.Store(var array, var index, var value, var site) ->
                        array(array) == array
                                ? stmt
                                : new Stmt.Store(array(array), index, value, site);
                case Stmt.Atomic(var op, var array, var index, var value, var result, var site) ->
                        array(array) == array
                                ? stmt
                                : new Stmt.Atomic(op, array(array), index, value, result, site);
                case Stmt.Break(var label) when jumps.containsKey(label) ->
                        new Stmt.Break(jumps.getOrDefault(label, label));
                default -> stmt;
            };
        }
    }
}
