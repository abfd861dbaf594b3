package org.tornadovit.codegen;

import java.util.Set;
import java.util.TreeSet;
import org.tornadovit.ir.Function;

/**
 * The built-in functions of OpenCL C for {@link Function}s, and how exact OpenCL guarantees them to
 * be. Java guarantees 1 unit in the last place, 2 to 2.5 for {@code atan2} and the hyperbolic
 * functions; drivers usually do better than they must (FunctionsOnDevice).
 */
final class OpenClFunctions {
    /** Built-in functions that generated code calls beside those of {@link #name}. */
    private static final Set<String> OTHERS =
            Set.of("abs", "min", "max", "select", "isinf", "fmod", "popcount", "mul_hi");

    private OpenClFunctions() {}

    /**
     * {@return the built-in function on floating point}
     *
     * <p>{@code SIGNUM} and {@code POW} are names too, though Java's meaning needs more than them.
     */
    static String name(Function function) {
        return switch (function) {
            case ABS -> "fabs";
            case SQRT -> "sqrt";
            case RSQRT -> "rsqrt";
            case CBRT -> "cbrt";
            case EXP -> "exp";
            case EXPM1 -> "expm1";
            case LOG -> "log";
            case LOG2 -> "log2";
            case LOG10 -> "log10";
            case LOG1P -> "log1p";
            case SIN -> "sin";
            case COS -> "cos";
            case TAN -> "tan";
            case SINPI -> "sinpi";
            case COSPI -> "cospi";
            case ASIN -> "asin";
            case ACOS -> "acos";
            case ATAN -> "atan";
            case SINH -> "sinh";
            case COSH -> "cosh";
            case TANH -> "tanh";
            case ASINH -> "asinh";
            case ACOSH -> "acosh";
            case FLOOR -> "floor";
            case CEIL -> "ceil";
            case RINT -> "rint";
            case SIGNUM -> "sign";
            case TO_RADIANS -> "radians";
            case TO_DEGREES -> "degrees";
            case POPCOUNT -> "popcount";
            case POW -> "pow";
            case ATAN2 -> "atan2";
            case HYPOT -> "hypot";
            case COPYSIGN -> "copysign";
            case MULHI -> "mul_hi";
            case FMA -> "fma";
        };
    }

    /** {@return every built-in function that generated code may call by a plain name} */
    static Set<String> called() {
        Set<String> names = new TreeSet<>(OTHERS);
        for (Function function : Function.values()) {
            names.add(name(function));
        }
        return names;
    }

    /**
     * {@return the largest error that OpenCL's full profile allows, in units in the last place}
     *
     * <p>SQRT is exact where the device offers exact roots, otherwise 3 on float.
     */
    static int ulps(Function function) {
        return switch (function) {
            case ABS, SQRT, FLOOR, CEIL, RINT, SIGNUM, POPCOUNT, COPYSIGN, MULHI, FMA -> 0;
            case RSQRT, CBRT, LOG1P, TO_RADIANS, TO_DEGREES -> 2;
            case EXP, EXPM1, LOG, LOG2, LOG10 -> 3;
            case SIN, COS, SINPI, COSPI, SINH, COSH, ASIN, ACOS, ASINH, ACOSH, HYPOT -> 4;
            case TAN, ATAN, TANH -> 5;
            case ATAN2 -> 6;
            case POW -> 16;
        };
    }
}
