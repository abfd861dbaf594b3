package uk.ac.manchester.tornado.api.source;

import java.util.Map;
import uk.ac.manchester.tornado.api.source.Signatures.Member;
import uk.ac.manchester.tornado.api.source.Signatures.Type;

/** The off-heap arrays: one template, the rows of {@link #ELEMENTS} and the few extra methods. */
final class NativeArraySource {
    /** What differs: bytes, stored primitive, layout, the words of the class comment. */
    private record Element(int bytes, String stored, String layout, String words) {}

    private static final Map<String, Element> ELEMENTS =
            Map.ofEntries(
                    Map.entry("ByteArray", new Element(1, "byte", "JAVA_BYTE", "bytes")),
                    Map.entry(
                            "Int8Array",
                            new Element(1, "byte", "JAVA_BYTE", "signed 8-bit integers")),
                    Map.entry(
                            "FP8Array",
                            new Element(1, "byte", "JAVA_BYTE", "8-bit floats (E4M3 or E5M2)")),
                    Map.entry("CharArray", new Element(2, "char", "JAVA_CHAR_UNALIGNED", "chars")),
                    Map.entry(
                            "ShortArray",
                            new Element(2, "short", "JAVA_SHORT_UNALIGNED", "shorts")),
                    Map.entry(
                            "HalfFloatArray",
                            new Element(
                                    2,
                                    "short",
                                    "JAVA_SHORT_UNALIGNED",
                                    "IEEE 754 binary16 numbers")),
                    Map.entry(
                            "BFloat16Array",
                            new Element(
                                    2,
                                    "short",
                                    "JAVA_SHORT_UNALIGNED",
                                    "bfloat16 numbers (as bits)")),
                    Map.entry("IntArray", new Element(4, "int", "JAVA_INT_UNALIGNED", "ints")),
                    Map.entry(
                            "FloatArray",
                            new Element(4, "float", "JAVA_FLOAT_UNALIGNED", "floats")),
                    Map.entry("LongArray", new Element(8, "long", "JAVA_LONG_UNALIGNED", "longs")),
                    Map.entry(
                            "DoubleArray",
                            new Element(8, "double", "JAVA_DOUBLE_UNALIGNED", "doubles")));

    private static final String TEMPLATE =
            """
            /**
             * An off-heap array of WORDS, zeroed when created, in native byte order.
             *
             * <p>The memory is freed when neither the array nor a segment of it is reachable. Indices
             * are checked: an index outside {@code 0 .. getSize() - 1} throws {@link
             * IndexOutOfBoundsException}.
             */
            HEADER {
            private static final int BYTES = SIZE;

            private final MemorySegment segmentWithHeader;
            @Payload private final MemorySegment segment;
            private final int numberOfElements;

            private NAME(MemorySegment segmentWithHeader) {
                this.segmentWithHeader = segmentWithHeader;
                this.segment = payload(segmentWithHeader, BYTES);
                this.numberOfElements = elements(segment, BYTES);
            }

            MEMBERS
            }
            """;

    private NativeArraySource() {}

    static boolean covers(Type type) {
        return ELEMENTS.containsKey(type.name());
    }

    static String of(Type type) {
        Element element = ELEMENTS.get(type.name());
        StringBuilder members = new StringBuilder();
        for (Member m : type.members()) {
            String body = body(type.name(), element, m);
            boolean override =
                    switch (m.name()) {
                        case "clear", "getElementSize", "getNumBytesOfSegment" -> true;
                        case "getNumBytesOfSegmentWithHeader", "getSegment" -> true;
                        case "getSegmentWithHeader", "getSize" -> true;
                        default -> false;
                    };
            members.append(SourceFile.method(m, body, override));
        }
        return TEMPLATE.replace("HEADER", SourceFile.header(type))
                .replace("WORDS", element.words())
                .replace("MEMBERS", members.toString())
                .replace("NAME", type.name())
                .replace("SIZE", Integer.toString(element.bytes()))
                .replace("LAYOUT", "ValueLayout." + element.layout());
    }

    private static String body(String name, Element element, Member m) {
        String first = m.parameters().isEmpty() ? "" : m.parameters().getFirst().type();
        boolean half = name.equals("HalfFloatArray");
        String value = m.parameters().isEmpty() ? "" : m.parameters().getLast().name();
        return switch (m.name()) {
            case "NAME", "clear" -> "segment.fill((byte) 0);";
            case "getElementSize" -> "return BYTES;";
            case "getNumBytesOfSegment" -> "return segment.byteSize();";
            case "getNumBytesOfSegmentWithHeader" -> "return segmentWithHeader.byteSize();";
            case "getSegment" -> "return segment;";
            case "getSegmentWithHeader" -> "return segmentWithHeader;";
            case "getSize" -> "return numberOfElements;";
            case "concat" -> "return new NAME(arrays);";
            case "fromSegment" ->
                    """
                    NAME array = new NAME(elements(segment, BYTES));
                    MemorySegment.copy(segment, 0, array.segment, 0, array.segment.byteSize());
                    return array;\
                    """;
            case "fromSegmentShallow" -> "return new NAME(segment);";
            case "get" ->
                    half
                            ? "return new HalfFloat(segment.get(LAYOUT, (long) index * BYTES));"
                            : "return segment.get(LAYOUT, (long) index * BYTES);";
            case "set" ->
                    "segment.set(LAYOUT, (long) index * BYTES, "
                            + value
                            + (half ? ".getHalfFloatValue());" : ");");
            case "init" ->
                    "for (int i = 0; i < numberOfElements; i++) {\nset(i, " + value + ");\n}";
            case "initialize" -> "array.init(" + value + ");";
            case "slice" ->
                    """
                    NAME part = new NAME(length);
                    MemorySegment.copy(
                            segment, (long) offset * BYTES, part.segment, 0, (long) length * BYTES);
                    return part;\
                    """;
            case "fromArray", "fromElements", "fromShorts" -> fromArray(half, m);
            case "toHeapArray" ->
                    half
                            ? """
                            HalfFloat[] values = new HalfFloat[numberOfElements];
                            Arrays.setAll(values, this::get);
                            return values;\
                            """
                            : "return segment.toArray(LAYOUT);";
            case "toShortArray" -> "return segment.toArray(LAYOUT);";
            case "getHalfFloat" ->
                    "return new HalfFloat(segment.get(ValueLayout.JAVA_SHORT_UNALIGNED,"
                            + " byteIndex));";
            case "setHalfFloat" ->
                    "segment.set(ValueLayout.JAVA_SHORT_UNALIGNED, byteIndex,"
                            + " value.getHalfFloatValue());";
            case "getHalf2" -> "return new Half2(get(index), get(index + 1));";
            case "setHalf2" -> "set(index, value.getX());\nset(index + 1, value.getY());";
            case "getFloat" -> "return BFloat16.bf16ToFloat(get(index));";
            case "setFloat" -> "set(index, BFloat16.bf16FromFloat(value));";
            case "getE4M3" -> "return FP8.e4m3ToFloat(get(index));";
            case "getE5M2" -> "return FP8.e5m2ToFloat(get(index));";
            case "setE4M3" -> "set(index, FP8.e4m3FromFloat(value));";
            case "setE5M2" -> "set(index, FP8.e5m2FromFloat(value));";
            case "fromFloats" -> fromFloats("setFloat");
            case "fromFloatsE4M3" -> fromFloats("setE4M3");
            case "fromFloatsE5M2" -> fromFloats("setE5M2");
            default -> {
                if (m.name().equals(name) && first.equals("int")) {
                    yield "this(allocate(numberOfElements, BYTES));";
                }
                if (m.name().equals(name)) {
                    yield "this(join(arrays, BYTES));";
                }
                if (m.name().endsWith("Buffer")) {
                    yield """
                    MemorySegment source = MemorySegment.ofBuffer(buffer);
                    NAME array = new NAME(elements(source, BYTES));
                    MemorySegment.copy(
                            source,
                            FROM,
                            0,
                            array.segment,
                            LAYOUT,
                            0,
                            array.numberOfElements);
                    return array;\
                    """
                            .replace(
                                    "FROM",
                                    element.bytes() == 1
                                            ? "LAYOUT"
                                            : "LAYOUT.withOrder(buffer.order())");
                }
                throw new IllegalStateException("no body for " + name + "." + m.key());
            }
        };
    }

    private static String fromFloats(String setter) {
        return """
        NAME array = new NAME(values.length);
        for (int i = 0; i < values.length; i++) {
            array.SETTER(i, values[i]);
        }
        return array;\
        """
                .replace("SETTER", setter);
    }

    private static String fromArray(boolean half, Member m) {
        String values = m.parameters().getFirst().name();
        String copy =
                half
                        ? "for (int i = 0; i < VALUES.length; i++) {\narray.set(i, VALUES[i]);\n}"
                        : "MemorySegment.copy(VALUES, 0, array.segment, LAYOUT, 0, VALUES.length);";
        return ("NAME array = new NAME(VALUES.length);\n" + copy + "\nreturn array;")
                .replace("VALUES", values);
    }
}
