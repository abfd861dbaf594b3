package org.tornadovit.lab.experiment;

import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.tornadovit.io.InputException;
import org.tornadovit.io.JsonFields;
import org.tornadovit.io.Nearest;
import org.tornadovit.lab.LabException;
import org.tornadovit.models.Model;
import org.tornadovit.models.ModelFile;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A model of a training task: a name and the keys of a {@link ModelFile}, but for the size of the
 * images and the number of classes, which are the task's.
 *
 * @param name what tables call it; part of paths
 * @param fields the keys
 */
public record TrainedModel(String name, Map<String, JsonNode> fields) {
    private static final JsonMapper MAPPER =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
    private static final String NAME = "[A-Za-z0-9][A-Za-z0-9._+-]*";
    private static final Set<String> OURS = Set.of("image_size", "num_classes");

    /** Checks the name and the keys. */
    public TrainedModel {
        fields = Map.copyOf(fields);
        if (!name.matches(NAME)) {
            throw new LabException(
                    "the model name '%s' must be letters, digits, '.', '_', '+' and '-' only."
                            .formatted(name));
        }
        for (String key : fields.keySet()) {
            if (!ModelFile.keys().contains(key) || OURS.contains(key)) {
                throw new LabException(
                        "model %s: unknown key '%s'; known here: %s.%s"
                                .formatted(
                                        name,
                                        key,
                                        String.join(
                                                ", ",
                                                ModelFile.keys().stream()
                                                        .filter(k -> !OURS.contains(k))
                                                        .sorted()
                                                        .toList()),
                                        Nearest.question(key, ModelFile.keys())));
            }
        }
    }

    /**
     * {@return the model for a task}
     *
     * @throws LabException when a key is missing or sizes do not fit each other
     */
    public Model model(int imageSize, int classes) {
        try {
            return ModelFile.of(new JsonFields(Path.of(name), node(imageSize, classes)));
        } catch (InputException e) {
            throw new LabException("Model " + e.getMessage(), e);
        }
    }

    /** {@return the description of the model for a task, as a {@link ModelFile} reads it} */
    public String json(int imageSize, int classes) {
        return MAPPER.writeValueAsString(node(imageSize, classes)) + "\n";
    }

    private ObjectNode node(int imageSize, int classes) {
        ObjectNode node = MAPPER.createObjectNode().put("name", name);
        new TreeMap<>(fields).forEach(node::set);
        return node.put("image_size", imageSize).put("num_classes", classes);
    }
}
