package org.tornadovit.io;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/**
 * The JSON directory of a safetensors file.
 *
 * @param file the file, for messages
 * @param slots the arrays, in the header's order
 * @param metadata the strings of {@code __metadata__}
 */
record SafetensorsHeader(Path file, List<Slot> slots, Map<String, String> metadata) {
    static final String METADATA = "__metadata__";
    private static final JsonFactory JSON =
            JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

    /**
     * One array of the header.
     *
     * @param begin first byte, counted from the end of the header
     * @param end one past its last byte
     */
    @SuppressWarnings("ArrayRecordComponent") // internal, not compared
    record Slot(String name, String dtype, long[] shape, long begin, long end) {

        void requireSize(Path file, DType type) {
            long bytes;
            try {
                bytes = Tensor.bytes(type, shape);
            } catch (ArithmeticException e) {
                throw new CheckpointException(
                        "%s: %s has the impossible shape %s."
                                .formatted(file, name, Tensor.text(shape)),
                        e);
            }
            if (bytes != end - begin) {
                throw new CheckpointException(
                        "%s: %s is %s %s, which takes %d bytes, but its offsets [%d, %d] span %d."
                                .formatted(
                                        file,
                                        name,
                                        dtype,
                                        Tensor.text(shape),
                                        bytes,
                                        begin,
                                        end,
                                        end - begin));
            }
        }
    }

    /** Reads the header; only its grammar is checked here. */
    static SafetensorsHeader parse(Path file, MemorySegment json) {
        List<Slot> slots = new ArrayList<>();
        Map<String, String> metadata = new LinkedHashMap<>();
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), decode(json))) {
            expect(parser.nextToken(), JsonToken.START_OBJECT, "an object");
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = parser.currentName();
                if (name.equals(METADATA)) {
                    metadata.putAll(metadata(parser));
                } else {
                    slots.add(slot(name, parser));
                }
            }
            if (parser.nextToken() != null) {
                throw new IllegalArgumentException("text follows the closing brace");
            }
        } catch (JacksonException e) {
            throw broken(file, e.getOriginalMessage().lines().findFirst().orElse(""), e);
        } catch (IllegalArgumentException | CharacterCodingException e) {
            String reason = e instanceof CharacterCodingException ? "no UTF-8" : e.getMessage();
            throw broken(file, String.valueOf(reason), e);
        }
        return new SafetensorsHeader(file, List.copyOf(slots), metadata);
    }

    /**
     * Checks that the arrays fill the {@code bytes} after the header without overlap or hole.
     *
     * @throws CheckpointException when they do not
     */
    void requireTiling(long bytes) {
        List<Slot> ordered =
                slots.stream()
                        .sorted(Comparator.comparingLong(Slot::begin).thenComparingLong(Slot::end))
                        .toList();
        long expected = 0;
        String before = "the header";
        for (Slot slot : ordered) {
            if (slot.end() < slot.begin() || slot.begin() < 0) {
                throw new CheckpointException(
                        "%s: %s has the impossible offsets [%d, %d]."
                                .formatted(file, slot.name(), slot.begin(), slot.end()));
            }
            if (slot.end() > bytes) {
                throw new CheckpointException(
                        "%s is truncated: %s ends at byte %d of the data, but only %d follow."
                                .formatted(file, slot.name(), slot.end(), bytes));
            }
            if (slot.begin() != expected) {
                throw new CheckpointException(
                        "%s: %s between %s and %s (data bytes %d and %d)."
                                .formatted(
                                        file,
                                        slot.begin() < expected ? "overlap" : "hole",
                                        before,
                                        slot.name(),
                                        expected,
                                        slot.begin()));
            }
            expected = slot.end();
            before = slot.name();
        }
        if (expected != bytes) {
            throw new CheckpointException(
                    "%s: %d bytes follow the last array, %s."
                            .formatted(file, bytes - expected, before));
        }
    }

    private static String decode(MemorySegment json) throws CharacterCodingException {
        ByteBuffer bytes = ByteBuffer.wrap(json.toArray(ValueLayout.JAVA_BYTE));
        return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
    }

    private static Map<String, String> metadata(JsonParser parser) {
        Map<String, String> metadata = new LinkedHashMap<>();
        expect(parser.nextToken(), JsonToken.START_OBJECT, METADATA + " as an object");
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String key = parser.currentName();
            expect(parser.nextToken(), JsonToken.VALUE_STRING, "text in " + METADATA);
            metadata.put(key, parser.getString());
        }
        return metadata;
    }

    private static Slot slot(String name, JsonParser parser) {
        String dtype = "";
        long[] shape = {};
        long[] offsets = {};
        int seen = 0;
        expect(parser.nextToken(), JsonToken.START_OBJECT, "an object for '" + name + "'");
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String key = parser.currentName();
            seen++;
            switch (key) {
                case "dtype" -> {
                    expect(parser.nextToken(), JsonToken.VALUE_STRING, "a dtype in " + name);
                    dtype = parser.getString();
                }
                case "shape" -> shape = longs(parser, name + ".shape");
                case "data_offsets" -> offsets = longs(parser, name + ".data_offsets");
                default ->
                        throw new IllegalArgumentException(
                                "'%s' has the unknown field '%s'".formatted(name, key));
            }
        }
        if (seen != 3 || offsets.length != 2) {
            throw new IllegalArgumentException(
                    "'%s' needs dtype, shape and two data_offsets".formatted(name));
        }
        return new Slot(name, dtype, shape, offsets[0], offsets[1]);
    }

    private static long[] longs(JsonParser parser, String place) {
        List<Long> values = new ArrayList<>();
        expect(parser.nextToken(), JsonToken.START_ARRAY, "an array at " + place);
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            expect(parser.currentToken(), JsonToken.VALUE_NUMBER_INT, "integers in " + place);
            long value = parser.getLongValue();
            if (value < 0) {
                throw new IllegalArgumentException(place + " holds " + value);
            }
            values.add(value);
        }
        return values.stream().mapToLong(Long::longValue).toArray();
    }

    private static void expect(@Nullable JsonToken found, JsonToken wanted, String text) {
        if (found != wanted) {
            throw new IllegalArgumentException("expected " + text);
        }
    }

    private static CheckpointException broken(Path file, String reason, Exception cause) {
        return new CheckpointException(
                "%s has a broken safetensors header: %s.".formatted(file, reason), cause);
    }
}
