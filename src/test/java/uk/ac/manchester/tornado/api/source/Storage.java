package uk.ac.manchester.tornado.api.source;

import uk.ac.manchester.tornado.api.source.Signatures.Member;

/** The members that every type over an off-heap {@code storage} array has. */
final class Storage {
    private Storage() {}

    static boolean isOverride(Member m) {
        return switch (m.key()) {
            case "asBuffer()", "size()", "getNumBytes()", "getNumBytesWithHeader()" -> true;
            case "getSegment()", "getSegmentWithHeader()" -> true;
            default -> m.name().equals("loadFromBuffer");
        };
    }

    static String body(Member m, Elements e) {
        return switch (m.name()) {
            case "asBuffer" -> view("storage", e);
            case "loadFromBuffer" -> "asBuffer().put(" + m.parameters().getFirst().name() + ");";
            case "size" -> "return storage.getSize();";
            case "getNumBytes" -> "return storage.getNumBytesOfSegment();";
            case "getNumBytesWithHeader" -> "return storage.getNumBytesOfSegmentWithHeader();";
            case "getSegment" -> "return storage.getSegment();";
            case "getSegmentWithHeader" -> "return storage.getSegmentWithHeader();";
            default -> throw new IllegalStateException("no storage member " + m.key());
        };
    }

    /** {@return the statement that returns an NIO view of an array} */
    static String view(String array, Elements e) {
        String bytes = "return " + array + ".getSegment().asByteBuffer()";
        return e.bytes() == 1
                ? bytes + ";"
                : bytes + ".order(ByteOrder.nativeOrder()).as" + e.buffer() + "();";
    }
}
