package org.tornadovit.io;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The fields of a JSON object, each read as what it should be.
 *
 * @param file where they are, for messages
 * @param object the object
 */
public record JsonFields(Path file, JsonNode object) {
    private static final JsonMapper MAPPER =
            JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

    /**
     * Reads a file that holds one JSON object.
     *
     * @throws InputException when it is missing, is not JSON, or holds something else
     */
    public static JsonFields read(Path file) {
        if (!Files.isReadable(file) || Files.isDirectory(file)) {
            throw new InputException("There is no readable file %s.".formatted(file));
        }
        try {
            JsonNode root = MAPPER.readTree(file.toFile());
            if (!root.isObject()) {
                throw new InputException("%s is not a JSON object.".formatted(file));
            }
            return new JsonFields(file, root);
        } catch (JacksonException e) {
            throw new InputException(
                    "%s is not JSON: %s.".formatted(file, e.getOriginalMessage()), e);
        }
    }

    /** {@return the whole number {@code key}, which may also be written as a list of equal ones} */
    public int whole(String key) {
        JsonNode node = required(key);
        if (node.isArray() && !node.isEmpty()) {
            List<Integer> extents = wholes(key);
            if (extents.stream().distinct().count() == 1) {
                return extents.getFirst();
            }
            throw wrong(key, node, "one number, or equal ones");
        }
        if (!node.isIntegralNumber() || !node.canConvertToInt()) {
            throw wrong(key, node, "a whole number");
        }
        return node.intValue();
    }

    /** {@return the whole number {@code key}, or {@code otherwise} when it is absent} */
    public int wholeOr(String key, int otherwise) {
        return has(key) ? whole(key) : otherwise;
    }

    /** {@return the list of whole numbers {@code key}} */
    public List<Integer> wholes(String key) {
        JsonNode node = required(key);
        List<Integer> values = new ArrayList<>();
        if (!node.isArray()) {
            throw wrong(key, node, "a list of whole numbers");
        }
        for (JsonNode element : node) {
            if (!element.isIntegralNumber() || !element.canConvertToInt()) {
                throw wrong(key, node, "a list of whole numbers");
            }
            values.add(element.intValue());
        }
        return values;
    }

    /** {@return the number {@code key}, or {@code otherwise} when it is absent} */
    public double numberOr(String key, double otherwise) {
        if (!has(key)) {
            return otherwise;
        }
        JsonNode node = required(key);
        if (!node.isNumber()) {
            throw wrong(key, node, "a number");
        }
        return node.doubleValue();
    }

    /** {@return the text {@code key}, or {@code otherwise} when it is absent} */
    public String textOr(String key, String otherwise) {
        if (!has(key)) {
            return otherwise;
        }
        JsonNode node = required(key);
        if (!node.isString()) {
            throw wrong(key, node, "a text");
        }
        return node.stringValue();
    }

    /** {@return what {@code choices} has for the text {@code key}} */
    public <T> T choice(String key, Map<String, T> choices) {
        required(key);
        String text = textOr(key, "");
        T found = choices.get(text);
        if (found == null) {
            throw new InputException(
                    "%s: %s is '%s', which is not one of %s."
                            .formatted(
                                    file,
                                    key,
                                    text,
                                    String.join(", ", new TreeSet<>(choices.keySet()))));
        }
        return found;
    }

    /** {@return what {@code choices} has for the text {@code key}, if there is one} */
    public <T> T choiceOr(String key, Map<String, T> choices, T otherwise) {
        return has(key) ? choice(key, choices) : otherwise;
    }

    private boolean has(String key) {
        return object.hasNonNull(key);
    }

    private JsonNode required(String key) {
        JsonNode node = object.get(key);
        if (node == null || node.isNull()) {
            throw new InputException("%s lacks the key '%s'.".formatted(file, key));
        }
        return node;
    }

    private InputException wrong(String key, JsonNode node, String expected) {
        return new InputException(
                "%s: %s should be %s, not %s.".formatted(file, key, expected, node));
    }
}
