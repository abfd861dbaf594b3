package org.tornadovit.codegen.ptx;

import org.tornadovit.ir.BinaryOp;
import org.tornadovit.ir.Scalar;
import org.tornadovit.ir.Type;

/** Conversions of values and of their bits, with Java's meaning. */
final class Conversions {
    private static final String HALF_WORD = Integer.toString(Short.SIZE);

    private final Body body;
    private final Values values;

    Conversions(Body body, Values values) {
        this.body = body;
        this.values = values;
    }

    /** {@return Java's conversion of {@code x}} */
    Value cast(Type type, Value x) {
        Type from = x.type();
        if (from.equals(type)) {
            return x;
        }
        Bank bank = Bank.of(type.scalar());
        if (from.scalar() == Scalar.BOOL) {
            String one =
                    switch (bank) {
                        case FLOAT -> bank.literal(Float.floatToRawIntBits(1));
                        case DOUBLE -> bank.literal(Double.doubleToRawLongBits(1));
                        default -> "1";
                    };
            String selection = "selp." + bank.type();
            return Values.map(type, x, a -> body.emit(bank, selection, one, bank.literal(0), a));
        }
        return switch (type.scalar()) {
            case BOOL -> values.compare(BinaryOp.NE, x, values.constant(from, 0));
            case I32, I64 -> from.isFloat() ? saturated(type, x) : resized(type, x);
            case I8, I16, U16 -> {
                Type words = new Type(Scalar.I32, type.lanes());
                Value whole = from.isFloat() ? saturated(words, x) : resized(words, x);
                yield values.canonical(new Value(type, whole.lanes()));
            }
            case F16, BF16 -> rounded(new Value(type, floating(Bank.FLOAT, x).lanes()));
            case F32, F64 -> new Value(type, floating(bank, x).lanes());
        };
    }

    /** {@return the value of another type with the same bits} */
    Value bitcast(Type type, Value x) {
        Bank from = Bank.of(x.type().scalar());
        Bank to = Bank.of(type.scalar());
        if (x.type().equals(type)) {
            return x;
        }
        if (x.type().scalar().bytes() == Short.BYTES) {
            return ofBits(type, bits(x));
        }
        return from == to
                ? values.canonical(new Value(type, x.lanes()))
                : Values.map(type, x, a -> body.emit(to, "mov." + bits(to), a));
    }

    private static String bits(Bank bank) {
        return bank == Bank.DOUBLE || bank == Bank.BITS64 ? "b64" : "b32";
    }

    /** {@return a result of floating point in the precision of its type} */
    Value rounded(Value x) {
        Type type = x.type();
        return switch (type.scalar()) {
            case F16 -> Values.map(type, x, a -> body.f("cvt.f32.f16", half(a)));
            case BF16 -> Values.map(type, x, this::roundedToBfloat);
            case BOOL, I8, I16, U16, I32, I64, F32, F64 -> x;
        };
    }

    /** {@return the 16 bits of a float rounded to a half} */
    String half(String x) {
        return body.emit(Bank.BITS16, "cvt.rn.f16.f32", x);
    }

    /** {@return the bits of a value of a 16-bit type, as U16} */
    Value bits(Value x) {
        Type bits = new Type(Scalar.U16, x.type().lanes());
        return switch (x.type().scalar()) {
            case F16 -> Values.map(bits, x, a -> body.r("cvt.u32.u16", half(a)));
            case BF16 -> Values.map(bits, x, a -> body.r("shr.u32", word(a), HALF_WORD));
            default -> values.canonical(new Value(bits, x.lanes()));
        };
    }

    /** {@return the value of a 16-bit type that has these bits} */
    Value ofBits(Type type, Value bits) {
        return switch (type.scalar()) {
            case F16 ->
                    Values.map(
                            type,
                            bits,
                            a ->
                                    body.f(
                                            "cvt.f32.f16",
                                            body.emit(
                                                    Bank.BITS16,
                                                    "cvt.u16.u32",
                                                    values.register(a))));
            case BF16 ->
                    Values.map(type, bits, a -> body.f("mov.b32", body.r("shl.b32", a, HALF_WORD)));
            default -> values.canonical(new Value(type, bits.lanes()));
        };
    }

    private String word(String x) {
        return body.r("mov.b32", x);
    }

    private Value resized(Type type, Value x) {
        boolean isLong = x.type().scalar() == Scalar.I64;
        if (isLong == (type.scalar() == Scalar.I64)) {
            return new Value(type, x.lanes());
        }
        return isLong
                ? Values.map(type, x, a -> body.r("cvt.u32.u64", longRegister(a)))
                : Values.map(type, x, a -> body.rd("cvt.s64.s32", values.register(a)));
    }

    private String longRegister(String x) {
        return x.startsWith("%") ? x : body.rd("mov.b64", x);
    }

    /** NaN gives 0, which of the instructions only float to int does. */
    private Value saturated(Type type, Value x) {
        Bank from = Bank.of(x.type().scalar());
        Bank to = Bank.of(type.scalar());
        String instruction = "cvt.rzi." + (to == Bank.BITS64 ? "s64" : "s32") + "." + from.type();
        return Values.map(
                type,
                x,
                a -> {
                    String number = body.emit(to, instruction, a);
                    if (from == Bank.FLOAT && to == Bank.BITS32) {
                        return number;
                    }
                    String isNaN = body.p("setp.nan." + from.type(), a, a);
                    return body.emit(to, "selp." + to.type(), "0", number, isNaN);
                });
    }

    /** A number as FLOAT or DOUBLE. */
    private Value floating(Bank bank, Value x) {
        Bank from = Bank.of(x.type().scalar());
        if (from == bank) {
            return x;
        }
        String instruction =
                switch (from) {
                    case BITS32 -> "cvt.rn." + bank.type() + ".s32";
                    case BITS64 -> "cvt.rn." + bank.type() + ".s64";
                    case FLOAT -> "cvt.f64.f32";
                    default -> "cvt.rn.f32.f64";
                };
        return Values.map(x.type(), x, a -> body.emit(bank, instruction, held(from, a)));
    }

    private String held(Bank bank, String x) {
        return x.startsWith("%") ? x : body.emit(bank, "mov." + bank.type(), x);
    }

    private String roundedToBfloat(String x) {
        if (body.architecture().isAmpere()) {
            String bits = body.emit(Bank.BITS16, "cvt.rn.bf16.f32", x);
            return body.f("mov.b32", body.r("shl.b32", body.r("cvt.u32.u16", bits), HALF_WORD));
        }
        String word = word(x);
        String odd = body.r("and.b32", body.r("shr.u32", word, HALF_WORD), "1");
        String sum = body.r("add.s32", body.r("add.s32", word, "32767"), odd);
        String quiet = body.r("or.b32", word, "4194304");
        String isNaN = body.p("setp.nan.f32", x, x);
        String chosen = body.r("selp.b32", quiet, sum, isNaN);
        return body.f("mov.b32", body.r("and.b32", chosen, "-65536"));
    }
}
