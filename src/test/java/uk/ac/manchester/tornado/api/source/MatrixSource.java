package uk.ac.manchester.tornado.api.source;

import uk.ac.manchester.tornado.api.source.Signatures.Member;
import uk.ac.manchester.tornado.api.source.Signatures.Type;

/** The dense matrices {@code Matrix2DInt .. Matrix3DFloat4}, row-major. */
final class MatrixSource {
    private static final String TEMPLATE =
            """
            /**
             * A dense row-major matrix of WORDS, RANK.
             */
            HEADER {
            CONSTANTS
            @Payload private final ARRAY storage;

            MEMBERS
            private int index(INDICES) {
            return OFFSET;
            }
            }
            """;

    private final Type type;
    private final Elements e;
    private final boolean vector;
    private final boolean cube;
    private final String element;

    private MatrixSource(Type type) {
        this.type = type;
        this.cube = type.name().startsWith("Matrix3D");
        this.element = type.name().substring("Matrix2D".length());
        this.e = Elements.of(element);
        this.vector = Elements.width(element) > 1;
    }

    static boolean covers(Type type) {
        return type.name().matches("Matrix[23]D\\w+");
    }

    static String of(Type type) {
        return new MatrixSource(type).text();
    }

    private String text() {
        StringBuilder members = new StringBuilder();
        for (Member m : type.members()) {
            if (m.kind() != 'F') {
                boolean override = Storage.isOverride(m) || m.key().equals("toString()");
                members.append(SourceFile.method(m, body(m), override));
            }
        }
        String constants =
                vector
                        ? "/** The class itself, as a constant. */\n"
                                + "public static final Class<NAME> TYPE = NAME.class;\n\n"
                                + "private static final int WIDTH = 4;\n\n"
                        : "";
        String offset =
                cube
                        ? "((i * getNumColumns()) + j) * getNumDepth() + k"
                        : "i * getNumColumns() + j";
        return TEMPLATE.replace("HEADER", SourceFile.header(type))
                .replace(
                        "WORDS",
                        vector ? "{@link Float4} vectors" : "{@code " + e.type() + "} numbers")
                .replace("RANK", cube ? "rows x columns x depth" : "rows x columns")
                .replace("CONSTANTS", constants)
                .replace("MEMBERS", members.toString())
                .replace("INDICES", cube ? "int i, int j, int k" : "int i, int j")
                .replace("OFFSET", vector ? "(" + offset + ") * WIDTH" : offset)
                .replace("NAME", type.name())
                .replace("ARRAY", e.array());
    }

    private String body(Member m) {
        if (m.kind() == 'C') {
            return constructor(m);
        }
        if (Storage.isOverride(m)) {
            return Storage.body(m, e);
        }
        String sizes =
                cube
                        ? "getNumRows(), getNumColumns(), getNumDepth()"
                        : "getNumRows(), getNumColumns()";
        return switch (m.name()) {
            case "clear" -> "storage.clear();";
            case "duplicate" ->
                    "NAME copy = new NAME(SIZES);\ncopy.set(this);\nreturn copy;"
                            .replace("SIZES", sizes);
            case "fill" -> "storage.init(value);";
            case "getArray" -> "return storage;";
            case "get" -> get();
            case "set" -> set(m);
            case "scale" ->
                    "for (int n = 0; n < matrix.storage.getSize(); n++) {\nmatrix.storage.set(n, "
                            + e.cast("matrix.storage.get(n) * value")
                            + ");\n}";
            case "row" -> line("getNumColumns()", vector ? "get(row, n)" : "get(row, n)");
            case "column" -> line("getNumRows()", "get(n, col)");
            case "diag" -> line("Math.min(getNumRows(), getNumColumns())", "get(n, n)");
            case "multiply" -> multiply();
            case "transpose" -> transpose();
            case "toString" -> text(m);
            default ->
                    throw new IllegalStateException("no body for " + type.name() + "." + m.key());
        };
    }

    private String constructor(Member m) {
        String first = m.parameters().getFirst().type();
        if (first.contains("[]")) {
            return cube
                    ? "this(matrix.length, matrix[0].length, matrix[0][0].length,"
                            + " StorageFormats.toRowMajor3D(matrix));"
                    : "this(matrix.length, matrix[0].length, StorageFormats.toRowMajor(matrix));";
        }
        String sizes = cube ? "rows, columns, depth" : "rows, columns";
        String product = sizes.replace(", ", " * ") + (vector ? " * WIDTH" : "");
        return m.parameters().getLast().type().equals("int")
                ? "this(" + sizes + ", new ARRAY(" + product + "));"
                : "super(" + sizes + ");\nthis.storage = array;";
    }

    private String get() {
        String indices = cube ? "i, j, k" : "i, j";
        return vector
                ? "int base = index("
                        + indices
                        + ");\nreturn new Float4(storage.get(base), storage.get(base + 1),"
                        + " storage.get(base + 2), storage.get(base + 3));"
                : "return storage.get(index(" + indices + "));";
    }

    private String set(Member m) {
        if (m.parameters().size() == 1) {
            return "for (int n = 0; n < storage.getSize(); n++) {\n"
                    + "storage.set(n, m.storage.get(n));\n"
                    + "}";
        }
        String indices = cube ? "i, j, k" : "i, j";
        return vector
                ? "int base = index("
                        + indices
                        + ");\n"
                        + "for (int n = 0; n < WIDTH; n++) {\n"
                        + "storage.set(base + n, value.get(n));\n"
                        + "}"
                : "storage.set(index(" + indices + "), value);";
    }

    /** A row, column or diagonal as a vector of scalars. */
    private String line(String length, String value) {
        if (!vector) {
            return """
            VECTOR line = new VECTOR(LENGTH);
            for (int n = 0; n < LENGTH; n++) {
                line.set(n, VALUE);
            }
            return line;\
            """
                    .replace("VECTOR", "Vector" + element)
                    .replace("LENGTH", length)
                    .replace("VALUE", value);
        }
        return """
        int length = LENGTH;
        VectorFloat line = new VectorFloat(length * WIDTH);
        for (int n = 0; n < length; n++) {
            Float4 value = VALUE;
            for (int lane = 0; lane < WIDTH; lane++) {
                line.set(n * WIDTH + lane, value.get(lane));
            }
        }
        return line;\
        """
                .replace("LENGTH", length)
                .replace("VALUE", value);
    }

    private String multiply() {
        String zero = vector ? "new Float4()" : e.zero();
        String next =
                vector
                        ? "Float4.add(sum, Float4.mult(a.get(row, k), b.get(k, col)))"
                        : "sum + a.get(row, k) * b.get(k, col)";
        return """
        for (int row = 0; row < getNumRows(); row++) {
            for (int col = 0; col < getNumColumns(); col++) {
                ELEMENT sum = ZERO;
                for (int k = 0; k < b.getNumRows(); k++) {
                    sum = NEXT;
                }
                set(row, col, sum);
            }
        }\
        """
                .replace("ELEMENT", vector ? "Float4" : e.type())
                .replace("ZERO", zero)
                .replace("NEXT", next);
    }

    private String transpose() {
        return """
        Matrix2DType.checkSquare(matrix.getNumRows(), matrix.getNumColumns());
        for (int i = 0; i < matrix.getNumRows(); i++) {
            for (int j = 0; j < i; j++) {
                ELEMENT value = matrix.get(i, j);
                matrix.set(i, j, matrix.get(j, i));
                matrix.set(j, i, value);
            }
        }\
        """
                .replace("ELEMENT", vector ? "Float4" : e.type());
    }

    private String text(Member m) {
        if (m.parameters().isEmpty()) {
            return cube
                    ? "return \"NAME <\" + getNumRows() + \" x \" + getNumColumns() + \" x \" +"
                            + " getNumDepth() + \">\";"
                    : "return \"NAME <\" + getNumRows() + \" x \" + getNumColumns() + \">\";";
        }
        String value = cube ? "get(i, j, k)" : "get(i, j)";
        String formatted =
                vector
                        ? value + ".toString(fmt)"
                        : "String.format(Locale.ROOT, fmt, " + value + ")";
        String inner =
                cube
                        ? "for (int k = 0; k < getNumDepth(); k++) {\ntext.append("
                                + formatted
                                + ").append(' ');\n}\ntext.append('\\n');"
                        : "text.append(" + formatted + ").append(' ');";
        return """
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < getNumRows(); i++) {
            for (int j = 0; j < getNumColumns(); j++) {
                INNER
            }
            text.append('\\n');
        }
        return text.toString();\
        """
                .replace("INNER", inner);
    }
}
