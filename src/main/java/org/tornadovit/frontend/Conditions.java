package org.tornadovit.frontend;

import static java.util.Map.entry;

import java.lang.classfile.Opcode;
import java.util.Map;
import org.tornadovit.ir.BinaryOp;
import org.tornadovit.ir.Const;
import org.tornadovit.ir.Expr;
import org.tornadovit.ir.Scalar;

/** The truth values that conditional jumps test. */
final class Conditions {
    private static final Map<Opcode, BinaryOp> TESTS =
            Map.ofEntries(
                    entry(Opcode.IFEQ, BinaryOp.EQ),
                    entry(Opcode.IFNE, BinaryOp.NE),
                    entry(Opcode.IFLT, BinaryOp.LT),
                    entry(Opcode.IFGE, BinaryOp.GE),
                    entry(Opcode.IFGT, BinaryOp.GT),
                    entry(Opcode.IFLE, BinaryOp.LE),
                    entry(Opcode.IF_ICMPEQ, BinaryOp.EQ),
                    entry(Opcode.IF_ICMPNE, BinaryOp.NE),
                    entry(Opcode.IF_ICMPLT, BinaryOp.LT),
                    entry(Opcode.IF_ICMPGE, BinaryOp.GE),
                    entry(Opcode.IF_ICMPGT, BinaryOp.GT),
                    entry(Opcode.IF_ICMPLE, BinaryOp.LE));

    private Conditions() {}

    /** {@return the comparison that a conditional jump makes} */
    static BinaryOp test(Opcode opcode) {
        BinaryOp op = TESTS.get(opcode);
        if (op == null) {
            throw new IllegalArgumentException(opcode + " tests no number");
        }
        return op;
    }

    /** {@return whether the jump compares two numbers rather than one with zero} */
    static boolean isPair(Opcode opcode) {
        return switch (opcode) {
            case IF_ICMPEQ, IF_ICMPNE, IF_ICMPLT, IF_ICMPGE, IF_ICMPGT, IF_ICMPLE -> true;
            default -> false;
        };
    }

    /** {@return the condition {@code x op 0} of an {@code int}} */
    static Expr againstZero(BinaryOp op, Expr x) {
        if (x instanceof Expr.Cast(_, var inner) && inner.type().scalar() == Scalar.BOOL) {
            if (op == BinaryOp.NE) {
                return inner;
            }
            if (op == BinaryOp.EQ) {
                return Trees.not(inner);
            }
        }
        return Trees.binary(op, x, Const.i32(0));
    }

    /**
     * {@return the condition {@code compare(x, y) op 0}}
     *
     * <p>The instruction says less, or greater, for NaN: where that makes the condition true, it is
     * the negation of the opposite comparison, which NaN makes false.
     */
    static Expr againstZero(BinaryOp op, Value.Compared c) {
        boolean trueOnNaN =
                switch (c.order()) {
                    case TOTAL -> false;
                    case NAN_LESS -> op == BinaryOp.LT || op == BinaryOp.LE;
                    case NAN_GREATER -> op == BinaryOp.GT || op == BinaryOp.GE;
                };
        if (!trueOnNaN) {
            return Trees.binary(op, c.x(), c.y());
        }
        BinaryOp opposite =
                switch (op) {
                    case LT -> BinaryOp.GE;
                    case LE -> BinaryOp.GT;
                    case GT -> BinaryOp.LE;
                    default -> BinaryOp.LT;
                };
        return Trees.not(Trees.binary(opposite, c.x(), c.y()));
    }

    /** {@return -1, 0 or 1: {@code (x > y) - (x < y)}, with NaN on the side the order says} */
    static Expr materialise(Value.Compared compared, Emitter emitter) {
        Value.Compared c =
                new Value.Compared(
                        compared.order(),
                        emitter.simple(compared.x()),
                        emitter.simple(compared.y()));
        return Trees.binary(
                BinaryOp.SUB,
                Trees.cast(Scalar.I32, againstZero(BinaryOp.GT, c)),
                Trees.cast(Scalar.I32, againstZero(BinaryOp.LT, c)));
    }
}
