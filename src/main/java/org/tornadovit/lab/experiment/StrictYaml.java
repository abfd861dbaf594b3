package org.tornadovit.lab.experiment;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tornadovit.io.Nearest;
import org.tornadovit.lab.LabException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.exc.InvalidNullException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.type.LogicalType;
import tools.jackson.dataformat.yaml.JacksonYAMLParseException;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * Reads records from YAML, strictly: unknown keys, keys given twice, missing names and values of
 * another type are refused with line and column.
 */
final class StrictYaml {
    private static final YAMLMapper MAPPER = strictMapper();

    private StrictYaml() {}

    /**
     * {@return the text of a task file}
     *
     * @throws LabException when it is missing or no text
     */
    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (NoSuchFileException e) {
            throw new LabException(
                    "There is no task file " + file + "; tasks/ lists those that exist.", e);
        } catch (MalformedInputException e) {
            throw new LabException(file + " is not UTF-8 text.", e);
        } catch (IOException e) {
            throw new LabException("Cannot read " + file + ": " + e.getMessage() + ".", e);
        }
    }

    /**
     * Reads a document.
     *
     * @param place what messages call the document
     * @param type record that the document becomes; its components are the keys
     * @param use makes something of it; its complaints get the place too
     * @throws LabException when the text is not such a document
     */
    static <T, R> R parse(String place, String yaml, Class<T> type, Function<T, R> use) {
        try {
            requireYaml(yaml);
            return use.apply(MAPPER.readValue(yaml, type));
        } catch (JacksonException e) {
            throw complaint(place, yaml, e, keys(e), type);
        } catch (LabException e) {
            throw new LabException(place + ": " + e.getMessage(), e);
        }
    }

    /** {@return a document as a tree, not yet looked at} */
    static JsonNode tree(String place, String yaml) {
        try {
            requireYaml(yaml);
            return MAPPER.readTree(yaml);
        } catch (JacksonException e) {
            throw complaint(place, yaml, e, keys(e), JsonNode.class);
        }
    }

    /**
     * Makes a record of a tree that was put together from parts of a document.
     *
     * @param origin where in the document a key of the tree stands
     */
    static <T> T bind(
            String place,
            String yaml,
            JsonNode tree,
            Class<T> type,
            UnaryOperator<List<String>> origin) {
        try {
            return MAPPER.treeToValue(tree, type);
        } catch (JacksonException e) {
            throw complaint(place, yaml, e, origin.apply(keys(e)), type);
        }
    }

    private static LabException complaint(
            String place, String yaml, JacksonException e, List<String> keys, Class<?> type) {
        return new LabException(place + at(locate(e, yaml, keys)) + ": " + sentence(e, type), e);
    }

    private static List<String> keys(JacksonException e) {
        return e.getPath().stream().map(step -> String.valueOf(step.getPropertyName())).toList();
    }

    /** What is no YAML may still begin with values of wrong kinds, which would be blamed. */
    private static void requireYaml(String yaml) {
        try (JsonParser parser = MAPPER.createParser(yaml)) {
            JsonToken token = parser.nextToken();
            while (token != null) {
                token = parser.nextToken();
            }
        }
    }

    private static String at(@Nullable TokenStreamLocation location) {
        return location == null || location.getLineNr() < 1
                ? ""
                : ":" + location.getLineNr() + ":" + location.getColumnNr();
    }

    /** Unknown keys lose their place on the way into a record: they are looked up again. */
    private static @Nullable TokenStreamLocation locate(
            JacksonException e, String yaml, List<String> keys) {
        TokenStreamLocation location = e.getLocation();
        if (location != null && location.getLineNr() >= 1) {
            return location;
        }
        Deque<String> wanted = new ArrayDeque<>(keys);
        try (JsonParser parser = MAPPER.createParser(yaml)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token == JsonToken.PROPERTY_NAME
                        && parser.currentName().equals(wanted.peekFirst())) {
                    wanted.removeFirst();
                    if (wanted.isEmpty()) {
                        return parser.currentTokenLocation();
                    }
                }
            }
        }
        return location;
    }

    private static String sentence(JacksonException e, Class<?> document) {
        String key = path(e);
        return switch (e) {
            case JacksonYAMLParseException broken ->
                    "this is no valid YAML: " + complaint(broken) + ".";
            case UnrecognizedPropertyException unknown -> unknown(unknown);
            case InvalidNullException _ -> "'" + key + "' has no value.";
            case MismatchedInputException _
                    when e.getOriginalMessage().startsWith("Missing required") ->
                    "the key '" + key + "' is missing.";
            case MismatchedInputException wrong when !key.isEmpty() ->
                    "'" + key + "' must be " + kind(wrong.getTargetType()) + ".";
            case MismatchedInputException wrong when wrong.getTargetType() == document ->
                    "a task file is one document of keys and values, beginning with name.";
            default -> oneLine(e) + ".";
        };
    }

    private static String kind(@Nullable Class<?> type) {
        if (type == Integer.class || type == Long.class) {
            return "a whole number";
        }
        if (type == Double.class) {
            return "a number";
        }
        if (type == String.class) {
            return "text (quote it if it looks like something else)";
        }
        return type != null && Collection.class.isAssignableFrom(type)
                ? "a list, such as [a, b]"
                : "a block of keys and values";
    }

    private static String unknown(UnrecognizedPropertyException e) {
        List<String> known =
                e.getKnownPropertyIds().stream().map(String::valueOf).sorted().toList();
        return "unknown key '%s'; known here: %s.%s"
                .formatted(
                        e.getPropertyName(),
                        String.join(", ", known),
                        Nearest.question(e.getPropertyName(), known));
    }

    /** {@return what the parser says, without its places and extracts, which are indented} */
    private static String complaint(JacksonException e) {
        return e.getOriginalMessage()
                .lines()
                .filter(line -> !line.isBlank() && !Character.isWhitespace(line.charAt(0)))
                .collect(Collectors.joining(", "));
    }

    private static String oneLine(JacksonException e) {
        String message = e.getOriginalMessage();
        int end = message.indexOf('\n');
        return (end < 0 ? message : message.substring(0, end)).strip();
    }

    private static String path(JacksonException e) {
        return e.getPath().stream()
                .map(JacksonException.Reference::getPropertyName)
                .filter(Objects::nonNull)
                .collect(Collectors.joining("."));
    }

    private static YAMLMapper strictMapper() {
        return YAMLMapper.builder()
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .changeDefaultNullHandling(n -> JsonSetter.Value.forContentNulls(Nulls.FAIL))
                .propertyNamingStrategy(PropertyNamingStrategies.KEBAB_CASE)
                .withCoercionConfigDefaults(c ->
                        c.setCoercion(CoercionInputShape.String, CoercionAction.Fail)
                                .setCoercion(CoercionInputShape.EmptyString, CoercionAction.Fail)
                                .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
                .withCoercionConfig(
                        LogicalType.Textual,
                        c ->
                                c.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                                        .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                                        .setCoercion(
                                                CoercionInputShape.Boolean, CoercionAction.Fail))
                .build();
    }
}
