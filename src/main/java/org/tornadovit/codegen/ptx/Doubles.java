package org.tornadovit.codegen.ptx;

/**
 * Functions of double, of which PTX has none. Error: at most 4 units in the last place, {@code pow}
 * 16 (PtxFunctionsTest).
 */
final class Doubles {
    /** ln 2 is the sum of both. */
    private static final double LN2_HIGH = Math.log(2);

    private static final double LN2_LOW = 2.3190468138462996e-17;

    /** Beyond, exp is infinite or zero; the scale stays within two factors. */
    private static final double MOST = 800;

    /** Where exp(x) - 1 is computed from its series. */
    private static final double SMALL = 0.35;

    /** Where the squares of numbers leave the roots of asinh and acosh unchanged. */
    private static final double LARGE = 0x1p30;

    private static final int BIAS = 1023;
    private static final String MANTISSA_BITS = "52";

    private final Body body;
    private final Circle circle;
    private final Arcs arcs;

    Doubles(Body body) {
        this.body = body;
        this.circle = new Circle(body, this);
        this.arcs = new Arcs(body, this);
    }

    Circle circle() {
        return circle;
    }

    Arcs arcs() {
        return arcs;
    }

    String number(double value) {
        return Bank.DOUBLE.literal(Double.doubleToRawLongBits(value));
    }

    String add(String x, String y) {
        return body.fd("add.rn.f64", x, y);
    }

    String subtract(String x, String y) {
        return body.fd("sub.rn.f64", x, y);
    }

    String multiply(String x, String y) {
        return body.fd("mul.rn.f64", x, y);
    }

    String divide(String x, String y) {
        return body.fd("div.rn.f64", x, y);
    }

    String fma(String x, String y, String z) {
        return body.fd("fma.rn.f64", x, y, z);
    }

    String scaled(String x, double factor) {
        return multiply(x, number(factor));
    }

    String abs(String x) {
        return body.fd("abs.f64", x);
    }

    String root(String x) {
        return body.fd("sqrt.rn.f64", x);
    }

    /** {@return {@code size} with the sign of {@code x}} */
    String signed(String x, String size) {
        return body.fd("copysign.f64", x, size);
    }

    String select(String condition, String yes, String no) {
        return body.fd("selp.f64", yes, no, condition);
    }

    String is(String relation, String x, double y) {
        return body.p("setp." + relation + ".f64", x, number(y));
    }

    /** {@return the result, or x itself where x is no number} */
    String orNaN(String x, String result) {
        return select(body.p("setp.nan.f64", x, x), x, result);
    }

    /** Horner's scheme, highest coefficient first. */
    String polynomial(double[] coefficients, String x) {
        String sum = number(coefficients[0]);
        for (int i = 1; i < coefficients.length; i++) {
            sum = fma(sum, x, number(coefficients[i]));
        }
        return sum;
    }

    /** 2^n by its bits, for an int n. */
    String scale(String n) {
        String biased = body.r("add.s32", n, Integer.toString(BIAS));
        String bits = body.rd("shl.b64", body.rd("cvt.s64.s32", biased), MANTISSA_BITS);
        return body.fd("mov.b64", bits);
    }

    /** 1/13!, ..., 1/0!: on |r| <= ln(2)/2 the rest is below 5e-18. */
    private static double[] inverseFactorials(int most, int least) {
        double[] coefficients = new double[most - least + 1];
        double factorial = 1;
        for (int n = 1; n <= most; n++) {
            factorial *= n;
            if (n >= least) {
                coefficients[most - n] = 1 / factorial;
            }
        }
        if (least == 0) {
            coefficients[most] = 1;
        }
        return coefficients;
    }

    String exp(String x) {
        return exp(x, number(0));
    }

    /** exp(x + rest) = 2^k exp(r), x = k ln 2 + r; 2^k in two factors. */
    private String exp(String x, String rest) {
        String limited = body.fd("max.f64", body.fd("min.f64", x, number(MOST)), number(-MOST));
        String k = body.r("cvt.rni.s32.f64", scaled(limited, 1 / LN2_HIGH));
        String times = body.fd("cvt.rn.f64.s32", k);
        String rough = fma(times, number(-LN2_HIGH), limited);
        String r = add(fma(times, number(-LN2_LOW), rough), rest);
        String power = polynomial(inverseFactorials(13, 0), r);
        String half = body.r("shr.s32", k, "1");
        String other = body.r("sub.s32", k, half);
        return orNaN(x, multiply(multiply(power, scale(half)), scale(other)));
    }

    /** Near zero x + x^2 (1/2 + x/6 + ...). */
    String expm1(String x) {
        String square = multiply(x, x);
        String small = fma(square, polynomial(inverseFactorials(15, 2), x), x);
        String large = subtract(exp(x), number(1));
        String result = select(is("lt", abs(x), SMALL), small, large);
        return select(is("eq", x, 0), x, result);
    }

    /** The parts of x = 2^e m with m from sqrt(1/2) to sqrt(2). */
    private record Parts(String exponent, String mantissa) {}

    private Parts parts(String x) {
        String isSmall = is("lt", x, Double.MIN_NORMAL);
        String normal = select(isSmall, scaled(x, 0x1p54), x);
        String shift = body.r("selp.b32", Integer.toString(-54 - BIAS), "-" + BIAS, isSmall);
        String bits = body.rd("mov.b64", normal);
        String above = body.r("cvt.u32.u64", body.rd("shr.u64", bits, MANTISSA_BITS));
        String fraction = body.rd("and.b64", bits, "0xFFFFFFFFFFFFF");
        String one = body.fd("mov.b64", body.rd("or.b64", fraction, "0x3FF0000000000000"));
        String isLarge = is("gt", one, Math.sqrt(2));
        String mantissa = select(isLarge, scaled(one, 0.5), one);
        String more = body.r("selp.b32", "1", "0", isLarge);
        String exponent = body.r("add.s32", body.r("add.s32", above, shift), more);
        return new Parts(body.fd("cvt.rn.f64.s32", exponent), mantissa);
    }

    /** 2/3, 2/5, ...: (log((1+s)/(1-s)) - 2s)/s in powers of s^2 <= 0.0295, without the first. */
    private static double[] logarithm() {
        double[] coefficients = new double[11];
        for (int n = 0; n < coefficients.length; n++) {
            coefficients[coefficients.length - 1 - n] = 2.0 / (2 * n + 3);
        }
        return coefficients;
    }

    /** log(m) of a mantissa: f - s (f - R), with f = m - 1, s = f/(2+f), R = s^2 (2/3 + ...). */
    private String logarithm(String mantissa) {
        String f = subtract(mantissa, number(1));
        String s = divide(f, add(f, number(2)));
        String square = multiply(s, s);
        String series = multiply(square, polynomial(logarithm(), square));
        return subtract(f, multiply(s, subtract(f, series)));
    }

    /** The value at zero, below it, and at infinity, where the formulas fail. */
    private String logarithmOf(String x, String result) {
        String below = select(is("lt", x, 0), number(Double.NaN), result);
        String zero = select(is("eq", x, 0), number(Double.NEGATIVE_INFINITY), below);
        return orNaN(x, select(is("eq", x, Double.POSITIVE_INFINITY), x, zero));
    }

    String log(String x) {
        Parts parts = parts(x);
        String low = fma(parts.exponent, number(LN2_LOW), logarithm(parts.mantissa));
        return logarithmOf(x, fma(parts.exponent, number(LN2_HIGH), low));
    }

    String log2(String x) {
        Parts parts = parts(x);
        String low = logarithm(parts.mantissa);
        return logarithmOf(x, fma(low, number(1 / LN2_HIGH), parts.exponent));
    }

    /** log(1 + x), corrected for what the sum lost. */
    String log1p(String x) {
        String sum = add(x, number(1));
        String lost = subtract(x, subtract(sum, number(1)));
        String near = add(log(sum), divide(lost, sum));
        String result = select(is("lt", abs(x), 0x1p-54), x, near);
        String infinite = select(is("eq", x, Double.POSITIVE_INFINITY), x, result);
        return select(is("eq", x, -1), number(Double.NEGATIVE_INFINITY), infinite);
    }

    /** Newton's method on exp(log(x)/3). */
    String cbrt(String x) {
        String size = abs(x);
        String guess = exp(divide(log(size), number(3)));
        String wrong = subtract(guess, divide(size, multiply(guess, guess)));
        String root = fma(wrong, number(-1.0 / 3), guess);
        String isUsual = body.p("setp.lt.f64", size, number(Double.POSITIVE_INFINITY));
        String usual = body.p("and.pred", isUsual, is("gt", size, 0));
        return select(usual, signed(x, root), x);
    }

    /** e/2 + e/2/(e + 1), e = exp(|x|) - 1; far out the square of exp(|x|/2). */
    String sinh(String x) {
        String size = abs(x);
        String power = expm1(size);
        String half = scaled(power, 0.5);
        String near = add(half, divide(half, add(power, number(1))));
        return orNaN(x, signed(x, select(is("lt", size, 22), near, halfPower(size))));
    }

    String cosh(String x) {
        String size = abs(x);
        String power = exp(size);
        String near = add(scaled(power, 0.5), divide(number(0.5), power));
        return orNaN(x, select(is("lt", size, 22), near, halfPower(size)));
    }

    private String halfPower(String size) {
        String power = exp(scaled(size, 0.5));
        return multiply(scaled(power, 0.5), power);
    }

    /** -e / (e + 2), e = exp(-2|x|) - 1. */
    String tanh(String x) {
        String power = expm1(scaled(abs(x), -2));
        String quotient = divide(power, add(power, number(2)));
        return orNaN(x, signed(x, quotient));
    }

    /** log(a + sqrt(a^2 + 1)) of a = |x|. */
    String asinh(String x) {
        String size = abs(x);
        String square = multiply(size, size);
        String below = add(root(add(square, number(1))), number(1));
        String near = log1p(add(size, divide(square, below)));
        String far = add(log(size), number(LN2_HIGH));
        return orNaN(x, signed(x, select(is("lt", size, LARGE), near, far)));
    }

    /** log(x + sqrt(x^2 - 1)). */
    String acosh(String x) {
        String less = subtract(x, number(1));
        String root = root(multiply(less, add(x, number(1))));
        String near = log1p(add(less, root));
        String far = add(log(x), number(LN2_HIGH));
        return orNaN(x, select(is("lt", x, LARGE), near, far));
    }

    /** NaN and both zeros stay. */
    String signum(String x) {
        String below = select(is("lt", x, 0), number(-1), x);
        return select(is("gt", x, 0), number(1), below);
    }

    /** m sqrt(1 + (n/m)^2) of the larger m and the smaller n; infinite beside NaN too. */
    String hypot(String x, String y) {
        String a = abs(x);
        String b = abs(y);
        String large = body.fd("max.f64", a, b);
        String small = body.fd("min.f64", a, b);
        String ratio = divide(small, large);
        String result = multiply(large, root(fma(ratio, ratio, number(1))));
        String usual = select(is("gt", large, 0), result, large);
        String number = select(body.p("setp.nan.f64", x, y), number(Double.NaN), usual);
        return select(is("eq", large, Double.POSITIVE_INFINITY), large, number);
    }

    /** exp(y log|x|), the logarithm and the product in two doubles each. */
    String pow(String x, String y) {
        String size = abs(x);
        Parts parts = parts(size);
        String f = subtract(parts.mantissa, number(1));
        String below = add(f, number(2));
        String s = divide(f, below);
        // f - s (2 + f) is exact with one rounding of 2 + f, made good by the second term.
        String lost = subtract(f, subtract(below, number(2)));
        String missing = fma(s, body.fd("neg.f64", below), f);
        String rest = divide(fma(s, body.fd("neg.f64", lost), missing), below);
        String square = multiply(s, s);
        String cube = multiply(square, s);
        double third = 2.0 / 3;
        double[] all = logarithm();
        double[] higher = java.util.Arrays.copyOf(all, all.length - 1);
        String tail = multiply(multiply(cube, square), polynomial(higher, square));
        // 2/3 s^3 with what its roundings lose.
        String squareRest = fma(s, s, body.fd("neg.f64", square));
        String cubeRest = fma(square, s, body.fd("neg.f64", cube));
        String cubeAll = fma(squareRest, s, cubeRest);
        String middle = scaled(cube, third);
        String middleRest = fma(cube, number(third), body.fd("neg.f64", middle));
        String thirdRest = scaled(cube, 0x1p-54 * third);
        String corrections = add(add(middleRest, thirdRest), fma(cubeAll, number(third), tail));
        String slope = fma(square, number(2), number(2));
        String small = fma(rest, slope, corrections);
        String twice = add(s, s);
        String[] logarithm = sum(twice, middle, small);
        String whole = multiply(parts.exponent, number(LN2_HIGH));
        String wholeRest =
                fma(
                        parts.exponent,
                        number(LN2_LOW),
                        fma(parts.exponent, number(LN2_HIGH), body.fd("neg.f64", whole)));
        String[] log = sum(whole, logarithm[0], add(wholeRest, logarithm[1]));
        String product = multiply(y, log[0]);
        String productRest = fma(y, log[1], fma(y, log[0], body.fd("neg.f64", product)));
        String isNear = is("lt", abs(product), MOST);
        String power = exp(product, select(isNear, productRest, number(0)));
        return special(x, y, size, power);
    }

    /** The sum of a and b, |a| >= |b| or a = 0, and of a small c: rounded, and the rest. */
    private String[] sum(String a, String b, String c) {
        String high = add(a, b);
        String back = subtract(high, a);
        String lostB = subtract(b, back);
        String lostA = subtract(a, subtract(high, back));
        String low = add(add(lostA, lostB), c);
        String result = add(high, low);
        return new String[] {result, subtract(low, subtract(result, high))};
    }

    /** Java's special cases of pow, and the sign of powers of negative numbers. */
    private String special(String x, String y, String size, String power) {
        String exponent = abs(y);
        String isWhole = body.p("setp.eq.f64", body.fd("cvt.rzi.f64.f64", y), y);
        String half = scaled(y, 0.5);
        String isHalfWhole = body.p("setp.eq.f64", body.fd("cvt.rzi.f64.f64", half), half);
        String isOdd = body.p("and.pred", isWhole, body.p("not.pred", isHalfWhole));
        String isNegative = body.p("setp.lt.s64", body.rd("mov.b64", x), "0");
        String grows = body.p("xor.pred", is("gt", size, 1), is("lt", y, 0));
        String infinite = select(grows, number(Double.POSITIVE_INFINITY), number(0));
        String isInfinite = is("eq", exponent, Double.POSITIVE_INFINITY);
        String isZero = is("eq", size, 0);
        String isHuge = is("eq", size, Double.POSITIVE_INFINITY);
        String isExtreme = body.p("or.pred", isInfinite, body.p("or.pred", isZero, isHuge));
        String result = select(isExtreme, infinite, power);
        String flips = body.p("and.pred", isNegative, isOdd);
        String signed = select(flips, body.fd("neg.f64", result), result);
        String isRoot = body.p("and.pred", is("lt", x, 0), body.p("not.pred", isWhole));
        String isFinite = body.p("and.pred", is("lt", size, Double.POSITIVE_INFINITY), isRoot);
        String nothing = number(Double.NaN);
        String real = select(isFinite, nothing, signed);
        String isOne = body.p("and.pred", is("eq", size, 1), isInfinite);
        String undefined = body.p("or.pred", isOne, body.p("setp.nan.f64", x, y));
        return select(is("eq", y, 0), number(1), select(undefined, nothing, real));
    }
}
