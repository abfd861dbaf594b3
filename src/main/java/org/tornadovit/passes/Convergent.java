package org.tornadovit.passes;

import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.tornadovit.ir.Expr;
import org.tornadovit.ir.Kernel;
import org.tornadovit.ir.Label;
import org.tornadovit.ir.Site;
import org.tornadovit.ir.Stmt;
import org.tornadovit.ir.Var;
import org.tornadovit.ir.Walker;

/**
 * The part of a work-item kernel that all items of a group run together: barriers, what is around
 * them, and the assignments that decide how often and whether it runs.
 */
public final class Convergent {
    private final Kernel kernel;
    private final Uniform uniform;
    private final Set<Stmt> together = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Set<Var> variables = new HashSet<>();
    private final Set<Label> labels = new HashSet<>();
    private boolean changed;

    private Convergent(Kernel kernel, Uniform uniform) {
        this.kernel = kernel;
        this.uniform = uniform;
    }

    /**
     * {@return the common part of a kernel}
     *
     * @param kernel a kernel from {@link EndItems}
     * @param group items of a group along x, y, z; 0 for an unknown number
     * @throws UnsupportedBarrierException when not all items of a group would meet at a barrier
     */
    public static Convergent of(Kernel kernel, List<Long> group) {
        Convergent result = new Convergent(kernel, Uniform.of(kernel, group));
        do {
            result.changed = false;
            result.find(kernel.body());
        } while (result.changed);
        result.check(kernel.body());
        return result;
    }

    /** {@return whether the items run this statement together} */
    public boolean contains(Stmt stmt) {
        return together.contains(stmt);
    }

    /** {@return whether the items share this variable} */
    public boolean contains(Var variable) {
        return variables.contains(variable);
    }

    private boolean find(Stmt stmt) {
        boolean found =
                switch (stmt) {
                    case Stmt.Barrier _ -> true;
                    case Stmt.Assign(var target, var value) ->
                            variables.contains(target) && share(value);
                    case Stmt.Break(var label) -> labels.contains(label);
                    case Stmt.Continue(var label) -> labels.contains(label);
                    case Stmt.Sequence(var body) -> {
                        boolean any = false;
                        for (Stmt s : body) {
                            any |= find(s);
                        }
                        yield any;
                    }
                    case Stmt.If(var condition, var yes, var no) ->
                            (find(yes) | find(no)) && share(condition);
                    case Stmt.Labeled(var label, var body) -> find(body) && share(label);
                    case Stmt.Loop(var label, var body) -> find(body) && share(label);
                    case Stmt.For f ->
                            find(f.body())
                                    && share(f.label())
                                    && share(f.index())
                                    && share(f.start())
                                    && share(f.bound());
                    case Stmt.Store _,
                            Stmt.Atomic _,
                            Stmt.Allocate _,
                            Stmt.Return _,
                            Stmt.Check _ ->
                            false;
                };
        if (found) {
            changed |= together.add(stmt);
        }
        return found;
    }

    private boolean share(Label label) {
        changed |= labels.add(label);
        return true;
    }

    private boolean share(Expr expr) {
        new Walker() {
            @Override
            protected void visit(Expr e) {
                if (e instanceof Var v) {
                    changed |= variables.add(v);
                }
            }
        }.walk(expr);
        return true;
    }

    private void check(Stmt stmt) {
        if (!together.contains(stmt)) {
            return;
        }
        switch (stmt) {
            case Stmt.Assign(_, var value) -> require(value, stmt, "a variable that decides");
            case Stmt.If(var condition, var yes, var no) -> {
                require(condition, stmt, "a condition that decides");
                check(yes);
                check(no);
            }
            case Stmt.For f -> {
                require(f.start(), stmt, "the start of a loop that decides");
                require(f.bound(), stmt, "the bound of a loop that decides");
                check(f.body());
            }
            case Stmt.Sequence(var body) -> body.forEach(this::check);
            case Stmt.Labeled(_, var body) -> check(body);
            case Stmt.Loop(_, var body) -> check(body);
            case Stmt.Break _,
                    Stmt.Continue _,
                    Stmt.Barrier _,
                    Stmt.Store _,
                    Stmt.Atomic _,
                    Stmt.Allocate _,
                    Stmt.Return _,
                    Stmt.Check _ -> {}
        }
    }

    private void require(Expr expr, Stmt stmt, String what) {
        if (!uniform.holds(expr)) {
            throw new UnsupportedBarrierException(
                    place(stmt)
                            + ": "
                            + what
                            + " whether a barrier is reached differs between the items of a group;"
                            + " move the barrier out, so that all items reach it or none");
        }
    }

    /** The first place that a statement mentions, or the kernel's. */
    private Site place(Stmt stmt) {
        Site[] found = {kernel.source()};
        boolean[] first = {true};
        new Walker() {
            private void see(Site site) {
                if (first[0] && site.line() > 0) {
                    found[0] = site;
                    first[0] = false;
                }
            }

            @Override
            protected void visit(Expr e) {
                if (e instanceof Expr.Load l) {
                    see(l.site());
                }
            }

            @Override
            protected void visit(Stmt s) {
                switch (s) {
                    case Stmt.Store store -> see(store.site());
                    case Stmt.Atomic atomic -> see(atomic.site());
                    case Stmt.Check check -> see(check.site());
                    default -> {}
                }
            }
        }.walk(stmt);
        return found[0];
    }
}
