package org.tornadovit.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Source text of random kernels of work-items in one to three dimensions, without races: groups of
 * {@link RandomItems#GROUP} items of many shapes, vectors, narrow types, scans, sorts and exchanges
 * in local memory, barriers in switches, do-while loops and under labels. The field {@code GRID} of
 * the class holds the sizes of the launch and of a group.
 */
final class RandomGrids {
    private static final List<String> GRIDS =
            List.of(
                    "64, 1, 1, 16, 1, 1",
                    "8, 8, 1, 4, 4, 1",
                    "16, 4, 1, 8, 2, 1",
                    "8, 8, 1, 2, 8, 1",
                    "1, 64, 1, 1, 16, 1",
                    "4, 4, 4, 4, 2, 2",
                    "4, 4, 4, 2, 2, 4",
                    "2, 4, 8, 1, 2, 8",
                    "8, 4, 2, 8, 2, 1");

    private static final String HEAD =
            """
            import uk.ac.manchester.tornado.api.KernelContext;
            import uk.ac.manchester.tornado.api.types.*;
            import uk.ac.manchester.tornado.api.types.arrays.*;
            import uk.ac.manchester.tornado.api.types.collections.*;
            import uk.ac.manchester.tornado.api.types.vectors.*;
            public final class %s {
            static final int[] GRID = {%s};
            static int place(KernelContext c) {
                return (c.localIdz * c.localGroupSizeY + c.localIdy) * c.localGroupSizeX
                        + c.localIdx;
            }
            static int group(KernelContext c) {
                int width = c.globalGroupSizeX / c.localGroupSizeX;
                int height = c.globalGroupSizeY / c.localGroupSizeY;
                return (c.groupIdz * height + c.groupIdy) * width + c.groupIdx;
            }
            static int item(KernelContext c) {
                return (c.globalIdz * c.globalGroupSizeY + c.globalIdy) * c.globalGroupSizeX
                        + c.globalIdx;
            }
            static float some(float x) { return x - x == 0 ? x : 1.5f; }
            static int low(int x, int y) {
                if (x < y) { return x; }
                do { x -= 3; if (x == 7) { return 1; } } while (x > y && (x & 15) != 0);
                return y;
            }
            static Float4 spin(Float4 v, int k) {
                if (k > 4) { return Float4.mult(v, 0.5f); }
                return new Float4(v.getW(), v.getX(), v.get(k & 3), k);
            }
            """;

    private static final String PARAMETERS =
            """
            KernelContext c, IntArray ai, CharArray ac, BFloat16Array ab, Int8Array as, FP8Array ae,
                    VectorHalf2 ah, VectorFloat4 av, VectorDouble2 ad, IntArray oi, CharArray oc,
                    BFloat16Array ob, Int8Array os, VectorHalf2 oh, VectorFloat4 ov,
                    VectorDouble2 od, LongArray totals, FloatArray sums, int n\
            """;

    private static final String START =
            """
            int i = item(c); int j = place(c); int g = group(c);
            int x = ai.get(i); int y = as.get(i); long l = ac.get(i) * 3L; byte b = as.get(63 - i);
            float f = some(ab.getFloat(i)); double d = 1.5; char h = ac.get(i);
            Half2 p = ah.get(i); Float4 v = av.get(i); Double2 w = ad.get(i);
            float[] t = new float[3];
            int[] si = c.allocateIntLocalArray(16); si[j] = x;
            long[] sl = c.allocateLongLocalArray(32); sl[j] = l; sl[31 - j] = y;
            float[] sf = c.allocateFloatLocalArray(16); sf[j] = f;
            double[] sd = c.allocateDoubleLocalArray(17); sd[j] = d; if (j == 3) { sd[16] = n; }
            byte[] sb = c.allocateByteLocalArray(16); sb[j] = b;
            Half2[] sp = c.allocateHalf2LocalArray(16); sp[j] = p;
            c.localBarrier();
            """;

    private static final String END =
            """
            oi.set(i, x ^ y ^ (int) l); oc.set(i, h); ob.setFloat(i, some(f + t[j % 3]));
            os.set(i, (byte) (b + sb[j])); oh.set(i, Half2.sub(p, sp[j]));
            ov.set(i, v); od.set(i, Double2.add(w, new Double2(d, sd[j] + sl[j])));
            }
            """;

    private final Random random;
    private final StringBuilder out = new StringBuilder();
    private final List<String> ints =
            new ArrayList<>(List.of("x", "y", "i", "j", "g", "n", "b", "h", "(0 + c.localIdy)"));
    private int names;

    private RandomGrids(long seed) {
        random = new Random(seed);
    }

    /** {@return a class of {@code count} methods k0, k1, ...} */
    static String source(String type, long seed, int count) {
        String grid = GRIDS.get((int) Math.floorMod(seed, GRIDS.size()));
        StringBuilder text = new StringBuilder(HEAD.formatted(type, grid));
        for (int k = 0; k < count; k++) {
            text.append(new RandomGrids(seed * 1000 + k).method("k" + k));
        }
        return text.append("}\n").toString();
    }

    private String method(String name) {
        line("public static void " + name + "(" + PARAMETERS + ") {");
        out.append(START);
        block(2);
        out.append(END);
        return out.toString();
    }

    private void line(String text) {
        out.append(text).append('\n');
    }

    private String pick(String... options) {
        return options[random.nextInt(options.length)];
    }

    private String integer(int depth) {
        if (depth > 2 || random.nextInt(3) == 0) {
            return random.nextInt(4) > 0
                    ? ints.get(random.nextInt(ints.size()))
                    : Integer.toString(random.nextInt(-9, 70));
        }
        String a = integer(depth + 1);
        String b = integer(depth + 1);
        return switch (random.nextInt(14)) {
            case 0 -> "ai.get(" + a + " & 63)";
            case 1 -> pick("as", "ac", "ae") + ".get(" + a + " & 63)";
            case 2 -> "(int) (l " + pick("+", "^", ">>>") + " (" + a + "))";
            case 3 -> "(int) " + pick("d", "f", "v.getZ()", "w.getY()", "p.getX().getFloat32()");
            case 4 -> "low(" + a + ", " + b + ")";
            case 5 -> "(" + condition() + " ? " + a + " : " + b + ")";
            case 6 -> "(" + a + " " + pick("/", "%") + " ((" + b + ") | 1))";
            case 7 -> "(" + pick("byte", "short", "char") + ") (" + a + ")";
            case 8 ->
                    "(switch (" + a + " & 3) { case 0 -> " + b + "; case 3 -> y; default -> j; })";
            case 9 -> "Math." + pick("min", "max", "floorDiv") + "(" + a + ", (" + b + ") | 1)";
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

    private String condition() {
        return pick(
                "x > y",
                "(x & 1) == 0",
                "f < 2f || x == 3",
                "l >= n",
                "d != 1.5 && j < 9",
                "c.localIdx < 2",
                "v.getX() < v.getY()",
                "i % 3 == 1 ^ y > 4");
    }

    /** Whatever the items of a group agree on. */
    private String agreed() {
        return pick("g % 2 == 0", "n > 20", "c.groupIdx < 2 && n > 8", "c.groupIdy != 1", "g < n");
    }

    private String place() {
        return pick(
                "(j + " + random.nextInt(16) + ") % 16",
                "15 - j",
                "j ^ " + random.nextInt(1, 16),
                "(j & 3) * 4 + (j >> 2)",
                "(" + integer(1) + ") & 15");
    }

    private void block(int depth) {
        int count = (depth == 2 ? 3 : 1) + random.nextInt(2);
        for (int k = 0; k < count; k++) {
            statement(depth);
        }
    }

    private void statement(int depth) {
        switch (random.nextInt(depth > 0 ? 14 : 10)) {
            case 0, 1 -> own();
            case 2, 3 -> exchange();
            case 4 -> line("c.atomicAdd(totals, (" + integer(1) + ") & 7, l);");
            case 5 -> line("if (j == 5) { c.atomicAdd(sums, g, f); }");
            case 6 -> scan();
            case 7 -> sort();
            case 8 -> {
                line("if (" + condition() + ") {");
                own();
                line("} else {");
                own();
                line("}");
            }
            case 9 -> {
                line("for (float e : t) {");
                line("f += e * 0.25f;");
                line("}");
            }
            case 10 -> {
                line("if (" + agreed() + ") {");
                block(depth - 1);
                line("} else {");
                block(depth - 1);
                line("}");
            }
            case 11 -> loop(depth);
            case 12 -> nested(depth);
            default -> {
                line("switch (" + pick("g", "n", "c.groupIdx + n") + " & 3) {");
                for (String label : List.of("case 0:", "case 2:", "default:")) {
                    line(label + " {");
                    block(depth - 1);
                    line("}");
                    line(random.nextInt(3) > 0 ? "break;" : "");
                }
                line("}");
            }
        }
    }

    private void scan() {
        String array = pick("si", "sl", "sf", "sd");
        line("c.localBarrier();");
        line("for (int s = 1; s < 16; s <<= 1) {");
        line(
                pick("var o = j >= s ? $[j - s] : 0;", "var o = $[j]; if (j >= s) o = $[j - s];")
                        .replace("$", array));
        line("c.localBarrier();");
        line(array + "[j] " + pick("+=", "-=") + " o;");
        line("c.localBarrier();");
        line("}");
    }

    private void sort() {
        String array = pick("si", "sl", "sf", "sd", "sb");
        line("c.localBarrier();");
        line("for (int s = 8; s > 0; s /= 2) {");
        line("int o = j ^ s;");
        line("if (o > j && " + array + "[o] < " + array + "[j]) {");
        line(("var e = $[j]; $[j] = $[o]; $[o] = e;").replace("$", array));
        line("}");
        line("c.localBarrier();");
        line("}");
    }

    private void loop(int depth) {
        String k = "k" + names++;
        line("int " + k + " = 0;");
        line(pick("do {", "while (" + k + " <= (g & 3)) {", "while (true) {"));
        boolean tested = out.toString().endsWith("do {\n");
        boolean endless = out.toString().endsWith("(true) {\n");
        line("if (++" + k + " > 4) { break; }");
        ints.add(k);
        block(depth - 1);
        if (endless || random.nextBoolean()) {
            line("if (" + agreed() + " && " + k + " > 1) " + (endless ? "{ break; }" : ";"));
        }
        ints.remove(k);
        line(tested ? "} while (" + k + " < (n & 3));" : "}");
    }

    private void nested(int depth) {
        String label = "l" + names++;
        String k = "k" + names++;
        String m = "k" + names++;
        line(label + ": for (int " + k + " = 0; " + k + " < 3; " + k + "++) {");
        line("for (int " + m + " = 2; " + m + " > 0; " + m + "--) {");
        ints.add(m);
        block(depth - 1);
        ints.remove(m);
        line(
                "if ("
                        + pick("g", "n")
                        + " % 3 == "
                        + k
                        + ") { "
                        + pick("continue ", "break ")
                        + label
                        + "; }");
        line("}");
        own();
        line("}");
    }

    /** Changes variables of the item. */
    private void own() {
        line(
                switch (random.nextInt(12)) {
                    case 0 -> "l " + pick("+", "^", ">>>") + "= " + integer(1) + ";";
                    case 1 -> pick("d = d * 0.5;", "d += x;", "d -= w.get(x & 1);");
                    case 2 -> "f = some(f * 0.5f + (" + integer(1) + "));";
                    case 3 -> "v = Float4." + pick("add", "sub", "mult", "max") + "(v, av.get(i));";
                    case 4 -> "v = spin(v, " + integer(1) + ");";
                    case 5 -> "v.set(" + integer(1) + " & 3, f);";
                    case 6 -> "p = Half2." + pick("add", "mult") + "(p, ah.get(" + "x & 63));";
                    case 7 -> "w = x > 0 ? w : new Double2(w.getY(), y);";
                    case 8 -> "b " + pick("+", "*", "^") + "= " + integer(1) + ";";
                    case 9 -> "h " + pick("+", "-", "|") + "= " + integer(1) + ";";
                    case 10 -> "t[Math.abs(y % 3)] " + pick("=", "+=") + " f;";
                    default -> pick("x", "y") + " " + pick("", "+", "^") + "= " + integer(0) + ";";
                });
    }

    /** Reads what another item wrote; writes its own element when all have read. */
    private void exchange() {
        String at = place();
        line("c.localBarrier();");
        line(
                pick(
                                "x += si[$]; # si[j] = x ^ y;",
                                "l ^= sl[($) + (j & 1)]; # sl[j] = l;",
                                "f = some(f - sf[$]); # sf[j] = v.getY();",
                                "d = Math.max(d, sd[$]); # sd[j] = w.getX();",
                                "b += sb[$]; # sb[j] = (byte) x;",
                                "p = sp[$]; # sp[j] = Half2.fromFloats(f, j);",
                                "v.setX(sf[$]); v.setW(sf[15 - j]); # sf[j] = v.getZ();")
                        .replace("$", at)
                        .replace("#", "\nc.localBarrier();\n"));
        line("c.localBarrier();");
    }
}
