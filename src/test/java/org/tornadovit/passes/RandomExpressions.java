package org.tornadovit.passes;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.tornadovit.ir.Array;
import org.tornadovit.ir.BinaryOp;
import org.tornadovit.ir.Const;
import org.tornadovit.ir.Expr;
import org.tornadovit.ir.Function;
import org.tornadovit.ir.Scalar;
import org.tornadovit.ir.Site;
import org.tornadovit.ir.Space;
import org.tornadovit.ir.Type;
import org.tornadovit.ir.UnaryOp;
import org.tornadovit.ir.Var;

/**
 * Random expressions over the variables in sight. Arrays grow with the indices that are made, so
 * that most kernels stay inside of them.
 */
final class RandomExpressions {
    static final int MOST_ELEMENTS = 3000;

    /** An integer variable with the values it can have. */
    record Counter(Var variable, long low, long high) {
        long extent() {
            return high - low + 1;
        }
    }

    final Random random;
    final Map<Array, Integer> lengths = new LinkedHashMap<>();
    final List<Array> inputs = new ArrayList<>();
    final List<Counter> counters = new ArrayList<>();
    final List<Var> floats = new ArrayList<>();
    final List<Var> ints = new ArrayList<>();
    private int names;

    RandomExpressions(Random random) {
        this.random = random;
    }

    boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    <T> T any(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    String name(String kind) {
        return kind + names++;
    }

    Array array(String kind, Scalar element) {
        Array array = new Array(name(kind), element, Space.GLOBAL);
        lengths.put(array, 1);
        return array;
    }

    /** Makes sure that {@code array} has the element {@code index}. */
    void need(Array array, long index) {
        lengths.merge(array, (int) index + 1, Math::max);
    }

    static Expr binary(BinaryOp op, Expr x, Expr y) {
        return new Expr.Binary(op, x, y);
    }

    static Expr add(Expr x, Expr y) {
        return binary(BinaryOp.ADD, x, y);
    }

    static Expr mul(Expr x, Expr y) {
        return binary(BinaryOp.MUL, x, y);
    }

    static Const i32(long value) {
        return Const.i32((int) value);
    }

    // ---- indices

    /** A sum of counters; {@code low} and {@code high} are its limits. */
    record Sum(Expr expr, long low, long high) {}

    /** The sum of counters times factors, in one of the forms that people write. */
    Sum sum(Map<Counter, Long> factors, long constant) {
        long low = constant;
        long high = constant;
        Expr expr = i32(constant);
        List<Counter> order = new ArrayList<>(factors.keySet());
        java.util.Collections.shuffle(order, random);
        for (Counter c : order) {
            long f = factors.get(c);
            low += Math.min(f * c.low(), f * c.high());
            high += Math.max(f * c.low(), f * c.high());
            Expr term = f == 1 && chance(70) ? c.variable() : mul(c.variable(), i32(f));
            if (f == 4 && chance(20)) {
                term = binary(BinaryOp.SHL, c.variable(), i32(2));
            }
            if (chance(5)) { // c = c / w * w + c % w
                Const w = i32(1 + random.nextInt(4));
                Expr quotient = binary(BinaryOp.DIV, c.variable(), w);
                Expr rest = binary(BinaryOp.REM, c.variable(), w);
                term = add(mul(quotient, i32(f * w.bits())), mul(rest, i32(f)));
            }
            expr =
                    switch (random.nextInt(4)) {
                        case 0 -> add(term, expr);
                        case 1 -> binary(BinaryOp.SUB, expr, new Expr.Unary(UnaryOp.NEG, term));
                        default -> add(expr, term);
                    };
        }
        return new Sum(expr, low, high);
    }

    /** An index of {@code array}, which grows as needed. */
    Expr index(Array array) {
        Sum sum = affine();
        int kind = random.nextInt(12);
        if (sum.high() >= MOST_ELEMENTS || kind == 0) {
            need(array, 15);
            return binary(BinaryOp.AND, sum.expr(), i32(15));
        }
        if (kind == 1 && !ints.isEmpty()) {
            need(array, 6);
            Expr low = binary(BinaryOp.MAX, any(ints), i32(0));
            return binary(BinaryOp.MIN, low, i32(6));
        }
        if (kind == 2) {
            need(array, 4);
            return binary(BinaryOp.REM, sum.expr(), i32(5));
        }
        if (kind == 3) {
            need(array, sum.high() / 3);
            return binary(BinaryOp.DIV, sum.expr(), i32(3));
        }
        if (kind == 4) {
            need(array, sum.high());
            return new Expr.Cast(Type.I64, sum.expr());
        }
        need(array, sum.high());
        return sum.expr();
    }

    /** A sum that is not negative. */
    private Sum affine() {
        Map<Counter, Long> factors = new HashMap<>();
        long low = 0;
        long stride = 1;
        for (int i = random.nextInt(4); i > 0 && !counters.isEmpty(); i--) {
            Counter c = any(counters);
            long f = chance(60) ? stride : random.nextInt(5) - 1;
            if (f == 0 || factors.containsKey(c)) {
                continue;
            }
            factors.put(c, f);
            low += Math.min(f * c.low(), f * c.high());
            stride *= c.extent();
        }
        return sum(factors, random.nextInt(3) - low);
    }

    // ---- values

    Expr load(Array array) {
        return load(array, index(array));
    }

    static Expr load(Array array, Expr index) {
        return new Expr.Load(array, index, Type.of(array.element()), Site.NONE);
    }

    /** A value of type f32. */
    Expr floating(int depth) {
        if (depth == 0 || chance(20)) {
            return leaf();
        }
        Expr x = floating(depth - 1);
        return switch (random.nextInt(14)) {
            case 0, 1, 2 -> add(x, floating(depth - 1));
            case 3, 4 -> mul(x, floating(depth - 1));
            case 5 -> binary(BinaryOp.SUB, x, floating(depth - 1));
            case 6 -> binary(chance(80) ? BinaryOp.DIV : BinaryOp.REM, x, floating(depth - 1));
            case 7 -> binary(chance(50) ? BinaryOp.MIN : BinaryOp.MAX, x, floating(depth - 1));
            case 8 -> new Expr.Unary(UnaryOp.NEG, x);
            case 9 -> call(chance(50) ? Function.ABS : Function.SQRT, x);
            case 10 -> call(chance(50) ? Function.TANH : Function.EXP, x);
            case 11 -> new Expr.Call(Function.FMA, List.of(x, floating(0), floating(0)));
            case 12 -> new Expr.Select(condition(1), safe(), safe());
            default -> new Expr.Cast(Type.F32, integer(depth - 1));
        };
    }

    private static Expr call(Function function, Expr x) {
        return new Expr.Call(function, List.of(x));
    }

    private Expr leaf() {
        if (chance(30) && !floats.isEmpty()) {
            return any(floats);
        }
        if (chance(80) && !inputs.isEmpty()) {
            return input();
        }
        return Const.f32((random.nextInt(17) - 8) / 4f);
    }

    private Expr input() {
        Array array = any(inputs);
        Expr load = load(array);
        return array.element() == Scalar.F32 ? load : new Expr.Cast(Type.F32, load);
    }

    /** A value that needs no check, for operands of a select. */
    private Expr safe() {
        return chance(60) && !floats.isEmpty() ? any(floats) : Const.f32(random.nextInt(5) - 2);
    }

    /** A value of type i32. */
    Expr integer(int depth) {
        if (depth == 0 || chance(25)) {
            if (chance(30) && !ints.isEmpty()) {
                return any(ints);
            }
            return chance(70) && !counters.isEmpty()
                    ? any(counters).variable()
                    : i32(random.nextInt(9) - 3);
        }
        Expr x = integer(depth - 1);
        Expr y = integer(depth - 1);
        return switch (random.nextInt(13)) {
            case 0, 1, 2 -> add(x, y);
            case 3 -> binary(BinaryOp.SUB, x, y);
            case 4 -> mul(x, y);
            case 5 -> binary(BinaryOp.MIN, x, y);
            case 6 -> binary(BinaryOp.MAX, x, y);
            case 7 -> binary(BinaryOp.AND, x, y);
            case 8 -> binary(chance(50) ? BinaryOp.SHR : BinaryOp.USHR, x, i32(random.nextInt(40)));
            case 9 -> binary(chance(50) ? BinaryOp.DIV : BinaryOp.REM, x, divisor(y));
            case 10 -> new Expr.Select(condition(1), i32(random.nextInt(5)), i32(2));
            case 11 -> mul(x, i32(random.nextInt()));
            default -> new Expr.Cast(Type.I32, new Expr.Cast(Type.I64, binary(BinaryOp.XOR, x, y)));
        };
    }

    private Expr divisor(Expr y) {
        return switch (random.nextInt(10)) {
            case 0 -> y; // may be zero
            case 1, 2 -> binary(BinaryOp.OR, y, i32(1));
            default -> i32(1 + random.nextInt(6));
        };
    }

    /** A truth value that needs no check. */
    Expr condition(int depth) {
        if (depth > 0 && chance(25)) {
            Expr x = condition(depth - 1);
            return chance(30)
                    ? new Expr.Unary(UnaryOp.NOT, x)
                    : binary(chance(50) ? BinaryOp.AND : BinaryOp.OR, x, condition(depth - 1));
        }
        BinaryOp op = BinaryOp.values()[BinaryOp.EQ.ordinal() + random.nextInt(6)];
        if (chance(40) && !floats.isEmpty()) {
            return binary(op, any(floats), Const.f32(random.nextInt(3) - 1));
        }
        Expr x = counters.isEmpty() ? i32(1) : any(counters).variable();
        Expr y =
                chance(50) || counters.isEmpty()
                        ? i32(random.nextInt(9))
                        : any(counters).variable();
        return binary(op, chance(30) ? add(x, y) : x, y);
    }
}
