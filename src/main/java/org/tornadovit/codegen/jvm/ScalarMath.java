package org.tornadovit.codegen.jvm;

import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_long;

import java.lang.classfile.CodeBuilder;
import java.lang.constant.ClassDesc;
import java.util.Arrays;
import java.util.function.IntConsumer;
import org.tornadovit.ir.Function;
import org.tornadovit.ir.Scalar;

/** Mathematical functions of scalars. */
final class ScalarMath {
    private ScalarMath() {}

    /**
     * Computes a function.
     *
     * @param push puts an operand on the stack
     */
    static void call(CodeBuilder code, Function function, Scalar type, IntConsumer push) {
        if (type.isFloat()) {
            floating(code, function, type, push);
        } else {
            integer(code, function, type, push);
        }
    }

    private static void floating(
            CodeBuilder code, Function function, Scalar type, IntConsumer push) {
        Carrier carrier = hasOwn(function) ? Carrier.of(type) : Carrier.DOUBLE;
        for (int i = 0; i < function.arity(); i++) {
            push.accept(i);
            code.conversion(Carrier.of(type).kind(), carrier.kind());
        }
        invoke(code, owner(function), name(function), carrier.type(), function.arity());
        code.conversion(carrier.kind(), Carrier.of(type).kind());
        ScalarOps.round(code, type);
    }

    /** Whether Math has the function for float too, with the same result. */
    private static boolean hasOwn(Function function) {
        return switch (function) {
            case ABS, SIGNUM, COPYSIGN, FMA -> true;
            default -> false;
        };
    }

    private static void invoke(
            CodeBuilder code, ClassDesc owner, String name, ClassDesc type, int arity) {
        ClassDesc[] parameters = new ClassDesc[arity];
        Arrays.fill(parameters, type);
        code.invokestatic(owner, name, Names.method(type, parameters));
    }

    private static ClassDesc owner(Function function) {
        return switch (function) {
            case RSQRT, LOG2, SINPI, COSPI, ASINH, ACOSH -> Names.MORE_MATH;
            default -> Names.MATH;
        };
    }

    private static String name(Function function) {
        return switch (function) {
            case COPYSIGN -> "copySign";
            case TO_RADIANS -> "toRadians";
            case TO_DEGREES -> "toDegrees";
            case POPCOUNT, MULHI ->
                    throw new IllegalArgumentException(function + " is defined on integers only");
            default -> function.text();
        };
    }

    private static void integer(
            CodeBuilder code, Function function, Scalar type, IntConsumer push) {
        boolean isLong = type == Scalar.I64;
        ClassDesc carrier = isLong ? CD_long : CD_int;
        for (int i = 0; i < function.arity(); i++) {
            if (function == Function.FMA) {
                continue; // in its own order
            }
            push.accept(i);
            if (function == Function.MULHI && !isLong) {
                code.i2l();
            }
            if (function == Function.POPCOUNT && type != Scalar.I32 && !isLong) {
                code.i2l();
            }
        }
        switch (function) {
            case ABS -> {
                invoke(code, Names.MATH, "abs", carrier, 1);
                ScalarOps.cast(code, isLong ? Scalar.I64 : Scalar.I32, type);
            }
            case SIGNUM -> sign(code, isLong);
            case POPCOUNT -> {
                boolean isInt = type == Scalar.I32;
                code.invokestatic(
                        isInt ? Names.INTEGER : Names.LONG,
                        "bitCount",
                        Names.method(CD_int, isInt ? CD_int : CD_long));
                if (isLong) {
                    code.i2l();
                }
            }
            case MULHI -> high(code, type);
            case FMA -> {
                push.accept(0);
                push.accept(1);
                ScalarOps.binary(code, org.tornadovit.ir.BinaryOp.MUL, type);
                push.accept(2);
                ScalarOps.binary(code, org.tornadovit.ir.BinaryOp.ADD, type);
            }
            default -> throw new IllegalArgumentException(function + " is not defined on " + type);
        }
    }

    private static void sign(CodeBuilder code, boolean isLong) {
        code.invokestatic(
                isLong ? Names.LONG : Names.INTEGER,
                "signum",
                Names.method(CD_int, isLong ? CD_long : CD_int));
        if (isLong) {
            code.i2l();
        }
    }

    private static void high(CodeBuilder code, Scalar type) {
        if (type == Scalar.I32) {
            code.lmul().bipush(32).lshr().l2i();
            return;
        }
        code.invokestatic(Names.MATH, "multiplyHigh", Names.method(CD_long, CD_long, CD_long));
        if (type != Scalar.I64) {
            code.l2i();
        }
    }
}
