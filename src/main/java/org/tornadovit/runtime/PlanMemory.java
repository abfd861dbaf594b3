package org.tornadovit.runtime;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.tornadovit.device.Queue;

/**
 * What the graphs of one plan share: a queue per device, and each other's device arrays. A plan
 * runs one graph at a time, so only the look-up of plans is synchronised.
 */
final class PlanMemory {
    private static final Map<Long, PlanMemory> PLANS = new ConcurrentHashMap<>();

    private final long plan;
    private final Map<LogicalDevice, Queue> queues = new HashMap<>();
    private final Map<String, GraphExecution> graphs = new LinkedHashMap<>();

    private PlanMemory(long plan) {
        this.plan = plan;
    }

    /** {@return the memory of a plan} */
    static PlanMemory of(long plan) {
        return PLANS.computeIfAbsent(plan, PlanMemory::new);
    }

    /** {@return the plans that use a device} */
    static Set<Long> plansOn(LogicalDevice device) {
        Set<Long> plans = new TreeSet<>();
        PLANS.forEach((id, memory) -> {
            if (memory.queues.containsKey(device)) {
                plans.add(id);
            }
        });
        return plans;
    }

    void enter(GraphExecution graph) {
        graphs.putIfAbsent(graph.name(), graph);
    }

    /** Forgets a graph; the last one takes the queues with it. */
    void leave(GraphExecution graph) {
        graphs.remove(graph.name(), graph);
        if (graphs.isEmpty()) {
            PLANS.remove(plan, this);
            queues.values().forEach(Queue::close);
            queues.clear();
        }
    }

    /** {@return the graph of a name, null if none of the plan's has run} */
    @Nullable GraphExecution graph(String name) {
        return graphs.get(name);
    }

    Queue queue(LogicalDevice device) {
        return queues.computeIfAbsent(device, d -> d.toolchain().device().newQueue());
    }
}
