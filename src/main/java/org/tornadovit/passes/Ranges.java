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
import org.tornadovit.ir.Walker;

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
            case Expr.Binary(var op, var x, var y) when op.isComparison() && isIndex(x.type()) ->
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
        Optional<Affine> a = exact(x);
        Optional<Affine> b = exact(y);
        if (a.isEmpty() || b.isEmpty()) {
            return this;
        }
        Affine difference = a.get().plus(b.get().times(-1));
        if (difference.terms().isEmpty()) {
            return this;
        }
        return switch (op) {
            case LT -> both(difference, Interval.atMost(-1));
            case LE -> both(difference, Interval.atMost(0));
            case GT -> both(difference, Interval.atLeast(1));
            case GE -> both(difference, Interval.atLeast(0));
            case EQ -> both(difference, Interval.of(0));
            default -> this;
        };
    }

    private Ranges both(Affine difference, Interval interval) {
        return with(difference, interval).with(difference.times(-1), interval.negated());
    }

    private static boolean isIndex(Type type) {
        return type.equals(Type.I32) || type.equals(Type.I64);
    }

    /** {@return bounds of the value of an integer expression} */
    Interval of(Expr expr) {
        Optional<Interval> sum =
                linear(expr).map(this::sum).filter(interval -> interval.fits(expr.type()));
        return sum.orElseGet(() -> value(expr));
    }

    /** {@return the sum that is the value of {@code expr}; nothing when that might wrap around} */
    private Optional<Affine> exact(Expr expr) {
        boolean never =
                expr instanceof Var || expr instanceof Const || expr instanceof Expr.WorkItem;
        return linear(expr).filter(a -> never || sum(a).fits(expr.type()));
    }

    /** The sum that is the value but for wrapping of the type: what is widened must not wrap. */
    private Optional<Affine> linear(Expr expr) {
        boolean[] exact = {true};
        new Walker() {
            @Override
            protected void visit(Expr e) {
                if (e instanceof Expr.Cast(_, var x) && x.type().equals(Type.I32)) {
                    exact[0] &= exact(x).isPresent();
                }
            }
        }.walk(expr);
        return exact[0] ? Affine.of(Places.named(expr)).filter(Affine::isModest) : Optional.empty();
    }

    /** Bounds from the bounds of the operands. */
    private Interval value(Expr expr) {
        Type type = expr.type();
        return switch (expr) {
            case Var v -> known(v);
            case Const c when !type.isFloat() -> Interval.of(c.bits());
            case Expr.Unary(var op, var x) when op == UnaryOp.NEG && !type.isFloat() ->
                    wrapped(of(x).negated(), type);
            case Expr.Binary(var op, var x, var y) when !x.type().isFloat() ->
                    binary(op, type, of(x), of(y));
            case Expr.Select(_, var yes, var no) -> of(yes).union(of(no));
            case Expr.Cast(_, var x) when !x.type().isFloat() ->
                    of(x).within(Interval.of(type)) ? of(x) : Interval.of(type);
            case Expr.Length _ -> new Interval(0, Integer.MAX_VALUE);
            case Expr.WorkItem w -> known(Places.variable(w));
            default -> Interval.of(type);
        };
    }

    private static Interval wrapped(Interval exact, Type type) {
        return exact.fits(type) ? exact : Interval.of(type);
    }

    private static Interval binary(BinaryOp op, Type type, Interval x, Interval y) {
        return switch (op) {
            case ADD -> wrapped(x.plus(y), type);
            case SUB -> wrapped(x.plus(y.negated()), type);
            case MUL -> wrapped(x.times(y), type);
            case DIV ->
                    y.low() > 0 && x.low() >= 0
                            ? new Interval(x.low() / y.high(), x.high() / y.low())
                            : y.low() > 0 ? toZero(x) : Interval.of(type);
            case REM -> remainder(x, y).meet(toZero(x));
            case AND ->
                    y.low() >= 0
                            ? new Interval(
                                    0, x.low() >= 0 ? Math.min(x.high(), y.high()) : y.high())
                            : x.low() >= 0 ? new Interval(0, x.high()) : Interval.of(type);
            case OR, XOR ->
                    x.low() >= 0 && y.low() >= 0
                            ? new Interval(0, mask(Math.max(x.high(), y.high())))
                            : Interval.of(type);
            case SHR, USHR -> {
                long distance = y.low() & (type.equals(Type.I64) ? 63 : 31); // as Java masks it
                yield y.low() == y.high() && (op == BinaryOp.SHR || x.low() >= 0)
                        ? new Interval(x.low() >> distance, x.high() >> distance)
                        : x.low() >= 0 ? new Interval(0, x.high()) : Interval.of(type);
            }
            case MIN -> new Interval(Math.min(x.low(), y.low()), Math.min(x.high(), y.high()));
            case MAX -> new Interval(Math.max(x.low(), y.low()), Math.max(x.high(), y.high()));
            case SHL -> Interval.of(type);
            case EQ, NE, LT, LE, GT, GE -> Interval.BOOL;
        };
    }

    /** What is no further from zero than {@code x}, on the same side. */
    private static Interval toZero(Interval x) {
        return new Interval(Math.min(x.low(), 0), Math.max(x.high(), 0));
    }

    /** The remainder has the sign of the dividend and is smaller than the divisor. */
    private static Interval remainder(Interval x, Interval y) {
        if (y.low() == Long.MIN_VALUE) {
            return x.low() >= 0 ? Interval.atLeast(0) : Interval.ALL;
        }
        long most = Math.max(0, Math.max(Math.abs(y.low()), Math.abs(y.high())) - 1);
        return new Interval(x.low() >= 0 ? 0 : -most, x.high() <= 0 ? 0 : most);
    }

    private static long mask(long value) {
        return value == 0 ? 0 : (Long.highestOneBit(value) << 1) - 1;
    }

    /** Facts that are taken out of one sum; more would take long to try. */
    private static final int MOST_FACTS = 3;

    /** {@return bounds of a sum} */
    Interval sum(Affine sum) {
        return sum(sum, MOST_FACTS);
    }

    /** Takes facts out of the sum in every way, then bounds what is left by single variables. */
    private Interval sum(Affine sum, int depth) {
        Interval total = single(sum);
        if (depth == 0 || sum.terms().size() < 2) {
            return total;
        }
        for (Map.Entry<Affine, Interval> fact : facts.entrySet()) {
            if (fact.getKey().terms().size() > 1) {
                Optional<Long> factor = ratio(sum, fact.getKey());
                if (factor.isPresent()) {
                    Affine rest = sum.plus(fact.getKey().times(-factor.get()));
                    Interval part = fact.getValue().times(factor.get());
                    total = total.meet(sum(rest, depth - 1).plus(part));
                }
            }
        }
        return total;
    }

    private Interval single(Affine sum) {
        Interval total = Interval.of(sum.constant());
        for (Map.Entry<Var, Long> term : sum.terms().entrySet()) {
            total = total.plus(known(term.getKey()).times(term.getValue()));
        }
        return total;
    }

    /** What is known of the variable itself, or by its difference to another one. */
    private Interval known(Var variable) {
        Interval result = direct(variable);
        for (Map.Entry<Affine, Interval> fact : facts.entrySet()) {
            Affine rest = fact.getKey().without(variable);
            if (fact.getKey().coefficient(variable) == 1 && rest.terms().size() == 1) {
                Map.Entry<Var, Long> other = rest.terms().entrySet().iterator().next();
                if (other.getValue() == -1) {
                    result = result.meet(fact.getValue().plus(direct(other.getKey())));
                }
            }
        }
        return result;
    }

    private Interval direct(Var variable) {
        return facts.getOrDefault(Affine.of(variable), Interval.of(variable.type()));
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
