package org.tornadovit.passes;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.tornadovit.ir.BinaryOp;
import org.tornadovit.ir.Const;
import org.tornadovit.ir.Expr;
import org.tornadovit.ir.Type;
import org.tornadovit.ir.UnaryOp;
import org.tornadovit.ir.Var;

/**
 * An integer as a sum: {@code constant + sum of coefficient * variable}. Equal sums are equal
 * whatever expression they came from. No coefficient is 0.
 *
 * <p>The sum is that of unbounded integers; an {@code i32} expression equals it modulo 2^32, an
 * {@code i64} expression modulo 2^64 unless it widens an {@code i32} expression that wraps.
 */
record Affine(Map<Var, Long> terms, long constant) {
    static final Affine ZERO = new Affine(Map.of(), 0);

    Affine {
        terms = Map.copyOf(terms);
    }

    static Affine of(long constant) {
        return new Affine(Map.of(), constant);
    }

    static Affine of(Var variable) {
        return new Affine(Map.of(variable, 1L), 0);
    }

    /** {@return the sum that {@code expr} computes, or nothing when it is no linear expression} */
    static Optional<Affine> of(Expr expr) {
        return switch (expr) {
            case Const c when c.type().scalar().isInteger() && !c.type().isVector() ->
                    Optional.of(of(c.bits()));
            case Var v when v.type().equals(Type.I32) || v.type().equals(Type.I64) ->
                    Optional.of(of(v));
            case Expr.Unary(var op, var x) when op == UnaryOp.NEG && isIndex(x) ->
                    of(x).map(a -> a.times(-1));
            case Expr.Binary(var op, var x, var y) when op == BinaryOp.ADD && isIndex(x) ->
                    of(x).flatMap(a -> of(y).map(a::plus));
            case Expr.Binary(var op, var x, var y) when op == BinaryOp.SUB && isIndex(x) ->
                    of(x).flatMap(a -> of(y).map(b -> a.plus(b.times(-1))));
            case Expr.Binary(var op, var x, Const c) when op == BinaryOp.SHL && isIndex(x) ->
                    of(x).map(a -> a.times(1L << (c.bits() & (bits(x) - 1))));
            case Expr.Binary(var op, var x, var y) when op == BinaryOp.MUL && isIndex(x) ->
                    of(x).flatMap(a -> of(y).flatMap(a::product));
            case Expr.Cast(var type, var x) when type.equals(Type.I64) && isIndex(x) -> of(x);
            default -> Optional.empty();
        };
    }

    private static boolean isIndex(Expr expr) {
        return expr.type().equals(Type.I32) || expr.type().equals(Type.I64);
    }

    private static int bits(Expr expr) {
        return 8 * expr.type().scalar().bytes();
    }

    private Optional<Affine> product(Affine other) {
        if (terms.isEmpty()) {
            return Optional.of(other.times(constant));
        }
        return other.terms.isEmpty() ? Optional.of(times(other.constant)) : Optional.empty();
    }

    Affine plus(Affine other) {
        Map<Var, Long> sum = new LinkedHashMap<>(terms);
        other.terms.forEach((v, c) -> sum.merge(v, c, Long::sum));
        sum.values().removeIf(c -> c == 0);
        return new Affine(sum, constant + other.constant);
    }

    Affine times(long factor) {
        if (factor == 0) {
            return ZERO;
        }
        Map<Var, Long> scaled = new LinkedHashMap<>();
        terms.forEach((v, c) -> scaled.put(v, c * factor));
        scaled.values().removeIf(c -> c == 0); // 2^32 * 2^32
        return new Affine(scaled, constant * factor);
    }

    /** {@return whether no number is so large that sums of a few could overflow} */
    boolean isModest() {
        return isModest(constant) && terms.values().stream().allMatch(Affine::isModest);
    }

    private static boolean isModest(long number) {
        return -MODEST <= number && number <= MODEST;
    }

    private static final long MODEST = 1L << 40;

    /** {@return the factor of {@code variable}, 0 when it does not occur} */
    long coefficient(Var variable) {
        return terms.getOrDefault(variable, 0L);
    }

    /** {@return the sum without its constant} */
    Affine linear() {
        return new Affine(terms, 0);
    }

    /** {@return the sum without the term of {@code variable}} */
    Affine without(Var variable) {
        Map<Var, Long> rest = new LinkedHashMap<>(terms);
        rest.remove(variable);
        return new Affine(rest, constant);
    }
}
