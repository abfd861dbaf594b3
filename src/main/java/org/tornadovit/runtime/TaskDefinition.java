package org.tornadovit.runtime;

import java.util.List;
import org.tornadovit.frontend.KernelMethod;

/**
 * A task of a graph.
 *
 * @param graph the graph's name
 * @param id the task's name in it
 * @param method the code
 * @param arguments the task's arguments, without what the code captures
 */
record TaskDefinition(String graph, String id, KernelMethod method, List<Object> arguments) {
    TaskDefinition {
        arguments = List.copyOf(arguments);
    }

    /** {@return the name in a plan, {@code graph.task}} */
    String name() {
        return graph + "." + id;
    }

    /** {@return all arguments of the method, what it captures first} */
    List<Object> values() {
        return method.arguments(arguments);
    }
}
