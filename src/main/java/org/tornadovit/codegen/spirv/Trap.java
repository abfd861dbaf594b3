package org.tornadovit.codegen.spirv;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.tornadovit.codegen.spirv.Values.Known;
import org.tornadovit.ir.BinaryOp;
import org.tornadovit.ir.Type;

/**
 * Failed checks: a function that records the first of them, as {@link
 * org.tornadovit.codegen.Checks} says, and the calls of it.
 */
final class Trap {
    private final SpirvModule module;
    private final int status;
    private Optional<Words> function = Optional.empty();
    private int functionId;
    private int calls;

    /** Records in the array that the id of a parameter points to. */
    Trap(SpirvModule module, int status) {
        this.module = module;
        this.status = status;
    }

    /** {@return the type of the record's parameter} */
    static int parameter(SpirvModule module) {
        return module.pointer(Operand.CROSS_WORKGROUP, module.type(Type.I32));
    }

    /** Calls the function for the next check of the kernel's text. */
    void call(Body body, Value value) {
        calls++;
        if (function.isEmpty()) {
            functionId = module.id();
            function = Optional.of(define());
        }
        int site = module.number(calls);
        body.emit(Op.FUNCTION_CALL, module.voidType(), functionId, status, site, value.id());
    }

    /** {@return the function, or nothing if it is never called} */
    Words words() {
        return function.orElseGet(Words::new);
    }

    private Words define() {
        int pointer = parameter(module);
        int number = module.type(Type.I32);
        Words words = new Words();
        words.add(
                Op.FUNCTION,
                module.voidType(),
                functionId,
                Operand.NONE,
                module.procedure(List.of(pointer, number, number)));
        module.name(functionId, "tv_trap");
        int record = parameter(words, pointer, "status");
        int site = parameter(words, number, "site");
        int value = parameter(words, number, "value");
        words.add(body(record, site, value).words());
        words.add(Op.FUNCTION_END);
        return words;
    }

    private int parameter(Words words, int type, String name) {
        int id = module.id();
        words.add(Op.FUNCTION_PARAMETER, type, id);
        module.name(id, name);
        return id;
    }

    private Body body(int record, int site, int value) {
        Body body = new Body(module);
        Values values = new Values(body, Set.of());
        int relaxed = module.number(Operand.RELAXED);
        int before =
                body.emit(
                        Op.ATOMIC_COMPARE_EXCHANGE,
                        module.type(Type.I32),
                        record,
                        module.number(Operand.DEVICE_SCOPE),
                        relaxed,
                        relaxed,
                        site,
                        module.number(0));
        int isFirst = module.id();
        int end = module.id();
        Value untouched =
                values.compare(
                        BinaryOp.EQ, new Value(Type.I32, before), values.constant(Type.I32, 0));
        body.branch(untouched.id(), isFirst, end);
        body.place(isFirst);
        store(body, record, 1, value);
        store(body, record, 2, values.conversions().cast(Type.I32, item(body, values)).id());
        body.branch(end);
        body.place(end);
        body.end(Op.RETURN);
        return body;
    }

    private void store(Body body, int record, int place, int value) {
        int at =
                body.emit(
                        Op.IN_BOUNDS_PTR_ACCESS_CHAIN,
                        parameter(module),
                        record,
                        module.number(place));
        body.run(Op.STORE, at, value);
    }

    /** The number of the work-item, counted with x fastest. */
    private Value item(Body body, Values values) {
        Value number = place(body, BuiltIn.GLOBAL_INVOCATION_ID, 2);
        for (int axis = 1; axis >= 0; axis--) {
            Value size = place(body, BuiltIn.GLOBAL_SIZE, axis);
            Value scaled = values.binary(BinaryOp.MUL, number, size, Known.NOTHING);
            Value id = place(body, BuiltIn.GLOBAL_INVOCATION_ID, axis);
            number = values.binary(BinaryOp.ADD, scaled, id, Known.NOTHING);
        }
        return number;
    }

    private Value place(Body body, BuiltIn builtIn, int axis) {
        int all = body.emit(Op.LOAD, module.inputType(), module.input(builtIn));
        int type = module.type(Type.I64);
        return new Value(Type.I64, body.emit(Op.COMPOSITE_EXTRACT, type, all, axis));
    }
}
