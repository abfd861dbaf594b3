package org.tornadovit.codegen;

import java.util.ArrayList;
import java.util.List;
import org.tornadovit.ir.BinaryOp;
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
import org.tornadovit.passes.Convergent;

/**
 * Lets every work-item reach every barrier, also one that has ended: OpenCL leaves it undefined
 * when an item of a group misses a barrier that others wait at, and drivers for processors then
 * drop code without a word.
 *
 * <p>A {@link Stmt.Return} and a failed {@link Stmt.Check} clear a variable; what stands between
 * barriers and touches memory runs only while it is set. Arithmetic that decides the way to
 * barriers goes on, so that loops around them turn as often as in the other items; where that takes
 * a value from memory, an item that is left tells it the others (see {@link Survivors}). Checks of
 * the result record, but do not end the item by themselves.
 */
final class Convergence {
    private static final Stmt NONE = Stmt.Sequence.EMPTY;

    private final Var alive = new Var("alive", Type.BOOL);
    private final Survivors survivors = new Survivors(alive);
    private final Convergent convergent;

    private Convergence(Convergent convergent) {
        this.convergent = convergent;
    }

    /** {@return whether items of the kernel may end before a barrier} */
    static boolean isNeeded(Kernel kernel) {
        return kernel.form() == Kernel.Form.WORK_ITEM
                && contains(kernel.body(), Stmt.Barrier.class)
                && endsItems(kernel.body());
    }

    /** {@return the kernel in which no item misses a barrier} */
    static Kernel apply(Kernel kernel, Convergent convergent) {
        Convergence convergence = new Convergence(convergent);
        Stmt body = convergence.together(kernel.body());
        return kernel.withBody(
                convergence.survivors.around(
                        new Stmt.Sequence(
                                List.of(
                                        new Stmt.Assign(convergence.alive, Const.bool(true)),
                                        body))));
    }

    /** A statement on the way of all items. */
    private Stmt together(Stmt stmt) {
        return switch (stmt) {
            case Stmt.Sequence(var body) -> sequence(body);
            case Stmt.Labeled(var label, var body) -> new Stmt.Labeled(label, together(body));
            case Stmt.Loop(var label, var body) -> new Stmt.Loop(label, turn(body));
            case Stmt.For f -> {
                List<Stmt> result = new ArrayList<>();
                Expr start = common(f.start(), result);
                Expr bound = common(f.bound(), result);
                Stmt body = together(f.body());
                result.add(
                        new Stmt.For(f.label(), f.index(), start, bound, f.step(), f.run(), body));
                yield whole(result);
            }
            case Stmt.If(var condition, var yes, var no) -> {
                List<Stmt> result = new ArrayList<>();
                Expr chosen = common(condition, result);
                result.add(new Stmt.If(chosen, together(yes), together(no)));
                yield whole(result);
            }
            case Stmt.Assign(var target, var value) when isRisky(value) ->
                    survivors.tell(target, value);
            case Stmt.Barrier _, Stmt.Break _, Stmt.Continue _, Stmt.Assign _ -> stmt;
            case Stmt.Return() -> new Stmt.Assign(alive, Const.bool(false));
            case Stmt.Allocate allocate when allocate.array().space() == Space.LOCAL -> stmt;
            case Stmt.Store _, Stmt.Atomic _, Stmt.Allocate _, Stmt.Check _ -> alone(stmt);
        };
    }

    /** A turn of a loop without a count, which items may leave by ending only. */
    private Stmt turn(Stmt body) {
        Stmt turn = together(body);
        return contains(body, Stmt.Return.class)
                ? new Stmt.Sequence(List.of(survivors.endIfThereAreNone(), turn))
                : turn;
    }

    /** The value that all items compute, also those that have ended. */
    private Expr common(Expr value, List<Stmt> before) {
        if (!isRisky(value)) {
            return value;
        }
        Var told = new Var("told", value.type());
        before.add(survivors.tell(told, value));
        return told;
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
        return whole(result);
    }

    private void flush(List<Stmt> apart, List<Stmt> result) {
        if (!apart.isEmpty()) {
            result.add(alone(new Stmt.Sequence(apart)));
            apart.clear();
        }
    }

    /** Whether a statement decides the way to barriers, or is no more than arithmetic. */
    private boolean isShared(Stmt stmt) {
        return switch (stmt) {
            case Stmt.Assign(_, var value) -> convergent.contains(stmt) || !isRisky(value);
            case Stmt.Allocate allocate -> allocate.array().space() == Space.LOCAL;
            default -> convergent.contains(stmt);
        };
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

    private static Stmt whole(List<Stmt> body) {
        return body.size() == 1 ? body.getFirst() : new Stmt.Sequence(body);
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

    /** Whether only an item that is there may compute a value: the others would trap. */
    private static boolean isRisky(Expr expr) {
        List<Expr> found = new ArrayList<>();
        new Walker() {
            @Override
            protected void visit(Expr inner) {
                boolean risky =
                        switch (inner) {
                            case Expr.Load _ -> true;
                            case Expr.Binary(var op, _, var y) ->
                                    (op == BinaryOp.DIV || op == BinaryOp.REM)
                                            && y.type().scalar().isInteger()
                                            && !(y instanceof Const c && c.bits() != 0);
                            default -> false;
                        };
                if (risky) {
                    found.add(inner);
                }
            }
        }.walk(expr);
        return !found.isEmpty();
    }
}
