package org.tornadovit.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Source text of random kernels of work-items without races: local memory of all types, barriers in
 * branches and loops that a whole group takes, atomics, vectors, helpers. An item writes its own
 * elements; others read them after a barrier.
 */
final class RandomItems {
    /** Items of a group; {@link RandomKernels#SIZE} items are a launch. */
    static final int GROUP = 16;

    private static final String HEAD =
            """
            import uk.ac.manchester.tornado.api.KernelContext;
            import uk.ac.manchester.tornado.api.types.HalfFloat;
            import uk.ac.manchester.tornado.api.types.arrays.*;
            import uk.ac.manchester.tornado.api.types.collections.*;
            import uk.ac.manchester.tornado.api.types.vectors.*;
            public final class %s {
            static int mix(int x, int y) {
                if (x > y) { return x - y; }
                int s = y;
                for (int k = 0; k < (x & 3); k++) { s = s * 31 + k; }
                return s;
            }
            static long wide(long x, int y) { return (x << y) ^ (x >>> 7) - y; }
            """;

    private static final String PARAMETERS =
            """
            KernelContext c, IntArray ai, LongArray al, ShortArray as, CharArray ac, ByteArray ab,
                    DoubleArray ad, HalfFloatArray ah, VectorInt3 av, IntArray oi, LongArray ol,
                    ShortArray os, CharArray oc, HalfFloatArray oh, DoubleArray od, VectorInt3 ov,
                    IntArray counts, LongArray totals, int n\
            """;

    private static final String START =
            """
            int i = c.globalIdx; int j = c.localIdx; int g = c.groupIdx;
            int x = ai.get(i); int y = as.get(i); long l = al.get(i);
            double d = ad.get(i); float f = ah.get(i).getFloat32();
            Int3 v = av.get(i);
            int[] si = c.allocateIntLocalArray(16); si[j] = x;
            long[] sl = c.allocateLongLocalArray(16); sl[j] = l;
            float[] sf = c.allocateFloatLocalArray(16); sf[j] = f;
            double[] sd = c.allocateDoubleLocalArray(16); sd[j] = d;
            byte[] sb = c.allocateByteLocalArray(16); sb[j] = ab.get(i);
            HalfFloat[] sh = c.allocateHalfFloatLocalArray(16); sh[j] = ah.get(i);
            c.localBarrier();
            """;

    private static final String END =
            """
            oi.set(i, x ^ y); ol.set(i, l + sl[j]); os.set(i, (short) (x + sb[j]));
            oc.set(i, (char) y); oh.set(i, new HalfFloat(f)); od.set(i, d + sd[j]);
            ov.set(i, Int3.add(v, new Int3(si[j], x, j)));
            }
            """;

    private final Random random;
    private final StringBuilder out = new StringBuilder();
    private final List<String> ints = new ArrayList<>(List.of("x", "y", "i", "j", "g", "n"));
    private int names;

    private RandomItems(long seed) {
        random = new Random(seed);
    }

    /** {@return a class of {@code count} methods k0, k1, ...} */
    static String source(String type, long seed, int count) {
        StringBuilder text = new StringBuilder(HEAD.formatted(type));
        for (int k = 0; k < count; k++) {
            text.append(new RandomItems(seed * 1000 + k).method("k" + k));
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
            return random.nextBoolean()
                    ? ints.get(random.nextInt(ints.size()))
                    : Integer.toString(random.nextInt(-9, 70));
        }
        String a = integer(depth + 1);
        String b = integer(depth + 1);
        return switch (random.nextInt(12)) {
            case 0 -> "ai.get(" + a + " & 63)";
            case 1 -> pick("as", "ab", "ac") + ".get(" + a + " & 63)";
            case 2 -> "(int) (l " + pick("+", "^", ">>>") + " (" + a + "))";
            case 3 -> "(int) " + pick("d", "f");
            case 4 -> "mix(" + a + ", " + b + ")";
            case 5 -> "(" + condition() + " ? " + a + " : " + b + ")";
            case 6 -> "(" + a + " " + pick("/", "%") + " ((" + b + ") | 1))";
            case 7 -> "(" + pick("byte", "short", "char") + ") (" + a + ")";
            case 8 -> "(" + pick("v.getX()", "v.getY()", "v.get(j % 3)") + " ^ (" + a + "))";
            case 9 -> "Math." + pick("min", "max", "floorMod") + "(" + a + ", (" + b + ") | 1)";
            default ->
                    "("
                            + a
                            + " "
                            + pick("+", "-", "*", "&", "|", "^", "<<", ">>", ">>>")
                            + " "
                            + b
                            + ")";
        };
    }

    private String condition() {
        return pick("x > y", "(x & 1) == 0", "f < 2f", "l >= 0", "d != 1.5", "j < 5", "i % 3 == n");
    }

    /** Whatever the items of a group agree on. */
    private String agreed() {
        return pick("g % 2 == 0", "n > 20", "g < 2 && n > 8", "g + n != 17");
    }

    private String place() {
        return pick("(j + " + random.nextInt(16) + ") % 16", "15 - j", "(" + integer(1) + ") & 15");
    }

    private void block(int depth) {
        int count = 2 + random.nextInt(4);
        for (int k = 0; k < count; k++) {
            statement(depth);
        }
    }

    private void statement(int depth) {
        switch (random.nextInt(depth > 0 ? 12 : 9)) {
            case 0, 1, 2 -> own();
            case 3, 4 -> exchange();
            case 5 -> line("c.atomicAdd(counts, (" + integer(1) + ") & 7, " + integer(1) + ");");
            case 6 -> line("c.atomicAdd(totals, (" + integer(1) + ") & 7, l);");
            case 7 -> {
                line("c.localBarrier();");
                line("c.atomicAdd(si, (" + integer(1) + ") & 15, " + integer(1) + ");");
                line("c.localBarrier();");
            }
            case 8 -> {
                line("if (" + condition() + ") {");
                own();
                own();
                line("}");
            }
            case 9 -> {
                line("if (" + agreed() + ") {");
                block(depth - 1);
                line("} else {");
                block(depth - 1);
                line("}");
            }
            case 10 -> loop(depth);
            default -> {
                String array = pick("si", "sl", "sd", "sf");
                line("c.localBarrier();");
                line("for (int s = 8; s > 0; s >>= 1) {");
                line("if (j < s) {");
                line(array + "[j] " + pick("+=", "-=") + " " + array + "[j + s];");
                line("}");
                line("c.localBarrier();");
                line("}");
            }
        }
    }

    private void loop(int depth) {
        String k = "k" + names++;
        line(
                pick(
                                "for (int $ = 0; $ < 3; $++) {",
                                "for (int $ = 0; $ <= g; $++) {",
                                "for (int $ = n & 3; $ > 0; $--) {",
                                "for (int $ = 1; $ < 9; $ *= 2) {")
                        .replace("$", k));
        ints.add(k);
        block(depth - 1);
        ints.remove(k);
        line("}");
    }

    /** Changes variables of the item. */
    private void own() {
        line(
                switch (random.nextInt(8)) {
                    case 0 -> "l = wide(l, " + integer(1) + ");";
                    case 1 -> pick("d = d * 0.5;", "d = d + x;", "d = d - f;"); // exact products
                    case 2 -> "f = f * 0.5f + (" + integer(1) + ");";
                    case 3 -> "v = Int3." + pick("add", "sub", "mult", "max") + "(v, av.get(i));";
                    case 4 -> "v = new Int3(y, v.getX(), " + integer(1) + ");";
                    case 5 -> "y " + pick("+", "^", "-") + "= " + integer(0) + ";";
                    default -> "x " + pick("", "+", "^", "*") + "= " + integer(0) + ";";
                });
    }

    /** Reads what another item wrote; writes its own element when all have read. */
    private void exchange() {
        String at = place();
        String[] names = pick("si x", "sl l", "sf f", "sd d", "sb y", "sh f").split(" ");
        String array = names[0];
        String variable = names[1];
        boolean half = array.equals("sh");
        line("c.localBarrier();");
        line(
                variable
                        + " "
                        + pick("+", "-")
                        + "= "
                        + array
                        + "["
                        + at
                        + "]"
                        + (half ? ".getFloat32()" : "")
                        + ";");
        line("c.localBarrier();");
        String value = half ? "new HalfFloat(f)" : array.equals("sb") ? "(byte) y" : variable;
        line(array + "[j] = " + value + ";");
        line("c.localBarrier();");
    }
}
