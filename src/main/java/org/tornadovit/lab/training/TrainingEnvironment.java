package org.tornadovit.lab.training;

import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tornadovit.io.data.Dataset;
import org.tornadovit.lab.experiment.TrainingTask;
import org.tornadovit.lab.measure.Machine;
import org.tornadovit.lab.results.DeviceFacts;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Where and with what a training task was run: the content of {@code env.json}. */
final class TrainingEnvironment {
    private static final JsonMapper MAPPER =
            JsonMapper.builder()
                    .enable(SerializationFeature.INDENT_OUTPUT)
                    .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
                    .build();

    /** What may differ between the beginning of a run and its continuation. */
    private static final List<String> FREE = List.of("started");

    private final JsonNode tree;

    private TrainingEnvironment(JsonNode tree) {
        this.tree = tree;
    }

    static TrainingEnvironment of(
            TrainingTask task, DeviceFacts device, Dataset train, Dataset test, Path home) {
        ObjectNode node = MAPPER.createObjectNode();
        // a path of this machine says nothing elsewhere: the digests tell which data it was
        node.set("task", MAPPER.valueToTree(task.onData(dataName(task.data()))));
        node.put("started", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        node.put("commit", Machine.commit(home));
        node.put("training_images", train.contentHash()).put("test_images", test.contentHash());
        node.put("jdk", Machine.jdk()).put("system", Machine.system());
        node.put("processor", Machine.processor());
        node.put("cores", Runtime.getRuntime().availableProcessors());
        node.put("memory_mib", Machine.memoryMib());
        node.set("device", MAPPER.valueToTree(device));
        return new TrainingEnvironment(MAPPER.readTree(MAPPER.writeValueAsString(node)));
    }

    private static String dataName(String data) {
        return String.valueOf(Path.of(data).getFileName());
    }

    static TrainingEnvironment parse(String json) {
        return new TrainingEnvironment(MAPPER.readTree(json));
    }

    String json() {
        return MAPPER.writeValueAsString(tree) + "\n";
    }

    /** {@return what keeps a run from going on here; empty when nothing does} */
    List<String> differences(TrainingEnvironment other) {
        Map<String, JsonNode> all = new LinkedHashMap<>();
        tree.properties().forEach(p -> all.put(p.getKey(), p.getValue()));
        List<String> differing = new ArrayList<>();
        all.forEach((key, value) -> {
            if (!FREE.contains(key) && !value.equals(other.tree.get(key))) {
                differing.add(key.replace('_', ' '));
            }
        });
        return differing;
    }

    /** {@return the machine in a line} */
    String machine() {
        return "%s, %d cores, %d MiB; %s; JDK %s; device %s; commit %s; %s"
                .formatted(
                        text("processor"),
                        tree.path("cores").asInt(),
                        tree.path("memory_mib").asLong(),
                        text("system"),
                        text("jdk"),
                        tree.path("device").path("name").asString(),
                        text("commit"),
                        text("started"));
    }

    private String text(String key) {
        return tree.path(key).asString();
    }
}
