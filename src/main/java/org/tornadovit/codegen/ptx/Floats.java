package org.tornadovit.codegen.ptx;

/**
 * Functions of float in float arithmetic. Error: {@code exp} at most 2 and {@code tanh} at most 4
 * units in the last place (PtxFunctionsTest).
 */
final class Floats {
    private static final float LOG2_E = (float) (1 / Math.log(2));
    private static final float LN2_HIGH = (float) Math.log(2);
    private static final float LN2_LOW = (float) (Math.log(2) - (double) LN2_HIGH);

    /** 1.5 * 2^23: adding it rounds a small float to an integer, found in the low bits. */
    private static final float ROUNDER = 12582912f;

    /** Above, exp is infinite; the scale stays within two factors. */
    private static final float MOST = 89f;

    /** Below, exp is zero. */
    private static final float LEAST = -105f;

    /** 1/7!, ..., 1/0!: on |r| <= ln(2)/2 the rest is below 6e-9. */
    private static final float[] EXP = {
        1 / 5040f, 1 / 720f, 1 / 120f, 1 / 24f, 1 / 6f, 0.5f, 1f, 1f
    };

    /** Interpolates (tanh(x)/x - 1)/x^2 in x^2 at Chebyshev nodes of [0, 0.625^2]; error 2e-8. */
    private static final float[] TANH = {
        -0.006096714f, 0.020997179f, -0.05385091f, 0.1333277f, -0.33333329f
    };

    private static final float SMALL = 0.625f;

    private final Body body;

    Floats(Body body) {
        this.body = body;
    }

    /** exp(x) = 2^k exp(r), x = k ln 2 + r; 2^k in two factors, so that denormals round once. */
    String exp(String x) {
        String limited = body.f("max.f32", body.f("min.f32", x, number(MOST)), number(LEAST));
        String rounded = body.f("fma.rn.f32", limited, number(LOG2_E), number(ROUNDER));
        String k = body.f("sub.rn.f32", rounded, number(ROUNDER));
        String rough = body.f("fma.rn.f32", k, number(-LN2_HIGH), limited);
        String r = body.f("fma.rn.f32", k, number(-LN2_LOW), rough);
        String power = polynomial(EXP, r);
        String bias = Integer.toString(Float.floatToRawIntBits(ROUNDER));
        String exponent = body.r("sub.s32", body.r("mov.b32", rounded), bias);
        String half = body.r("shr.s32", exponent, "1");
        String other = body.r("sub.s32", exponent, half);
        String scaled = body.f("mul.rn.f32", power, scale(half));
        String result = body.f("mul.rn.f32", scaled, scale(other));
        return body.f("selp.f32", x, result, body.p("setp.nan.f32", x, x));
    }

    /** 1 - 2 / (exp(2|x|) + 1) with the sign of x; near zero an odd polynomial. */
    String tanh(String x) {
        String size = body.f("abs.f32", x);
        String power = exp(body.f("add.rn.f32", size, size));
        String above = body.f("add.rn.f32", power, number(1));
        String quotient = body.f("div.rn.f32", number(2), above);
        String large = body.f("sub.rn.f32", number(1), quotient);
        String signed = body.f("copysign.f32", x, large);
        String square = body.f("mul.rn.f32", x, x);
        String slope = body.f("mul.rn.f32", square, polynomial(TANH, square));
        String factor = body.f("add.rn.f32", slope, number(1)); // keeps the sign of -0.0
        String small = body.f("mul.rn.f32", x, factor);
        return body.f("selp.f32", small, signed, body.p("setp.lt.f32", size, number(SMALL)));
    }

    /** 2^n by its bits. */
    private String scale(String n) {
        return body.f("mov.b32", body.r("shl.b32", body.r("add.s32", n, "127"), "23"));
    }

    /** Horner's scheme, highest coefficient first. */
    private String polynomial(float[] coefficients, String x) {
        String sum = number(coefficients[0]);
        for (int i = 1; i < coefficients.length; i++) {
            sum = body.f("fma.rn.f32", sum, x, number(coefficients[i]));
        }
        return sum;
    }

    private static String number(float value) {
        return Bank.FLOAT.literal(Float.floatToRawIntBits(value));
    }
}
