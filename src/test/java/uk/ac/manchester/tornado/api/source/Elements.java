package uk.ac.manchester.tornado.api.source;

import java.util.Map;

/**
 * How one element kind is written in Java: the facts by which the members of a family differ.
 *
 * @param type the element's type in signatures
 * @param stored the primitive that is stored
 * @param bytes bytes of the stored primitive
 * @param buffer NIO buffer class
 * @param array off-heap array class
 * @param ops class of the formats
 */
record Elements(String type, String stored, int bytes, String buffer, String array, String ops) {
    private static final Map<String, Elements> BY_PREFIX =
            Map.of(
                    "Byte", new Elements("byte", "byte", 1, "ByteBuffer", "ByteArray", "ByteOps"),
                    "Short",
                            new Elements(
                                    "short", "short", 2, "ShortBuffer", "ShortArray", "ShortOps"),
                    "Int", new Elements("int", "int", 4, "IntBuffer", "IntArray", "IntOps"),
                    "Long", new Elements("long", "long", 8, "LongBuffer", "LongArray", "LongOps"),
                    "Float",
                            new Elements(
                                    "float", "float", 4, "FloatBuffer", "FloatArray", "FloatOps"),
                    "Double",
                            new Elements(
                                    "double",
                                    "double",
                                    8,
                                    "DoubleBuffer",
                                    "DoubleArray",
                                    "DoubleOps"),
                    "Half",
                            new Elements(
                                    "HalfFloat",
                                    "short",
                                    2,
                                    "ShortBuffer",
                                    "HalfFloatArray",
                                    "FloatOps"));

    /** {@return the element kind of a name such as {@code Float4}} */
    static Elements of(String name) {
        String prefix = name.replaceAll("\\d+$", "");
        Elements elements = BY_PREFIX.get(prefix);
        if (elements == null) {
            throw new IllegalStateException("no element kind called " + prefix);
        }
        return elements;
    }

    boolean half() {
        return type.equals("HalfFloat");
    }

    boolean floating() {
        return type.equals("float") || type.equals("double");
    }

    /** {@return {@code text}, an int expression, as an expression of the element's type} */
    String cast(String text) {
        return switch (type) {
            case "byte", "short" -> "(" + type + ") (" + text + ")";
            default -> text;
        };
    }

    /** {@return the expression that applies an operation of the API's name to two operands} */
    String apply(String operation, String a, String b) {
        if (half()) {
            return "HalfFloat." + operation + "(" + a + ", " + b + ")";
        }
        return switch (operation) {
            case "add" -> cast(a + " + " + b);
            case "sub" -> cast(a + " - " + b);
            case "mult" -> cast(a + " * " + b);
            case "div" -> cast(a + " / " + b);
            case "max", "min" -> "TornadoMath." + operation + "(" + a + ", " + b + ")";
            default -> throw new IllegalStateException("no operation " + operation);
        };
    }

    /** {@return zero of the element's type} */
    String zero() {
        return switch (type) {
            case "HalfFloat" -> "new HalfFloat(0f)";
            case "float" -> "0f";
            case "double" -> "0d";
            case "long" -> "0L";
            default -> "0";
        };
    }

    /** {@return the width at the end of a type's name, 1 if there is none} */
    static int width(String name) {
        String digits = name.replaceAll("^.*?(\\d*)$", "$1");
        return digits.isEmpty() ? 1 : Integer.parseInt(digits);
    }
}
