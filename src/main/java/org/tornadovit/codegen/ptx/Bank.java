package org.tornadovit.codegen.ptx;

import org.tornadovit.ir.Scalar;

/**
 * The kinds of registers. Small integers are held in 32 bits, as Java would widen them; halves and
 * bfloats as floats.
 */
enum Bank {
    PREDICATE("pred", "%p"),
    BITS16("b16", "%h"),
    BITS32("b32", "%r"),
    BITS64("b64", "%rd"),
    FLOAT("f32", "%f"),
    DOUBLE("f64", "%fd");

    private final String type;
    private final String prefix;

    Bank(String type, String prefix) {
        this.type = type;
        this.prefix = prefix;
    }

    /** {@return the registers that hold values of a type} */
    static Bank of(Scalar scalar) {
        return switch (scalar) {
            case BOOL -> PREDICATE;
            case I8, I16, U16, I32 -> BITS32;
            case I64 -> BITS64;
            case F16, BF16, F32 -> FLOAT;
            case F64 -> DOUBLE;
        };
    }

    /** {@return the type of the registers, as in {@code b32}} */
    String type() {
        return type;
    }

    /** {@return what their names begin with} */
    String prefix() {
        return prefix;
    }

    /** {@return the literal of a constant} */
    String literal(long bits) {
        return switch (this) {
            case PREDICATE, BITS16, BITS32 -> Integer.toString((int) bits);
            case BITS64 -> bits == Long.MIN_VALUE ? "0x8000000000000000" : Long.toString(bits);
            case FLOAT -> "0f%08X".formatted((int) bits);
            case DOUBLE -> "0d%016X".formatted(bits);
        };
    }
}
