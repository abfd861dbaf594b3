package org.tornadovit.codegen;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.tornadovit.ir.Const;
import org.tornadovit.ir.Expr;
import org.tornadovit.ir.Kernel;
import org.tornadovit.ir.Label;
import org.tornadovit.ir.Rewriter;
import org.tornadovit.ir.Space;
import org.tornadovit.ir.Stmt;
import org.tornadovit.ir.Type;
import org.tornadovit.ir.UnaryOp;
import org.tornadovit.ir.Var;
import org.tornadovit.ir.Walker;

/**
 * Lets every work-item reach every barrier, also one that has ended: OpenCL leaves it undefined
 * when an item of a group misses a barrier that others wait at, and drivers for processors then
 * drop code without a word.
 *
 * <p>A {@link Stmt.Return} and a failed {@link Stmt.Check} clear a variable; what stands between
 * barriers and touches memory runs only while it is set. Arithmetic on variables goes on, so that
 * loops around barriers turn as often as in the other items. Checks of the result record, but do
 * not end the item by themselves.
 */
final class Convergence {
    private static final Stmt NONE = Stmt.Sequence.EMPTY;

    private final Var alive = new Var("alive", Type.BOOL);

    /** Labels of loops and blocks around the current place that hold barriers. */
    private final Set<Label> shared = new HashSet<>();

    private Convergence() {}

    /** {@return whether items of the kernel may end before a barrier} */
    static boolean isNeeded(Kernel kernel) {
        return kernel.form() == Kernel.Form.WORK_ITEM
                && contains(kernel.body(), Stmt.Barrier.class)
                && endsItems(kernel.body());
    }

    /** {@return the kernel in which no item misses a barrier} */
    static Kernel apply(Kernel kernel) {
        Convergence convergence = new Convergence();
        return kernel.withBody(
                new Stmt.Sequence(
                        List.of(
                                new Stmt.Assign(convergence.alive, Const.bool(true)),
                                convergence.together(kernel.body()))));
    }

    /** A statement on the way of all items. */
    private Stmt together(Stmt stmt) {
        return switch (stmt) {
            case Stmt.Sequence(var body) -> sequence(body);
            case Stmt.Labeled(var label, var body) -> {
                shared.add(label);
                yield new Stmt.Labeled(label, together(body));
            }
            case Stmt.Loop(var label, var body) -> {
                shared.add(label);
                yield new Stmt.Loop(label, together(body));
            }
            case Stmt.For f -> {
                shared.add(f.label());
                Stmt body = together(f.body());
                yield new Stmt.For(
                        f.label(), f.index(), f.start(), f.bound(), f.step(), f.run(), body);
            }
            case Stmt.If(var condition, var yes, var no) when !loads(condition) ->
                    new Stmt.If(condition, together(yes), together(no));
            case Stmt.If(var condition, var yes, var no) -> {
                Var chosen = new Var("chosen", Type.BOOL);
                yield new Stmt.Sequence(
                        List.of(
                                new Stmt.Assign(chosen, Const.bool(false)),
                                whileAlive(new Stmt.Assign(chosen, condition)),
                                new Stmt.If(chosen, together(yes), together(no))));
            }
            case Stmt.Barrier _, Stmt.Break _, Stmt.Continue _, Stmt.Assign _ -> stmt;
            case Stmt.Return() -> new Stmt.Assign(alive, Const.bool(false));
            case Stmt.Allocate allocate when allocate.array().space() == Space.LOCAL -> stmt;
            case Stmt.Store _, Stmt.Atomic _, Stmt.Allocate _, Stmt.Check _ -> alone(stmt);
        };
    }

    private Stmt sequence(List<Stmt> body) {
        List<Stmt> result = new ArrayList<>();
        List<Stmt> apart = new ArrayList<>();
        for (Stmt stmt : body) {
            if (isShared(stmt)) {
                flush(apart, result);
                result.add(together(stmt));
            } else {
                apart.add(stmt);
            }
        }
        flush(apart, result);
        return new Stmt.Sequence(result);
    }

    private void flush(List<Stmt> apart, List<Stmt> result) {
        if (!apart.isEmpty()) {
            result.add(alone(new Stmt.Sequence(apart)));
            apart.clear();
        }
    }

    /** Whether a statement decides the way to barriers, or computes what may decide it. */
    private boolean isShared(Stmt stmt) {
        return switch (stmt) {
            case Stmt.Assign(_, var value) -> !loads(value);
            case Stmt.Allocate allocate -> allocate.array().space() == Space.LOCAL;
            default -> contains(stmt, Stmt.Barrier.class) || jumpsAmongShared(stmt);
        };
    }

    private boolean jumpsAmongShared(Stmt stmt) {
        List<Stmt> found = new ArrayList<>();
        new Walker() {
            @Override
            protected void visit(Stmt inner) {
                boolean jumps =
                        switch (inner) {
                            case Stmt.Break(var label) -> shared.contains(label);
                            case Stmt.Continue(var label) -> shared.contains(label);
                            default -> false;
                        };
                if (jumps) {
                    found.add(inner);
                }
            }
        }.walk(stmt);
        return !found.isEmpty();
    }

    /** A statement without barriers, run while the item is alive; ending it clears the variable. */
    private Stmt alone(Stmt stmt) {
        if (!endsItems(stmt)) {
            return whileAlive(stmt);
        }
        Label label = new Label("ended");
        Stmt end =
                new Stmt.Sequence(
                        List.of(new Stmt.Assign(alive, Const.bool(false)), new Stmt.Break(label)));
        Stmt body =
                new Rewriter() {
                    @Override
                    protected Stmt visit(Stmt inner) {
                        return switch (inner) {
                            case Stmt.Return() -> end;
                            case Stmt.Check(var condition, _, _, _) ->
                                    new Stmt.Sequence(
                                            List.of(inner, new Stmt.If(not(condition), end, NONE)));
                            default -> inner;
                        };
                    }
                }.rewrite(stmt);
        return whileAlive(new Stmt.Labeled(label, body));
    }

    private Stmt whileAlive(Stmt stmt) {
        return new Stmt.If(alive, stmt, NONE);
    }

    private static Expr not(Expr condition) {
        return new Expr.Unary(UnaryOp.NOT, condition);
    }

    private static boolean endsItems(Stmt stmt) {
        return contains(stmt, Stmt.Return.class) || contains(stmt, Stmt.Check.class);
    }

    private static boolean contains(Stmt stmt, Class<? extends Stmt> type) {
        List<Stmt> found = new ArrayList<>();
        new Walker() {
            @Override
            protected void visit(Stmt inner) {
                if (type.isInstance(inner)) {
                    found.add(inner);
                }
            }
        }.walk(stmt);
        return !found.isEmpty();
    }

    private static boolean loads(Expr expr) {
        List<Expr> found = new ArrayList<>();
        new Walker() {
            @Override
            protected void visit(Expr inner) {
                if (inner instanceof Expr.Load) {
                    found.add(inner);
                }
            }
        }.walk(expr);
        return !found.isEmpty();
    }
}
