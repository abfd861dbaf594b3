package org.tornadovit.codegen.ptx;

/**
 * The remainder of floating point, as C's {@code fmod}: exact. The divisor is doubled as long as it
 * goes into the dividend, and then taken away wherever it still does, halved each time.
 */
final class Remainder {
    private final Body body;

    Remainder(Body body) {
        this.body = body;
    }

    /** {@return {@code x % y}} */
    String of(Bank bank, String x, String y) {
        String type = "." + bank.type();
        String zero = bank.literal(0);
        String half =
                bank.literal(
                        bank == Bank.FLOAT
                                ? Float.floatToRawIntBits(0.5f)
                                : Double.doubleToRawLongBits(0.5));
        String infinity =
                bank.literal(
                        bank == Bank.FLOAT
                                ? Float.floatToRawIntBits(Float.POSITIVE_INFINITY)
                                : Double.doubleToRawLongBits(Double.POSITIVE_INFINITY));
        String rest = body.emit(bank, "abs" + type, x);
        String size = body.emit(bank, "abs" + type, y);
        String isFinite = body.p("setp.lt" + type, rest, infinity);
        String isPositive = body.p("setp.gt" + type, size, zero);
        String isDefined = body.p("and.pred", isFinite, isPositive);
        String done = body.label();
        String up = body.label();
        String down = body.label();
        String next = body.label();
        body.branchUnless(isDefined, done);
        body.branchIf(body.p("setp.lt" + type, rest, size), done);
        String step = body.emit(bank, "mov" + type, size);
        body.place(up);
        String limit = body.emit(bank, "mul.rn" + type, rest, half);
        String goesInTwice = body.p("setp.le" + type, step, limit);
        body.branchUnless(goesInTwice, down);
        body.into(step, "add.rn" + type, step, step);
        body.branch(up);
        body.place(down);
        String goesOn = body.p("setp.ge" + type, step, size);
        body.branchUnless(goesOn, done);
        String goesIn = body.p("setp.ge" + type, rest, step);
        body.branchUnless(goesIn, next);
        body.into(rest, "sub.rn" + type, rest, step);
        body.place(next);
        body.into(step, "mul.rn" + type, step, half);
        body.branch(down);
        body.place(done);
        String signed = body.emit(bank, "copysign" + type, x, rest);
        String isNumber = body.p("setp.num" + type, x, y);
        String isResult = body.p("and.pred", isNumber, isDefined);
        String nothing =
                bank.literal(
                        bank == Bank.FLOAT
                                ? Float.floatToRawIntBits(Float.NaN)
                                : Double.doubleToRawLongBits(Double.NaN));
        return body.emit(bank, "selp" + type, signed, nothing, isResult);
    }
}
