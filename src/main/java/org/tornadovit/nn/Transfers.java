package org.tornadovit.nn;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import uk.ac.manchester.tornado.api.ImmutableTaskGraph;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.enums.DataTransferMode;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * Turns sections into task graphs that hand their arrays on.
 *
 * <p>A weight is copied to the device once. The input is copied at every run. An array that a later
 * section uses stays on the device, and that section takes it from the graph that used it last.
 * What the host is to see is copied back at every run, from the section that uses it last.
 */
final class Transfers {
    private final List<Section> sections;
    private final FloatArray input;
    private final Set<FloatArray> made;
    private final Set<FloatArray> hostBound;

    Transfers(
            List<Section> sections,
            FloatArray input,
            Collection<FloatArray> made,
            Collection<FloatArray> hostBound) {
        this.sections = List.copyOf(sections);
        this.input = input;
        this.made = identitySet(made);
        this.hostBound = identitySet(hostBound);
    }

    /** {@return one task graph a section, in order, ready for an execution plan} */
    List<ImmutableTaskGraph> graphs() {
        Map<FloatArray, Integer> lastUse = new IdentityHashMap<>();
        for (int i = 0; i < sections.size(); i++) {
            for (FloatArray array : arrays(sections.get(i))) {
                lastUse.put(array, i);
            }
        }
        Map<FloatArray, String> holder = new IdentityHashMap<>();
        List<ImmutableTaskGraph> graphs = new ArrayList<>();
        for (int i = 0; i < sections.size(); i++) {
            graphs.add(graph(i, lastUse, holder));
        }
        return graphs;
    }

    private ImmutableTaskGraph graph(
            int index, Map<FloatArray, Integer> lastUse, Map<FloatArray, String> holder) {
        Section section = sections.get(index);
        List<Object> weights = new ArrayList<>();
        List<Object> kept = new ArrayList<>();
        List<Object> returned = new ArrayList<>();
        TaskGraph graph = new TaskGraph(section.name());
        for (FloatArray array : arrays(section)) {
            String from = holder.get(array);
            if (!made.contains(array)) {
                weights.add(array);
                continue;
            }
            if (from != null) {
                graph.consumeFromDevice(from, array);
            } else if (array == input) {
                graph.transferToDevice(DataTransferMode.EVERY_EXECUTION, array);
            }
            if (lastUse.getOrDefault(array, index) > index) {
                kept.add(array);
                holder.put(array, section.name());
            } else if (hostBound.contains(array)) {
                returned.add(array);
            } else if (from == null && array != input) {
                kept.add(array); // used here alone, yet a transfer must name it
            }
        }
        if (!weights.isEmpty()) {
            graph.transferToDevice(DataTransferMode.FIRST_EXECUTION, weights.toArray());
        }
        section.tasks().forEach(task -> task.addTo().accept(graph, task.id()));
        if (!kept.isEmpty()) {
            graph.persistOnDevice(kept.toArray());
        }
        if (!returned.isEmpty()) {
            graph.transferToHost(DataTransferMode.EVERY_EXECUTION, returned.toArray());
        }
        return graph.snapshot();
    }

    /** The arrays of a section's tasks, each once, in order of first use. */
    private static List<FloatArray> arrays(Section section) {
        Set<FloatArray> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        List<FloatArray> arrays = new ArrayList<>();
        for (Section.Task task : section.tasks()) {
            for (Object argument : task.arguments()) {
                if (argument instanceof FloatArray array && seen.add(array)) {
                    arrays.add(array);
                }
            }
        }
        return arrays;
    }

    private static Set<FloatArray> identitySet(Collection<FloatArray> arrays) {
        Set<FloatArray> set = Collections.newSetFromMap(new IdentityHashMap<>());
        set.addAll(arrays);
        return set;
    }
}
