package org.tornadovit.passes;

import java.util.List;
import org.tornadovit.ir.BinaryOp;
import org.tornadovit.ir.Const;
import org.tornadovit.ir.Expr;
import org.tornadovit.ir.Function;
import org.tornadovit.ir.Scalar;
import org.tornadovit.ir.Stmt;
import org.tornadovit.ir.Type;
import org.tornadovit.ir.UnaryOp;
import org.tornadovit.ir.Var;

/**
 * Transcendental functions of {@code f32} vectors, made of exactly rounded operations alone: the
 * same bits on every device, in compiled and in interpreted code.
 *
 * <p>Error: {@code exp} at most 2 ulp, {@code tanh} at most 4 ulp (VectorFunctionsTest).
 */
final class VectorFunctions {
    private static final double LOG2_E = 1 / Math.log(2);
    private static final float LN2_HIGH = (float) Math.log(2);
    private static final float LN2_LOW = (float) (Math.log(2) - (double) LN2_HIGH);

    /** 1.5 * 2^23: adding it rounds a small float to an integer, found in the low bits. */
    private static final float ROUNDER = 12582912f;

    /** Above, exp is infinite; the scale stays within two factors. */
    private static final float MOST = 89f;

    /** Below, exp is zero. */
    private static final float LEAST = -105f;

    private static final int EXPONENT_BIAS = 127;
    private static final int MANTISSA_BITS = 23;

    /** 1/7!, ..., 1/0!: on |r| <= ln(2)/2 the rest is below 6e-9. */
    private static final float[] EXP = {
        1 / 5040f, 1 / 720f, 1 / 120f, 1 / 24f, 1 / 6f, 0.5f, 1f, 1f
    };

    /** Interpolates (tanh(x)/x - 1)/x^2 in x^2 at Chebyshev nodes of [0, 0.625^2]; error 2e-8. */
    private static final float[] TANH = {
        -0.006096714f, 0.020997179f, -0.05385091f, 0.1333277f, -0.33333329f
    };

    private static final float SMALL = 0.625f;

    private final Type type;
    private final Type integer;
    private final List<Stmt> out;

    /**
     * Prepares the functions.
     *
     * @param type a vector of {@code f32}
     * @param out receives the steps that a value needs
     */
    VectorFunctions(Type type, List<Stmt> out) {
        this.type = type;
        this.integer = new Type(Scalar.I32, type.lanes());
        this.out = out;
    }

    /** exp(x) = 2^k exp(r), x = k ln 2 + r; 2^k in two factors, so that denormals round once. */
    Expr exp(Expr x) {
        Expr within = binary(BinaryOp.MAX, binary(BinaryOp.MIN, x, number(MOST)), number(LEAST));
        Var v = hold("x", within);
        Var rounded = hold("rounded", fma(v, number((float) LOG2_E), number(ROUNDER)));
        Var k = hold("k", binary(BinaryOp.SUB, rounded, number(ROUNDER)));
        Var rough = hold("r", fma(k, number(-LN2_HIGH), v));
        Var r = hold("r", fma(k, number(-LN2_LOW), rough));
        Var power = hold("power", polynomial(EXP, r));
        Expr bits = new Expr.Bitcast(integer, rounded);
        Expr bias = new Const(integer, Float.floatToRawIntBits(ROUNDER));
        Var exponent = hold("exponent", new Expr.Binary(BinaryOp.SUB, bits, bias));
        Var half = hold("half", new Expr.Binary(BinaryOp.SHR, exponent, Const.i32(1)));
        Expr other = new Expr.Binary(BinaryOp.SUB, exponent, half);
        Expr scaled = binary(BinaryOp.MUL, power, scale(half));
        return hold("exp", binary(BinaryOp.MUL, scaled, scale(other)));
    }

    /** 1 - 2 / (exp(2|x|) + 1) with the sign of x; near zero an odd polynomial. */
    Expr tanh(Expr x) {
        Var v = hold("x", x);
        Var size = hold("size", new Expr.Call(Function.ABS, List.of(v)));
        Expr power = exp(binary(BinaryOp.ADD, size, size));
        Expr quotient = binary(BinaryOp.DIV, number(2), binary(BinaryOp.ADD, power, number(1)));
        Var large = hold("large", binary(BinaryOp.SUB, number(1), quotient));
        Expr negative = new Expr.Unary(UnaryOp.NEG, large);
        Expr isNegative = new Expr.Binary(BinaryOp.LT, v, number(0));
        Var signed = hold("signed", new Expr.Select(isNegative, negative, large));
        Var square = hold("square", binary(BinaryOp.MUL, v, v));
        Expr slope = binary(BinaryOp.MUL, square, polynomial(TANH, square));
        Expr factor = binary(BinaryOp.ADD, slope, number(1)); // keeps the sign of -0.0
        Var small = hold("small", binary(BinaryOp.MUL, v, factor));
        Expr isSmall = new Expr.Binary(BinaryOp.LT, size, number(SMALL));
        return hold("tanh", new Expr.Select(isSmall, small, signed));
    }

    /** 2^n by its bits. */
    private Expr scale(Expr n) {
        Expr biased = new Expr.Binary(BinaryOp.ADD, n, new Const(integer, EXPONENT_BIAS));
        Expr bits = new Expr.Binary(BinaryOp.SHL, biased, Const.i32(MANTISSA_BITS));
        return new Expr.Bitcast(type, bits);
    }

    /** Horner's scheme, highest coefficient first. */
    private Expr polynomial(float[] coefficients, Var x) {
        Expr sum = number(coefficients[0]);
        for (int i = 1; i < coefficients.length; i++) {
            sum = fma(sum, x, number(coefficients[i]));
        }
        return sum;
    }

    private Var hold(String name, Expr value) {
        Var variable = new Var(name, value.type());
        out.add(new Stmt.Assign(variable, value));
        return variable;
    }

    private Const number(float value) {
        return new Const(type, Float.floatToRawIntBits(value));
    }

    private static Expr binary(BinaryOp op, Expr x, Expr y) {
        return new Expr.Binary(op, x, y);
    }

    private static Expr fma(Expr x, Expr y, Expr z) {
        return new Expr.Call(Function.FMA, List.of(x, y, z));
    }
}
