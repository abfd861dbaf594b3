package org.tornadovit.codegen.ptx;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import org.tornadovit.codegen.Contraction;
import org.tornadovit.ir.BinaryOp;
import org.tornadovit.ir.Scalar;
import org.tornadovit.ir.Type;

/** Java's operators on values, lane by lane. */
final class Values {
    /** What is known of the operands of an operator. */
    enum Known {
        NOTHING,
        /** That the plain instruction has Java's meaning. */
        PLAIN
    }

    private static final int BYTE_AND_SHORT_MASK = 0xffff;

    private final Body body;
    private final Conversions conversions;
    private final Remainder remainder;
    private final String rounding;

    Values(Body body, Contraction contraction) {
        this.body = body;
        this.conversions = new Conversions(body, this);
        this.remainder = new Remainder(body);
        // An instruction that names its rounding is never fused.
        this.rounding =
                switch (contraction) {
                    case ALLOWED -> "";
                    case FORBIDDEN -> ".rn";
                };
    }

    Conversions conversions() {
        return conversions;
    }

    /** {@return a constant in all lanes} */
    Value constant(Type type, long bits) {
        return switch (type.scalar()) {
            case BOOL -> Value.splat(type, body.p("mov.pred", bits == 0 ? "0" : "1"));
            case F16 -> floats(type, Float.float16ToFloat((short) bits));
            case BF16 -> floats(type, Float.intBitsToFloat((int) bits << Short.SIZE));
            case I8, I16, U16, I32, I64, F32, F64 ->
                    Value.splat(type, Bank.of(type.scalar()).literal(bits));
        };
    }

    private static Value floats(Type type, float value) {
        return Value.splat(type, Bank.FLOAT.literal(Float.floatToRawIntBits(value)));
    }

    /** {@return one result a lane} */
    static Value map(Type type, Value x, UnaryOperator<String> each) {
        return new Value(type, x.lanes().stream().map(each).toList());
    }

    /** {@return one result a lane of two operands} */
    static Value map(Type type, Value x, Value y, BinaryOperator<String> each) {
        List<String> lanes = new ArrayList<>();
        for (int i = 0; i < type.lanes(); i++) {
            lanes.add(each.apply(lane(x, i), lane(y, i)));
        }
        return new Value(type, lanes);
    }

    /** {@return a lane, or the scalar that stands for all lanes} */
    static String lane(Value x, int lane) {
        return x.lanes().get(x.lanes().size() == 1 ? 0 : lane);
    }

    /** {@return {@code condition ? yes : no}, with one condition or one a lane} */
    Value select(Value condition, Value yes, Value no) {
        List<String> lanes = new ArrayList<>();
        for (int i = 0; i < yes.type().lanes(); i++) {
            lanes.add(
                    select(
                            Bank.of(yes.type().scalar()),
                            lane(condition, i),
                            lane(yes, i),
                            lane(no, i)));
        }
        return new Value(yes.type(), lanes);
    }

    private String select(Bank bank, String condition, String yes, String no) {
        if (bank != Bank.PREDICATE) {
            return body.emit(bank, "selp." + bank.type(), yes, no, condition);
        }
        String both = body.p("and.pred", condition, yes);
        String neither = body.p("not.pred", condition);
        return body.p("or.pred", both, body.p("and.pred", neither, no));
    }

    /** {@return all lanes combined, halves first} */
    Value reduce(BinaryOp op, Value x) {
        int half = x.lanes().size() / 2;
        if (half == 0) {
            return x;
        }
        Type type = x.type().withLanes(half);
        Value low = new Value(type, x.lanes().subList(0, half));
        Value high = new Value(type, x.lanes().subList(half, 2 * half));
        return reduce(op, binary(op, low, high, Known.NOTHING));
    }

    /** {@return {@code -x}} */
    Value negate(Value x) {
        Type type = x.type();
        Bank bank = Bank.of(type.scalar());
        String instruction =
                switch (bank) {
                    case BITS32 -> "neg.s32";
                    case BITS64 -> "neg.s64";
                    default -> "neg." + bank.type();
                };
        return canonical(map(type, x, a -> body.emit(bank, instruction, a)));
    }

    /** {@return {@code !x} of truth values, {@code ~x} of integers} */
    Value not(Value x) {
        Bank bank = Bank.of(x.type().scalar());
        return canonical(map(x.type(), x, a -> body.emit(bank, "not." + bank.type(), a)));
    }

    /** {@return {@code x op y}} */
    Value binary(BinaryOp op, Value x, Value y, Known known) {
        Type type = x.type();
        Bank bank = Bank.of(type.scalar());
        return switch (op) {
            case ADD, SUB -> arithmetic(word(op), x, y);
            case MUL ->
                    arithmetic(bank == Bank.BITS32 || bank == Bank.BITS64 ? "mul.lo" : "mul", x, y);
            case DIV -> division(op, x, y, known);
            case REM ->
                    type.isFloat()
                            ? conversions.rounded(
                                    map(type, x, y, (a, b) -> remainder.of(bank, a, b)))
                            : division(op, x, y, known);
            case AND, OR, XOR -> plain(word(op) + "." + bank.type(), x, y);
            case SHL, SHR, USHR -> shift(op, x, y, known);
            case MIN, MAX ->
                    type.isFloat()
                            ? map(type, x, y, (a, b) -> extremum(op, bank, a, b))
                            : plain(word(op) + "." + signed(bank), x, y);
            case EQ, NE, LT, LE, GT, GE -> compare(op, x, y);
        };
    }

    /** {@return a truth value a lane} */
    Value compare(BinaryOp op, Value x, Value y) {
        Type truth = new Type(Scalar.BOOL, x.type().lanes());
        if (x.type().scalar() == Scalar.BOOL) {
            Type numbers = new Type(Scalar.I32, x.type().lanes());
            return compare(op, conversions.cast(numbers, x), conversions.cast(numbers, y));
        }
        Bank bank = Bank.of(x.type().scalar());
        String relation = op == BinaryOp.NE && x.type().isFloat() ? "neu" : word(op);
        String instruction = "setp." + relation + "." + signed(bank);
        return map(truth, x, y, (a, b) -> body.p(instruction, a, b));
    }

    /** {@return a value of an integer type, cut to its bits and extended again} */
    Value canonical(Value x) {
        return switch (x.type().scalar()) {
            case I8 -> map(x.type(), x, a -> body.r("cvt.s32.s8", register(a)));
            case I16 -> map(x.type(), x, a -> body.r("cvt.s32.s16", register(a)));
            case U16 ->
                    map(
                            x.type(),
                            x,
                            a -> body.r("and.b32", a, Integer.toString(BYTE_AND_SHORT_MASK)));
            case BOOL, I32, I64, F16, BF16, F32, F64 -> x;
        };
    }

    /** {@return a register with 32 bits that may be a literal} */
    String register(String bits) {
        return bits.startsWith("%") ? bits : body.r("mov.b32", bits);
    }

    private static String word(BinaryOp op) {
        return op.name().toLowerCase(java.util.Locale.ROOT);
    }

    private static String signed(Bank bank) {
        return switch (bank) {
            case BITS32 -> "s32";
            case BITS64 -> "s64";
            default -> bank.type();
        };
    }

    private Value plain(String instruction, Value x, Value y) {
        Bank bank = Bank.of(x.type().scalar());
        return canonical(map(x.type(), x, y, (a, b) -> body.emit(bank, instruction, a, b)));
    }

    private Value arithmetic(String word, Value x, Value y) {
        Bank bank = Bank.of(x.type().scalar());
        return x.type().isFloat()
                ? conversions.rounded(plain(word + rounding + "." + bank.type(), x, y))
                : plain(word + "." + signed(bank), x, y);
    }

    /** MIN / -1 is MIN and MIN % -1 is 0; a division by zero gives 0. */
    private Value division(BinaryOp op, Value x, Value y, Known known) {
        Type type = x.type();
        Bank bank = Bank.of(type.scalar());
        if (type.isFloat()) {
            return conversions.rounded(plain("div.rn." + bank.type(), x, y));
        }
        String instruction = word(op) + "." + signed(bank);
        if (known == Known.PLAIN) {
            return plain(instruction, x, y);
        }
        return canonical(map(type, x, y, (a, b) -> guarded(instruction, op, bank, a, b)));
    }

    private String guarded(String instruction, BinaryOp op, Bank bank, String a, String b) {
        String selection = "selp." + bank.type();
        String isZero = body.p("setp.eq." + signed(bank), b, "0");
        String isMinusOne = body.p("setp.eq." + signed(bank), b, "-1");
        String special = body.p("or.pred", isZero, isMinusOne);
        String divisor = body.emit(bank, selection, "1", b, special);
        String result = body.emit(bank, instruction, a, divisor);
        String negative = op == BinaryOp.DIV ? body.emit(bank, "neg." + signed(bank), a) : "0";
        String other = body.emit(bank, selection, negative, result, isMinusOne);
        return body.emit(bank, selection, "0", other, isZero);
    }

    /** The low 5 or 6 bits of the count. */
    private Value shift(BinaryOp op, Value x, Value count, Known known) {
        Bank bank = Bank.of(x.type().scalar());
        boolean isLong = bank == Bank.BITS64;
        String mask = Integer.toString(isLong ? Long.SIZE - 1 : Integer.SIZE - 1);
        String instruction =
                switch (op) {
                    case SHL -> "shl." + bank.type();
                    case SHR -> "shr." + signed(bank);
                    case USHR -> isLong ? "shr.u64" : "shr.u32";
                    default -> throw new IllegalArgumentException(op + " is no shift");
                };
        return canonical(
                map(
                        x.type(),
                        x,
                        count,
                        (a, n) ->
                                body.emit(
                                        bank,
                                        instruction,
                                        a,
                                        known == Known.PLAIN ? n : body.r("and.b32", n, mask))));
    }

    /** NaN where an operand is NaN; the instructions order -0.0 below 0.0. */
    private String extremum(BinaryOp op, Bank bank, String a, String b) {
        if (bank == Bank.FLOAT && body.architecture().isAmpere()) {
            return body.f(word(op) + ".NaN.f32", a, b);
        }
        String number = body.emit(bank, word(op) + "." + bank.type(), a, b);
        String isNaN = body.p("setp.nan." + bank.type(), a, b);
        String sum = body.emit(bank, "add.rn." + bank.type(), a, b);
        return body.emit(bank, "selp." + bank.type(), sum, number, isNaN);
    }
}
