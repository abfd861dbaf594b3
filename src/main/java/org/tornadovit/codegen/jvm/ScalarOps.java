package org.tornadovit.codegen.jvm;

import static java.lang.constant.ConstantDescs.CD_double;
import static java.lang.constant.ConstantDescs.CD_float;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_long;
import static java.lang.constant.ConstantDescs.CD_short;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.Opcode;
import org.tornadovit.ir.BinaryOp;
import org.tornadovit.ir.Const;
import org.tornadovit.ir.Scalar;
import org.tornadovit.ir.UnaryOp;

/** Operations on scalars that lie on the operand stack. */
final class ScalarOps {
    private ScalarOps() {}

    static void constant(CodeBuilder code, Const c) {
        switch (Carrier.of(c.type().scalar())) {
            case INT -> code.loadConstant((int) c.bits());
            case LONG -> code.loadConstant(c.bits());
            case FLOAT -> code.loadConstant((float) c.asDouble());
            case DOUBLE -> code.loadConstant(c.asDouble());
        }
    }

    static void unary(CodeBuilder code, UnaryOp op, Scalar type) {
        switch (op) {
            case NOT -> code.iconst_1().ixor();
            case COMPLEMENT -> {
                if (Carrier.of(type) == Carrier.LONG) {
                    code.loadConstant(-1L).lxor();
                } else {
                    code.iconst_m1().ixor();
                    wrap(code, type);
                }
            }
            case NEG -> {
                switch (Carrier.of(type)) {
                    case INT -> {
                        code.ineg();
                        wrap(code, type);
                    }
                    case LONG -> code.lneg();
                    case FLOAT -> code.fneg();
                    case DOUBLE -> code.dneg();
                }
            }
        }
    }

    /** All but comparisons. The right operand of a shift is an {@code int}. */
    static void binary(CodeBuilder code, BinaryOp op, Scalar type) {
        switch (Carrier.of(type)) {
            case INT -> {
                integer(code, op);
                if (type != Scalar.BOOL && type != Scalar.I32) {
                    wrap(code, type);
                }
            }
            case LONG -> wide(code, op);
            case FLOAT -> {
                single(code, op);
                round(code, type);
            }
            case DOUBLE -> twice(code, op);
        }
    }

    private static void integer(CodeBuilder code, BinaryOp op) {
        switch (op) {
            case ADD -> code.iadd();
            case SUB -> code.isub();
            case MUL -> code.imul();
            case DIV -> code.idiv();
            case REM -> code.irem();
            case AND -> code.iand();
            case OR -> code.ior();
            case XOR -> code.ixor();
            case SHL -> code.ishl();
            case SHR -> code.ishr();
            case USHR -> code.iushr();
            case MIN, MAX -> extreme(code, op, Carrier.INT);
            case EQ, NE, LT, LE, GT, GE -> throw comparison(op);
        }
    }

    private static void wide(CodeBuilder code, BinaryOp op) {
        switch (op) {
            case ADD -> code.ladd();
            case SUB -> code.lsub();
            case MUL -> code.lmul();
            case DIV -> code.ldiv();
            case REM -> code.lrem();
            case AND -> code.land();
            case OR -> code.lor();
            case XOR -> code.lxor();
            case SHL -> code.lshl();
            case SHR -> code.lshr();
            case USHR -> code.lushr();
            case MIN, MAX -> extreme(code, op, Carrier.LONG);
            case EQ, NE, LT, LE, GT, GE -> throw comparison(op);
        }
    }

    private static void single(CodeBuilder code, BinaryOp op) {
        switch (op) {
            case ADD -> code.fadd();
            case SUB -> code.fsub();
            case MUL -> code.fmul();
            case DIV -> code.fdiv();
            case REM -> code.frem();
            case MIN, MAX -> extreme(code, op, Carrier.FLOAT);
            case AND, OR, XOR, SHL, SHR, USHR ->
                    throw new IllegalArgumentException(op + " is not defined on f32");
            case EQ, NE, LT, LE, GT, GE -> throw comparison(op);
        }
    }

    private static void twice(CodeBuilder code, BinaryOp op) {
        switch (op) {
            case ADD -> code.dadd();
            case SUB -> code.dsub();
            case MUL -> code.dmul();
            case DIV -> code.ddiv();
            case REM -> code.drem();
            case MIN, MAX -> extreme(code, op, Carrier.DOUBLE);
            case AND, OR, XOR, SHL, SHR, USHR ->
                    throw new IllegalArgumentException(op + " is not defined on f64");
            case EQ, NE, LT, LE, GT, GE -> throw comparison(op);
        }
    }

    private static IllegalArgumentException comparison(BinaryOp op) {
        return new IllegalArgumentException(op + " is a comparison");
    }

    private static void extreme(CodeBuilder code, BinaryOp op, Carrier carrier) {
        var type = carrier.type();
        code.invokestatic(
                Names.MATH, op == BinaryOp.MIN ? "min" : "max", Names.method(type, type, type));
    }

    /** Jumps when the comparison of the two operands is {@code when}; false with a NaN, but NE. */
    static void compareAndJump(
            CodeBuilder code, BinaryOp op, Scalar type, boolean when, Label target) {
        BinaryOp test = when ? op : opposite(op);
        switch (Carrier.of(type)) {
            case INT -> {
                code.branch(compareInts(test), target);
                return;
            }
            case LONG -> code.lcmp();
            case FLOAT -> {
                if (op == BinaryOp.LT || op == BinaryOp.LE) {
                    code.fcmpg();
                } else {
                    code.fcmpl();
                }
            }
            case DOUBLE -> {
                if (op == BinaryOp.LT || op == BinaryOp.LE) {
                    code.dcmpg();
                } else {
                    code.dcmpl();
                }
            }
        }
        code.branch(compareToZero(test), target);
    }

    private static BinaryOp opposite(BinaryOp op) {
        return switch (op) {
            case EQ -> BinaryOp.NE;
            case NE -> BinaryOp.EQ;
            case LT -> BinaryOp.GE;
            case LE -> BinaryOp.GT;
            case GT -> BinaryOp.LE;
            case GE -> BinaryOp.LT;
            default -> throw new IllegalArgumentException(op + " is no comparison");
        };
    }

    private static Opcode compareInts(BinaryOp op) {
        return switch (op) {
            case EQ -> Opcode.IF_ICMPEQ;
            case NE -> Opcode.IF_ICMPNE;
            case LT -> Opcode.IF_ICMPLT;
            case LE -> Opcode.IF_ICMPLE;
            case GT -> Opcode.IF_ICMPGT;
            case GE -> Opcode.IF_ICMPGE;
            default -> throw new IllegalArgumentException(op + " is no comparison");
        };
    }

    private static Opcode compareToZero(BinaryOp op) {
        return switch (op) {
            case EQ -> Opcode.IFEQ;
            case NE -> Opcode.IFNE;
            case LT -> Opcode.IFLT;
            case LE -> Opcode.IFLE;
            case GT -> Opcode.IFGT;
            case GE -> Opcode.IFGE;
            default -> throw new IllegalArgumentException(op + " is no comparison");
        };
    }

    /** Java's conversion. */
    static void cast(CodeBuilder code, Scalar from, Scalar to) {
        if (from == to) {
            return;
        }
        if (to == Scalar.BOOL) {
            isNotZero(code, from);
            return;
        }
        Carrier target = Carrier.of(to);
        code.conversion(Carrier.of(from).kind(), target.kind());
        if (target == Carrier.INT) {
            wrap(code, to);
        } else if (target == Carrier.FLOAT) {
            round(code, to);
        }
    }

    private static void isNotZero(CodeBuilder code, Scalar from) {
        switch (Carrier.of(from)) {
            case INT -> code.iconst_0();
            case LONG -> code.lconst_0();
            case FLOAT -> code.fconst_0();
            case DOUBLE -> code.dconst_0();
        }
        Label yes = code.newLabel();
        Label end = code.newLabel();
        compareAndJump(code, BinaryOp.NE, from, true, yes);
        code.iconst_0().goto_(end).labelBinding(yes).iconst_1().labelBinding(end);
    }

    static void bitcast(CodeBuilder code, Scalar from, Scalar to) {
        bits(code, from);
        switch (to) {
            case I16, U16 -> wrap(code, to);
            case F32 ->
                    code.invokestatic(
                            Names.FLOAT, "intBitsToFloat", Names.method(CD_float, CD_int));
            case F64 ->
                    code.invokestatic(
                            Names.DOUBLE, "longBitsToDouble", Names.method(CD_double, CD_long));
            case F16, BF16 -> {
                code.i2s();
                widen(code, to);
            }
            case BOOL, I8, I32, I64 -> {}
        }
    }

    private static void bits(CodeBuilder code, Scalar from) {
        switch (from) {
            case F32 ->
                    code.invokestatic(
                            Names.FLOAT, "floatToRawIntBits", Names.method(CD_int, CD_float));
            case F64 ->
                    code.invokestatic(
                            Names.DOUBLE, "doubleToRawLongBits", Names.method(CD_long, CD_double));
            case F16, BF16 -> narrow(code, from);
            case BOOL, I8, I16, U16, I32, I64 -> {}
        }
    }

    /** The bits of a small float, a short, become the float that holds it. */
    static void widen(CodeBuilder code, Scalar type) {
        if (type == Scalar.F16) {
            code.invokestatic(Names.FLOAT, "float16ToFloat", Names.method(CD_float, CD_short));
        } else {
            code.invokestatic(Names.BFLOAT16, "toFloat", Names.method(CD_float, CD_short));
        }
    }

    /** A float becomes the bits of the nearest small float, a short. */
    static void narrow(CodeBuilder code, Scalar type) {
        if (type == Scalar.F16) {
            code.invokestatic(Names.FLOAT, "floatToFloat16", Names.method(CD_short, CD_float));
        } else {
            code.invokestatic(Names.BFLOAT16, "ofFloat", Names.method(CD_short, CD_float));
        }
    }

    /** Rounds a float to what its type can hold. */
    static void round(CodeBuilder code, Scalar type) {
        if (Carrier.isSmallFloat(type)) {
            narrow(code, type);
            widen(code, type);
        }
    }

    /** Cuts an int to its type. */
    private static void wrap(CodeBuilder code, Scalar type) {
        switch (type) {
            case I8 -> code.i2b();
            case I16 -> code.i2s();
            case U16 -> code.i2c();
            case BOOL, I32, I64, F16, BF16, F32, F64 -> {}
        }
    }
}
