package org.tornadovit.frontend;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Source text of random methods {@code static void kN(int[] a, int[] out, float[] f, int n)} of
 * nested control flow. All end: loops burn fuel, or count to a small bound.
 */
public final class RandomPrograms {
    private static final String[] BINARY = {"+", "-", "*", "&", "|", "^", "<<", ">>", ">>>"};
    private static final String[] COMPARE = {"<", "<=", ">", ">=", "==", "!="};

    private final Random random;
    private final StringBuilder out = new StringBuilder();
    private final List<String> loops = new ArrayList<>();
    private final List<String> indices = new ArrayList<>();
    private int names;
    private int left;

    private RandomPrograms(long seed) {
        random = new Random(seed);
    }

    /** {@return a class of {@code count} methods k0, k1, ...} */
    public static String source(String type, long seed, int count) {
        StringBuilder text = new StringBuilder("final class " + type + " {\n");
        text.append(
                """
                static int helper(int x, int y) {
                    for (int i = 0; i < (y & 7); i++) {
                        if ((x & 3) == i) { return x + i; }
                        x += y ^ i;
                    }
                    if (x > y) { x -= 3; } else if (x == 5) { return y; }
                    return x * 2;
                }
                static int bump(int[] out, int x) { out[x & 31] += x; return out[(x + 1) & 31]; }
                static boolean near(int x, int y) { return x - y < 4 && y - x < 4; }
                """);
        for (int i = 0; i < count; i++) {
            text.append(new RandomPrograms(seed * 1000 + i).method("k" + i));
        }
        return text.append("}\n").toString();
    }

    private String method(String name) {
        left = 25 + random.nextInt(20);
        line("static void " + name + "(int[] a, int[] out, float[] f, int n) {");
        line("int fuel = 200; int x = n; int y = a[3]; int z = 1; long l = a[1]; float g = f[2];");
        line("boolean p = n > 4;");
        while (left > 0) {
            statement(0);
        }
        line("out[0] ^= x; out[1] ^= y + z; out[2] ^= (int) (l ^ l >>> 32); f[3] = g;");
        line("out[4] ^= p ? fuel : 1;");
        line("}");
        return out.toString();
    }

    private void line(String text) {
        out.append(text).append('\n');
    }

    private String pick(String... options) {
        return options[random.nextInt(options.length)];
    }

    private String variable() {
        return pick("x", "y", "z");
    }

    private String expression(int depth) {
        if (depth > 2 || random.nextInt(4) == 0) {
            return switch (random.nextInt(indices.isEmpty() ? 3 : 4)) {
                case 0 -> variable();
                case 1 -> Integer.toString(random.nextInt(-9, 40));
                case 2 -> "n";
                default -> indices.get(random.nextInt(indices.size()));
            };
        }
        String a = expression(depth + 1);
        String b = expression(depth + 1);
        return switch (random.nextInt(18)) {
            case 0 -> "a[(int) (" + a + ") & 31]";
            case 1 -> "out[(int) (" + a + ") & 31]";
            case 2 -> "(" + condition(depth + 1) + " ? " + a + " : " + b + ")";
            case 3 -> "helper((int) (" + a + "), (int) (" + b + "))";
            case 4 -> "bump(out, (int) (" + a + "))";
            case 5 -> "(" + variable() + " = (int) (" + a + "))";
            case 6 -> variable() + pick("++", "--");
            case 7 -> "((int) (" + a + ") / ((int) (" + b + ") | 1))";
            case 8 -> "(" + pick("byte", "short", "char", "long", "float") + ") " + "(" + a + ")";
            case 9 -> "out[" + variable() + "++ & 31]" + pick("++", "--");
            case 10 ->
                    "Math."
                            + pick("min", "max", "floorMod")
                            + "((int) ("
                            + a
                            + "), (int) ("
                            + b
                            + ") | 1)";
            case 11 ->
                    "switch ((int) ("
                            + a
                            + ") & 3) { case 0 -> "
                            + b
                            + "; case 1 -> { "
                            + variable()
                            + " ^= 5; yield x; } default -> "
                            + expression(depth + 1)
                            + "; }";
            default -> "((int) (" + a + ") " + pick(BINARY) + " (int) (" + b + "))";
        };
    }

    private String index() {
        return "(int) (" + expression(1) + ") & 31";
    }

    private String condition(int depth) {
        String a = expression(depth + 1);
        String b = expression(depth + 1);
        if (depth < 3 && random.nextInt(3) == 0) {
            return "(" + condition(depth + 1) + pick(" && ", " || ") + condition(depth + 1) + ")";
        }
        return switch (random.nextInt(6)) {
            case 0 -> "p";
            case 1 -> "!(" + a + pick(" < ", " >= ") + b + ")";
            case 2 -> "near((int) (" + a + "), (int) (" + b + "))";
            case 3 -> "g " + pick(COMPARE) + " " + a;
            default -> a + " " + pick(COMPARE) + " " + b;
        };
    }

    private void block(int depth) {
        int count = 1 + random.nextInt(3);
        for (int i = 0; i < count; i++) {
            statement(depth + 1);
        }
    }

    private void statement(int depth) {
        left--;
        if (depth > 4 || left < 0) {
            simple();
            return;
        }
        switch (random.nextInt(12)) {
            case 0, 1 -> {
                line("if (" + condition(0) + ") {");
                block(depth);
                if (random.nextBoolean()) {
                    line("} else {");
                    block(depth);
                }
                line("}");
            }
            case 2, 3 -> counted(depth);
            case 4 -> whileLoop(depth);
            case 5 -> jump();
            case 6 -> choice(depth);
            case 7 -> {
                String label = "b" + names++;
                line(label + ": {");
                statement(depth + 1);
                line("if (" + condition(0) + ") break " + label + ";");
                block(depth);
                line("}");
            }
            default -> simple();
        }
    }

    private void simple() {
        String e = "(int) (" + expression(0) + ")";
        switch (random.nextInt(11)) {
            case 0 -> line("out[" + index() + "] = " + e + ";");
            case 1 -> line("out[" + index() + "] += " + e + ";");
            case 2 -> line("p = " + condition(0) + ";");
            case 3 -> line("l = l * 31 + " + e + ";");
            case 4 -> line("g = g * 0.5f + " + e + ";");
            case 5 -> line("f[" + index() + "] += g;");
            case 6 -> line("out[" + variable() + "++ & 31] += " + e + ";");
            case 7 -> {
                String t = "t" + names++;
                line(
                        "int[] "
                                + t
                                + " = new int[4]; "
                                + t
                                + "["
                                + variable()
                                + " & 3] = "
                                + e
                                + ";");
                line("x += " + t + "[" + index() + " & 3] + " + t + ".length;");
            }
            case 8 -> line(variable() + " " + pick("+", "^", "*", ">>") + "= " + e + ";");
            default -> line(variable() + " = " + e + ";");
        }
    }

    private void counted(int depth) {
        String i = "i" + names++;
        String label = "l" + names++;
        String bound = pick("n", "(x & 15)", "9", "a.length");
        String extra = random.nextInt(3) == 0 ? " && --fuel > 0" : "";
        String head =
                switch (random.nextInt(5)) {
                    case 0 -> i + " = " + bound + "; " + i + " > 0" + extra + "; " + i + "--";
                    case 1 -> i + " = 7; " + i + " >= 0" + extra + "; " + i + " -= 2";
                    case 2 -> i + " = 1; " + i + " <= " + bound + extra + "; " + i + "++";
                    case 3 -> i + " = 0; " + i + " != 6" + extra + "; " + i + "++";
                    default -> i + " = 0; " + i + " < " + bound + extra + "; " + i + " += 3";
                };
        line(label + ": for (int " + head + ") {");
        line("if (--fuel < 0) break;");
        loops.add(label);
        indices.add(i);
        block(depth);
        indices.remove(i);
        loops.remove(label);
        line("}");
    }

    private void whileLoop(int depth) {
        String label = "l" + names++;
        int form = random.nextInt(3);
        String test = "(" + condition(0) + " && --fuel > 0)";
        line(
                label
                        + ": "
                        + (form == 0
                                ? "do {"
                                : form == 1 ? "while " + test + " {" : "while (true) {"));
        if (form == 2) {
            line("if (--fuel < 0 || " + condition(1) + ") break;");
        }
        loops.add(label);
        block(depth);
        loops.remove(label);
        line(form == 0 ? "} while " + test + ";" : "}");
    }

    private void jump() {
        if (loops.isEmpty()) {
            line("if (" + condition(0) + ") { out[5] += 1; return; }");
            return;
        }
        String label = loops.get(random.nextInt(loops.size()));
        line("if (" + condition(0) + ") {");
        line(pick("break " + label, "continue " + label, "continue", "return") + ";");
        line("}");
    }

    private void choice(int depth) {
        line(
                "switch ((int) ("
                        + expression(0)
                        + ")"
                        + (random.nextBoolean() ? " & 3" : "")
                        + ") {");
        for (int c = 0; c < 4; c++) {
            line("case " + (c == 3 ? 1000 : c) + ":");
            if (random.nextInt(4) > 0) {
                block(depth);
            }
            if (random.nextInt(3) > 0) {
                line("break;");
            }
        }
        if (random.nextBoolean()) {
            line("default:");
            block(depth);
        }
        line("}");
    }
}
