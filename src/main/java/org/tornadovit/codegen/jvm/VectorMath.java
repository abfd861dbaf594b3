package org.tornadovit.codegen.jvm;

import org.tornadovit.ir.Function;
import org.tornadovit.ir.Scalar;

/** Functions that the Vector API has for whole registers; its results are within 1 ulp. */
final class VectorMath {
    private VectorMath() {}

    /** {@return the operator of the Vector API, empty when it has none} */
    static String name(Function function, Scalar type) {
        if (!type.isFloat()) {
            return integer(function, type);
        }
        return switch (function) {
            case ABS,
                    SQRT,
                    CBRT,
                    EXP,
                    EXPM1,
                    LOG,
                    LOG10,
                    LOG1P,
                    SIN,
                    COS,
                    TAN,
                    ASIN,
                    ACOS,
                    ATAN,
                    SINH,
                    COSH,
                    TANH,
                    POW,
                    ATAN2,
                    HYPOT ->
                    function.name();
            case RSQRT,
                    LOG2,
                    SINPI,
                    COSPI,
                    ASINH,
                    ACOSH,
                    FLOOR,
                    CEIL,
                    RINT,
                    SIGNUM,
                    TO_RADIANS,
                    TO_DEGREES,
                    POPCOUNT,
                    COPYSIGN,
                    MULHI,
                    FMA ->
                    "";
        };
    }

    private static String integer(Function function, Scalar type) {
        boolean isWhole = type == Scalar.I32 || type == Scalar.I64;
        return switch (function) {
            case ABS -> "ABS";
            case POPCOUNT -> isWhole ? "BIT_COUNT" : "";
            default -> "";
        };
    }
}
