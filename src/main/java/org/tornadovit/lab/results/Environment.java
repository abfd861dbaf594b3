package org.tornadovit.lab.results;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.tornadovit.lab.experiment.Experiment;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Where and with what a run was measured: the content of {@code env.json}.
 *
 * @param experiment what is measured
 * @param started time of the first cell, ISO 8601
 * @param commit version of the program
 * @param data digest of the labelled images; empty when none are used
 * @param jdk version and vendor of the Java runtime
 * @param system operating system and architecture
 * @param processor name of the host's processor
 * @param cores processors the Java runtime may use
 * @param memoryMib memory of the host, in MiB
 * @param inventory the devices there are, and why others are not
 * @param devices the devices measured
 */
public record Environment(
        Experiment experiment,
        String started,
        String commit,
        String data,
        String jdk,
        String system,
        String processor,
        int cores,
        long memoryMib,
        Inventory inventory,
        List<DeviceFacts> devices) {

    private static final JsonMapper MAPPER =
            JsonMapper.builder()
                    .enable(SerializationFeature.INDENT_OUTPUT)
                    .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
                    .build();

    /** Copies the devices. */
    public Environment {
        devices = List.copyOf(devices);
    }

    /** {@return the environment as JSON} */
    public String json() {
        return MAPPER.writeValueAsString(this) + "\n";
    }

    /**
     * Reads back what {@link #json()} gave.
     *
     * @param json content of {@code env.json}
     * @return the environment
     */
    public static Environment parse(String json) {
        return MAPPER.readValue(json, Environment.class);
    }

    /**
     * What keeps measurements made here from standing in one table with those of another run.
     *
     * @param other the run to be resumed
     * @return the names of what differs; empty when the run may go on
     */
    public List<String> differences(Environment other) {
        Map<String, Boolean> same = new LinkedHashMap<>();
        same.put("the experiment", experiment.equals(other.experiment));
        same.put("the program (" + other.commit + ")", commit.equals(other.commit));
        same.put("the data", data.equals(other.data));
        same.put("the JDK (" + other.jdk + ")", jdk.equals(other.jdk));
        same.put("the system", system.equals(other.system));
        same.put("the processor (" + other.processor + ")", sameProcessor(other));
        same.put("the devices or their drivers", devices.equals(other.devices));
        List<String> differing = new ArrayList<>();
        same.forEach((what, equal) -> {
            if (!equal) {
                differing.add(what);
            }
        });
        return List.copyOf(differing);
    }

    private boolean sameProcessor(Environment other) {
        return Objects.equals(processor, other.processor) && cores == other.cores;
    }
}
