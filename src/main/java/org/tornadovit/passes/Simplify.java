package org.tornadovit.passes;

import static org.tornadovit.ir.BinaryOp.ADD;
import static org.tornadovit.ir.BinaryOp.AND;
import static org.tornadovit.ir.BinaryOp.DIV;
import static org.tornadovit.ir.BinaryOp.MUL;
import static org.tornadovit.ir.BinaryOp.OR;
import static org.tornadovit.ir.BinaryOp.REM;
import static org.tornadovit.ir.BinaryOp.SUB;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.tornadovit.ir.Arithmetic;
import org.tornadovit.ir.BinaryOp;
import org.tornadovit.ir.Const;
import org.tornadovit.ir.Expr;
import org.tornadovit.ir.Kernel;
import org.tornadovit.ir.Label;
import org.tornadovit.ir.Rewriter;
import org.tornadovit.ir.Stmt;
import org.tornadovit.ir.Type;
import org.tornadovit.ir.UnaryOp;
import org.tornadovit.ir.Walker;

/**
 * Folds constants, applies the algebra of integers and removes what cannot run. Floating point is
 * folded only where both operands are constants, so that every result keeps its bits.
 */
public final class Simplify extends Rewriter {
    private Simplify() {}

    /** {@return an equal kernel without constant operations and dead branches} */
    public static Kernel apply(Kernel kernel) {
        return new Simplify().rewrite(kernel);
    }

    /** {@return an equal statement} */
    static Stmt apply(Stmt stmt) {
        return new Simplify().rewrite(stmt);
    }

    /** {@return an equal expression} */
    static Expr apply(Expr expr) {
        return new Simplify().rewrite(expr);
    }

    @Override
    protected Expr visit(Expr expr) {
        return switch (expr) {
            case Expr.Unary(var op, Const c) ->
                    new Const(c.type(), Arithmetic.unary(op, c.type().scalar(), c.bits()));
            case Expr.Unary(var op, Expr.Unary(var inner, var x)) when op == inner -> x; // --x = x
            case Expr.Unary(var op, Expr.Binary b) when op == UnaryOp.NOT -> invert(expr, b);
            case Expr.Cast(var type, Const c) ->
                    new Const(type, Arithmetic.cast(c.type().scalar(), type.scalar(), c.bits()));
            case Expr.Cast(var type, var x) when type.equals(x.type()) -> x;
            case Expr.Bitcast(var type, Const c) -> new Const(type, c.bits());
            case Expr.Select(Const c, var yes, var no) -> c.bits() != 0 ? yes : no;
            case Expr.Call(var function, var arguments)
                    when arguments.stream().allMatch(Const.class::isInstance)
                            && !expr.type().isVector() ->
                    new Const(
                            expr.type(),
                            Arithmetic.call(
                                    function,
                                    expr.type().scalar(),
                                    arguments.stream()
                                            .mapToLong(a -> ((Const) a).bits())
                                            .toArray()));
            case Expr.Binary b -> binary(b);
            default -> expr;
        };
    }

    /** !(x < y) = x >= y, on integers and truth values only: NaN makes both false. */
    private static Expr invert(Expr not, Expr.Binary b) {
        boolean ordered = !b.x().type().isFloat();
        return switch (b.op()) {
            case EQ -> new Expr.Binary(BinaryOp.NE, b.x(), b.y());
            case NE -> new Expr.Binary(BinaryOp.EQ, b.x(), b.y());
            case LT -> ordered ? new Expr.Binary(BinaryOp.GE, b.x(), b.y()) : not;
            case LE -> ordered ? new Expr.Binary(BinaryOp.GT, b.x(), b.y()) : not;
            case GT -> ordered ? new Expr.Binary(BinaryOp.LE, b.x(), b.y()) : not;
            case GE -> ordered ? new Expr.Binary(BinaryOp.LT, b.x(), b.y()) : not;
            default -> not;
        };
    }

    private static Expr binary(Expr.Binary b) {
        if (b.x() instanceof Const x && b.y() instanceof Const y) {
            boolean undefined =
                    (b.op() == DIV || b.op() == REM) && !x.type().isFloat() && y.bits() == 0;
            return undefined
                    ? b
                    : new Const(
                            b.type(),
                            Arithmetic.binary(b.op(), x.type().scalar(), x.bits(), y.bits()));
        }
        return b.x().type().isFloat() || b.x().type().isVector() ? b : integer(b);
    }

    private static Expr integer(Expr.Binary b) {
        return switch (b) {
            case Expr.Binary(var op, Const c, var y) when commutes(op) ->
                    visitAgain(op, y, c); // constants to the right
            case Expr.Binary(var op, var x, Const c) when op == SUB ->
                    visitAgain(ADD, x, new Const(c.type(), -c.bits())); // x - c = x + (-c)
            case Expr.Binary(var op, var x, Const c) when op == ADD && c.bits() == 0 -> x;
            case Expr.Binary(var op, var x, Const c) when op == MUL && c.bits() == 1 -> x;
            case Expr.Binary(var op, var x, Const c) when op == MUL && c.bits() == 0 && isPure(x) ->
                    c;
            case Expr.Binary(var op, var x, Const c) when op == DIV && c.bits() == 1 -> x;
            case Expr.Binary(var op, var x, Const c)
                    when op == ADD
                            && x instanceof Expr.Binary(var in, var y, Const d)
                            && in == ADD ->
                    visitAgain(
                            ADD,
                            y,
                            new Const( // (y + d) + c = y + (d + c)
                                    c.type(),
                                    Arithmetic.binary(ADD, c.type().scalar(), d.bits(), c.bits())));
            case Expr.Binary(var op, var x, Const c) when op.isShift() && c.bits() == 0 -> x;
            case Expr.Binary(var op, var x, Const c) when isBool(c) && op == AND ->
                    c.bits() != 0 ? x : isPure(x) ? c : b;
            case Expr.Binary(var op, var x, Const c) when isBool(c) && op == OR ->
                    c.bits() == 0 ? x : isPure(x) ? c : b;
            default -> b;
        };
    }

    private static Expr visitAgain(BinaryOp op, Expr x, Expr y) {
        return binary(new Expr.Binary(op, x, y));
    }

    private static boolean commutes(BinaryOp op) {
        return switch (op) {
            case ADD, MUL, AND, OR, XOR, MIN, MAX, EQ, NE -> true;
            default -> false;
        };
    }

    private static boolean isBool(Const c) {
        return c.type().equals(Type.BOOL);
    }

    /** Whether leaving the expression out cannot be seen: no load that could be out of bounds. */
    static boolean isPure(Expr expr) {
        boolean[] pure = {true};
        new Walker() {
            @Override
            protected void visit(Expr e) {
                pure[0] &= !(e instanceof Expr.Load);
                pure[0] &=
                        !(e instanceof Expr.Binary(var op, var x, var y)
                                && (op == DIV || op == REM)
                                && !x.type().isFloat()
                                && !(y instanceof Const c && c.bits() != 0));
            }
        }.walk(expr);
        return pure[0];
    }

    @Override
    protected Stmt visit(Stmt stmt) {
        return switch (stmt) {
            case Stmt.Sequence(var body) -> sequence(stmt, body);
            case Stmt.If(Const c, var yes, var no) -> c.bits() != 0 ? yes : no;
            case Stmt.If(var condition, var yes, var no)
                    when isEmpty(yes) && isEmpty(no) && isPure(condition) ->
                    Stmt.Sequence.EMPTY;
            case Stmt.If(var condition, Stmt.Assign(var t, var a), Stmt.Assign(var u, var b))
                    when t == u && isCheap(a) && isCheap(b) && isPure(condition) ->
                    new Stmt.Assign(t, visit(new Expr.Select(condition, a, b)));
            case Stmt.For f when isEmpty(f.body()) && isPure(f.start()) && isPure(f.bound()) ->
                    Stmt.Sequence.EMPTY;
            case Stmt.For f when f.start() instanceof Const s && f.bound() instanceof Const e ->
                    switch ((int) Math.min(2, Stmt.For.trips(s.bits(), e.bits(), f.step()))) {
                        case 0 -> Stmt.Sequence.EMPTY;
                        case 1 -> once(f, s);
                        default -> f;
                    };
            case Stmt.Labeled(var label, var body) ->
                    isEmpty(body) || !jumps(body).contains(label) ? body : stmt;
            case Stmt.Check(Const c, _, _, _) when c.bits() != 0 -> Stmt.Sequence.EMPTY;
            default -> stmt;
        };
    }

    /** A loop of one iteration is its body, unless a jump needs its label. */
    private static Stmt once(Stmt.For f, Const start) {
        if (jumps(f.body()).contains(f.label())) {
            return f;
        }
        Stmt body =
                new Rewriter() {
                    @Override
                    protected Expr visit(Expr e) {
                        return e == f.index() ? start : e;
                    }
                }.rewrite(f.body());
        return new Simplify().rewrite(body);
    }

    /** Whether computing the value for nothing costs less than a branch. */
    private static boolean isCheap(Expr expr) {
        int[] nodes = {0};
        new Walker() {
            @Override
            protected void visit(Expr e) {
                nodes[0] += e instanceof Expr.Call ? MOST_NODES : 1;
            }
        }.walk(expr);
        return nodes[0] <= MOST_NODES && isPure(expr);
    }

    private static final int MOST_NODES = 16;

    private static Stmt sequence(Stmt stmt, List<Stmt> body) {
        List<Stmt> flat = new ArrayList<>();
        for (Stmt s : body) {
            if (s instanceof Stmt.Sequence(var inner)) {
                flat.addAll(inner);
            } else {
                flat.add(s);
            }
            Stmt last = flat.isEmpty() ? Stmt.Sequence.EMPTY : flat.getLast();
            if (last instanceof Stmt.Break
                    || last instanceof Stmt.Continue
                    || last instanceof Stmt.Return) {
                break; // what follows a jump never runs
            }
        }
        if (flat.size() == 1) {
            return flat.getFirst();
        }
        return flat.equals(body) ? stmt : new Stmt.Sequence(flat);
    }

    static boolean isEmpty(Stmt stmt) {
        return stmt instanceof Stmt.Sequence(var body) && body.stream().allMatch(Simplify::isEmpty);
    }

    /** {@return the labels that jumps in {@code stmt} go to} */
    static Set<Label> jumps(Stmt stmt) {
        Set<Label> labels = new HashSet<>();
        new Walker() {
            @Override
            protected void visit(Stmt s) {
                switch (s) {
                    case Stmt.Break(var label) -> labels.add(label);
                    case Stmt.Continue(var label) -> labels.add(label);
                    default -> {}
                }
            }
        }.walk(stmt);
        return labels;
    }
}
