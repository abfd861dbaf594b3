package org.tornadovit.codegen;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.tornadovit.ir.BinaryOp;
import org.tornadovit.ir.Scalar;
import org.tornadovit.ir.Space;
import org.tornadovit.ir.Type;

/**
 * The functions that a kernel needs where no operator or built-in function of OpenCL C has Java's
 * meaning. Each method returns the name of one and adds its text, once, before the kernel.
 *
 * <p>In the texts {@code $F} stands for the name, {@code $T} for the type, {@code $M} for its mask,
 * {@code $U} for its unsigned type, {@code $N} for the number of lanes and {@code $V} for the same
 * as the ending of a function.
 */
final class OpenClPrelude {
    /** Several work-items may fail at once: the first one is recorded, with its number. */
    static final String TRAP =
            """
            static void tv_trap(volatile __global int *status, int site, int value) {
                if (atomic_cmpxchg(status, 0, site) == 0) {
                    status[1] = value;
                    status[2] = (int)(get_global_id(0) + get_global_size(0)
                        * (get_global_id(1) + get_global_size(1) * get_global_id(2)));
                }
            }
            """;

    /** The only work-item fails once. */
    static final String LONE_TRAP =
            """
            static void tv_trap(__global int *status, int site, int value) {
                status[0] = site;
                status[1] = value;
                status[2] = 0;
            }
            """;

    private final String trap;
    private final Map<String, String> functions = new LinkedHashMap<>();

    /**
     * Creates a prelude.
     *
     * @param trap how a failed check is recorded
     */
    OpenClPrelude(String trap) {
        this.trap = trap;
    }

    /** {@return all functions asked for, in an order in which each knows those it calls} */
    String text() {
        return String.join("\n", functions.values());
    }

    /** {@return {@code x / y}: MIN / -1 is MIN; a division by zero gives 0 and never faults} */
    String divide(Type type) {
        return integerDivision("tv_div", type, "/", "as_$T(($U)(0) - as_$U(x))");
    }

    /** {@return {@code x % y}: MIN % -1 is 0; a division by zero gives 0 and never faults} */
    String remainder(Type type) {
        return integerDivision("tv_rem", type, "%", "($T)(0)");
    }

    /** {@return MIN or MAX on floating point: NaN where an operand is NaN, -0.0 below 0.0} */
    String extremum(BinaryOp op, Type type) {
        boolean max = op == BinaryOp.MAX;
        String less = max ? "x <= y" : "x >= y";
        String zeros = "as_$T(as_$M(x) " + (max ? "&" : "|") + " as_$M(y))";
        return add(
                max ? "tv_max" : "tv_min",
                type,
                """
                static $T $F($T x, $T y) {
                    $T r = %s;
                    r = %s;
                    return %s;
                }
                """
                        .formatted(
                                choose(type, less, "y", "x"),
                                choose(type, "y != y", "y", "r"),
                                choose(type, "x == y", zeros, "r")));
    }

    /**
     * {@return MIN or MAX of x and a bound c that is not NaN, nor 0.0 in MIN, nor -0.0 in MAX: one
     * comparison is enough}
     */
    String bound(BinaryOp op, Type type) {
        boolean max = op == BinaryOp.MAX;
        return add(
                max ? "tv_at_least" : "tv_at_most",
                type,
                """
                static $T $F($T x, $T c) {
                    return %s;
                }
                """
                        .formatted(choose(type, max ? "x <= c" : "x >= c", "c", "x")));
    }

    /** {@return floating point to {@code to}, I32 or I64: saturating, NaN to 0} */
    String toInteger(Type from, Type to) {
        String target = OpenClTypes.register(to);
        String nan = to.isVector() ? "convert_" + target + "(x != x)" : "x != x";
        return add(
                "tv_" + target,
                from,
                """
                static %s $F($T x) {
                    return %s;
                }
                """
                        .formatted(
                                target,
                                choose(
                                        to,
                                        nan,
                                        "(" + target + ")(0)",
                                        "convert_" + target + "_sat(x)")));
    }

    /** {@return a float rounded to the nearest value of a narrow type} */
    String round(Type type) {
        return type.scalar() == Scalar.F16 ? roundToHalf(type) : roundToBfloat(type);
    }

    /** {@return the bits of a float that holds a binary16, as U16} */
    String halfBits(Type type) {
        return add(
                "tv_half_bits",
                floats(type),
                """
                static %s $F($T x) {
                    ushort h[$N];
                    vstore_half$V_rte(x, 0, (__private half *)h);
                    return %s;
                }
                """
                        .formatted(
                                OpenClTypes.lanes("ushort", type.lanes()),
                                type.isVector() ? "vload$V(0, h)" : "h[0]"));
    }

    /** {@return the float of the bits of a binary16, given as U16} */
    String halfOfBits(Type bits) {
        return add(
                "tv_half_of_bits",
                bits,
                """
                static %s $F($T x) {
                    ushort h[$N];
                    %s
                    return vload_half$V(0, (__private const half *)h);
                }
                """
                        .formatted(
                                OpenClTypes.lanes("float", bits.lanes()),
                                bits.isVector() ? "vstore$V(x, 0, h);" : "h[0] = x;"));
    }

    /** {@return Java's signum: NaN and both zeros stay} */
    String signum(Type type) {
        return add(
                "tv_signum",
                type,
                """
                static $T $F($T x) {
                    return %s;
                }
                """
                        .formatted(
                                choose(
                                        type,
                                        "x > ($T)(0)",
                                        "($T)(1)",
                                        type.isVector()
                                                ? choose(type, "x < ($T)(0)", "($T)(-1)", "x")
                                                : "("
                                                        + choose(
                                                                type,
                                                                "x < ($T)(0)",
                                                                "($T)(-1)",
                                                                "x")
                                                        + ")")));
    }

    /** {@return Java's pow: NaN where C has 1 for pow(1, NaN) and pow(+-1, +-infinity)} */
    String power(Type type) {
        String and = type.isVector() ? "&" : "&&";
        String or = type.isVector() ? "|" : "||";
        return add(
                "tv_pow",
                type,
                """
                static $T $F($T x, $T y) {
                    return %s;
                }
                """
                        .formatted(
                                choose(
                                        type,
                                        "(y != y) %s ((fabs(x) == ($T)(1)) %s (isinf(y) != 0))"
                                                .formatted(or, and),
                                        "y - y",
                                        "pow(x, y)")));
    }

    /** {@return all lanes combined, halves first; {@code combine} is a text over a and b} */
    String reduce(BinaryOp op, Type type, Function<Type, String> combine) {
        Type half = type.withLanes(type.lanes() / 2);
        String combined = combine.apply(half);
        String result = half.isVector() ? reduce(op, half, combine) + "(r)" : "r";
        return add(
                "tv_reduce_" + lower(op) + narrow(type),
                type,
                """
                static %s $F($T x) {
                    %s a = x.lo;
                    %s b = x.hi;
                    %s r = %s;
                    return %s;
                }
                """
                        .formatted(
                                OpenClTypes.register(type.scalar()),
                                OpenClTypes.register(half),
                                OpenClTypes.register(half),
                                OpenClTypes.register(half),
                                combined,
                                result));
    }

    /** {@return {@code before = *p; *p = before op value; before}, without a built-in one} */
    String atomic(BinaryOp op, Type type, Space space, String combined) {
        String pointer = "volatile " + OpenClStatements.qualifier(space);
        String exchange = type.scalar().bytes() == Long.BYTES ? "atom_cmpxchg" : "atomic_cmpxchg";
        return add(
                "tv_atomic_" + lower(op) + "_" + lower(space),
                type,
                """
                static $T $F(%s $T *p, $T b) {
                    %s $M *q = (%s $M *)p;
                    $M seen = %s(q, ($M)0, ($M)0);
                    $M before;
                    do {
                        before = seen;
                        $T a = as_$T(before);
                        seen = %s(q, before, as_$M(%s));
                    } while (seen != before);
                    return as_$T(before);
                }
                """
                        .formatted(
                                pointer, pointer, pointer, exchange, // a plain read would race
                                exchange, combined));
    }

    /** {@return the function that records a failed check} */
    String trap() {
        functions.putIfAbsent("tv_trap", trap);
        return "tv_trap";
    }

    private String integerDivision(String name, Type type, String operator, String byMinusOne) {
        boolean signed = type.scalar() != Scalar.U16;
        String special = signed ? "(y == ($T)(0)) | (y == ($T)(-1))" : "y == ($T)(0)";
        if (!type.isVector()) {
            return add(
                    name,
                    type,
                    """
                    static $T $F($T x, $T y) {
                        return y == 0 ? 0 : y == -1 ? %s : x %s y;
                    }
                    """
                            .formatted(byMinusOne, operator));
        }
        return add(
                name,
                type,
                """
                static $T $F($T x, $T y) {
                    $M special = %s;
                    $T r = x %s select(y, ($T)(1), special);
                    return select(r, %s, special);
                }
                """
                        .formatted(
                                special,
                                operator,
                                signed
                                        ? "select(($T)(0), %s, y == ($T)(-1))".formatted(byMinusOne)
                                        : "($T)(0)"));
    }

    private String roundToHalf(Type type) {
        return add(
                "tv_half",
                floats(type),
                """
                static $T $F($T x) {
                    ushort h[$N];
                    vstore_half$V_rte(x, 0, (__private half *)h);
                    return vload_half$V(0, (__private const half *)h);
                }
                """);
    }

    private String roundToBfloat(Type type) {
        Type words = new Type(Scalar.I32, type.lanes());
        return add(
                "tv_bfloat",
                floats(type),
                """
                static $T $F($T x) {
                    %s u = as_%s(x);
                    %s r = (u + 0x7fff + ((u >> 16) & 1)) & 0xffff0000u;
                    return as_$T(%s);
                }
                """
                        .formatted(
                                OpenClTypes.unsigned(words),
                                OpenClTypes.unsigned(words),
                                OpenClTypes.unsigned(words),
                                choose(type, "x != x", "(u | 0x400000u) & 0xffff0000u", "r")));
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    /** Narrow floats share a register type with F32 but round at each step. */
    private static String narrow(Type type) {
        return type.scalar() == Scalar.F16 || type.scalar() == Scalar.BF16
                ? "_" + type.scalar()
                : "";
    }

    private static Type floats(Type type) {
        return new Type(Scalar.F32, type.lanes());
    }

    /** {@return {@code condition ? yes : no} in each lane} */
    private static String choose(Type type, String condition, String yes, String no) {
        return type.isVector()
                ? "select(" + no + ", " + yes + ", " + condition + ")"
                : condition + " ? " + yes + " : " + no;
    }

    private String add(String stem, Type type, String template) {
        String register = OpenClTypes.register(type);
        String name = stem + "_" + register;
        if (!functions.containsKey(name)) {
            String integers = type.isFloat() ? register : OpenClTypes.unsigned(type);
            String text =
                    template.replace("$F", name)
                            .replace("$T", register)
                            .replace("$M", OpenClTypes.mask(type))
                            .replace("$U", integers)
                            .replace("$V", OpenClTypes.lanes("", type.lanes()))
                            .replace("$N", Integer.toString(type.lanes()));
            functions.put(name, text);
        }
        return name;
    }
}
