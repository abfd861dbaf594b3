package org.tornadovit.codegen.spirv;

import java.util.Arrays;
import java.util.Locale;
import org.tornadovit.ir.Function;

/** The instructions of the set OpenCL.std that kernels use, with its numbers. */
enum Extended {
    ACOS(0),
    ACOSH(1),
    ASIN(3),
    ASINH(4),
    ATAN(6),
    ATAN2(7),
    CBRT(11),
    CEIL(12),
    COPYSIGN(13),
    COS(14),
    COSH(15),
    COSPI(16),
    EXP(19),
    EXPM1(22),
    FABS(23),
    FLOOR(25),
    FMA(26),
    FMOD(29),
    HYPOT(32),
    LOG(37),
    LOG2(38),
    LOG10(39),
    LOG1P(40),
    POW(48),
    RINT(53),
    RSQRT(56),
    SIN(57),
    SINH(59),
    SINPI(60),
    SQRT(61),
    TAN(62),
    TANH(63),
    DEGREES(96),
    RADIANS(100),
    SIGN(103),
    S_ABS(141),
    S_MUL_HI(160),
    POPCOUNT(166),
    VLOAD_HALF(173),
    VLOAD_HALFN(174),
    VSTORE_HALF_R(176),
    VSTORE_HALFN_R(178);

    private final int number;

    Extended(int number) {
        this.number = number;
    }

    /** {@return the number in the set} */
    int number() {
        return number;
    }

    /** {@return the name in the set} */
    String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** {@return the instruction of that number} */
    static Extended of(int number) {
        return Arrays.stream(values())
                .filter(e -> e.number == number)
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException("no kernel has OpenCL.std " + number));
    }

    /** {@return the instruction for a function on floating point; its meaning as in OpenCL C} */
    static Extended of(Function function) {
        return switch (function) {
            case ABS -> FABS;
            case SQRT -> SQRT;
            case RSQRT -> RSQRT;
            case CBRT -> CBRT;
            case EXP -> EXP;
            case EXPM1 -> EXPM1;
            case LOG -> LOG;
            case LOG2 -> LOG2;
            case LOG10 -> LOG10;
            case LOG1P -> LOG1P;
            case SIN -> SIN;
            case COS -> COS;
            case TAN -> TAN;
            case SINPI -> SINPI;
            case COSPI -> COSPI;
            case ASIN -> ASIN;
            case ACOS -> ACOS;
            case ATAN -> ATAN;
            case SINH -> SINH;
            case COSH -> COSH;
            case TANH -> TANH;
            case ASINH -> ASINH;
            case ACOSH -> ACOSH;
            case FLOOR -> FLOOR;
            case CEIL -> CEIL;
            case RINT -> RINT;
            case SIGNUM -> SIGN;
            case TO_RADIANS -> RADIANS;
            case TO_DEGREES -> DEGREES;
            case POPCOUNT -> POPCOUNT;
            case POW -> POW;
            case ATAN2 -> ATAN2;
            case HYPOT -> HYPOT;
            case COPYSIGN -> COPYSIGN;
            case MULHI -> S_MUL_HI;
            case FMA -> FMA;
        };
    }
}
