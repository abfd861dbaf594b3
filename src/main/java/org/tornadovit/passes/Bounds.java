package org.tornadovit.passes;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tornadovit.ir.Array;
import org.tornadovit.ir.BinaryOp;
import org.tornadovit.ir.Const;
import org.tornadovit.ir.Expr;
import org.tornadovit.ir.Kernel;
import org.tornadovit.ir.Rewriter;
import org.tornadovit.ir.Site;
import org.tornadovit.ir.Stmt;
import org.tornadovit.ir.Type;
import org.tornadovit.ir.Var;

/**
 * Puts a {@link Stmt.Check} before every access and every integer division that cannot be proven
 * right, so that a renderer may emit plain loads and stores and no kernel can crash a device.
 *
 * <p>Loop bounds and conditions are the facts; with constant sizes almost every affine access is
 * proven and costs nothing.
 */
public final class Bounds {
    private static final Interval UNKNOWN = new Interval(0, Integer.MAX_VALUE);

    private final Map<Array, Interval> lengths = new HashMap<>();
    private final Assignments assignments;
    private final Site kernelSite;

    private Bounds(Kernel kernel, Map<Array, Integer> known) {
        this.assignments = Assignments.of(kernel);
        this.kernelSite = kernel.source();
        known.forEach((array, length) -> lengths.put(array, Interval.of(length)));
    }

    /**
     * Inserts the checks that are needed.
     *
     * @param lengths the number of elements of the array parameters that are known
     */
    public static Kernel apply(Kernel kernel, Map<Array, Integer> lengths) {
        Bounds bounds = new Bounds(kernel, lengths);
        List<Stmt> out = new ArrayList<>();
        Ranges nothing = Ranges.nothing(bounds.assignments);
        boolean items = kernel.form() == Kernel.Form.WORK_ITEM;
        bounds.statement(kernel.body(), items ? Places.known(nothing) : nothing, out);
        return kernel.withBody(block(out));
    }

    private static Stmt block(List<Stmt> body) {
        return body.size() == 1 ? body.getFirst() : new Stmt.Sequence(body);
    }

    private Stmt nested(Stmt body, Ranges ranges) {
        List<Stmt> out = new ArrayList<>();
        statement(body, ranges, out);
        return block(out);
    }

    /** Appends {@code stmt} with its checks; gives what is known behind it. */
    private Ranges statement(Stmt stmt, Ranges ranges, List<Stmt> out) {
        switch (stmt) {
            case Stmt.Assign(var target, var value) -> {
                Expr v = checked(value, ranges, out);
                out.add(v == value ? stmt : new Stmt.Assign(target, v));
                boolean integer = target.type().scalar().isInteger() && !target.type().isVector();
                if (integer && assignments.isStable(target)) {
                    return ranges.with(target, ranges.of(v));
                }
            }
            case Stmt.Store(var array, var index, var value, var site) -> {
                Expr v = checked(value, ranges, out);
                Expr i = access(array, checked(index, ranges, out), v.type(), site, ranges, out);
                out.add(i == index && v == value ? stmt : new Stmt.Store(array, i, v, site));
            }
            case Stmt.Atomic(var op, var array, var index, var value, var result, var site) -> {
                Expr v = checked(value, ranges, out);
                Expr i = access(array, checked(index, ranges, out), v.type(), site, ranges, out);
                out.add(new Stmt.Atomic(op, array, i, v, result, site));
            }
            case Stmt.Allocate(var array, var length, var site) -> {
                Expr n = checked(length, ranges, out);
                lengths.put(array, ranges.of(n));
                if (ranges.of(n).low() < 0) {
                    Expr positive = new Expr.Binary(BinaryOp.GE, n, Const.i32(0));
                    out.add(new Stmt.Check(positive, Stmt.Trap.SIZE, n, site));
                }
                out.add(new Stmt.Allocate(array, n, site));
            }
            case Stmt.Sequence(var body) -> {
                Ranges here = ranges;
                for (Stmt s : body) {
                    here = statement(s, here, out);
                }
                return here;
            }
            case Stmt.Labeled(var label, var body) ->
                    out.add(new Stmt.Labeled(label, nested(body, ranges)));
            case Stmt.If(var condition, var yes, var no) -> {
                Expr c = checked(condition, ranges, out);
                Stmt a = nested(yes, ranges.where(c, true));
                Stmt b = nested(no, ranges.where(c, false));
                out.add(new Stmt.If(c, a, b));
                if (leaves(a)) {
                    return ranges.where(c, false); // if (i >= n) return;
                }
                if (leaves(b)) {
                    return ranges.where(c, true);
                }
            }
            case Stmt.For f -> out.add(counted(f, ranges, out));
            case Stmt.Loop(var label, var body) ->
                    out.add(new Stmt.Loop(label, nested(body, ranges)));
            case Stmt.Check(var condition, var trap, var value, var site) -> {
                Expr c = checked(condition, ranges, out);
                if (holds(c, ranges)) {
                    return ranges;
                }
                Expr v = checked(value, ranges, out);
                boolean same = c == condition && v == value;
                out.add(same ? stmt : new Stmt.Check(c, trap, v, site));
                return ranges.where(c, true);
            }
            case Stmt.Break _, Stmt.Continue _, Stmt.Return _, Stmt.Barrier _ -> out.add(stmt);
        }
        return ranges;
    }

    /** Whether a condition on integers is true for certain. */
    private static boolean holds(Expr condition, Ranges ranges) {
        return switch (condition) {
            case Const c -> c.bits() != 0;
            case Expr.Binary(var op, var x, var y) when op == BinaryOp.AND ->
                    holds(x, ranges) && holds(y, ranges);
            case Expr.Binary(var op, var x, Const c)
                    when op == BinaryOp.GE && x.type().equals(Type.I32) ->
                    ranges.of(x).low() >= c.bits();
            case Expr.Binary(var op, var x, Const c)
                    when op == BinaryOp.LT && x.type().equals(Type.I32) ->
                    ranges.of(x).high() < c.bits();
            default -> false;
        };
    }

    private Stmt counted(Stmt.For f, Ranges ranges, List<Stmt> out) {
        Expr start = checked(f.start(), ranges, out);
        Expr bound = checked(f.bound(), ranges, out);
        Interval s = ranges.of(start);
        Interval e = ranges.of(bound);
        Interval index =
                f.step() > 0
                        ? new Interval(s.low(), last(s, e.high() - 1, f.step()))
                        : new Interval(e.low() + 1, s.high());
        Ranges inside = ranges.with(f.index(), index);
        BinaryOp before = f.step() > 0 ? BinaryOp.LT : BinaryOp.GT;
        BinaryOp from = f.step() > 0 ? BinaryOp.GE : BinaryOp.LE;
        inside =
                inside.where(new Expr.Binary(before, f.index(), bound), true)
                        .where(new Expr.Binary(from, f.index(), start), true);
        Stmt body = nested(f.body(), inside);
        return new Stmt.For(f.label(), f.index(), start, bound, f.step(), f.run(), body);
    }

    /** The last value of an index that starts at one number: start + k * step. */
    private static long last(Interval start, long limit, long step) {
        boolean one = start.low() == start.high();
        boolean runs = limit >= start.low() && limit - start.low() >= 0; // no overflow
        return one && runs ? start.low() + (limit - start.low()) / step * step : limit;
    }

    private static boolean leaves(Stmt stmt) {
        return switch (stmt) {
            case Stmt.Return _, Stmt.Break _, Stmt.Continue _ -> true;
            case Stmt.Sequence(var body) -> !body.isEmpty() && leaves(body.getLast());
            default -> false;
        };
    }

    /** {@return the index, proven or behind a check} */
    private Expr access(
            Array array, Expr index, Type type, Site site, Ranges ranges, List<Stmt> out) {
        Interval length = lengths.getOrDefault(array, UNKNOWN);
        Interval allowed = new Interval(0, length.low() - type.lanes());
        if (ranges.of(index).within(allowed)) {
            return index;
        }
        Var i = new Var("at", index.type());
        out.add(new Stmt.Assign(i, index));
        Expr end = limit(array, length, type, index.type());
        Expr low = new Expr.Binary(BinaryOp.GE, i, Const.zero(index.type()));
        Expr high = new Expr.Binary(BinaryOp.LT, i, end);
        Expr shown = index.type().equals(Type.I32) ? i : new Expr.Cast(Type.I32, i);
        out.add(
                new Stmt.Check(
                        new Expr.Binary(BinaryOp.AND, low, high), Stmt.Trap.INDEX, shown, site));
        return i;
    }

    private static Expr limit(Array array, Interval length, Type type, Type indexType) {
        Expr n =
                length.low() == length.high()
                        ? Const.i32((int) length.low())
                        : new Expr.Length(array);
        Expr end =
                type.isVector() ? new Expr.Binary(BinaryOp.SUB, n, Const.i32(type.lanes() - 1)) : n;
        return Simplify.apply(indexType.equals(Type.I32) ? end : new Expr.Cast(indexType, end));
    }

    /** {@return the expression, with what it needs checked before it in {@code out}} */
    private Expr checked(Expr expr, Ranges ranges, List<Stmt> out) {
        return new Rewriter() {
            @Override
            protected Expr visit(Expr e) {
                return switch (e) {
                    case Expr.Load(var array, var index, var type, var site) -> {
                        Expr i = access(array, index, type, site, ranges, out);
                        yield i == index ? e : new Expr.Load(array, i, type, site);
                    }
                    case Expr.Binary(var op, var x, var y)
                            when (op == BinaryOp.DIV || op == BinaryOp.REM)
                                    && !x.type().isFloat()
                                    && ranges.of(y).contains(0) -> {
                        Var divisor = new Var("divisor", y.type());
                        out.add(new Stmt.Assign(divisor, y));
                        Expr zero = Const.zero(y.type());
                        Expr sound = new Expr.Binary(BinaryOp.NE, divisor, zero);
                        out.add(
                                new Stmt.Check(
                                        sound, Stmt.Trap.DIVISION, Const.i32(0), kernelSite));
                        yield new Expr.Binary(op, x, divisor);
                    }
                    default -> e;
                };
            }
        }.rewrite(expr);
    }
}
