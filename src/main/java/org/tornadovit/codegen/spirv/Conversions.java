package org.tornadovit.codegen.spirv;

import org.tornadovit.ir.BinaryOp;
import org.tornadovit.ir.Scalar;
import org.tornadovit.ir.Type;

/** Conversions of values and of their bits, with Java's meaning. */
final class Conversions {
    private static final int ROUND_TO_EVEN = 0;

    private final Body body;
    private final SpirvModule module;
    private final Values values;

    Conversions(Body body, Values values) {
        this.body = body;
        this.module = body.module();
        this.values = values;
    }

    /** {@return the type, F32 or F64, that holds a value of floating point} */
    static Type held(Type type) {
        return type.scalar() == Scalar.F16 || type.scalar() == Scalar.BF16
                ? new Type(Scalar.F32, type.lanes())
                : type;
    }

    /** {@return Java's conversion of {@code x}} */
    Value cast(Type type, Value x) {
        Type from = x.type();
        if (from.equals(type)) {
            return x;
        }
        if (from.scalar() == Scalar.BOOL) {
            Value one = values.whole(held(type), 1);
            return as(type, values.select(x, one, values.whole(held(type), 0)));
        }
        return switch (type.scalar()) {
            case BOOL ->
                    values.compare(BinaryOp.NE, as(held(from), x), values.whole(held(from), 0));
            case I32, I64 -> from.isFloat() ? saturated(type, x) : resized(type, x);
            case I8, I16, U16 ->
                    resized(
                            type,
                            from.isFloat() ? saturated(new Type(Scalar.I32, type.lanes()), x) : x);
            case F16, BF16 -> rounded(as(type, floating(held(type), x)));
            case F32, F64 -> floating(type, x);
        };
    }

    /** {@return the value of another type with the same bits} */
    Value bitcast(Type type, Value x) {
        Type from = x.type();
        if (from.equals(type)) {
            return x;
        }
        if (from.scalar().bytes() != Short.BYTES) {
            return module.type(from) == module.type(type)
                    ? as(type, x)
                    : values.apply(Op.BITCAST, type, x);
        }
        return ofBits(type, bits(x));
    }

    /** {@return a result of floating point in the precision of its type} */
    Value rounded(Value x) {
        Type type = x.type();
        return switch (type.scalar()) {
            case F16 -> {
                storeHalf(x, halfPointer(body.scratch(type.lanes()), Operand.FUNCTION));
                yield loadHalf(type, halfPointer(body.scratch(type.lanes()), Operand.FUNCTION));
            }
            case BF16 -> roundedToBfloat(x);
            case BOOL, I8, I16, U16, I32, I64, F32, F64 -> x;
        };
    }

    /** {@return the 16 bits of a value of a 16-bit type, as U16} */
    Value bits(Value x) {
        Type type = x.type();
        Type bits = new Type(Scalar.U16, type.lanes());
        return switch (type.scalar()) {
            case F16 -> {
                int scratch = body.scratch(type.lanes());
                storeHalf(x, halfPointer(scratch, Operand.FUNCTION));
                yield new Value(bits, body.emit(Op.LOAD, module.type(bits), scratch));
            }
            case BF16 -> {
                Type words = new Type(Scalar.I32, type.lanes());
                Value word = values.apply(Op.BITCAST, words, x);
                Value upper =
                        values.apply(
                                Op.SHIFT_RIGHT_LOGICAL,
                                words,
                                word,
                                values.whole(words, Short.SIZE));
                yield values.apply(Op.U_CONVERT, bits, upper);
            }
            default -> as(bits, x);
        };
    }

    /** {@return the value of a 16-bit type that has these bits} */
    Value ofBits(Type type, Value bits) {
        return switch (type.scalar()) {
            case F16 -> {
                int scratch = body.scratch(type.lanes());
                body.run(Op.STORE, scratch, bits.id());
                yield loadHalf(type, halfPointer(scratch, Operand.FUNCTION));
            }
            case BF16 -> {
                Type words = new Type(Scalar.I32, type.lanes());
                Value word = values.apply(Op.U_CONVERT, words, bits);
                Value upper =
                        values.apply(
                                Op.SHIFT_LEFT_LOGICAL,
                                words,
                                word,
                                values.whole(words, Short.SIZE));
                yield values.apply(Op.BITCAST, type, upper);
            }
            default -> as(type, bits);
        };
    }

    /** {@return a pointer to 16 bits as one to a half} */
    int halfPointer(int pointer, int storage) {
        return body.emit(Op.BITCAST, module.pointer(storage, module.half()), pointer);
    }

    /** {@return the value of halves in memory} */
    Value loadHalf(Type type, int pointer) {
        int zero = values.constant(Type.I64, 0).id();
        int result = module.type(type);
        return new Value(
                type,
                type.isVector()
                        ? body.extended(Extended.VLOAD_HALFN, result, zero, pointer, type.lanes())
                        : body.extended(Extended.VLOAD_HALF, result, zero, pointer));
    }

    /** Writes floats as halves, to the nearest. */
    void storeHalf(Value x, int pointer) {
        Extended instruction =
                x.type().isVector() ? Extended.VSTORE_HALFN_R : Extended.VSTORE_HALF_R;
        int zero = values.constant(Type.I64, 0).id();
        body.extended(instruction, module.voidType(), x.id(), zero, pointer, ROUND_TO_EVEN);
    }

    private static Value as(Type type, Value x) {
        return new Value(type, x.id());
    }

    private Value resized(Type type, Value x) {
        int from = x.type().scalar().bytes();
        int to = type.scalar().bytes();
        return from == to
                ? as(type, x)
                : from > to || x.type().scalar() == Scalar.U16
                        ? values.apply(Op.U_CONVERT, type, x)
                        : values.apply(Op.S_CONVERT, type, x);
    }

    /** NaN gives 0. */
    private Value saturated(Type type, Value x) {
        Value number = as(held(x.type()), x);
        Value converted = values.apply(Op.CONVERT_F_TO_S, type, number);
        module.decorate(converted.id(), Operand.SATURATED_CONVERSION);
        Value noNumber = values.compare(BinaryOp.NE, number, number);
        return values.select(noNumber, values.constant(type, 0), converted);
    }

    /** A number as F32 or F64. */
    private Value floating(Type type, Value x) {
        Type from = x.type();
        if (from.isFloat()) {
            return held(from).equals(type) ? as(type, x) : values.apply(Op.F_CONVERT, type, x);
        }
        boolean unsigned = from.scalar() == Scalar.U16;
        return values.apply(unsigned ? Op.CONVERT_U_TO_F : Op.CONVERT_S_TO_F, type, x);
    }

    private Value roundedToBfloat(Value x) {
        Type words = new Type(Scalar.I32, x.type().lanes());
        Value word = values.apply(Op.BITCAST, words, x);
        Value upper =
                values.apply(Op.SHIFT_RIGHT_LOGICAL, words, word, values.whole(words, Short.SIZE));
        Value odd = values.apply(Op.BITWISE_AND, words, upper, values.whole(words, 1));
        Value half = values.apply(Op.I_ADD, words, values.whole(words, 0x7fff), odd);
        Value sum = values.apply(Op.I_ADD, words, word, half);
        Value quiet = values.apply(Op.BITWISE_OR, words, word, values.whole(words, 0x400000));
        Value noNumber = values.compare(BinaryOp.NE, x, x);
        Value chosen = values.select(noNumber, quiet, sum);
        Value cut = values.apply(Op.BITWISE_AND, words, chosen, values.whole(words, 0xffff0000));
        return values.apply(Op.BITCAST, x.type(), cut);
    }
}
