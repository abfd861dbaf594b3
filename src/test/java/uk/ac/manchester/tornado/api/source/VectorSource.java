package uk.ac.manchester.tornado.api.source;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import uk.ac.manchester.tornado.api.source.Signatures.Member;
import uk.ac.manchester.tornado.api.source.Signatures.Parameter;
import uk.ac.manchester.tornado.api.source.Signatures.Type;

/** The short vectors {@code Float2 .. Half16}: bodies by the name and parameters of the method. */
final class VectorSource {
    private static final String AXES = "XYZW";
    private static final String TEMPLATE =
            """
            /**
             * A mutable vector of WIDTH TYPE components; inside a kernel a value in registers.
             *
             * <p>Operations work by component with Java's arithmetic; they return new vectors
             * unless they return {@code void}.
             */
            HEADER {
            /** The class itself, as a constant. */
            public static final Class<NAME> TYPE = NAME.class;

            private static final int SIZE = WIDTH;

            @Payload private final STORED[] storage;

            MEMBERS
            }
            """;

    private final Type type;
    private final Elements e;
    private final int width;

    private VectorSource(Type type) {
        this.type = type;
        this.e = Elements.of(type.name());
        this.width = Elements.width(type.name());
    }

    static boolean covers(Type type) {
        return type.packageName().equals("types.vectors") && type.kind().equals("class");
    }

    static String of(Type type) {
        return new VectorSource(type).text();
    }

    private String text() {
        StringBuilder members = new StringBuilder();
        for (Member m : type.members()) {
            if (m.kind() == 'F') {
                continue;
            }
            boolean override =
                    switch (m.key()) {
                        case "asBuffer()", "getNumBytes()", "size()", "toString()" -> true;
                        default -> m.name().equals("loadFromBuffer");
                    };
            members.append(SourceFile.method(m, body(m), override));
        }
        return TEMPLATE.replace("HEADER", SourceFile.header(type))
                .replace("MEMBERS", members.toString())
                .replace("NAME", type.name())
                .replace("WIDTH TYPE", width + " {@code " + e.type() + "}")
                .replace("WIDTH", Integer.toString(width))
                .replace("STORED", e.stored());
    }

    private String body(Member m) {
        String name = m.name();
        List<Parameter> ps = m.parameters();
        if (m.kind() == 'C') {
            return "storage = new STORED[SIZE];\n"
                    + lines(ps, i -> "storage[" + i + "] = " + store(ps.get(i).name()) + ";");
        }
        if (name.matches("[gs]et([XYZW]|S\\d+)")) {
            int index =
                    name.charAt(3) == 'S'
                            ? Integer.parseInt(name.substring(4))
                            : AXES.indexOf(name.charAt(3));
            return name.startsWith("get")
                    ? "return " + load("storage[" + index + "]") + ";"
                    : "storage[" + index + "] = " + store("value") + ";";
        }
        if (name.matches("as?(Float|Double|Int|Half)\\d")) {
            return "return " + part(m.type(), 0) + ";";
        }
        return switch (name) {
            case "add", "sub", "mult", "div", "max", "min" ->
                    ps.size() == 1 ? reduce(name, ps.getFirst().name()) : binary(m, name);
            case "inc" -> binary(m, "add");
            case "dec" -> binary(m, "sub");
            case "scale" -> binary(m, "mult");
            case "scaleByInverse" ->
                    e.floating() ? "return scale(a, 1 / value);" : binary(m, "div");
            case "sqrt" -> unary("a", e.floating() ? "TornadoMath.sqrt(#)" : "(int) Math.sqrt(#)");
            case "floor", "fract" -> unary("a", "TornadoMath." + name + "(#)");
            case "clamp" -> clamp(m);
            case "normalise" -> normalise(m);
            case "dot" -> dot();
            case "length" -> "return TornadoMath.sqrt(dot(value, value));";
            case "sum" -> reduce("add", "a");
            case "cross" -> cross();
            case "fma" -> "return add(mult(a, b), c);";
            case "fromFloats" -> "return new NAME(new HalfFloat(x), new HalfFloat(y));";
            case "lowFloat" -> "return a.getX().getFloat32();";
            case "highFloat" -> "return a.getY().getFloat32();";
            case "isEqual" -> "return TornadoMath.isEqual(a.storage, b.storage);";
            case "isEqualULP" -> "return TornadoMath.isEqualULP(a.storage, b.storage, numULP);";
            case "findULPDistance" ->
                    "return TornadoMath.findULPDistance("
                            + ps.get(0).name()
                            + ".storage, "
                            + ps.get(1).name()
                            + ".storage);";
            case "duplicate" -> "NAME copy = new NAME();\ncopy.set(this);\nreturn copy;";
            case "fill" -> "Arrays.fill(storage, value);";
            case "get" -> "return " + load("storage[index]") + ";";
            case "set" ->
                    ps.size() == 1
                            ? "System.arraycopy(value.storage, 0, storage, 0, SIZE);"
                            : "storage[index] = " + store("value") + ";";
            case "getLow" -> "return " + part(m.type(), 0) + ";";
            case "getHigh" -> "return " + part(m.type(), width / 2) + ";";
            case "asBuffer" -> "return " + e.buffer() + ".wrap(storage);";
            case "loadFromBuffer" -> "asBuffer().put(buffer);";
            case "getArray" -> "return storage;";
            case "toArray" -> "return storage.clone();";
            case "getNumBytes" -> "return (long) SIZE * " + e.bytes() + ";";
            case "size" -> "return SIZE;";
            case "toString" -> ps.isEmpty() ? "return toString(" + format() + ");" : formatted();
            default ->
                    throw new IllegalStateException("no body for " + type.name() + "." + m.key());
        };
    }

    private String load(String stored) {
        return e.half() ? "new HalfFloat(" + stored + ")" : stored;
    }

    private String store(String value) {
        return e.half() ? value + ".getHalfFloatValue()" : value;
    }

    /** The i-th component of an operand: a vector of this type, of ints, or a scalar. */
    private String component(Parameter p) {
        if (p.type().equals(type.name())) {
            return e.half() ? p.name() + ".get(i)" : p.name() + ".storage[i]";
        }
        return p.type().startsWith("Int") ? p.name() + ".get(i)" : p.name();
    }

    private String binary(Member m, String operation) {
        String value =
                e.apply(
                        operation,
                        component(m.parameters().get(0)),
                        component(m.parameters().get(1)));
        if (m.type().equals("void")) {
            return loop("c.storage[i] = " + store(value) + ";");
        }
        return "NAME result = new NAME();\n"
                + loop("result.storage[i] = " + store(value) + ";")
                + "return result;";
    }

    private String unary(String parameter, String expression) {
        return "NAME result = new NAME();\n"
                + loop(
                        "result.storage[i] = "
                                + expression.replace("#", parameter + ".storage[i]")
                                + ";")
                + "return result;";
    }

    private String reduce(String operation, String parameter) {
        String next = e.apply(operation, "result", parameter + ".storage[i]");
        return e.type()
                + " result = "
                + parameter
                + ".storage[0];\nfor (int i = 1; i < SIZE; i++) {\nresult = "
                + next
                + ";\n}\nreturn result;";
    }

    private String dot() {
        String a = component(new Parameter(type.name(), "a"));
        String b = component(new Parameter(type.name(), "b"));
        return e.type()
                + " result = "
                + e.zero()
                + ";\n"
                + loop("result = " + e.apply("add", "result", e.apply("mult", a, b)) + ";")
                + "return result;";
    }

    private String clamp(Member m) {
        String value = "TornadoMath.clamp(x.storage[i], min, max)";
        if (m.type().equals("void")) {
            return loop("x.storage[i] = " + value + ";");
        }
        return "NAME result = new NAME();\n"
                + loop("result.storage[i] = " + value + ";")
                + "return result;";
    }

    private String normalise(Member m) {
        return m.type().equals("void")
                ? "value.set(scaleByInverse(value, length(value)));"
                : "return scaleByInverse(value, length(value));";
    }

    private static String cross() {
        return """
        return new NAME(
                a.getY() * b.getZ() - a.getZ() * b.getY(),
                a.getZ() * b.getX() - a.getX() * b.getZ(),
                a.getX() * b.getY() - a.getY() * b.getX());\
        """;
    }

    private String part(String target, int from) {
        String components =
                IntStream.range(from, from + Elements.width(target))
                        .mapToObj(i -> load("storage[" + i + "]"))
                        .collect(Collectors.joining(", "));
        return "new " + target + "(" + components + ")";
    }

    /** The format constant; shorts have none that prints three components. */
    private String format() {
        if (e.type().equals("short")) {
            return "\"{" + String.join(",", java.util.Collections.nCopies(width, "%3d")) + "}\"";
        }
        return e.ops() + ".FMT_" + width;
    }

    private String formatted() {
        String components =
                IntStream.range(0, width)
                        .mapToObj(i ->
                                e.half()
                                        ? "Float.float16ToFloat(storage[" + i + "])"
                                        : "storage[" + i + "]")
                        .collect(Collectors.joining(", "));
        return "return String.format(Locale.ROOT, fmt, " + components + ");";
    }

    private static String loop(String statement) {
        return "for (int i = 0; i < SIZE; i++) {\n" + statement + "\n}\n";
    }

    private static String lines(
            List<Parameter> parameters, java.util.function.IntFunction<String> line) {
        List<String> result = new ArrayList<>();
        for (int i = 0; i < parameters.size(); i++) {
            result.add(line.apply(i));
        }
        return String.join("\n", result);
    }
}
