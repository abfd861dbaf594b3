package uk.ac.manchester.tornado.api.source;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import uk.ac.manchester.tornado.api.source.Signatures.Member;
import uk.ac.manchester.tornado.api.source.Signatures.Type;

/** The images {@code ImageByte3 .. ImageFloat8}: row-major pixels of interleaved channels. */
final class ImageSource {
    private static final String TEMPLATE =
            """
            /**
             * A row-major image of WORDS; pixel (x, y) is element {@code y * X() + x}.
             *
             * <p>A {@code matrix} argument holds one image row per array, channels interleaved.
             */
            HEADER {
            CONSTANTS
            private static final int CHANNELS = WIDTH;

            @Payload private final ARRAY storage;
            private final int width;
            private final int height;

            MEMBERS
            private int index(int x, int y) {
            return (y * width + x) * CHANNELS;
            }
            }
            """;

    private final Type type;
    private final String pixel;
    private final Elements e;
    private final int width;

    private ImageSource(Type type) {
        this.type = type;
        String name = type.name().substring("Image".length());
        this.e = Elements.of(name);
        this.width = Elements.width(name);
        this.pixel = width == 1 ? e.type() : name;
    }

    static boolean covers(Type type) {
        return type.packageName().equals("types.images") && type.kind().equals("class");
    }

    static String of(Type type) {
        return new ImageSource(type).text();
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
                width == 1
                        ? ""
                        : "/** The class itself, as a constant. */\n"
                                + "public static final Class<NAME> TYPE = NAME.class;\n\n";
        return TEMPLATE.replace("HEADER", SourceFile.header(type))
                .replace(
                        "WORDS",
                        width == 1
                                ? "one {@code " + e.type() + "} a pixel"
                                : "{@link " + pixel + "} pixels")
                .replace("CONSTANTS", constants)
                .replace("MEMBERS", members.toString())
                .replace("NAME", type.name())
                .replace("WIDTH", Integer.toString(width))
                .replace("ARRAY", e.array());
    }

    private String body(Member m) {
        if (m.kind() == 'C') {
            return constructor(m);
        }
        if (Storage.isOverride(m)) {
            return Storage.body(m, e);
        }
        int count = m.parameters().size();
        return switch (m.name()) {
            case "X" -> "return width;";
            case "Y" -> "return height;";
            case "clear" -> "storage.clear();";
            case "duplicate" ->
                    "NAME copy = new NAME(width, height);\ncopy.set(this);\nreturn copy;";
            case "fill" -> "storage.init(value);";
            case "getArray" -> "return storage;";
            case "numElements" -> "return width * height;";
            case "get" ->
                    count == 1
                            ? "return get(" + m.parameters().getFirst().name() + ", 0);"
                            : get(m);
            case "set" ->
                    switch (count) {
                        case 1 ->
                                "for (int k = 0; k < storage.getSize(); k++) {\n"
                                        + "storage.set(k, m.storage.get(k));\n}";
                        case 2 -> "set(" + m.parameters().getFirst().name() + ", 0, value);";
                        default -> set(m);
                    };
            case "put" -> "for (int k = 0; k < array.length; k++) {\nstorage.set(k, array[k]);\n}";
            case "scale" ->
                    "for (int k = 0; k < image.storage.getSize(); k++) {\n"
                            + "image.storage.set(k, image.storage.get(k) * alpha);\n}";
            case "max", "min" -> extreme(m);
            case "mean" -> mean();
            case "stdDev" -> deviation();
            case "calculateULP" -> "return FloatingPointError.of(storage, ref.storage);";
            case "summarise", "summerise" ->
                    """
                    return String.format(
                            Locale.ROOT,
                            "NAME<%dx%d>: min=%s, max=%s, mean=%s, sd=%s",
                            width, height, min(), max(), mean(), stdDev());\
                    """;
            case "toString" -> text(m);
            default ->
                    throw new IllegalStateException("no body for " + type.name() + "." + m.key());
        };
    }

    private String constructor(Member m) {
        String first = m.parameters().getFirst().type();
        if (first.endsWith("[][]")) {
            return "this(matrix[0].length / CHANNELS, matrix.length,"
                    + " StorageFormats.toRowMajor(matrix));";
        }
        if (m.parameters().size() == 2) {
            return "this(width, height, new ARRAY(width * height * CHANNELS));";
        }
        return "this.width = width;\nthis.height = height;\nthis.storage = array;";
    }

    private String get(Member m) {
        String index =
                "index(" + m.parameters().get(0).name() + ", " + m.parameters().get(1).name() + ")";
        if (width == 1) {
            return "return storage.get(" + index + ");";
        }
        String components =
                IntStream.range(0, width)
                        .mapToObj(
                                i -> i == 0 ? "storage.get(base)" : "storage.get(base + " + i + ")")
                        .collect(Collectors.joining(", "));
        return "int base = " + index + ";\nreturn new " + pixel + "(" + components + ");";
    }

    private String set(Member m) {
        String index =
                "index(" + m.parameters().get(0).name() + ", " + m.parameters().get(1).name() + ")";
        return width == 1
                ? "storage.set(" + index + ", value);"
                : "int base = "
                        + index
                        + ";\n"
                        + "for (int k = 0; k < CHANNELS; k++) {\n"
                        + "storage.set(base + k, value.get(k));\n"
                        + "}";
    }

    /** Statistics are per channel; of bytes they are given as floats. */
    private String extreme(Member m) {
        if (width == 1) {
            return "float result = storage.get(0);\nfor (int k = 1; k < storage.getSize(); k++) {\n"
                    + "result = TornadoMath."
                    + m.name()
                    + "(result, storage.get(k));\n}\nreturn result;";
        }
        return m.type()
                + " result = new "
                + m.type()
                + "();\nfor (int c = 0; c < CHANNELS; c++) {\nresult.set(c, storage.get(c));\n}\n"
                + "for (int k = CHANNELS; k < storage.getSize(); k++) {\nint c = k % CHANNELS;\n"
                + "result.set(c, TornadoMath."
                + m.name()
                + "(result.get(c), storage.get(k)));\n}\nreturn result;";
    }

    private String mean() {
        return width == 1
                ? """
                double sum = 0;
                for (int k = 0; k < storage.getSize(); k++) {
                    sum += storage.get(k);
                }
                return (float) (sum / storage.getSize());\
                """
                : """
                double[] sum = new double[CHANNELS];
                for (int k = 0; k < storage.getSize(); k++) {
                    sum[k % CHANNELS] += storage.get(k);
                }
                RESULT result = new RESULT();
                for (int c = 0; c < CHANNELS; c++) {
                    result.set(c, (float) (sum[c] / (width * height)));
                }
                return result;\
                """
                        .replace("RESULT", "Float" + width);
    }

    private String deviation() {
        return width == 1
                ? """
                double mean = mean();
                double sum = 0;
                for (int k = 0; k < storage.getSize(); k++) {
                    sum += (storage.get(k) - mean) * (storage.get(k) - mean);
                }
                return (float) Math.sqrt(sum / storage.getSize());\
                """
                : """
                RESULT mean = mean();
                double[] sum = new double[CHANNELS];
                for (int k = 0; k < storage.getSize(); k++) {
                    double difference = storage.get(k) - mean.get(k % CHANNELS);
                    sum[k % CHANNELS] += difference * difference;
                }
                RESULT result = new RESULT();
                for (int c = 0; c < CHANNELS; c++) {
                    result.set(c, (float) Math.sqrt(sum[c] / (width * height)));
                }
                return result;\
                """
                        .replace("RESULT", "Float" + width);
    }

    private String text(Member m) {
        String pixelText =
                width == 1
                        ? "String.format(Locale.ROOT, fmt, get(x, y))"
                        : "get(x, y).toString(fmt)";
        return switch (m.parameters().size()) {
            case 0 -> "return \"NAME <\" + width + \" x \" + height + \">\";";
            case 1 -> hasWindow() ? "return toString(fmt, width, height);" : rows(pixelText);
            default -> rows(pixelText);
        };
    }

    private boolean hasWindow() {
        return type.members().stream()
                .anyMatch(m -> m.name().equals("toString") && m.parameters().size() == 3);
    }

    private static String rows(String pixelText) {
        return """
        StringBuilder text = new StringBuilder();
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                text.append(PIXEL).append(' ');
            }
            text.append('\\n');
        }
        return text.toString();\
        """
                .replace("PIXEL", pixelText);
    }
}
