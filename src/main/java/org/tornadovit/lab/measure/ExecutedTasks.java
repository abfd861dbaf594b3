package org.tornadovit.lab.measure;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tornadovit.lab.LabException;
import org.tornadovit.nn.Section;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MappingIterator;
import tools.jackson.databind.json.JsonMapper;

/** Reads from a plan's profile which tasks a device has run, and how often. */
final class ExecutedTasks {
    /** What this project's runtime adds to TornadoVM's facts of a task. */
    private static final String EXECUTIONS = "TASK_EXECUTIONS";

    private ExecutedTasks() {}

    /**
     * Adds up what a profiled pass has done.
     *
     * @param log the profile of the pass: a JSON object a graph, the tasks among its members
     * @param tasks the tasks that the model was built from
     * @param batch images of the pass
     * @return multiply-adds of one image, a task counted as often as it ran; empty when the runtime
     *     does not tell how often that was
     * @throws LabException when the device has run a task that is none of the model's
     */
    static Optional<Prepared.Work> work(String log, List<Section.Task> tasks, int batch) {
        Map<String, Integer> executions = executions(log);
        if (executions.isEmpty()) {
            return Optional.empty();
        }
        long stem = 0;
        long total = 0;
        for (Section.Task task : tasks) {
            Integer times = executions.remove(task.name());
            long macs = times == null ? 0 : times * task.macs();
            total += macs;
            stem += task.part() == Section.Part.STEM ? macs : 0;
        }
        if (!executions.isEmpty()) {
            throw new LabException(
                    "The device ran %s, of which the model knows nothing."
                            .formatted(String.join(", ", executions.keySet())));
        }
        return Optional.of(new Prepared.Work(stem / batch, total / batch));
    }

    private static Map<String, Integer> executions(String log) {
        Map<String, Integer> executions = new HashMap<>();
        try (MappingIterator<JsonNode> graphs =
                JsonMapper.shared().readerFor(JsonNode.class).readValues(log)) {
            while (graphs.hasNext()) {
                for (JsonNode graph : graphs.next()) {
                    for (Map.Entry<String, JsonNode> task : graph.properties()) {
                        JsonNode times = task.getValue().get(EXECUTIONS);
                        if (times != null) {
                            executions.merge(task.getKey(), times.asInt(), Integer::sum);
                        }
                    }
                }
            }
        }
        return executions;
    }
}
