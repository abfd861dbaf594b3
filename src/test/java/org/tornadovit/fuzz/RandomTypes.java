package org.tornadovit.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Source text of random data-parallel kernels without races over what {@link RandomKernels} leaves
 * out: bfloat16, FP8 and int8 arrays, Half2, Double2, rows of arrays, loops in one to three
 * dimensions, switches, labels, narrowing assignments, and up to three reductions a kernel. Sums
 * and products of reductions are exact in whatever order.
 */
final class RandomTypes {
    private static final String HEAD =
            """
            import uk.ac.manchester.tornado.api.annotations.*;
            import uk.ac.manchester.tornado.api.types.*;
            import uk.ac.manchester.tornado.api.types.arrays.*;
            import uk.ac.manchester.tornado.api.types.collections.*;
            import uk.ac.manchester.tornado.api.types.vectors.*;
            public final class %s {
            static float some(float x) { return x - x == 0 ? x : 1.5f; }
            static int kind(int x) {
                switch (x & 7) {
                    case 0: return 3;
                    case 1: x += 5;
                    case 2: if (x > 40) { return x; } break;
                    case 5: return -x;
                    default: x ^= 21;
                }
                return x * 3;
            }
            static long first(long x, int y) {
                for (int k = 0; k < 6; k++) {
                    if ((x >> k & 1) == 0) { return k + y; }
                    if (k > y) { return x ^ k; }
                }
                return y;
            }
            static Half2 both(Half2 x, float y) {
                if (y > 1) { return Half2.add(x, Half2.fromFloats(y, 1f)); }
                return Half2.mult(x, x);
            }
            static Double2 turn(Double2 x, int y) {
                return (y & 1) == 0 ? new Double2(x.getY(), -x.getX()) : Double2.add(x, y);
            }
            """;

    private static final String PARAMETERS =
            """
            BFloat16Array ab, FP8Array ae, Int8Array as, CharArray ac, IntArray ai, FloatArray af,
                    VectorHalf2 ah, VectorDouble2 ad, float[][] ar, BFloat16Array ob, FP8Array oe,
                    Int8Array os, CharArray oc, IntArray oi, VectorHalf2 oh, VectorDouble2 od,
                    float[][] or, @Reduce DoubleArray rd, @Reduce LongArray rl, int n\
            """;

    private static final List<String> NESTS =
            List.of(
                    "for (@Parallel int at = 0; at < 64; at++) {",
                    "for (@Parallel int at = 0; at < oi.getSize(); at++) {",
                    "for (@Parallel int at = 1; at < n; at += 3) {",
                    """
                    for (@Parallel int i = 0; i < 8; i++) {
                    for (@Parallel int j = 0; j < 8; j++) { int at = j * 8 + i;\
                    """,
                    """
                    for (@Parallel int i = 0; i < 4; i++) {
                    for (@Parallel int j = 0; j < 4; j++) {
                    for (@Parallel int k = 0; k < 4; k++) { int at = (i * 4 + j) * 4 + k;\
                    """);

    private static final String START =
            """
            int x = ai.get(at); int y = at; long l = x; float f = af.get(at) * 0.5f; double d = 0.25;
            byte b = as.get(at); short s = (short) x; char c = ac.get(at);
            Half2 h = ah.get(at); Double2 v = ad.get(at);
            int[] t = {x, 3, n, at}; float[] u = new float[3];
            """;

    private static final String END =
            """
            ob.setFloat(at, some(f)); os.set(at, b); oc.set(at, c);
            oi.set(at, x ^ y * 31 + s + (int) (l ^ l >>> 32)); oh.set(at, h); od.set(at, v);
            for (float e : u) { f += e; }
            for (int e : t) { d += e; }
            or[at >> 4][at & 15] = f;
            or[4][at] = (float) d;
            """;

    private final Random random;
    private final StringBuilder out = new StringBuilder();
    private final List<String> ints = new ArrayList<>(List.of("x", "y", "at", "n", "b", "s", "c"));
    private int names;

    private RandomTypes(long seed) {
        random = new Random(seed);
    }

    /** {@return a class of {@code count} methods k0, k1, ...} */
    static String source(String type, long seed, int count) {
        StringBuilder text = new StringBuilder(HEAD.formatted(type));
        for (int k = 0; k < count; k++) {
            text.append(new RandomTypes(seed * 1000 + k).method("k" + k));
        }
        return text.append("}\n").toString();
    }

    private String method(String name) {
        line("public static void " + name + "(" + PARAMETERS + ") {");
        String nest = NESTS.get(random.nextInt(NESTS.size()));
        line(nest);
        out.append(START);
        int count = 3 + random.nextInt(5);
        for (int k = 0; k < count; k++) {
            statement(0);
        }
        out.append(END);
        line(
                pick(
                        "oe.setE4M3(at, some(f));",
                        "oe.setE5M2(at, some(f));",
                        "oe.set(at, FP8.e4m3FromFloat(some(u[1])));",
                        "oe.set(at, (byte) (x | 1));"));
        reductions();
        nest.chars().filter(c -> c == '{').forEach(_ -> line("}"));
        line("}");
        return out.toString();
    }

    private void reductions() {
        int first = random.nextInt(8);
        if ((first & 1) != 0) {
            reduce("rd", 0, "(" + integer(1) + " & 0xfff) * 0.125", "+");
        }
        if ((first & 2) != 0) {
            reduce("rl", 1, pick("l", "(long) " + integer(1)), pick("+", "*", "max", "min"));
        }
        if ((first & 4) != 0) {
            reduce(
                    "rd",
                    2,
                    pick("d * x", "(" + condition(1) + " ? 2.0 : 0.5)"),
                    pick("max", "min"));
        }
        if (random.nextInt(3) == 0) {
            reduce("rl", 3, "((x & 1L) + 1)", "*");
        }
    }

    private void reduce(String array, int at, String value, String how) {
        String old = array + ".get(" + at + ")";
        String next =
                how.length() == 1
                        ? old + " " + how + " " + value
                        : "Math." + how + "(" + old + ", " + value + ")";
        String guard = random.nextInt(3) == 0 ? "if (" + condition(1) + ") " : "";
        line(guard + "{ " + array + ".set(" + at + ", " + next + "); }");
    }

    private void line(String text) {
        out.append(text).append('\n');
    }

    private String pick(String... options) {
        return options[random.nextInt(options.length)];
    }

    private String anyInt() {
        return ints.get(random.nextInt(ints.size()));
    }

    private String integer(int depth) {
        if (depth > 2 || random.nextInt(3) == 0) {
            return random.nextInt(4) > 0 ? anyInt() : Integer.toString(random.nextInt(-9, 300));
        }
        String a = integer(depth + 1);
        String b = integer(depth + 1);
        return switch (random.nextInt(18)) {
            case 0 -> "ai.get(" + a + " & 63)";
            case 1 -> "as.get((" + a + ") & 63)";
            case 2 -> "ae.get(" + a + " & 63)";
            case 3 -> "ab.get(at)";
            case 4 -> "t[(" + a + ") & 3]";
            case 5 -> "kind(" + a + ")";
            case 6 -> "(int) first(l, " + a + ")";
            case 7 -> "(" + condition(depth + 1) + " ? " + a + " : " + b + ")";
            case 8 -> "((" + a + ") " + pick("/", "%") + " ((" + b + ") | 1))";
            case 9 -> "(" + pick("byte", "short", "char", "int") + ") (" + single(depth + 1) + ")";
            case 10 -> "(" + pick("byte", "short", "char") + ") (" + a + ")";
            case 11 -> "(int) (" + pick("l", "d", "v.getX()") + ")";
            case 12 -> "Integer." + pick("rotateLeft", "compare") + "(" + a + ", " + b + ")";
            case 13 ->
                    "Integer."
                            + pick("reverse", "highestOneBit", "numberOfTrailingZeros")
                            + "("
                            + a
                            + ")";
            case 14 -> choice(a, b, integer(depth + 1));
            default ->
                    "("
                            + a
                            + " "
                            + pick("+", "-", "*", "&", "|", "^", "<<", ">>", ">>>")
                            + " ("
                            + b
                            + "))";
        };
    }

    /** A switch that is an expression, on a small or a sparse number. */
    private String choice(String on, String a, String b) {
        return pick(
                        "(switch ((#) & 3) { case 0, 2 -> $; case 1 -> { x ^= 5; yield x + $; }"
                                + " default -> @; })",
                        "(switch (# + 0) { case -7, 3, 900 -> $; case 12 -> @; default -> x + 1;"
                                + " })")
                .replace("#", on)
                .replace("$", a)
                .replace("@", b);
    }

    private String single(int depth) {
        String i = integer(depth + 2);
        return switch (random.nextInt(depth > 1 ? 6 : 11)) {
            case 0 -> "ab.getFloat((" + i + ") & 63)";
            case 1 -> "ae.getE4M3((" + i + ") & 63)";
            case 2 -> "ar[(" + i + ") & 3][(" + i + ") & 15]";
            case 3 -> "h.getX().getFloat32()";
            case 4 -> "af.get(at)";
            case 5 -> random.nextInt(-4, 5) + ".375f";
            case 6 -> "Half2.highFloat(h)";
            case 7 -> "BFloat16.bf16ToFloat(BFloat16.bf16FromFloat(some(f)))";
            case 8 -> "FP8.e5m2ToFloat((byte) ((" + i + ") & 0x7b))";
            case 9 -> "(" + condition(depth + 1) + " ? f : " + single(depth + 1) + ")";
            default ->
                    "(" + single(depth + 1) + pick(" + ", " - ", " * ") + single(depth + 1) + ")";
        };
    }

    private String condition(int depth) {
        String compare = pick("<", "<=", ">", ">=", "==", "!=");
        return switch (random.nextInt(depth > 2 ? 3 : 6)) {
            case 0 -> "(x & 1) == 0";
            case 1 -> anyInt() + " " + compare + " " + anyInt();
            case 2 -> "l " + compare + " y";
            case 3 -> single(depth + 1) + " " + compare + " f";
            case 4 -> "!(" + integer(depth + 1) + " " + compare + " " + integer(depth + 1) + ")";
            default ->
                    "("
                            + condition(depth + 1)
                            + pick(" && ", " || ", " ^ ")
                            + "("
                            + condition(depth + 1)
                            + "))";
        };
    }

    private void statement(int depth) {
        switch (random.nextInt(depth > 1 ? 7 : 13)) {
            case 0, 1 -> line(pick("x", "y") + " " + pick("", "+", "^") + "= " + integer(0) + ";");
            case 2, 3 -> narrowing();
            case 4 -> line("f = " + single(0) + pick(" + ", " - ") + "f;");
            case 5 -> vectors();
            case 6 ->
                    line(
                            pick(
                                            "u[(#) & 1] += f;",
                                            "t[(#) & 3] ^= x;",
                                            "d -= f * 0.5;",
                                            "l = first(l << 2, #);",
                                            "b++; --s; c += 2;")
                                    .replace("#", integer(1)));
            case 7, 8 -> {
                line("if (" + condition(0) + ") {");
                block(depth);
                line("} else if (" + condition(0) + ") {");
                block(depth);
                line("}");
            }
            case 9 -> loop(depth);
            case 10 -> labelled(depth);
            case 11 -> selection(depth);
            default -> {
                String label = "l" + names++;
                line(label + ": {");
                block(depth);
                line("if (" + condition(0) + ") break " + label + ";");
                block(depth);
                line("}");
            }
        }
    }

    /** What is assigned to a narrower type than was computed. */
    private void narrowing() {
        line(
                pick(
                        "b " + pick("+", "*", "^", ">>>", "-") + "= " + integer(1) + ";",
                        "s " + pick("+", "*", "|", "<<") + "= " + integer(1) + ";",
                        "c " + pick("+", "*", "^", ">>") + "= " + integer(1) + ";",
                        "x " + pick("+", "-", "*") + "= " + single(1) + ";",
                        "l " + pick("+", "-") + "= d * 8;",
                        "l " + pick("<<=", ">>=", ">>>=") + " " + integer(1) + ";",
                        "y += l;",
                        "f += d;",
                        "d += l >> 33;"));
    }

    private void vectors() {
        line(
                pick(
                        "h = Half2." + pick("add", "mult", "sub") + "(h, ah.get(63 - at));",
                        "h = both(h, f);",
                        "h.setX(h.getY());",
                        "h = Half2.fromFloats(some(f), Half2.lowFloat(h));",
                        "v = turn(v, " + integer(1) + ");",
                        "v = Double2." + pick("add", "sub", "mult", "min") + "(v, ad.get(y & 63));",
                        "v.set(x & 1, d);",
                        "d += Double2.max(v);"));
    }

    private void block(int depth) {
        int count = 1 + random.nextInt(2);
        for (int k = 0; k < count; k++) {
            statement(depth + 1);
        }
    }

    private void loop(int depth) {
        String k = "k" + names++;
        boolean counted = random.nextBoolean();
        line("int " + k + " = 0;");
        line(counted ? "while (" + k + " < (y & 7)) {" : "do {");
        line(k + "++;");
        ints.add(k);
        block(depth);
        if (random.nextInt(3) == 0) {
            line("if (" + condition(1) + ") " + pick("break", "continue") + ";");
            block(depth + 1);
        }
        ints.remove(k);
        line(counted ? "}" : "} while (" + k + " < 5 && " + condition(1) + ");");
    }

    private void labelled(int depth) {
        String label = "l" + names++;
        String i = "k" + names++;
        String j = "k" + names++;
        line(label + ": for (int " + i + " = 0; " + i + " < 4; " + i + "++) {");
        ints.add(i);
        line("for (char " + j + " = 'a'; " + j + " < 'd'; " + j + "++) {");
        ints.add(j);
        line("if (" + condition(0) + ") " + pick("break ", "continue ") + label + ";");
        block(depth + 1);
        ints.remove(j);
        line("}");
        block(depth + 1);
        ints.remove(i);
        line("}");
    }

    private void selection(int depth) {
        boolean dense = random.nextBoolean();
        line("switch (" + integer(1) + (dense ? " & 3" : " % 50") + ") {");
        for (String label :
                dense
                        ? List.of("case 0:", "case 1: case 2:", "default:")
                        : List.of("case -31:", "default:", "case 4: case 5:", "case 48:")) {
            line(label + " {");
            block(depth);
            line("}");
            if (random.nextBoolean()) {
                line("break;");
            }
        }
        line("}");
    }
}
