package org.tornadovit.codegen.spirv;

import java.util.Set;
import java.util.stream.IntStream;
import org.tornadovit.ir.BinaryOp;
import org.tornadovit.ir.Const;
import org.tornadovit.ir.Scalar;
import org.tornadovit.ir.Type;

/** Java's operators on values, in each lane, where one instruction has not their meaning. */
final class Values {
    /** What is known of the operands of an operator. */
    enum Known {
        NOTHING,
        /** That the plain instruction has Java's meaning: no wrapping, no special operand. */
        PLAIN
    }

    private final Body body;
    private final SpirvModule module;
    private final Conversions conversions;
    private final Set<Hint> hints;

    Values(Body body, Set<Hint> hints) {
        this.body = body;
        this.module = body.module();
        this.hints = Set.copyOf(hints);
        this.conversions = new Conversions(body, this);
    }

    Conversions conversions() {
        return conversions;
    }

    Value constant(Type type, long bits) {
        return new Value(type, module.constant(new Const(type, bits)));
    }

    /** {@return the whole number in all lanes} */
    Value whole(Type type, long number) {
        long bits =
                switch (type.scalar()) {
                    case F16, BF16 -> throw new IllegalArgumentException("held as F32: " + type);
                    case F32 -> Float.floatToRawIntBits(number);
                    case F64 -> Double.doubleToRawLongBits(number);
                    case BOOL, I8, I16, U16, I32, I64 -> number;
                };
        return constant(type, bits);
    }

    /** {@return the result of a plain instruction} */
    Value apply(Op op, Type type, Value... operands) {
        int[] ids = IntStream.range(0, operands.length).map(i -> operands[i].id()).toArray();
        return new Value(type, body.emit(op, module.type(type), ids));
    }

    /** {@return the result of an instruction of OpenCL.std} */
    Value apply(Extended op, Type type, Value... operands) {
        int[] ids = IntStream.range(0, operands.length).map(i -> operands[i].id()).toArray();
        return new Value(type, body.extended(op, module.type(type), ids));
    }

    /** {@return {@code condition ? yes : no}, with one condition or one a lane} */
    Value select(Value condition, Value yes, Value no) {
        Type type = yes.type();
        Value each =
                type.isVector() && !condition.type().isVector()
                        ? splat(condition, type.lanes())
                        : condition;
        return apply(Op.SELECT, type, each, yes, no);
    }

    /** {@return a scalar in all lanes} */
    Value splat(Value scalar, int lanes) {
        if (lanes == 1) {
            return scalar;
        }
        // Put together of its lanes it would be one instruction, which LLVM's translator takes of
        // constants only.
        Type type = scalar.type().withLanes(lanes);
        int vector = module.type(type);
        int zeros = constant(type, 0).id();
        int first = body.emit(Op.COMPOSITE_INSERT, vector, scalar.id(), zeros, 0);
        int[] operands = new int[lanes + 2];
        operands[0] = first;
        operands[1] = first;
        return new Value(type, body.emit(Op.VECTOR_SHUFFLE, vector, operands));
    }

    /** {@return one lane} */
    Value lane(Value vector, int lane) {
        Type type = vector.type().withLanes(1);
        return vector.type().isVector()
                ? new Value(
                        type, body.emit(Op.COMPOSITE_EXTRACT, module.type(type), vector.id(), lane))
                : vector;
    }

    /** {@return all lanes combined, halves first} */
    Value reduce(BinaryOp op, Value x) {
        int half = x.type().lanes() / 2;
        if (half == 0) {
            return x;
        }
        return reduce(op, binary(op, lanes(x, 0, half), lanes(x, half, half), Known.NOTHING));
    }

    private Value lanes(Value x, int from, int count) {
        if (count == 1) {
            return lane(x, from);
        }
        Type type = x.type().withLanes(count);
        int[] operands = new int[count + 2];
        operands[0] = x.id();
        operands[1] = x.id();
        for (int i = 0; i < count; i++) {
            operands[i + 2] = from + i;
        }
        return new Value(type, body.emit(Op.VECTOR_SHUFFLE, module.type(type), operands));
    }

    /** {@return {@code -x}} */
    Value negate(Value x, Known known) {
        return x.type().isFloat()
                ? apply(Op.F_NEGATE, x.type(), x)
                : binary(BinaryOp.SUB, constant(x.type(), 0), x, known);
    }

    /** {@return {@code x op y}} */
    Value binary(BinaryOp op, Value x, Value y, Known known) {
        Type type = x.type();
        boolean isFloat = type.isFloat();
        boolean isBool = type.scalar() == Scalar.BOOL;
        return switch (op) {
            case ADD -> arithmetic(isFloat ? Op.F_ADD : Op.I_ADD, x, y, known);
            case SUB -> arithmetic(isFloat ? Op.F_SUB : Op.I_SUB, x, y, known);
            case MUL -> arithmetic(isFloat ? Op.F_MUL : Op.I_MUL, x, y, known);
            case DIV -> isFloat ? arithmetic(Op.F_DIV, x, y, known) : division(op, x, y, known);
            case REM ->
                    isFloat
                            ? conversions.rounded(apply(Extended.FMOD, type, x, y))
                            : division(op, x, y, known);
            case AND -> apply(isBool ? Op.LOGICAL_AND : Op.BITWISE_AND, type, x, y);
            case OR -> apply(isBool ? Op.LOGICAL_OR : Op.BITWISE_OR, type, x, y);
            case XOR -> apply(isBool ? Op.LOGICAL_NOT_EQUAL : Op.BITWISE_XOR, type, x, y);
            case SHL, SHR, USHR -> shift(op, x, y, known);
            case MIN, MAX -> isFloat ? extremum(op, x, y, known) : integerExtremum(op, x, y);
            case EQ, NE, LT, LE, GT, GE -> compare(op, x, y);
        };
    }

    /** {@return the truth value of a comparison} */
    Value compare(BinaryOp op, Value x, Value y) {
        Scalar scalar = x.type().scalar();
        Type truth = new Type(Scalar.BOOL, x.type().lanes());
        if (scalar == Scalar.BOOL) {
            return switch (op) {
                case EQ -> apply(Op.LOGICAL_EQUAL, truth, x, y);
                case NE -> apply(Op.LOGICAL_NOT_EQUAL, truth, x, y);
                default -> {
                    Type numbers = new Type(Scalar.I32, truth.lanes());
                    yield compare(op, conversions.cast(numbers, x), conversions.cast(numbers, y));
                }
            };
        }
        Op instruction =
                scalar.isFloat()
                        ? floatComparison(op)
                        : scalar == Scalar.U16 ? unsignedComparison(op) : signedComparison(op);
        return apply(instruction, truth, x, y);
    }

    private static Op floatComparison(BinaryOp op) {
        return switch (op) {
            case EQ -> Op.F_ORD_EQUAL;
            case NE -> Op.F_UNORD_NOT_EQUAL;
            case LT -> Op.F_ORD_LESS_THAN;
            case LE -> Op.F_ORD_LESS_THAN_EQUAL;
            case GT -> Op.F_ORD_GREATER_THAN;
            case GE -> Op.F_ORD_GREATER_THAN_EQUAL;
            default -> throw new IllegalArgumentException(op + " is no comparison");
        };
    }

    private static Op signedComparison(BinaryOp op) {
        return switch (op) {
            case EQ -> Op.I_EQUAL;
            case NE -> Op.I_NOT_EQUAL;
            case LT -> Op.S_LESS_THAN;
            case LE -> Op.S_LESS_THAN_EQUAL;
            case GT -> Op.S_GREATER_THAN;
            case GE -> Op.S_GREATER_THAN_EQUAL;
            default -> throw new IllegalArgumentException(op + " is no comparison");
        };
    }

    private static Op unsignedComparison(BinaryOp op) {
        return switch (op) {
            case LT -> Op.U_LESS_THAN;
            case LE -> Op.U_LESS_THAN_EQUAL;
            case GT -> Op.U_GREATER_THAN;
            case GE -> Op.U_GREATER_THAN_EQUAL;
            default -> signedComparison(op);
        };
    }

    private Value arithmetic(Op op, Value x, Value y, Known known) {
        Value result = apply(op, x.type(), x, y);
        if (x.type().isFloat()) {
            if (op != Op.F_DIV && hints.contains(Hint.CONTRACTION)) {
                module.mayFuse(result.id());
            }
            return conversions.rounded(result);
        }
        if (known == Known.PLAIN && !isSmall(x.type())) {
            plain(result.id());
        }
        return result;
    }

    /** Says of a sum or product that it does not wrap, where that may be said. */
    void plain(int id) {
        if (hints.contains(Hint.NO_WRAP)) {
            module.doesNotWrap(id);
        }
    }

    private static boolean isSmall(Type type) {
        return type.scalar() != Scalar.I32 && type.scalar() != Scalar.I64;
    }

    /** MIN / -1 is MIN and MIN % -1 is 0; a division by zero gives 0 and never faults. */
    private Value division(BinaryOp op, Value x, Value y, Known known) {
        Type type = x.type();
        if (isSmall(type)) {
            Type wide = new Type(Scalar.I32, type.lanes());
            Value result =
                    division(op, conversions.cast(wide, x), conversions.cast(wide, y), known);
            return conversions.cast(type, result);
        }
        Op instruction = op == BinaryOp.DIV ? Op.S_DIV : Op.S_REM;
        if (known == Known.PLAIN) {
            return apply(instruction, type, x, y);
        }
        Value zero = constant(type, 0);
        Value isZero = compare(BinaryOp.EQ, y, zero);
        Value isMinusOne = compare(BinaryOp.EQ, y, constant(type, -1));
        Type truth = isZero.type();
        Value special = apply(Op.LOGICAL_OR, truth, isZero, isMinusOne);
        Value plain = apply(instruction, type, x, select(special, constant(type, 1), y));
        Value byMinusOne = op == BinaryOp.DIV ? negate(x, Known.NOTHING) : zero;
        return select(isZero, zero, select(isMinusOne, byMinusOne, plain));
    }

    /** The low 5 or 6 bits of the count; small types are shifted as ints. */
    private Value shift(BinaryOp op, Value x, Value count, Known known) {
        Type type = x.type();
        if (isSmall(type)) {
            Type wide = new Type(Scalar.I32, type.lanes());
            return conversions.cast(type, shift(op, conversions.cast(wide, x), count, known));
        }
        long mask = type.scalar() == Scalar.I64 ? Long.SIZE - 1 : Integer.SIZE - 1;
        Value masked =
                known == Known.PLAIN
                        ? count
                        : apply(Op.BITWISE_AND, count.type(), count, constant(count.type(), mask));
        Value sized = conversions.cast(new Type(type.scalar(), count.type().lanes()), masked);
        Value each = sized.type().isVector() ? sized : splat(sized, type.lanes());
        Op instruction =
                switch (op) {
                    case SHL -> Op.SHIFT_LEFT_LOGICAL;
                    case SHR -> Op.SHIFT_RIGHT_ARITHMETIC;
                    case USHR -> Op.SHIFT_RIGHT_LOGICAL;
                    default -> throw new IllegalArgumentException(op + " is no shift");
                };
        return apply(instruction, type, x, each);
    }

    private Value integerExtremum(BinaryOp op, Value x, Value y) {
        return select(compare(op == BinaryOp.MAX ? BinaryOp.GE : BinaryOp.LE, x, y), x, y);
    }

    /**
     * NaN where an operand is NaN, -0.0 below 0.0. PLAIN says that y is not NaN, nor 0.0 in MIN,
     * nor -0.0 in MAX: one comparison is enough.
     */
    private Value extremum(BinaryOp op, Value x, Value y, Known known) {
        Type type = x.type();
        BinaryOp settled = op == BinaryOp.MAX ? BinaryOp.LE : BinaryOp.GE;
        Value other = select(compare(settled, x, y), y, x);
        if (known == Known.PLAIN) {
            return other;
        }
        Value noNumber = select(compare(BinaryOp.NE, y, y), y, other);
        Type bits = new Type(type.scalar() == Scalar.F64 ? Scalar.I64 : Scalar.I32, type.lanes());
        Op combine = op == BinaryOp.MAX ? Op.BITWISE_AND : Op.BITWISE_OR;
        Value zeros =
                apply(
                        Op.BITCAST,
                        type,
                        apply(
                                combine,
                                bits,
                                apply(Op.BITCAST, bits, x),
                                apply(Op.BITCAST, bits, y)));
        return select(compare(BinaryOp.EQ, x, y), zeros, noNumber);
    }
}
