package org.tornadovit.codegen.ptx;

import java.util.ArrayList;
import java.util.List;

/** Sines, cosines and tangents of doubles of any size. Error: at most 4 units in the last place. */
final class Circle {
    private static final String TABLE = "tv_two_over_pi";

    /** pi/2 is the sum of the three. */
    private static final double QUARTER = Math.PI / 2;

    private static final double QUARTER_MIDDLE = 6.123233995736766e-17;
    private static final double QUARTER_LOW = -1.4973849048591698e-33;

    /** Below, three parts of pi/2 are enough. */
    private static final double FAR = 0x1p20;

    /** 64 zeros, then the first 1280 bits of 2/pi. */
    private static final long[] TWO_OVER_PI = {
        0x0000000000000000L,
        0xa2f9836e4e441529L,
        0xfc2757d1f534ddc0L,
        0xdb6295993c439041L,
        0xfe5163abdebbc561L,
        0xb7246e3a424dd2e0L,
        0x06492eea09d1921cL,
        0xfe1deb1cb129a73eL,
        0xe88235f52ebb4484L,
        0xe99c7026b45f7e41L,
        0x3991d639835339f4L,
        0x9c845f8bbdf9283bL,
        0x1ff897ffde05980fL,
        0xef2f118b5a0a6d1fL,
        0x6d367ecf27cb09b7L,
        0x4f463f669e5fea2dL,
        0x7527bac7ebe5f17bL,
        0x3d0739f78a5292eaL,
        0x6bfb5fb11f8d5d08L,
        0x56033046fc7b6babL,
        0xf0cfbc209af4361dL
    };

    private final Body body;
    private final Doubles d;

    Circle(Body body, Doubles doubles) {
        this.body = body;
        this.d = doubles;
    }

    /**
     * An angle of at most pi/4 on either side of a multiple of pi/2, and that multiple modulo 4.
     */
    private record Angle(String rest, String quarter) {}

    String sin(String x) {
        Angle angle = reduced(d.abs(x));
        String result = sine(angle, angle.quarter);
        String isNegative = body.p("setp.lt.s64", body.rd("mov.b64", x), "0");
        String signed = d.select(isNegative, body.fd("neg.f64", result), result);
        return defined(x, signed);
    }

    String cos(String x) {
        Angle angle = reduced(d.abs(x));
        return defined(x, sine(angle, body.r("add.s32", angle.quarter, "1")));
    }

    String tan(String x) {
        Angle angle = reduced(d.abs(x));
        String sine = sine(angle, angle.quarter);
        String cosine = sine(angle, body.r("add.s32", angle.quarter, "1"));
        String result = d.divide(sine, cosine);
        String isNegative = body.p("setp.lt.s64", body.rd("mov.b64", x), "0");
        return defined(x, d.select(isNegative, body.fd("neg.f64", result), result));
    }

    String sinPi(String x) {
        Angle angle = turned(x);
        String result = sine(angle, angle.quarter);
        return defined(x, d.select(d.is("eq", x, 0), x, result));
    }

    String cosPi(String x) {
        Angle angle = turned(x);
        return defined(x, sine(angle, body.r("add.s32", angle.quarter, "1")));
    }

    /** Nothing where x is infinite. */
    private String defined(String x, String result) {
        String isFinite = d.is("lt", d.abs(x), Double.POSITIVE_INFINITY);
        return d.select(isFinite, result, d.number(Double.NaN));
    }

    /** pi x: x less the nearest even number, in halves. */
    private Angle turned(String x) {
        String turns = body.fd("cvt.rni.f64.f64", d.scaled(x, 0.5));
        String within = d.fma(turns, d.number(-2), x);
        String quarter = body.r("cvt.rni.s32.f64", d.scaled(within, 2));
        String rest = d.fma(body.fd("cvt.rn.f64.s32", quarter), d.number(-0.5), within);
        return new Angle(d.scaled(rest, Math.PI), quarter);
    }

    private String sine(Angle angle, String quarter) {
        String r = angle.rest;
        String square = d.multiply(r, r);
        String sine = d.fma(d.multiply(square, r), d.polynomial(series(17, 3), square), r);
        String cosine = d.fma(square, d.polynomial(series(16, 2), square), d.number(1));
        String isOdd = body.p("setp.ne.s32", body.r("and.b32", quarter, "1"), "0");
        String chosen = d.select(isOdd, cosine, sine);
        String isBehind = body.p("setp.ne.s32", body.r("and.b32", quarter, "2"), "0");
        return d.select(isBehind, body.fd("neg.f64", chosen), chosen);
    }

    /** Inverse factorials of every second number with changing signs, {@code least} negative. */
    private static double[] series(int most, int least) {
        List<Double> coefficients = new ArrayList<>();
        for (int n = least; n <= most; n += 2) {
            double factorial = 1;
            for (int k = 2; k <= n; k++) {
                factorial *= k;
            }
            coefficients.addFirst((((n - least) / 2) % 2 == 0 ? -1 : 1) / factorial);
        }
        return coefficients.stream().mapToDouble(Double::doubleValue).toArray();
    }

    /** Of a number that is not negative. */
    private Angle reduced(String x) {
        String rest = body.register(Bank.DOUBLE);
        String quarter = body.register(Bank.BITS32);
        String far = body.label();
        String done = body.label();
        body.branchIf(d.is("ge", x, FAR), far);
        body.into(quarter, "cvt.rni.s32.f64", d.scaled(x, 1 / QUARTER));
        String times = body.fd("cvt.rn.f64.s32", quarter);
        String high = d.fma(times, d.number(-QUARTER), x);
        String middle = d.fma(times, d.number(-QUARTER_MIDDLE), high);
        body.into(rest, "fma.rn.f64", times, d.number(-QUARTER_LOW), middle);
        body.branch(done);
        body.place(far);
        far(x, rest, quarter);
        body.place(done);
        return new Angle(rest, quarter);
    }

    /**
     * The mantissa times 192 bits of 2/pi, from that place on above which all are multiples of 4:
     * the two highest bits count quarters, the others are a fraction.
     *
     * @see <a href="https://doi.org/10.1145/1057600.1057602">Payne and Hanek 1983</a>
     */
    private void far(String x, String rest, String quarter) {
        String bits = body.rd("mov.b64", x);
        String fraction = body.rd("and.b64", bits, "0xFFFFFFFFFFFFF");
        String mantissa = body.rd("or.b64", fraction, "0x10000000000000");
        String exponent = body.r("cvt.u32.u64", body.rd("shr.u64", bits, "52"));
        // x = mantissa 2^(exponent - 1075); what is infinite reads the table's beginning.
        String isFinite = body.p("setp.lt.s32", exponent, "2047");
        String usual = body.r("selp.b32", exponent, "1075", isFinite);
        String place = body.r("sub.s32", usual, Integer.toString(1075 - Long.SIZE + 2));
        String[] window = window(place);
        String low = body.rd("mul.lo.s64", mantissa, window[2]);
        String carried = body.rd("mul.hi.u64", mantissa, window[2]);
        String added = body.rd("mul.lo.s64", mantissa, window[1]);
        String middle = body.rd("add.s64", carried, added);
        String overflow = body.rd("selp.b64", "1", "0", body.p("setp.lt.u64", middle, carried));
        String above = body.rd("mul.hi.u64", mantissa, window[1]);
        String top = body.rd("mul.lo.s64", mantissa, window[0]);
        String high = body.rd("add.s64", body.rd("add.s64", above, top), overflow);
        String count = body.r("cvt.u32.u64", body.rd("shr.u64", high, "62"));
        String first = joined(high, middle, "2", "62");
        String second = joined(middle, low, "2", "62");
        // A fraction of a half or more is one quarter further and negative.
        String isMore = body.p("setp.lt.s64", first, "0");
        body.into(quarter, "add.s32", count, body.r("selp.b32", "1", "0", isMore));
        String isZero = body.p("setp.eq.s64", second, "0");
        String borrowed = body.rd("selp.b64", "1", "0", isZero);
        String inverse = body.rd("add.s64", body.rd("not.b64", first), borrowed);
        String size = body.rd("selp.b64", inverse, first, isMore);
        String sizeLow = body.rd("selp.b64", body.rd("neg.s64", second), second, isMore);
        String zeros = body.r("clz.b64", size);
        String others = body.r("sub.s32", "64", zeros);
        String shifted =
                body.rd(
                        "or.b64",
                        body.rd("shl.b64", size, zeros),
                        body.rd("shr.u64", sizeLow, others));
        String power = d.scale(body.r("sub.s32", "-64", zeros));
        String part = d.multiply(body.fd("cvt.rn.f64.u64", shifted), power);
        String angle = d.scaled(part, QUARTER);
        body.into(rest, "selp.f64", body.fd("neg.f64", angle), angle, isMore);
    }

    /** 192 bits of the table from a bit on. */
    private String[] window(String place) {
        StringBuilder words = new StringBuilder();
        for (long word : TWO_OVER_PI) {
            words.append(words.isEmpty() ? "" : ", ").append("0x%016X".formatted(word));
        }
        body.declare(
                TABLE,
                ".const .align 8 .u64 %s[%d] = {%s};"
                        .formatted(
                                TABLE,
                                TWO_OVER_PI.length,
                                words.toString().replace(", ", ",\n    ")));
        String word = body.r("shr.u32", place, "6");
        String shift = body.r("and.b32", place, "63");
        String back = body.r("sub.s32", "64", shift);
        String base = body.rd("mov.u64", TABLE);
        String at = body.rd("mad.wide.s32", word, "8", base);
        String[] loaded = new String[4];
        for (int i = 0; i < loaded.length; i++) {
            loaded[i] = body.rd("ld.const.b64", "[" + at + (i == 0 ? "" : "+" + 8 * i) + "]");
        }
        String[] window = new String[3];
        for (int i = 0; i < window.length; i++) {
            window[i] = joined(loaded[i], loaded[i + 1], shift, back);
        }
        return window;
    }

    /** Shifts of 64 give 0. */
    private String joined(String high, String low, String shift, String back) {
        return body.rd("or.b64", body.rd("shl.b64", high, shift), body.rd("shr.u64", low, back));
    }
}
