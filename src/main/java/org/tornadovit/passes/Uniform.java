package org.tornadovit.passes;

import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.tornadovit.ir.Expr;
import org.tornadovit.ir.Kernel;
import org.tornadovit.ir.Label;
import org.tornadovit.ir.Space;
import org.tornadovit.ir.Stmt;
import org.tornadovit.ir.Var;
import org.tornadovit.ir.Walker;

/**
 * Which variables and expressions of a work-item kernel have one value for all items of a group.
 *
 * <p>A variable varies when it is assigned a value that varies, or under a condition that varies.
 * An element of a shared array does not vary if its index does not: between two barriers, items
 * that do not race see the same element.
 */
final class Uniform {
    private final List<Long> group;
    private final Set<Var> varying = new HashSet<>();
    private final Set<Label> divergent = new HashSet<>();
    private final Set<Stmt> jumpsAlone = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Set<Label> ends;
    private boolean changed;

    private Uniform(List<Long> group, Set<Label> ends) {
        this.group = group;
        this.ends = ends;
    }

    /**
     * {@return what is uniform in a kernel}
     *
     * @param group items of a group along x, y, z; 0 for an unknown number
     */
    static Uniform of(Kernel kernel, List<Long> group) {
        return of(kernel, group, Set.of());
    }

    /**
     * {@return what is uniform in a kernel}
     *
     * @param ends labels behind which an item has nothing left to do
     */
    static Uniform of(Kernel kernel, List<Long> group, Set<Label> ends) {
        Uniform uniform = new Uniform(group, ends);
        do {
            uniform.changed = false;
            uniform.statement(kernel.body(), false);
        } while (uniform.changed);
        return uniform;
    }

    /** {@return whether all items compute the same value} */
    boolean holds(Expr expr) {
        boolean[] same = {true};
        new Walker() {
            @Override
            protected void visit(Expr e) {
                same[0] &=
                        switch (e) {
                            case Var v -> !varying.contains(v);
                            case Expr.Load l -> l.array().space() != Space.PRIVATE;
                            case Expr.WorkItem w -> holds(w);
                            default -> true;
                        };
            }
        }.walk(expr);
        return same[0];
    }

    private boolean holds(Expr.WorkItem w) {
        return switch (w.query()) {
            case GLOBAL_ID, LOCAL_ID -> group.get(w.axis()) == 1;
            case GROUP_ID, GLOBAL_SIZE, LOCAL_SIZE, GROUP_COUNT -> true;
        };
    }

    /** {@return whether only some items may take this break} */
    boolean isAlone(Stmt.Break jump) {
        return jumpsAlone.contains(jump);
    }

    private void varies(Var v) {
        changed |= varying.add(v);
    }

    /**
     * Looks at a statement.
     *
     * @param alone whether only some items may run it
     */
    private void statement(Stmt stmt, boolean alone) {
        switch (stmt) {
            case Stmt.Assign(var target, var value) -> {
                if (alone || !holds(value)) {
                    varies(target);
                }
            }
            case Stmt.Atomic a -> varies(a.result());
            case Stmt.Sequence(var body) -> body.forEach(s -> statement(s, alone));
            case Stmt.If(var condition, var yes, var no) -> {
                boolean some = alone || !holds(condition);
                statement(yes, some);
                statement(no, some);
            }
            case Stmt.Labeled(var label, var body) ->
                    statement(body, alone || divergent.contains(label));
            case Stmt.Loop(var label, var body) ->
                    statement(body, alone || divergent.contains(label));
            case Stmt.For f -> {
                boolean some =
                        alone
                                || divergent.contains(f.label())
                                || !holds(f.start())
                                || !holds(f.bound());
                if (some) {
                    varies(f.index());
                }
                statement(f.body(), some);
            }
            case Stmt.Break(var label) -> jump(stmt, label, alone);
            case Stmt.Continue(var label) -> divide(label, alone);
            case Stmt.Store _,
                    Stmt.Allocate _,
                    Stmt.Return _, // who is gone has no value that differs
                    Stmt.Barrier _,
                    Stmt.Check _ -> {}
        }
    }

    private void jump(Stmt stmt, Label label, boolean alone) {
        if (alone) {
            jumpsAlone.add(stmt);
        }
        divide(label, alone && !ends.contains(label)); // who ends has no value that differs
    }

    /** Items that jump alone leave the others alone in what they jump out of. */
    private void divide(Label label, boolean alone) {
        if (alone) {
            changed |= divergent.add(label);
        }
    }
}
