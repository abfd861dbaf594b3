package org.tornadovit.codegen.ptx;

import org.tornadovit.codegen.ptx.Values.Known;
import org.tornadovit.device.DeviceException;
import org.tornadovit.ir.BinaryOp;
import org.tornadovit.ir.Scalar;
import org.tornadovit.ir.Stmt;
import org.tornadovit.ir.Type;

/**
 * Atomic operations. Those on floating point try until nobody came between: the instruction that
 * adds floats loses those below the normal range.
 */
final class Atomics {
    private final Body body;
    private final Values values;

    Atomics(Body body, Values values) {
        this.body = body;
        this.values = values;
    }

    /** {@return the value before the operation} */
    Value write(Stmt.Atomic atomic, Memory.Address address, Value operand) {
        Type type = Type.of(atomic.array().element());
        String at = address.plus(0);
        String prefix = "atom." + Memory.space(atomic.array()) + ".";
        return switch (type.scalar()) {
            case I32, I64 -> {
                if (atomic.op() == BinaryOp.MUL) {
                    yield exchanged(atomic.op(), prefix, at, operand);
                }
                Bank bank = Bank.of(type.scalar());
                Value given = atomic.op() == BinaryOp.SUB ? values.negate(operand) : operand;
                String instruction = prefix + instruction(atomic.op(), bank == Bank.BITS64);
                yield Value.of(type, body.emit(bank, instruction, at, given.scalar()));
            }
            case F32, F64 -> exchanged(atomic.op(), prefix, at, operand);
            case BOOL, I8, I16, U16, F16, BF16 ->
                    throw new DeviceException(
                            "PTX has no atomic operations on "
                                    + type
                                    + " ("
                                    + atomic.site()
                                    + "); use an array of 32-bit elements.");
        };
    }

    private static String instruction(BinaryOp op, boolean isLong) {
        String size = isLong ? "64" : "32";
        return switch (op) {
            case ADD, SUB -> "add.u" + size;
            case MIN -> "min.s" + size;
            case MAX -> "max.s" + size;
            case AND -> "and.b" + size;
            case OR -> "or.b" + size;
            case XOR -> "xor.b" + size;
            default -> throw new IllegalArgumentException(op + " is no atomic operation");
        };
    }

    private Value exchanged(BinaryOp op, String prefix, String at, Value operand) {
        Type type = operand.type();
        boolean isLong = type.scalar().bytes() == Long.BYTES;
        Bank bank = isLong ? Bank.BITS64 : Bank.BITS32;
        Type bits = Type.of(isLong ? Scalar.I64 : Scalar.I32);
        String load = prefix.replace("atom.", "ld.") + bank.type();
        String expected = body.emit(bank, load, at);
        String again = body.label();
        body.place(again);
        String seen = body.emit(bank, "mov." + bank.type(), expected);
        Value before = values.conversions().bitcast(type, Value.of(bits, seen));
        Value combined = values.binary(op, before, operand, Known.NOTHING);
        Value wanted = values.conversions().bitcast(bits, combined);
        body.into(expected, prefix + "cas." + bank.type(), at, seen, wanted.scalar());
        body.branchIf(body.p("setp.ne." + bank.type(), expected, seen), again);
        return before;
    }
}
