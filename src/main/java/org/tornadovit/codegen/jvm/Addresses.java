package org.tornadovit.codegen.jvm;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.tornadovit.ir.Array;
import org.tornadovit.ir.BinaryOp;
import org.tornadovit.ir.Const;
import org.tornadovit.ir.Expr;
import org.tornadovit.ir.Stmt;
import org.tornadovit.ir.Type;
import org.tornadovit.ir.Var;
import org.tornadovit.ir.Walker;

/**
 * The parts of the addresses of one method that stay the same throughout the method: base of the
 * array plus what its index has of the method's parameters.
 *
 * <p>Each is computed once, when the method begins, and cut to {@link #MASK}. That changes no
 * address of a process, and tells the just-in-time compiler that it is not negative. What is added
 * to it is cut to the bits that it has, which the compiler needs to be told before it has found out
 * what counts and how far. It then sees that an access lies within {@code Memory.ALL} and leaves
 * the check out. A check that it moves out of the loop instead costs a tile a prologue as long as
 * hundreds of multiply-adds.
 */
final class Addresses {
    /** No processor gives a process more address bits. */
    static final long MASK = (1L << 56) - 1;

    private final Places places;
    private final Integers integers;
    private final Set<Var> changing;
    private final List<Fixed> fixed = new ArrayList<>();

    /**
     * Begins a method.
     *
     * @param integers what is known of integer values
     * @param changing the variables that the method sets
     */
    Addresses(Places places, Integers integers, Set<Var> changing) {
        this.places = places;
        this.integers = integers;
        this.changing = changing;
    }

    /**
     * An expression times a number of bytes.
     *
     * @param mask the bits that the expression may have set; -1 when it need not be cut to them
     */
    record Term(Expr value, long bytes, long mask) {}

    /** A sum that stays the same: {@code base} and {@code terms}. */
    record Fixed(Var base, List<Term> terms) {}

    /**
     * An address.
     *
     * @param fixed number of the part that stays the same, among {@link Addresses#fixed}
     * @param terms what else is added
     * @param constant bytes that are added
     */
    record Address(int fixed, List<Term> terms, long constant) {}

    /** {@return the parts that stay the same, in the order of their numbers} */
    List<Fixed> fixed() {
        return List.copyOf(fixed);
    }

    /** Finds the addresses in statements of the method; {@code elsewhere} are other methods'. */
    void find(Stmt stmt, Predicate<Stmt> elsewhere) {
        Walker expressions =
                new Walker() {
                    @Override
                    protected void visit(Expr expr) {
                        if (expr instanceof Expr.Load(var array, var index, _, _)) {
                            of(array, index);
                        }
                    }
                };
        switch (stmt) {
            case Stmt.If(var condition, _, _) -> expressions.walk(condition);
            case Stmt.For f -> {
                expressions.walk(f.start());
                expressions.walk(f.bound());
            }
            case Stmt.Store(var array, var index, _, _) -> {
                of(array, index);
                expressions.walk(stmt);
            }
            case Stmt.Atomic a -> {
                of(a.array(), a.index());
                expressions.walk(stmt);
            }
            case Stmt.Allocate(var array, _, _) -> of(array, Const.i32(0));
            case Stmt.Sequence _, Stmt.Labeled _, Stmt.Loop _ -> {}
            case Stmt.Assign _,
                    Stmt.Break _,
                    Stmt.Continue _,
                    Stmt.Return _,
                    Stmt.Barrier _,
                    Stmt.Check _ ->
                    expressions.walk(stmt);
        }
        for (Stmt part : Parts.of(stmt)) {
            if (!elsewhere.test(part)) {
                find(part, elsewhere);
            }
        }
    }

    /** {@return the address of an element} */
    Address of(Array array, Expr index) {
        Map<Expr, Long> sum = new LinkedHashMap<>();
        long[] constant = {0};
        long size = array.element().bytes();
        add(index, size, sum, constant);
        List<Term> still = new ArrayList<>();
        List<Term> moving = new ArrayList<>();
        sum.forEach((value, bytes) -> {
            if (bytes != 0) {
                if (isFixed(value)) {
                    still.add(new Term(value, bytes, -1));
                } else {
                    moving.add(new Term(value, bytes, integers.bits(value)));
                }
            }
        });
        Fixed part = new Fixed(places.base(array), still);
        return new Address(number(part), moving, constant[0] + places.offset(array));
    }

    private int number(Fixed part) {
        for (int i = 0; i < fixed.size(); i++) {
            if (isSame(fixed.get(i), part)) {
                return i;
            }
        }
        fixed.add(part);
        return fixed.size() - 1;
    }

    private static boolean isSame(Fixed a, Fixed b) {
        boolean same = a.base() == b.base() && a.terms().size() == b.terms().size();
        for (int i = 0; same && i < a.terms().size(); i++) {
            Term x = a.terms().get(i);
            same =
                    b.terms().stream()
                            .anyMatch(y -> x.bytes() == y.bytes() && isSame(x.value(), y.value()));
        }
        return same;
    }

    private static boolean isSame(Expr a, Expr b) {
        return a == b
                || (a instanceof Const x
                        && b instanceof Const y
                        && x.type().equals(y.type())
                        && x.bits() == y.bits())
                || (a instanceof Expr.Binary(var f, var x, var y)
                        && b instanceof Expr.Binary(var g, var u, var v)
                        && f == g
                        && isSame(x, u)
                        && isSame(y, v));
    }

    /** Adds {@code expr * bytes}, distributed as far as nothing wraps around. */
    private void add(Expr expr, long bytes, Map<Expr, Long> sum, long[] constant) {
        switch (expr) {
            case Const c -> constant[0] += c.bits() * bytes;
            case Expr.Binary(var op, var x, var y) when op == BinaryOp.ADD && isExact(expr) -> {
                add(x, bytes, sum, constant);
                add(y, bytes, sum, constant);
            }
            case Expr.Binary(var op, var x, var y) when op == BinaryOp.SUB && isExact(expr) -> {
                add(x, bytes, sum, constant);
                add(y, -bytes, sum, constant);
            }
            case Expr.Binary(var op, var x, Const c) when op == BinaryOp.MUL && isExact(expr) ->
                    add(x, bytes * c.bits(), sum, constant);
            case Expr.Binary(var op, Const c, var x) when op == BinaryOp.MUL && isExact(expr) ->
                    add(x, bytes * c.bits(), sum, constant);
            default -> {
                Optional<Expr> before =
                        sum.keySet().stream().filter(e -> isSame(e, expr)).findFirst();
                sum.merge(before.orElse(expr), bytes, Long::sum);
            }
        }
    }

    private boolean isExact(Expr expr) {
        return expr instanceof Expr.Binary b
                && (b.type().equals(Type.I64)
                        || (b.type().equals(Type.I32) && integers.isExact(b)));
    }

    /** Whether an expression may be computed when the method begins. */
    private boolean isFixed(Expr expr) {
        return switch (expr) {
            case Var v -> !changing.contains(v);
            case Const _ -> true;
            case Expr.Binary(var op, var x, var y) ->
                    isFixed(x)
                            && isFixed(y)
                            && ((op != BinaryOp.DIV && op != BinaryOp.REM)
                                    || (y instanceof Const c && c.bits() != 0));
            case Expr.Cast(_, var x) -> isFixed(x);
            default -> false;
        };
    }
}
