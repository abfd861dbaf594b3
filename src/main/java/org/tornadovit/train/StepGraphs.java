package org.tornadovit.train;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tornadovit.nn.Section;
import uk.ac.manchester.tornado.api.ImmutableTaskGraph;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.enums.DataTransferMode;
import uk.ac.manchester.tornado.api.types.arrays.TornadoNativeArray;

/**
 * Turns the sections of a step into task graphs that share their arrays on the device. An array
 * belongs to the first graph that uses it, and later ones take it from there.
 */
final class StepGraphs {
    private final Set<TornadoNativeArray> everyTime = identitySet();
    private final Set<TornadoNativeArray> once = identitySet();
    private final Set<TornadoNativeArray> returned = identitySet();
    private final Map<TornadoNativeArray, String> owners = new IdentityHashMap<>();
    private final Set<TornadoNativeArray> made = identitySet();

    /** Declares arrays that go to the device at every execution. */
    StepGraphs everyTime(Collection<? extends TornadoNativeArray> arrays) {
        everyTime.addAll(arrays);
        return this;
    }

    /** Declares arrays that go to the device once and change there. */
    StepGraphs once(Collection<? extends TornadoNativeArray> arrays) {
        once.addAll(arrays);
        return this;
    }

    /** Declares arrays that tasks fill before others read them. */
    StepGraphs made(Collection<? extends TornadoNativeArray> arrays) {
        made.addAll(arrays);
        return this;
    }

    /** Declares arrays that come back after every execution. */
    StepGraphs returned(Collection<? extends TornadoNativeArray> arrays) {
        returned.addAll(arrays);
        return this;
    }

    /** {@return a graph of all tasks of {@code sections}; its predecessors were made before it} */
    ImmutableTaskGraph graph(String name, List<Section> sections) {
        TaskGraph graph = new TaskGraph(name);
        List<Object> kept = new ArrayList<>();
        List<Object> back = new ArrayList<>();
        for (TornadoNativeArray array : arrays(sections)) {
            if (everyTime.contains(array)) {
                graph.transferToDevice(DataTransferMode.EVERY_EXECUTION, array);
                continue;
            }
            if (!once.contains(array) && !made.contains(array)) {
                // a constant, of which each graph may keep what form it likes
                graph.transferToDevice(DataTransferMode.FIRST_EXECUTION, array);
                continue;
            }
            String owner = owners.putIfAbsent(array, name);
            if (owner != null) {
                graph.consumeFromDevice(owner, array);
            } else if (once.contains(array)) {
                graph.transferToDevice(DataTransferMode.FIRST_EXECUTION, array);
            }
            (returned.contains(array) ? back : kept).add(array);
        }
        for (Section section : sections) {
            for (Section.Task task : section.tasks()) {
                task.addTo().accept(graph, section.name() + "_" + task.id());
            }
        }
        if (!kept.isEmpty()) {
            graph.transferToHost(DataTransferMode.UNDER_DEMAND, kept.toArray());
            graph.persistOnDevice(kept.toArray());
        }
        if (!back.isEmpty()) {
            graph.transferToHost(DataTransferMode.EVERY_EXECUTION, back.toArray());
            graph.persistOnDevice(back.toArray());
        }
        return graph.snapshot();
    }

    private static List<TornadoNativeArray> arrays(List<Section> sections) {
        Set<TornadoNativeArray> seen = identitySet();
        List<TornadoNativeArray> ordered = new ArrayList<>();
        for (Section section : sections) {
            for (Section.Task task : section.tasks()) {
                for (Object argument : task.arguments()) {
                    if (argument instanceof TornadoNativeArray array && seen.add(array)) {
                        ordered.add(array);
                    }
                }
            }
        }
        return ordered;
    }

    private static Set<TornadoNativeArray> identitySet() {
        return Collections.newSetFromMap(new IdentityHashMap<>());
    }
}
