package org.tornadovit.io.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Names of a classifier's classes.
 *
 * @param names by class index; may be empty or too short
 */
public record Labels(List<String> names) {
    /** No names: classes are called by their index. */
    public static final Labels NONE = new Labels(List.of());

    /** Copies {@code names}. */
    public Labels {
        names = List.copyOf(names);
    }

    /**
     * {@return the names in {@code file}}
     *
     * <p>It is text with one name a line, or JSON: an array of names, or an object from index to
     * name ({@code {"0": "tench"}}) or to a list whose last member is the name ({@code {"0":
     * ["n01440764", "tench"]}}).
     *
     * @throws DatasetException when the file is missing or of another form
     */
    public static Labels read(Path file) {
        String text;
        try {
            text = Files.readString(file);
        } catch (IOException e) {
            String reason = Files.exists(file) ? "it is no UTF-8 text" : "there is no such file";
            throw new DatasetException(
                    "Cannot read the labels in %s: %s.".formatted(file, reason), e);
        }
        String start = text.stripLeading();
        return start.startsWith("[") || start.startsWith("{")
                ? json(file, text)
                : new Labels(text.stripTrailing().lines().map(String::strip).toList());
    }

    /** {@return the name of class {@code index}, or {@code class INDEX} where there is none} */
    public String name(int index) {
        return index < names.size() && !names.get(index).isEmpty()
                ? names.get(index)
                : "class " + index;
    }

    private static Labels json(Path file, String text) {
        try {
            JsonNode root = JsonMapper.shared().readTree(text);
            List<String> names = new ArrayList<>();
            for (int i = 0; i < root.size(); i++) {
                JsonNode name = root.isArray() ? root.path(i) : root.path(String.valueOf(i));
                JsonNode last = name.isArray() ? name.path(name.size() - 1) : name;
                if (!last.isString()) {
                    throw new DatasetException(
                            "The labels in %s have no name for class %d of %d."
                                    .formatted(file, i, root.size()));
                }
                names.add(last.stringValue());
            }
            return new Labels(names);
        } catch (JacksonException e) {
            throw new DatasetException(
                    "The labels in %s are broken JSON: %s.".formatted(file, e.getOriginalMessage()),
                    e);
        }
    }
}
