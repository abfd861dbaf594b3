package org.tornadovit.codegen;

import org.tornadovit.ir.Scalar;
import org.tornadovit.ir.Type;

/**
 * The types of OpenCL C that hold values and elements.
 *
 * <p>In registers F16 and BF16 are floats that hold a value of the narrow type; a vector of BOOL is
 * a vector of ints, 0 or -1, as comparisons give it. In memory BOOL is a char, F16 a half and BF16
 * a ushort.
 */
final class OpenClTypes {
    /** The widest vector of OpenCL C. */
    static final int MOST_LANES = 16;

    private OpenClTypes() {}

    /** {@return the type of a value in registers} */
    static String register(Type type) {
        return type.isVector()
                ? vector(type.scalar() == Scalar.BOOL ? "int" : register(type.scalar()), type)
                : register(type.scalar());
    }

    /** {@return the type of a scalar in registers} */
    static String register(Scalar scalar) {
        return switch (scalar) {
            case BOOL -> "bool";
            case I8 -> "char";
            case I16 -> "short";
            case U16 -> "ushort";
            case I32 -> "int";
            case I64 -> "long";
            case F16, BF16, F32 -> "float";
            case F64 -> "double";
        };
    }

    /** {@return the type of an array element that can be declared as a variable} */
    static String memory(Scalar scalar) {
        return switch (scalar) {
            case BOOL -> "char";
            case F16, BF16 -> "ushort";
            case I8, I16, U16, I32, I64, F32, F64 -> register(scalar);
        };
    }

    /** {@return the type of an array element behind a pointer} */
    static String pointee(Scalar scalar) {
        return scalar == Scalar.F16 ? "half" : memory(scalar);
    }

    /** {@return the unsigned type of the same size as an integer type} */
    static String unsigned(Type type) {
        return lanes(
                switch (type.scalar()) {
                    case I8 -> "uchar";
                    case I16, U16 -> "ushort";
                    case I32 -> "uint";
                    case I64 -> "ulong";
                    case BOOL, F16, BF16, F32, F64 ->
                            throw new IllegalArgumentException(type + " is no integer type");
                },
                type.lanes());
    }

    /** {@return the signed integer type of the same size in registers; masks of it select} */
    static String mask(Type type) {
        return lanes(
                switch (type.scalar()) {
                    case I8 -> "char";
                    case I16, U16 -> "short";
                    case BOOL, I32, F16, BF16, F32 -> "int";
                    case I64, F64 -> "long";
                },
                type.lanes());
    }

    /** {@return the type, F32 or F64, that holds a value of floating point in registers} */
    static Type held(Type type) {
        return type.scalar() == Scalar.F64 ? type : new Type(Scalar.F32, type.lanes());
    }

    /** {@return {@code base} with the number of lanes, if it is not one} */
    static String lanes(String base, int lanes) {
        return lanes == 1 ? base : base + lanes;
    }

    private static String vector(String base, Type type) {
        if (type.lanes() > MOST_LANES) {
            throw new IllegalArgumentException(
                    "OpenCL C has vectors of at most " + MOST_LANES + " lanes, not " + type);
        }
        return base + type.lanes();
    }
}
