package org.tornadovit.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;

/**
 * Source text of random data-parallel kernels without races: nested loops, affine and other
 * indices, all types, vectors, helpers, private arrays and reductions. Divisors are odd and indices
 * within bounds, so that Java throws nothing.
 */
final class RandomKernels {
    /** Elements of each array; a power of two. */
    static final int SIZE = 64;

    private static final String PARAMETERS =
            """
            IntArray ai, LongArray al, FloatArray af, DoubleArray ad, ByteArray ab, ShortArray as,
                    CharArray ac, HalfFloatArray ah, VectorFloat4 av, IntArray oi, LongArray ol,
                    FloatArray of, DoubleArray od, ByteArray ob, VectorFloat4 ov,
                    @Reduce IntArray ri, @Reduce LongArray rl, @Reduce FloatArray rf, int n\
            """;

    private static final String HEAD =
            """
            import uk.ac.manchester.tornado.api.annotations.*;
            import uk.ac.manchester.tornado.api.math.TornadoMath;
            import uk.ac.manchester.tornado.api.types.HalfFloat;
            import uk.ac.manchester.tornado.api.types.arrays.*;
            import uk.ac.manchester.tornado.api.types.collections.*;
            import uk.ac.manchester.tornado.api.types.vectors.*;
            public final class %s {
            static int hi(int x, int y) {
                if (x > y) { return x - y; }
                int s = 0;
                for (int k = 0; k < (x & 7); k++) { s += k ^ y; if (s > 100) break; }
                return s;
            }
            static float hf(float x, float y) { return x > y ? x * 0.5f : x < y ? y - x : 3f; }
            static long hl(long x, int y) { return (x << y) ^ (x >>> (y & 15)) - y; }
            static Float4 hv(Float4 x, float y) {
                if (y > 2) { return x; }
                Float4 r = new Float4(y, x.getX(), 1f, x.getW());
                return Float4.add(r, x);
            }
            """;

    private final Random random;
    private final StringBuilder out = new StringBuilder();
    private final List<String> ints = new ArrayList<>(List.of("n", "i"));
    private int names;

    private RandomKernels(long seed) {
        random = new Random(seed);
    }

    /** {@return a class of {@code count} methods k0, k1, ...} */
    static String source(String type, long seed, int count) {
        StringBuilder text = new StringBuilder(HEAD.formatted(type));
        for (int k = 0; k < count; k++) {
            text.append(new RandomKernels(seed * 1000 + k).method("k" + k));
        }
        return text.append("}\n").toString();
    }

    private String method(String name) {
        line("public static void " + name + "(" + PARAMETERS + ") {");
        boolean nest = random.nextInt(3) == 0;
        if (nest) {
            line("for (@Parallel int i = 0; i < 8; i++) {");
            line("for (@Parallel int j = 0; j < 8; j++) {");
            line("int at = i * 8 + j;");
            ints.add("j");
        } else {
            line(
                    pick(
                            "for (@Parallel int i = 0; i < ai.getSize(); i++) {",
                            "for (@Parallel int i = 0; i < n; i++) {",
                            "for (@Parallel int i = 3; i < n + 10; i += 2) {",
                            "for (@Parallel int i = 63; i >= 0; i--) {"));
            line("int at = i;");
        }
        line("int x = " + integer(0) + "; int y = 1; long l = " + wide(0) + ";");
        line("float f = " + single(0) + "; double d = 0.5; boolean p = n > 4;");
        line("Float4 v = av.get(at); Float4 w = new Float4(f, 1f, 2f, x & 7);");
        line("float[] t = new float[4];");
        ints.addAll(List.of("x", "y", "at"));
        int count = 2 + random.nextInt(5);
        for (int k = 0; k < count; k++) {
            statement(0);
        }
        results();
        line("}");
        if (nest) {
            line("}");
        }
        line("}");
        return out.toString();
    }

    private void results() {
        line("oi.set(at, x ^ y);");
        line("ol.set(at, " + wide(1) + ");");
        line("of.set(at, f + t[at & 3]);");
        line("od.set(at, " + real(1) + ");");
        line("ob.set(at, " + cast("byte", integer(1)) + ");");
        line("ov.set(at, Float4.sub(v, w));");
        if (random.nextBoolean()) {
            line("ri.set(0, ri.get(0) " + pick("+", "-", "*") + " " + integer(1) + ");");
        }
        if (random.nextBoolean()) {
            line("if (p) rl.set(1, rl.get(1) + " + wide(1) + ");");
            line("rf.set(0, Math." + pick("min", "max") + "(rf.get(0), " + single(1) + "));");
        }
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

    private String index(int depth) {
        return pick(
                "at",
                "(at + " + random.nextInt(9) + " & 63)",
                "(at * " + (1 + random.nextInt(5)) + " & 63)",
                "(" + integer(depth + 1) + " & 63)",
                "Math.floorMod(" + integer(depth + 1) + ", 64)",
                "Math.abs(" + anyInt() + " % 64)");
    }

    /** {@return an expression: a leaf at some depth} */
    private String node(
            int depth, List<IntFunction<String>> leaves, List<IntFunction<String>> all) {
        List<IntFunction<String>> from =
                depth > 1 + random.nextInt(2) || random.nextInt(3) == 0 ? leaves : all;
        return from.get(random.nextInt(from.size())).apply(depth + 1);
    }

    private String integer(int depth) {
        return node(
                depth,
                List.of(
                        _ -> anyInt(),
                        _ -> Integer.toString(random.nextInt(-9, 70)),
                        k -> "ai.get(" + (k > 3 ? "at" : index(k)) + ")",
                        _ -> "ab.get(at)",
                        _ -> cast("int", "as.get(63 - at)"),
                        _ -> "ac.get(at)"),
                List.of(
                        k -> two(integer(k), pick("+", "-", "*", "&", "|", "^"), integer(k)),
                        k -> two(integer(k), pick("<<", ">>", ">>>"), integer(k)),
                        k -> "(" + integer(k) + " " + pick("/", "%") + " (" + integer(k) + " | 1))",
                        k -> cast("int", wide(k)),
                        k -> cast("int", single(k)),
                        k -> cast(pick("byte", "short", "char"), integer(k)),
                        k -> "(" + condition(k) + " ? " + integer(k) + " : " + integer(k) + ")",
                        k -> "hi(" + integer(k) + ", " + integer(k) + ")",
                        k ->
                                "Math."
                                        + pick("min", "max")
                                        + "("
                                        + integer(k)
                                        + ", "
                                        + integer(k)
                                        + ")",
                        k -> "Math.round(" + single(k) + ")",
                        k -> "Integer.bitCount(" + integer(k) + ")"));
    }

    private String wide(int depth) {
        return node(
                depth,
                List.of(
                        k -> "al.get(" + (k > 3 ? "at" : index(k)) + ")",
                        _ -> "(" + anyInt() + " * 3L)",
                        _ -> random.nextInt(-5, 99) + "L"),
                List.of(
                        k -> two(wide(k), pick("+", "-", "*", "&", "|", "^"), wide(k)),
                        k -> two(wide(k), pick("<<", ">>", ">>>"), integer(k)),
                        k -> "(" + wide(k) + " " + pick("/", "%") + " (" + wide(k) + " | 1L))",
                        k -> cast("long", real(k)),
                        k -> cast("long", integer(k)),
                        k -> "hl(" + wide(k) + ", " + integer(k) + ")",
                        k -> "(" + condition(k) + " ? " + wide(k) + " : " + wide(k) + ")"));
    }

    private String single(int depth) {
        return node(
                depth,
                List.of(
                        k -> "af.get(" + (k > 3 ? "at" : index(k)) + ")",
                        _ -> random.nextInt(-8, 8) + ".25f",
                        _ -> "ah.get(at).getFloat32()",
                        _ -> "av.get(at).getY()"),
                List.of(
                        k -> two(single(k), pick("+", "-", "*", "/"), single(k)),
                        k -> "(" + single(k) + " % " + single(k) + ")",
                        k -> cast("float", integer(k)),
                        k -> cast("float", real(k)),
                        k -> cast("float", wide(k)),
                        k -> "hf(" + single(k) + ", " + single(k) + ")",
                        k -> "Math.abs(" + single(k) + ")",
                        k -> "TornadoMath.sqrt(" + single(k) + ")",
                        k -> "TornadoMath.floor(" + single(k) + ")",
                        k ->
                                "Math."
                                        + pick("min", "max")
                                        + "("
                                        + single(k)
                                        + ", "
                                        + single(k)
                                        + ")",
                        k -> "new HalfFloat(" + single(k) + ").getFloat32()",
                        k -> "(" + condition(k) + " ? " + single(k) + " : " + single(k) + ")"));
    }

    private String real(int depth) {
        return node(
                depth,
                List.of(_ -> "ad.get(at)", _ -> "1.5", _ -> random.nextInt(-3, 900) + ".125"),
                List.of(
                        k -> two(real(k), pick("+", "-", "*", "/"), real(k)),
                        k -> cast("double", single(k)),
                        k -> cast("double", wide(k)),
                        k -> "Math.sqrt(" + real(k) + ")",
                        k -> "Math.max(" + real(k) + ", " + real(k) + ")",
                        k -> "Math.rint(" + real(k) + ")"));
    }

    private String condition(int depth) {
        String compare = pick("<", "<=", ">", ">=", "==", "!=");
        return switch (random.nextInt(6)) {
            case 0 -> two(integer(depth + 1), compare, integer(depth + 1));
            case 1 -> two(single(depth + 1), compare, single(depth + 1));
            case 2 -> two(wide(depth + 1), compare, wide(depth + 1));
            case 3 -> "!(" + two(real(depth + 1), compare, real(depth + 1)) + ")";
            case 4 ->
                    depth > 2
                            ? "(at & 1) == 0"
                            : "("
                                    + condition(depth + 1)
                                    + pick(" && ", " || ")
                                    + condition(depth + 1)
                                    + ")";
            default -> two(integer(depth + 1), compare, integer(depth + 1));
        };
    }

    private static String cast(String type, String x) {
        return "((" + type + ") (" + x + "))";
    }

    private static String two(String x, String op, String y) {
        return "(" + x + " " + op + " " + y + ")";
    }

    private void statement(int depth) {
        int kind = random.nextInt(depth > 1 ? 9 : 13);
        switch (kind) {
            case 0 ->
                    line(pick("x", "y") + " " + pick("", "+", "^", "*") + "= " + integer(0) + ";");
            case 1 -> line("l " + pick("", "+", "^") + "= " + wide(0) + ";");
            case 2 -> line("f = " + single(0) + " " + pick("+", "*") + " f;");
            case 3 -> line("d = d " + pick("+", "-", "/") + " " + real(0) + ";");
            case 4 -> line("v = Float4." + pick("add", "sub", "mult", "min", "max") + "(v, w);");
            case 5 -> line(pick("v = hv(w, f);", "w = hv(v, 1f);", "w = Float4.mult(v, f);"));
            case 6 -> line("f += v.get(" + integer(1) + " & 3) + Float4.dot(v, w);");
            case 7 -> line("t[" + integer(1) + " & 3] = " + single(1) + ";");
            case 8 -> line("p = " + condition(0) + ";");
            case 9, 10 -> {
                line("if (" + condition(0) + ") {");
                block(depth);
                if (random.nextBoolean()) {
                    line("} else {");
                    block(depth);
                }
                line("}");
            }
            default -> loop(depth);
        }
    }

    private void block(int depth) {
        int count = 1 + random.nextInt(3);
        for (int k = 0; k < count; k++) {
            statement(depth + 1);
        }
    }

    private void loop(int depth) {
        String k = "k" + names++;
        line(
                pick(
                                "for (int $ = 0; $ < 4; $++) {",
                                "for (int $ = 0; $ < (x & 7); $++) {",
                                "for (int $ = 5; $ > 0; $ -= 2) {",
                                "for (int $ = at; $ < at + 6; $++) {",
                                "for (int $ = 0; $ < n; $ += 3) {")
                        .replace("$", k));
        ints.add(k);
        if (random.nextBoolean()) {
            line(
                    pick(
                                    "f += af.get($ & 63) * af.get(at);",
                                    "t[$ & 3] += ad.get(at) > $ ? 1f : 0.5f;",
                                    "x += ai.get(($ + at) & 63) * ai.get($ * 8 & 63);",
                                    "v.set($ & 3, f);")
                            .replace("$", k));
        }
        if (random.nextInt(4) == 0) {
            line("if (" + condition(1) + ") " + pick("break", "continue") + ";");
        }
        block(depth);
        ints.remove(k);
        line("}");
    }
}
