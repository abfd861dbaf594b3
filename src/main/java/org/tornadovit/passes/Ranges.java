package org.tornadovit.passes;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.tornadovit.ir.BinaryOp;
import org.tornadovit.ir.Const;
import org.tornadovit.ir.Expr;
import org.tornadovit.ir.Type;
import org.tornadovit.ir.UnaryOp;
import org.tornadovit.ir.Var;

/**
 * What is known of integers at one place of a kernel: bounds of linear sums of variables, from
 * loops and from conditions. Immutable.
 */
final class Ranges {
    private final Assignments assignments;
    private final Map<Affine, Interval> facts;

    private Ranges(Assignments assignments, Map<Affine, Interval> facts) {
        this.assignments = assignments;
        this.facts = facts;
    }

    /** {@return no knowledge at all of a kernel with these assignments} */
    static Ranges nothing(Assignments assignments) {
        return new Ranges(assignments, Map.of());
    }

    /** {@return these ranges, and {@code variable} in {@code interval}} */
    Ranges with(Var variable, Interval interval) {
        return with(Affine.of(variable), interval);
    }

    /** A variable that is assigned again would make the fact a lie: such sums are left out. */
    private Ranges with(Affine sum, Interval interval) {
        if (!sum.terms().keySet().stream().allMatch(assignments::isStable)) {
            return this;
        }
        Map<Affine, Interval> more = new HashMap<>(facts);
        long shift = sum.constant();
        Interval linear = interval.plus(Interval.of(-shift));
        more.merge(sum.linear(), linear, Interval::meet);
        return new Ranges(assignments, more);
    }

    /** {@return these ranges where {@code condition} is {@code holds}} */
    Ranges where(Expr condition, boolean holds) {
        return switch (condition) {
            case Expr.Unary(var op, var x) when op == UnaryOp.NOT -> where(x, !holds);
            case Expr.Binary(var op, var x, var y) when op == BinaryOp.AND && holds ->
                    where(x, true).where(y, true);
            case Expr.Binary(var op, var x, var y) when op == BinaryOp.OR && !holds ->
                    where(x, false).where(y, false);
            case Expr.Binary(var op, var x, var y)
                    when op.isComparison() && x.type().equals(Type.I32) ->
                    compared(holds ? op : inverse(op), x, y);
            default -> this;
        };
    }

    private static BinaryOp inverse(BinaryOp op) {
        return switch (op) {
            case LT -> BinaryOp.GE;
            case LE -> BinaryOp.GT;
            case GT -> BinaryOp.LE;
            case GE -> BinaryOp.LT;
            case EQ -> BinaryOp.NE;
            case NE -> BinaryOp.EQ;
            default -> throw new IllegalArgumentException(op + " is no comparison");
        };
    }

    /** Uses {@code x op y} when both sums are computed without overflow. */
    private Ranges compared(BinaryOp op, Expr x, Expr y) {
        Optional<Affine> a = Affine.of(x);
        Optional<Affine> b = Affine.of(y);
        if (a.isEmpty() || b.isEmpty() || wraps(x) || wraps(y)) {
            return this;
        }
        Affine difference = a.get().plus(b.get().times(-1));
        if (difference.terms().isEmpty()) {
            return this;
        }
        Interval below = new Interval(-Interval.FAR, -1);
        Interval above = new Interval(1, Interval.FAR);
        Interval zero = Interval.of(0);
        return switch (op) {
            case LT -> both(difference, below);
            case LE -> both(difference, below.union(zero));
            case GT -> both(difference, above);
            case GE -> both(difference, above.union(zero));
            case EQ -> both(difference, zero);
            default -> this;
        };
    }

    private Ranges both(Affine difference, Interval interval) {
        return with(difference, interval).with(difference.times(-1), interval.times(-1));
    }

    private boolean wraps(Expr expr) {
        return !exact(expr).within(Interval.of(expr.type()));
    }

    /** {@return bounds of the value of an integer expression} */
    Interval of(Expr expr) {
        Interval exact = exact(expr);
        Interval type = Interval.of(expr.type());
        return exact.within(type) ? exact : type; // it may wrap around
    }

    /** Bounds of the unbounded integer; the value when that fits the type. */
    private Interval exact(Expr expr) {
        Optional<Affine> affine = Affine.of(expr);
        if (affine.isPresent()) {
            return sum(affine.get());
        }
        return switch (expr) {
            case Const c when !c.type().isFloat() -> Interval.of(c.bits());
            case Expr.Binary(var op, var x, var y) when !x.type().isFloat() ->
                    binary(op, expr, of(x), of(y));
            case Expr.Select(_, var yes, var no) -> of(yes).union(of(no));
            case Expr.Cast(var type, var x) when !x.type().isFloat() ->
                    of(x).within(Interval.of(type)) ? of(x) : Interval.of(type);
            case Expr.Load l ->
                    Interval.of(Type.of(l.array().element())).meet(Interval.of(l.type()));
            case Expr.Length _ -> new Interval(0, Integer.MAX_VALUE);
            case Expr.WorkItem _ -> new Interval(0, Integer.MAX_VALUE);
            default -> Interval.of(expr.type());
        };
    }

    private static Interval binary(BinaryOp op, Expr expr, Interval x, Interval y) {
        Interval type = Interval.of(expr.type());
        return switch (op) {
            case ADD -> x.plus(y);
            case SUB -> x.plus(y.times(-1));
            case MUL -> x.times(y);
            case DIV ->
                    y.low() > 0 && x.low() >= 0
                            ? new Interval(x.low() / y.high(), x.high() / y.low())
                            : y.low() > 0
                                    ? new Interval(Math.min(x.low(), 0), Math.max(x.high(), 0))
                                    : type;
            case REM -> {
                long most = Math.max(Math.abs(y.low()), Math.abs(y.high())) - 1;
                long low = x.low() >= 0 ? 0 : -most;
                long high = x.high() <= 0 ? 0 : most;
                yield new Interval(low, high)
                        .meet(new Interval(Math.min(x.low(), 0), Math.max(x.high(), 0)));
            }
            case AND ->
                    y.low() >= 0
                            ? new Interval(
                                    0, x.low() >= 0 ? Math.min(x.high(), y.high()) : y.high())
                            : x.low() >= 0 ? new Interval(0, x.high()) : type;
            case OR, XOR ->
                    x.low() >= 0 && y.low() >= 0
                            ? new Interval(0, mask(Math.max(x.high(), y.high())))
                            : type;
            case SHR ->
                    y.low() == y.high()
                            ? new Interval(x.low() >> y.low(), x.high() >> y.low())
                            : x.low() >= 0 ? new Interval(0, x.high()) : type;
            case USHR ->
                    x.low() >= 0 && y.low() == y.high()
                            ? new Interval(x.low() >> y.low(), x.high() >> y.low())
                            : x.low() >= 0 ? new Interval(0, x.high()) : type;
            case MIN -> new Interval(Math.min(x.low(), y.low()), Math.min(x.high(), y.high()));
            case MAX -> new Interval(Math.max(x.low(), y.low()), Math.max(x.high(), y.high()));
            case SHL -> type;
            case EQ, NE, LT, LE, GT, GE -> Interval.BOOL;
        };
    }

    private static long mask(long value) {
        return value == 0 ? 0 : (Long.highestOneBit(value) << 1) - 1;
    }

    /**
     * Takes facts out of the sum, the largest first, then bounds what is left by single variables.
     */
    private Interval sum(Affine sum) {
        Interval total = single(sum);
        for (Map.Entry<Affine, Interval> fact : facts.entrySet()) {
            if (fact.getKey().terms().size() > 1) {
                Optional<Long> factor = ratio(sum, fact.getKey());
                if (factor.isPresent()) {
                    Affine rest = sum.plus(fact.getKey().times(-factor.get()));
                    Interval part = fact.getValue().times(factor.get());
                    total = total.meet(sum(rest).plus(part));
                }
            }
        }
        return total;
    }

    private Interval single(Affine sum) {
        Interval total = Interval.of(sum.constant());
        for (Map.Entry<Var, Long> term : sum.terms().entrySet()) {
            Var v = term.getKey();
            Interval known = facts.getOrDefault(Affine.of(v), Interval.of(v.type()));
            total = total.plus(known.times(term.getValue()));
        }
        return total;
    }

    private static Optional<Long> ratio(Affine sum, Affine fact) {
        Optional<Long> factor = Optional.empty();
        for (Map.Entry<Var, Long> term : fact.terms().entrySet()) {
            long c = sum.coefficient(term.getKey());
            long f = term.getValue();
            if (c == 0 || c % f != 0 || (factor.isPresent() && factor.get() != c / f)) {
                return Optional.empty();
            }
            factor = Optional.of(c / f);
        }
        return factor.filter(f -> f > 0); // the negated fact is there as well
    }
}
