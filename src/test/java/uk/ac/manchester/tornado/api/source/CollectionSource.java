package uk.ac.manchester.tornado.api.source;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import uk.ac.manchester.tornado.api.source.Signatures.Member;
import uk.ac.manchester.tornado.api.source.Signatures.Type;

/**
 * The vector collections {@code VectorFloat .. VectorHalf16}: packed vectors in an off-heap array.
 */
final class CollectionSource {
    private static final String TEMPLATE =
            """
            /**
             * A sequence of WORDS, packed in one off-heap array without padding.
             *
             * <p>The collection is a view: {@link #getArray()} is the storage, not a copy.
             */
            HEADER {
            CONSTANTS
            @Payload VISIBILITY final ARRAY storage;
            private final int numElements;

            MEMBERS
            }
            """;

    private final Type type;
    private final String vector;
    private final Elements e;
    private final int width;

    private CollectionSource(Type type) {
        this.type = type;
        this.vector = type.name().substring("Vector".length());
        this.e = Elements.of(vector);
        this.width = Elements.width(vector);
    }

    static boolean covers(Type type) {
        return type.packageName().equals("types.collections") && type.kind().equals("class");
    }

    static String of(Type type) {
        return new CollectionSource(type).text();
    }

    private String text() {
        StringBuilder members = new StringBuilder();
        boolean visible = false;
        boolean shared = false;
        for (Member m : type.members()) {
            visible |= m.kind() == 'F' && m.name().equals("storage");
            shared |= m.kind() == 'C' && m.parameters().size() == 2;
            if (m.kind() != 'F') {
                boolean override = Storage.isOverride(m) || m.key().equals("toString()");
                members.append(SourceFile.method(m, body(m), override));
            }
        }
        if (!shared) {
            members.insert(
                    0,
                    "private NAME(int numElements, ARRAY array) {\nSHARED\n}\n\n"
                            .replace("SHARED", sharing("array")));
        }
        String constants =
                width == 1
                        ? ""
                        : "/** The class itself, as a constant. */\n"
                                + "public static final Class<NAME> TYPE = NAME.class;\n\n"
                                + "private static final int WIDTH = "
                                + width
                                + ";\n\n";
        return TEMPLATE.replace("HEADER", SourceFile.header(type))
                .replace(
                        "WORDS",
                        width == 1
                                ? "{@code " + e.type() + "} numbers"
                                : "{@link " + vector + "} vectors")
                .replace("CONSTANTS", constants)
                .replace("VISIBILITY", visible ? "protected" : "private")
                .replace("MEMBERS", members.toString())
                .replace("NAME", type.name())
                .replace("ARRAY", e.array());
    }

    private String sharing(String array) {
        String needed = width == 1 ? "numElements" : "numElements * WIDTH";
        return "if (ARG.getSize() < NEEDED) {\nthrow new IllegalArgumentException(\n"
                        .replace("ARG", array)
                        .replace("NEEDED", needed)
                + "numElements + \" elements of NAME do not fit an array of \""
                + " + ARG.getSize());\n}\n".replace("ARG", array)
                + "this.numElements = numElements;\nthis.storage = "
                + array
                + ";";
    }

    private String body(Member m) {
        String only = m.parameters().isEmpty() ? "" : m.parameters().getFirst().type();
        if (m.kind() == 'C') {
            if (m.parameters().size() == 2) {
                return sharing("array");
            }
            if (only.equals("int")) {
                return "this(numElements, new ARRAY(numElements"
                        + (width == 1 ? "" : " * WIDTH")
                        + "));";
            }
            String array = m.parameters().getFirst().name();
            return "this("
                    + array
                    + ".getSize()"
                    + (width == 1 ? "" : " / WIDTH")
                    + ", "
                    + array
                    + ");";
        }
        if (Storage.isOverride(m)) {
            return Storage.body(m, e);
        }
        return switch (m.name()) {
            case "asBuffer" ->
                    only.endsWith("Array")
                            ? Storage.view("buffer", e)
                            : "buffer.put(asBuffer());\nreturn buffer;";
            case "clear" -> "storage.clear();";
            case "duplicate" -> "NAME copy = new NAME(numElements);\ncopy.set(this);\nreturn copy;";
            case "fill" -> "storage.init(value);";
            case "get" -> width == 1 ? "return storage.get(index);" : get();
            case "getArray" -> "return storage;";
            case "getLength" -> "return numElements;";
            case "vectorWidth" -> "return WIDTH;";
            case "set" -> set(m, only);
            case "max", "min" -> fold(m, m.name());
            case "sum" -> fold(m, "add");
            case "dot" -> dot();
            case "isEqual" ->
                    """
                    if (numElements != vector.numElements) {
                        return false;
                    }
                    for (int i = 0; i < numElements; i++) {
                        if (DIFFERENT) {
                            return false;
                        }
                    }
                    return true;\
                    """
                            .replace("DIFFERENT", different());
            case "subVector" ->
                    """
                    NAME part = new NAME(length);
                    for (int i = 0; i < length; i++) {
                        part.set(i, get(start + i));
                    }
                    return part;\
                    """;
            case "toString" -> text(m);
            default ->
                    throw new IllegalStateException("no body for " + type.name() + "." + m.key());
        };
    }

    private String get() {
        String components =
                IntStream.range(0, width)
                        .mapToObj(
                                i -> i == 0 ? "storage.get(base)" : "storage.get(base + " + i + ")")
                        .collect(Collectors.joining(", "));
        return "int base = index * WIDTH;\nreturn new " + vector + "(" + components + ");";
    }

    private String set(Member m, String only) {
        if (m.parameters().size() == 2) {
            return width == 1
                    ? "storage.set(index, value);"
                    : "int base = index * WIDTH;\nfor (int i = 0; i < WIDTH; i++) {\n"
                            + "storage.set(base + i, value.get(i));\n}";
        }
        String size = only.endsWith("[]") ? "values.length" : "values.getSize()";
        String element = only.endsWith("[]") ? "values[i]" : "values.get(i)";
        if (only.equals(type.name())) {
            size = "values.storage.getSize()";
            element = "values.storage.get(i)";
        }
        return "for (int i = 0; i < " + size + "; i++) {\nstorage.set(i, " + element + ");\n}";
    }

    private String fold(Member m, String operation) {
        String source = m.parameters().isEmpty() ? "" : m.parameters().getFirst().name() + ".";
        String target = width == 1 ? "TornadoMath" : vector;
        String type = width == 1 ? e.type() : vector;
        return type
                + " result = "
                + source
                + "get(0);\nfor (int i = 1; i < "
                + source
                + "numElements; i++) {\nresult = "
                + target
                + "."
                + operation
                + "(result, "
                + source
                + "get(i));\n}\nreturn result;";
    }

    private String dot() {
        return e.type()
                + " result = "
                + e.zero()
                + ";\nfor (int i = 0; i < a.numElements; i++) {\nresult = "
                + e.apply("add", "result", e.apply("mult", "a.get(i)", "b.get(i)"))
                + ";\n}\nreturn result;";
    }

    private String different() {
        if (e.half()) {
            return "get(i).getHalfFloatValue() != vector.get(i).getHalfFloatValue()";
        }
        return switch (e.type()) {
            case "float" -> "Float.compare(get(i), vector.get(i)) != 0";
            case "double" -> "Double.compare(get(i), vector.get(i)) != 0";
            default -> "get(i) != vector.get(i)";
        };
    }

    private String text(Member m) {
        if (m.parameters().isEmpty() && width == 1) {
            return "return toString(" + e.ops() + ".FMT);";
        }
        String element =
                width > 1
                        ? "get(i)"
                        : "String.format(Locale.ROOT, fmt, get(i)"
                                + (e.half() ? ".getFloat32()" : "")
                                + ")";
        return """
        StringBuilder text = new StringBuilder("NAME <").append(numElements).append(">:");
        for (int i = 0; i < numElements; i++) {
            text.append(' ').append(ELEMENT);
        }
        return text.toString();\
        """
                .replace("ELEMENT", element);
    }
}
