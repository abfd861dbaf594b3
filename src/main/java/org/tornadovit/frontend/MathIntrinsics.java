package org.tornadovit.frontend;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tornadovit.ir.BinaryOp;
import org.tornadovit.ir.Const;
import org.tornadovit.ir.Expr;
import org.tornadovit.ir.Function;
import org.tornadovit.ir.Scalar;
import org.tornadovit.ir.Stmt;
import org.tornadovit.ir.Type;

/** Math, StrictMath and TornadoMath. What is not here is translated from its own byte code. */
final class MathIntrinsics {
    private static final List<String> OWNERS =
            List.of("java/lang/Math", "java/lang/StrictMath", ApiTypes.MATH);

    /** Functions and the types they have in Math or TornadoMath. */
    private static final Map<String, Map.Entry<Function, String>> FUNCTIONS =
            Map.ofEntries(
                    function("abs", Function.ABS, "IJFD"),
                    function("sqrt", Function.SQRT, "FD"),
                    function("cbrt", Function.CBRT, "D"),
                    function("exp", Function.EXP, "FD"),
                    function("expm1", Function.EXPM1, "D"),
                    function("log", Function.LOG, "FD"),
                    function("log2", Function.LOG2, "FD"),
                    function("log10", Function.LOG10, "D"),
                    function("log1p", Function.LOG1P, "D"),
                    function("sin", Function.SIN, "FD"),
                    function("cos", Function.COS, "FD"),
                    function("tan", Function.TAN, "FD"),
                    function("asin", Function.ASIN, "FD"),
                    function("acos", Function.ACOS, "FD"),
                    function("atan", Function.ATAN, "FD"),
                    function("sinh", Function.SINH, "D"),
                    function("cosh", Function.COSH, "D"),
                    function("tanh", Function.TANH, "FD"),
                    function("floor", Function.FLOOR, "FD"),
                    function("ceil", Function.CEIL, "FD"),
                    function("rint", Function.RINT, "D"),
                    function("signum", Function.SIGNUM, "FD"),
                    function("toRadians", Function.TO_RADIANS, "FD"),
                    function("toDegrees", Function.TO_DEGREES, "D"),
                    function("pow", Function.POW, "FD"),
                    function("atan2", Function.ATAN2, "FD"),
                    function("hypot", Function.HYPOT, "D"),
                    function("copySign", Function.COPYSIGN, "FD"),
                    function("multiplyHigh", Function.MULHI, "J"),
                    function("fma", Function.FMA, "FD"));

    private MathIntrinsics() {}

    private static Map.Entry<String, Map.Entry<Function, String>> function(
            String name, Function function, String types) {
        return Map.entry(name, Map.entry(function, types));
    }

    static Map<String, Intrinsic> all() {
        Map<String, Intrinsic> table = new HashMap<>();
        for (String owner : OWNERS) {
            FUNCTIONS.forEach((name, function) ->
                    function.getValue()
                            .chars()
                            .forEach(type ->
                                    put(
                                            table,
                                            owner + "." + name,
                                            (char) type,
                                            function.getKey())));
            for (String type : List.of("I", "J", "F", "D")) {
                String pair = "(" + type + type + ")" + type;
                table.put(owner + ".min" + pair, binary(BinaryOp.MIN));
                table.put(owner + ".max" + pair, binary(BinaryOp.MAX));
            }
            table.put(owner + ".round(F)I", Intrinsic.pure(MathIntrinsics::round));
            table.put(owner + ".round(D)J", Intrinsic.pure(MathIntrinsics::round));
            table.put(owner + ".floorDiv(II)I", Intrinsic.pure(MathIntrinsics::floorDiv));
            table.put(owner + ".floorDiv(JJ)J", Intrinsic.pure(MathIntrinsics::floorDiv));
            table.put(owner + ".floorMod(II)I", Intrinsic.pure(MathIntrinsics::floorMod));
            table.put(owner + ".floorMod(JJ)J", Intrinsic.pure(MathIntrinsics::floorMod));
        }
        for (String type : List.of("B", "S", "I", "J", "F", "D")) {
            String pair = "(" + type + type + ")" + type;
            String triple = "(" + type + type + type + ")" + type;
            table.put(ApiTypes.MATH + ".min" + pair, binary(BinaryOp.MIN));
            table.put(ApiTypes.MATH + ".max" + pair, binary(BinaryOp.MAX));
            table.put(ApiTypes.MATH + ".clamp" + triple, Intrinsic.pure(MathIntrinsics::clamp));
        }
        for (String owner : List.of("java/lang/Math", "java/lang/StrictMath")) {
            for (String types : List.of("JII)I", "JJJ)J", "FFF)F", "DDD)D")) {
                table.put(owner + ".clamp(" + types, Intrinsic.pure(MathIntrinsics::checkedClamp));
            }
        }
        table.put(ApiTypes.MATRIX + ".checkSquare(II)V", MathIntrinsics::checkSquare);
        table.put(ApiTypes.MATH + ".PI()D", Intrinsic.pure(_ -> Const.f64(Math.PI)));
        table.put(ApiTypes.MATH + ".floatPI()F", Intrinsic.pure(_ -> Const.f32((float) Math.PI)));
        return table;
    }

    private static void put(
            Map<String, Intrinsic> table, String name, char type, Function function) {
        String operands = String.valueOf(type).repeat(function.arity());
        table.put(
                name + "(" + operands + ")" + type,
                Intrinsic.pure(c -> {
                    Expr[] arguments = new Expr[function.arity()];
                    for (int i = 0; i < arguments.length; i++) {
                        arguments[i] = c.number(i);
                    }
                    return Trees.call(function, arguments);
                }));
    }

    private static Intrinsic binary(BinaryOp op) {
        return Intrinsic.pure(c -> Trees.binary(op, c.number(0), c.number(1)));
    }

    /** The nearest integer, ties upwards: {@code f = floor(x); x - f >= 0.5 ? f + 1 : f}. */
    private static Expr round(Intrinsic.Call call) {
        Expr x = call.simple(0);
        boolean wide = x.type().scalar() == Scalar.F64;
        Expr half = wide ? Const.f64(0.5) : Const.f32(0.5f);
        Expr one = wide ? Const.f64(1) : Const.f32(1);
        Expr floor = call.simple(Trees.call(Function.FLOOR, x));
        Expr up = Trees.binary(BinaryOp.GE, Trees.binary(BinaryOp.SUB, x, floor), half);
        Expr rounded = Trees.select(up, Trees.binary(BinaryOp.ADD, floor, one), floor);
        return Trees.cast(wide ? Scalar.I64 : Scalar.I32, rounded);
    }

    /** The quotient, one less when it was rounded up. */
    static Expr floorDiv(Intrinsic.Call call) {
        Expr x = call.simple(0);
        Expr y = call.simple(1);
        Const zero = Const.zero(x.type());
        Expr quotient = call.simple(Trees.binary(BinaryOp.DIV, x, y));
        Expr opposite = Trees.binary(BinaryOp.LT, Trees.binary(BinaryOp.XOR, x, y), zero);
        Expr inexact = Trees.binary(BinaryOp.NE, Trees.binary(BinaryOp.MUL, quotient, y), x);
        Expr less = Trees.binary(BinaryOp.SUB, quotient, new Const(x.type(), 1));
        return Trees.select(Trees.binary(BinaryOp.AND, opposite, inexact), less, quotient);
    }

    static Expr truncatedDiv(Intrinsic.Call call) {
        return Trees.binary(BinaryOp.DIV, call.number(0), call.number(1));
    }

    /** The quotient, one more when it was rounded down. */
    static Expr ceilDiv(Intrinsic.Call call) {
        Expr x = call.simple(0);
        Expr y = call.simple(1);
        Expr quotient = call.simple(Trees.binary(BinaryOp.DIV, x, y));
        Expr signs = Trees.binary(BinaryOp.XOR, x, y);
        Expr alike = Trees.binary(BinaryOp.GE, signs, Const.zero(x.type()));
        Expr inexact = Trees.binary(BinaryOp.NE, Trees.binary(BinaryOp.MUL, quotient, y), x);
        Expr more = Trees.binary(BinaryOp.ADD, quotient, new Const(x.type(), 1));
        return Trees.select(Trees.binary(BinaryOp.AND, alike, inexact), more, quotient);
    }

    /** The remainder, moved to the sign of the divisor. */
    private static Expr floorMod(Intrinsic.Call call) {
        Expr x = call.simple(0);
        Expr y = call.simple(1);
        Const zero = Const.zero(x.type());
        Expr remainder = call.simple(Trees.binary(BinaryOp.REM, x, y));
        Expr opposite = Trees.binary(BinaryOp.LT, Trees.binary(BinaryOp.XOR, remainder, y), zero);
        Expr moved = Trees.binary(BinaryOp.ADD, remainder, y);
        return Trees.select(
                Trees.binary(BinaryOp.AND, opposite, Trees.binary(BinaryOp.NE, remainder, zero)),
                moved,
                remainder);
    }

    /** Math.clamp throws when the bounds are in the wrong order. */
    private static Expr checkedClamp(Intrinsic.Call call) {
        Expr low = call.simple(1);
        Expr high = call.simple(2);
        if (!(low instanceof Const a && high instanceof Const b && a.asDouble() <= b.asDouble())) {
            Expr ordered = Trees.binary(BinaryOp.LE, low, high);
            Expr shown = low.type().equals(Type.I32) ? low : Const.i32(0);
            call.effect(new Stmt.Check(ordered, Stmt.Trap.ARGUMENT, shown, call.site()));
        }
        Scalar value = call.number(0).type().scalar();
        Expr atLeast = Trees.binary(BinaryOp.MAX, call.number(0), Trees.cast(value, low));
        Expr clamped = Trees.binary(BinaryOp.MIN, atLeast, Trees.cast(value, high));
        return Trees.cast(low.type().scalar(), clamped);
    }

    private static Optional<Value> checkSquare(Intrinsic.Call call) {
        Expr columns = call.simple(1);
        Expr square = Trees.binary(BinaryOp.EQ, call.number(0), columns);
        return call.effect(new Stmt.Check(square, Stmt.Trap.SHAPE, columns, call.site()));
    }

    private static Expr clamp(Intrinsic.Call call) {
        Expr atLeast = Trees.binary(BinaryOp.MAX, call.number(0), call.number(1));
        return Trees.binary(BinaryOp.MIN, atLeast, call.number(2));
    }
}
