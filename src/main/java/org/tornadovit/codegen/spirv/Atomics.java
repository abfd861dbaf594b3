package org.tornadovit.codegen.spirv;

import org.tornadovit.codegen.spirv.Values.Known;
import org.tornadovit.device.DeviceException;
import org.tornadovit.ir.BinaryOp;
import org.tornadovit.ir.Scalar;
import org.tornadovit.ir.Space;
import org.tornadovit.ir.Stmt;
import org.tornadovit.ir.Type;

/** Atomic operations; those on floating point try until nobody came between. */
final class Atomics {
    private final Body body;
    private final SpirvModule module;
    private final Values values;
    private final Memory memory;

    Atomics(Body body, Values values, Memory memory) {
        this.body = body;
        this.module = body.module();
        this.values = values;
        this.memory = memory;
    }

    /** {@return the value before the operation} */
    Value write(Stmt.Atomic atomic, Value index, Value operand) {
        Type type = Type.of(atomic.array().element());
        if (type.scalar().bytes() == Long.BYTES) {
            module.usesAtomics64();
        }
        int scope =
                module.number(
                        atomic.array().space() == Space.GLOBAL
                                ? Operand.DEVICE_SCOPE
                                : Operand.WORKGROUP_SCOPE);
        int relaxed = module.number(Operand.RELAXED);
        return switch (type.scalar()) {
            case I32, I64 -> {
                if (atomic.op() == BinaryOp.MUL) {
                    yield exchanged(atomic, index, operand, scope);
                }
                int pointer = memory.pointer(atomic.array(), index);
                yield new Value(
                        type,
                        body.emit(
                                instruction(atomic.op()),
                                module.type(type),
                                pointer,
                                scope,
                                relaxed,
                                operand.id()));
            }
            case F32, F64 -> exchanged(atomic, index, operand, scope);
            case BOOL, I8, I16, U16, F16, BF16 ->
                    throw new DeviceException(
                            "SPIR-V has no atomic operations on "
                                    + type
                                    + " ("
                                    + atomic.site()
                                    + "); use an array of 32-bit elements.");
        };
    }

    private static Op instruction(BinaryOp op) {
        return switch (op) {
            case ADD -> Op.ATOMIC_I_ADD;
            case SUB -> Op.ATOMIC_I_SUB;
            case MIN -> Op.ATOMIC_S_MIN;
            case MAX -> Op.ATOMIC_S_MAX;
            case AND -> Op.ATOMIC_AND;
            case OR -> Op.ATOMIC_OR;
            case XOR -> Op.ATOMIC_XOR;
            default -> throw new IllegalArgumentException(op + " is no atomic operation");
        };
    }

    private Value exchanged(Stmt.Atomic atomic, Value index, Value operand, int scope) {
        Type type = operand.type();
        Type bits = Type.of(type.scalar().bytes() == Long.BYTES ? Scalar.I64 : Scalar.I32);
        int bitsType = module.type(bits);
        int storage = SpirvModule.storage(atomic.array().space());
        int element = memory.pointer(atomic.array(), index);
        int pointer =
                type.equals(bits)
                        ? element
                        : body.emit(Op.BITCAST, module.pointer(storage, bitsType), element);
        int first = body.emit(Op.LOAD, bitsType, pointer);
        int before = body.block();
        int again = module.id();
        int end = module.id();
        int found = module.id();
        int relaxed = module.number(Operand.RELAXED);
        body.branch(again);
        body.place(again);
        Value expected = new Value(bits, body.emit(Op.PHI, bitsType, first, before, found, again));
        Value old = type.equals(bits) ? expected : values.apply(Op.BITCAST, type, expected);
        Value combined = values.binary(atomic.op(), old, operand, Known.NOTHING);
        Value wanted = type.equals(bits) ? combined : values.apply(Op.BITCAST, bits, combined);
        body.emitAs(
                found,
                Op.ATOMIC_COMPARE_EXCHANGE,
                bitsType,
                pointer,
                scope,
                relaxed,
                relaxed,
                wanted.id(),
                expected.id());
        Value alone = values.compare(BinaryOp.EQ, new Value(bits, found), expected);
        body.run(Op.LOOP_MERGE, end, again, Operand.NONE);
        body.branch(alone.id(), end, again);
        body.place(end);
        return old;
    }
}
