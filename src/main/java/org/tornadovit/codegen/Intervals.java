package org.tornadovit.codegen;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tornadovit.device.Range;
import org.tornadovit.ir.BinaryOp;
import org.tornadovit.ir.Const;
import org.tornadovit.ir.Expr;
import org.tornadovit.ir.Kernel;
import org.tornadovit.ir.Param;
import org.tornadovit.ir.Scalar;
import org.tornadovit.ir.Stmt;
import org.tornadovit.ir.Var;
import org.tornadovit.ir.Walker;

/**
 * Bounds of the integer values of a kernel, the same at every place of it. They tell where Java's
 * wrapping arithmetic cannot wrap, so that a language in which overflow is undefined may use its
 * own operators; index arithmetic then stays open to its optimiser.
 */
public final class Intervals {
    /** All values from {@code low} to {@code high}. */
    public record Interval(long low, long high) {
        /** {@return whether a value lies within} */
        public boolean contains(long value) {
            return low <= value && value <= high;
        }

        /** {@return whether all values lie within another interval} */
        public boolean within(Interval other) {
            return other.low <= low && high <= other.high;
        }

        Interval union(Interval other) {
            return new Interval(Math.min(low, other.low), Math.max(high, other.high));
        }
    }

    private static final Interval NATURAL = new Interval(0, Integer.MAX_VALUE);

    private final Map<Var, List<Stmt>> definitions = new IdentityHashMap<>();
    private final Map<Var, Interval> variables = new IdentityHashMap<>();
    private final Map<Expr, Interval> known = new IdentityHashMap<>();

    private final Optional<Range> range;

    /** Bounds of a kernel that runs with these work-items, or with any. */
    public Intervals(Kernel kernel, Optional<Range> range) {
        this.range = range;
        for (Param param : kernel.params()) {
            if (param instanceof Param.OfScalar(var variable)) {
                variables.put(variable, all(variable.type().scalar()));
            }
        }
        new Walker() {
            @Override
            protected void visit(Stmt stmt) {
                switch (stmt) {
                    case Stmt.Assign(var target, _) -> define(target, stmt);
                    case Stmt.Atomic atomic -> define(atomic.result(), stmt);
                    case Stmt.For loop -> define(loop.index(), stmt);
                    default -> {}
                }
            }
        }.walk(kernel.body());
    }

    /** {@return bounds of an expression of an integer type or of BOOL; in all lanes of a vector} */
    public Interval of(Expr expr) {
        Interval interval = known.get(expr);
        if (interval == null) {
            interval = compute(expr);
            if (!(expr instanceof Var)) {
                known.put(expr, interval);
            }
        }
        return interval;
    }

    /** {@return whether ADD, SUB or MUL gives the value that integers without end would give} */
    public boolean isExact(Expr.Binary binary) {
        Interval type = all(binary.type().scalar());
        return exact(binary.op(), of(binary.x()), of(binary.y()))
                .filter(i -> i.within(type))
                .isPresent();
    }

    /** {@return all values of an integer type} */
    public static Interval all(Scalar type) {
        return switch (type) {
            case BOOL -> new Interval(0, 1);
            case I8 -> new Interval(Byte.MIN_VALUE, Byte.MAX_VALUE);
            case I16 -> new Interval(Short.MIN_VALUE, Short.MAX_VALUE);
            case U16 -> new Interval(Character.MIN_VALUE, Character.MAX_VALUE);
            case I32 -> new Interval(Integer.MIN_VALUE, Integer.MAX_VALUE);
            case I64, F16, BF16, F32, F64 -> new Interval(Long.MIN_VALUE, Long.MAX_VALUE);
        };
    }

    private void define(Var variable, Stmt stmt) {
        definitions.computeIfAbsent(variable, _ -> new ArrayList<>()).add(stmt);
    }

    private Interval compute(Expr expr) {
        Interval all = all(expr.type().scalar());
        return switch (expr) {
            case Var v -> variable(v, all);
            case Const(_, var bits) -> new Interval(bits, bits);
            case Expr.Length _ -> NATURAL;
            case Expr.WorkItem(var query, var axis) ->
                    range.map(r -> place(query, r.size(axis), r.group(axis))).orElse(NATURAL);
            case Expr.Binary binary -> binary(binary, all);
            case Expr.Select(_, var yes, var no) -> of(yes).union(of(no));
            case Expr.Cast(_, var x) when !x.type().isFloat() && of(x).within(all) -> of(x);
            case Expr.Broadcast(_, var x) -> of(x);
            case Expr.Lane(var x, _) -> of(x);
            case Expr.Unary _,
                    Expr.Cast _,
                    Expr.Bitcast _,
                    Expr.Load _,
                    Expr.Call _,
                    Expr.Reduce _ ->
                    all;
        };
    }

    /** Bounds of a query along an axis; a group of 0 may have any size. */
    private static Interval place(Expr.Query query, long size, long group) {
        long least = group == 0 ? 1 : group;
        long most = group == 0 ? size : group;
        return switch (query) {
            case GLOBAL_ID -> new Interval(0, size - 1);
            case LOCAL_ID -> new Interval(0, most - 1);
            case GROUP_ID -> new Interval(0, size / least - 1);
            case GLOBAL_SIZE -> new Interval(size, size);
            case LOCAL_SIZE -> new Interval(least, most);
            case GROUP_COUNT -> new Interval(group == 0 ? 1 : size / group, size / least);
        };
    }

    private Interval variable(Var variable, Interval all) {
        Interval found = variables.get(variable);
        if (found != null) {
            return found;
        }
        // A definition that reads the variable itself sees all values of the type.
        variables.put(variable, all);
        Interval union =
                definitions.getOrDefault(variable, List.of()).stream()
                        .map(stmt -> defined(stmt, all))
                        .reduce(Interval::union)
                        .orElse(all);
        variables.put(variable, union);
        return union;
    }

    private Interval defined(Stmt stmt, Interval all) {
        return switch (stmt) {
            case Stmt.Assign(_, var value) -> of(value);
            case Stmt.For loop -> index(loop);
            default -> all;
        };
    }

    private Interval index(Stmt.For loop) {
        Interval start = of(loop.start());
        Interval bound = of(loop.bound());
        return loop.step() > 0
                ? new Interval(start.low, Math.max(start.low, bound.high - 1))
                : new Interval(Math.min(start.high, bound.low + 1), start.high);
    }

    private Interval binary(Expr.Binary binary, Interval all) {
        if (binary.x().type().isFloat() || binary.op().isComparison()) {
            return all;
        }
        return exact(binary.op(), of(binary.x()), of(binary.y()))
                .filter(i -> i.within(all))
                .orElse(all);
    }

    /** Bounds of the result without wrapping; nothing where it may not even fit 64 bits. */
    private static Optional<Interval> exact(BinaryOp op, Interval x, Interval y) {
        try {
            return Optional.of(
                    switch (op) {
                        case ADD ->
                                new Interval(
                                        Math.addExact(x.low, y.low), Math.addExact(x.high, y.high));
                        case SUB ->
                                new Interval(
                                        Math.subtractExact(x.low, y.high),
                                        Math.subtractExact(x.high, y.low));
                        case MUL -> product(x, y);
                        case MIN -> new Interval(Math.min(x.low, y.low), Math.min(x.high, y.high));
                        case MAX -> new Interval(Math.max(x.low, y.low), Math.max(x.high, y.high));
                        case AND -> and(x, y);
                        case DIV -> quotient(x, y);
                        case REM -> remainder(x, y);
                        case SHR, USHR -> shiftedRight(x, y);
                        case SHL -> shiftedLeft(x, y);
                        case OR, XOR -> or(x, y);
                        case EQ, NE, LT, LE, GT, GE -> new Interval(0, 1);
                    });
        } catch (ArithmeticException tooWide) {
            return Optional.empty();
        }
    }

    private static Interval product(Interval x, Interval y) {
        long a = Math.multiplyExact(x.low, y.low);
        long b = Math.multiplyExact(x.low, y.high);
        long c = Math.multiplyExact(x.high, y.low);
        long d = Math.multiplyExact(x.high, y.high);
        return new Interval(
                Math.min(Math.min(a, b), Math.min(c, d)), Math.max(Math.max(a, b), Math.max(c, d)));
    }

    private static Interval and(Interval x, Interval y) {
        if (x.low < 0 && y.low < 0) {
            throw new ArithmeticException("no bound");
        }
        return new Interval(0, x.low < 0 ? y.high : y.low < 0 ? x.high : Math.min(x.high, y.high));
    }

    /** Neither operand negative: no bit above the highest of both. */
    private static Interval or(Interval x, Interval y) {
        if (x.low < 0 || y.low < 0) {
            throw new ArithmeticException("no bound");
        }
        long highest = Math.max(Long.highestOneBit(x.high), Long.highestOneBit(y.high));
        return new Interval(0, highest == 0 ? 0 : (highest - 1) | highest);
    }

    private static Interval quotient(Interval x, Interval y) {
        if (y.low != y.high || y.low <= 0) {
            throw new ArithmeticException("no bound");
        }
        return new Interval(x.low / y.low, x.high / y.low);
    }

    private static Interval remainder(Interval x, Interval y) {
        if (y.low <= 0) {
            throw new ArithmeticException("no bound");
        }
        long most = y.high - 1;
        return new Interval(
                x.low >= 0 ? 0 : Math.max(x.low, -most), x.high <= 0 ? 0 : Math.min(x.high, most));
    }

    private static Interval shiftedRight(Interval x, Interval y) {
        if (x.low < 0 || y.low != y.high || y.low < 0 || y.low > 31) {
            throw new ArithmeticException("no bound");
        }
        return new Interval(x.low >> y.low, x.high >> y.low);
    }

    private static Interval shiftedLeft(Interval x, Interval y) {
        if (y.low != y.high || y.low < 0 || y.low > 31) {
            throw new ArithmeticException("no bound");
        }
        return product(x, new Interval(1L << y.low, 1L << y.low));
    }
}
