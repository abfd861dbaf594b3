package org.tornadovit.codegen.ptx;

/** Inverse sines, cosines and tangents of doubles. Error: at most 4 units in the last place. */
final class Arcs {
    /** atan(n/4), each the sum of two. */
    private static final double[] ATAN = {
        0, 0.24497866312686414, 0.4636476090008061, 0.6435011087932844, 0.7853981633974483
    };

    private static final double[] ATAN_LOW = {
        0,
        1.0698755618734451e-17,
        2.2698777452961687e-17,
        1.5834785051444286e-17,
        3.061616997868383e-17
    };

    private static final double PI_LOW = 1.2246467991473532e-16;
    private static final int TERMS = 10;

    private final Body body;
    private final Doubles d;

    Arcs(Body body, Doubles doubles) {
        this.body = body;
        this.d = doubles;
    }

    String asin(String x) {
        String one = d.number(1);
        String other = d.root(d.multiply(d.subtract(one, x), d.add(one, x)));
        return d.orNaN(other, atan2(x, other));
    }

    String acos(String x) {
        String one = d.number(1);
        String above = d.root(d.subtract(one, x));
        String beside = d.root(d.add(one, x));
        return d.scaled(atan2(above, beside), 2);
    }

    /** The angle of the point (x, y), by that of the smaller coordinate over the larger. */
    String atan2(String y, String x) {
        String height = d.abs(y);
        String width = d.abs(x);
        String isSteep = body.p("setp.gt.f64", height, width);
        String small = d.select(isSteep, width, height);
        String large = d.select(isSteep, height, width);
        String quotient = d.divide(small, large);
        String isSame = body.p("setp.eq.f64", small, large);
        String diagonal = d.select(d.is("eq", large, 0), d.number(0), d.number(1));
        String slope = d.select(isSame, diagonal, quotient);
        String flat = atan(slope);
        String steep = from(Math.PI / 2, PI_LOW / 2, flat);
        String front = d.select(isSteep, steep, flat);
        String isBehind = body.p("setp.lt.s64", body.rd("mov.b64", held(x)), "0");
        String angle = d.select(isBehind, from(Math.PI, PI_LOW, front), front);
        String result = d.signed(y, angle);
        String isNaN = body.p("setp.nan.f64", x, y);
        return d.select(isNaN, d.number(Double.NaN), result);
    }

    private String held(String x) {
        return x.startsWith("%") ? x : body.fd("mov.f64", x);
    }

    private String from(double angle, double low, String less) {
        return d.subtract(d.number(angle), d.subtract(less, d.number(low)));
    }

    /** atan(a) = atan(c) + atan((a - c)/(1 + a c)) with c = n/4 near a, from 0 to 1. */
    private String atan(String a) {
        String nearest = body.r("cvt.rni.s32.f64", d.scaled(a, ATAN.length - 1));
        String c = d.scaled(body.fd("cvt.rn.f64.s32", nearest), 1.0 / (ATAN.length - 1));
        String t = d.divide(d.subtract(a, c), d.fma(a, c, d.number(1)));
        String square = d.multiply(t, t);
        double[] coefficients = new double[TERMS];
        for (int n = 0; n < TERMS; n++) {
            coefficients[TERMS - 1 - n] = (n % 2 == 0 ? -1.0 : 1.0) / (2 * n + 3);
        }
        String series = d.multiply(d.multiply(square, t), d.polynomial(coefficients, square));
        String base = d.number(ATAN[0]);
        String low = d.number(ATAN_LOW[0]);
        for (int n = 1; n < ATAN.length; n++) {
            String isHere = body.p("setp.eq.s32", nearest, Integer.toString(n));
            base = d.select(isHere, d.number(ATAN[n]), base);
            low = d.select(isHere, d.number(ATAN_LOW[n]), low);
        }
        return d.add(base, d.add(t, d.add(low, series)));
    }
}
