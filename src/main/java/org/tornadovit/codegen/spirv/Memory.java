package org.tornadovit.codegen.spirv;

import java.util.HashMap;
import java.util.Map;
import org.tornadovit.ir.Array;
import org.tornadovit.ir.Scalar;
import org.tornadovit.ir.Space;
import org.tornadovit.ir.Type;

/** Loads and stores of array elements. */
final class Memory {
    private final Body body;
    private final SpirvModule module;
    private final Values values;
    private final Map<Array, Integer> arrays = new HashMap<>();

    Memory(Body body, Values values) {
        this.body = body;
        this.module = body.module();
        this.values = values;
    }

    /** Makes an array known by the id of its parameter or variable. */
    void define(Array array, int id) {
        arrays.put(array, id);
    }

    /** {@return the type of the parameter that points to an array} */
    int parameter(Array array) {
        int element =
                array.element() == Scalar.F16 ? module.half() : module.memory(array.element(), 1);
        return module.pointer(Operand.CROSS_WORKGROUP, element);
    }

    /** {@return a pointer to an element as it is declared} */
    int pointer(Array array, Value index) {
        Integer base = arrays.get(array);
        if (base == null) {
            throw new IllegalArgumentException("array '" + array + "' is never allocated");
        }
        if (array.space() == Space.GLOBAL) {
            return body.emit(Op.IN_BOUNDS_PTR_ACCESS_CHAIN, parameter(array), base, index.id());
        }
        int type =
                module.pointer(
                        SpirvModule.storage(array.space()), module.memory(array.element(), 1));
        return body.emit(Op.IN_BOUNDS_ACCESS_CHAIN, type, base, index.id());
    }

    /** {@return the elements from {@code index} on} */
    Value load(Array array, Value index, Type type) {
        int pointer = pointer(array, index);
        if (array.element() == Scalar.F16) {
            return values.conversions().loadHalf(type, half(array, pointer));
        }
        Value memory = plainLoad(array, pointer, type);
        return switch (array.element()) {
            case BOOL -> values.conversions().cast(type, memory);
            case BF16 -> values.conversions().ofBits(type, memory);
            case I8, I16, U16, I32, I64, F16, F32, F64 -> memory;
        };
    }

    /** Writes the elements from {@code index} on. */
    void store(Array array, Value index, Value value) {
        int pointer = pointer(array, index);
        switch (array.element()) {
            case F16 -> values.conversions().storeHalf(value, half(array, pointer));
            case BF16 -> plainStore(array, pointer, values.conversions().bits(value));
            case BOOL -> {
                Type bytes = new Type(Scalar.I8, value.type().lanes());
                plainStore(array, pointer, values.conversions().cast(bytes, value));
            }
            case I8, I16, U16, I32, I64, F32, F64 -> plainStore(array, pointer, value);
        }
    }

    /** Writes the zero of an array's elements. */
    void clear(Array array, Value index) {
        Type type =
                Type.of(
                        switch (array.element()) {
                            case BOOL -> Scalar.I8;
                            case F16, BF16 -> Scalar.U16;
                            case I8, I16, U16, I32, I64, F32, F64 -> array.element();
                        });
        plainStore(array, pointer(array, index), values.constant(type, 0));
    }

    private int half(Array array, int pointer) {
        return array.space() == Space.GLOBAL
                ? pointer
                : values.conversions().halfPointer(pointer, SpirvModule.storage(array.space()));
    }

    private Value plainLoad(Array array, int pointer, Type type) {
        int memory = module.memory(array.element(), type.lanes());
        Scalar scalar =
                switch (array.element()) {
                    case BOOL -> Scalar.I8;
                    case F16, BF16 -> Scalar.U16;
                    case I8, I16, U16, I32, I64, F32, F64 -> array.element();
                };
        Type held = new Type(scalar, type.lanes());
        if (!type.isVector()) {
            return new Value(held, body.emit(Op.LOAD, memory, pointer));
        }
        int wide = wide(array, pointer, memory);
        int bytes = array.element().bytes();
        return new Value(held, body.emit(Op.LOAD, memory, wide, Operand.ALIGNED, bytes));
    }

    private void plainStore(Array array, int pointer, Value value) {
        if (!value.type().isVector()) {
            body.run(Op.STORE, pointer, value.id());
            return;
        }
        int wide = wide(array, pointer, module.type(value.type()));
        int bytes = array.element().bytes();
        body.run(Op.STORE, wide, value.id(), Operand.ALIGNED, bytes);
    }

    /** A pointer to an element as one to several; only the element's alignment is known. */
    private int wide(Array array, int pointer, int type) {
        int pointerType = module.pointer(SpirvModule.storage(array.space()), type);
        return body.emit(Op.BITCAST, pointerType, pointer);
    }
}
