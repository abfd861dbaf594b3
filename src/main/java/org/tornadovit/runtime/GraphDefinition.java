package org.tornadovit.runtime;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tornadovit.frontend.Binding;
import uk.ac.manchester.tornado.api.enums.DataTransferMode;
import uk.ac.manchester.tornado.api.exceptions.TornadoBailoutRuntimeException;
import uk.ac.manchester.tornado.api.exceptions.TornadoRuntimeException;
import uk.ac.manchester.tornado.api.exceptions.TornadoTaskRuntimeException;

/**
 * What a graph consists of: tasks in order and, for each object that is named, how it moves.
 *
 * <p>Objects compare by identity.
 */
final class GraphDefinition {
    /** When an object is copied to the device. */
    enum In {
        NEVER,
        FIRST,
        EVERY
    }

    /** When an object is copied to the host. */
    enum Out {
        NEVER,
        DEMAND,
        EVERY
    }

    /** How an object moves. */
    static final class Movement {
        private final Object object;
        private In in = In.NEVER;
        private Out out = Out.NEVER;
        private boolean consumed;
        private String source = "";

        private Movement(Object object) {
            this.object = object;
        }

        Object object() {
            return object;
        }

        In in() {
            return in;
        }

        Out out() {
            return out;
        }

        /** {@return whether the object's device memory is that of another graph} */
        boolean consumed() {
            return consumed;
        }

        /** {@return the other graph's name, empty for the one executed before} */
        String source() {
            return source;
        }

        private Movement copy() {
            Movement copy = new Movement(object);
            copy.in = in;
            copy.out = out;
            copy.consumed = consumed;
            copy.source = source;
            return copy;
        }
    }

    private final String name;
    private final List<TaskDefinition> tasks = new ArrayList<>();
    private final Map<Object, Movement> movements = new IdentityHashMap<>();
    private final List<Movement> order = new ArrayList<>();
    private final Map<String, List<String>> groups = new HashMap<>();
    private final Set<Object> outputs = Collections.newSetFromMap(new IdentityHashMap<>());

    GraphDefinition(String name) {
        this.name = name;
    }

    /** {@return a copy that later calls do not change} */
    GraphDefinition copy() {
        GraphDefinition copy = new GraphDefinition(name);
        copy.tasks.addAll(tasks);
        for (Movement movement : order) {
            Movement own = movement.copy();
            copy.movements.put(own.object, own);
            copy.order.add(own);
        }
        copy.outputs.addAll(outputs);
        copy.groups.putAll(groups);
        return copy;
    }

    String name() {
        return name;
    }

    List<TaskDefinition> tasks() {
        return tasks;
    }

    /** {@return the movements in the order the objects were first named} */
    List<Movement> movements() {
        return order;
    }

    /** {@return the objects that are named in transfers} */
    Set<Object> named() {
        return Collections.unmodifiableSet(movements.keySet());
    }

    Set<Object> outputs() {
        return Collections.unmodifiableSet(outputs);
    }

    void add(TaskDefinition task) {
        tasks.add(task);
    }

    /** Says that a task is one of those that the user knows by one name. */
    void group(String id, String task) {
        groups.computeIfAbsent(id, _ -> new ArrayList<>()).add(name + "." + task);
    }

    /** {@return the full names of the tasks that the user knows by a full name} */
    List<String> tasksOf(String fullName) {
        String id = fullName.substring(fullName.lastIndexOf('.') + 1);
        return fullName.equals(name + "." + id) && groups.containsKey(id)
                ? List.copyOf(groups.get(id))
                : tasks.stream().map(TaskDefinition::name).filter(fullName::equals).toList();
    }

    /** Lets an object live on the device only. */
    void keep(Object object) {
        movement("libraryTask", object);
    }

    void toDevice(int mode, Object... objects) {
        In in =
                switch (mode) {
                    case DataTransferMode.FIRST_EXECUTION -> In.FIRST;
                    case DataTransferMode.EVERY_EXECUTION -> In.EVERY;
                    default -> throw mode("transferToDevice", mode);
                };
        for (Object object : objects) {
            movement("transferToDevice", object).in = in;
        }
    }

    void toHost(int mode, Object... objects) {
        Out out =
                switch (mode) {
                    case DataTransferMode.EVERY_EXECUTION -> Out.EVERY;
                    case DataTransferMode.UNDER_DEMAND -> Out.DEMAND;
                    default -> throw mode("transferToHost", mode);
                };
        for (Object object : objects) {
            Movement movement = movement("transferToHost", object);
            movement.out = movement.out == Out.EVERY ? Out.EVERY : out;
            outputs.add(object);
        }
    }

    void consume(String source, Object... objects) {
        for (Object object : objects) {
            Movement movement = movement("consumeFromDevice", object);
            movement.consumed = true;
            movement.source = source;
        }
    }

    private Movement movement(String method, Object object) {
        if (object == null) {
            throw new TornadoRuntimeException(
                    "graph " + name + ": null passed to " + method + "; pass arrays");
        }
        Movement known = movements.get(object);
        if (known == null) {
            known = new Movement(object);
            movements.put(object, known);
            order.add(known);
        }
        return known;
    }

    private TornadoRuntimeException mode(String method, int mode) {
        return new TornadoRuntimeException(
                "graph "
                        + name
                        + ": "
                        + method
                        + " has no mode "
                        + mode
                        + "; use the constants of DataTransferMode, UNDER_DEMAND only to the host");
    }

    /**
     * Checks that the graph can be run.
     *
     * @throws TornadoTaskRuntimeException when a task uses an object that no transfer names
     */
    void check() {
        for (TaskDefinition task : tasks) {
            List<Object> arguments = task.arguments();
            for (int i = 0; i < arguments.size(); i++) {
                Object argument = arguments.get(i);
                if (isMoved(task, i, argument) && !movements.containsKey(argument)) {
                    throw new TornadoTaskRuntimeException(
                            "task "
                                    + task.name()
                                    + ": argument "
                                    + (i + 1)
                                    + " ("
                                    + argument.getClass().getSimpleName()
                                    + ") is named in no transfer; pass it to transferToDevice,"
                                    + " transferToHost, persistOnDevice or consumeFromDevice");
                }
            }
        }
    }

    private static boolean isMoved(TaskDefinition task, int number, Object argument) {
        try {
            return switch (Binding.of(argument)) {
                case Binding.OfArray _,
                        Binding.OfRows _,
                        Binding.OfRagged _,
                        Binding.OfSegment _,
                        Binding.OfObject _ ->
                        true;
                case Binding.OfScalar _, Binding.OfContext _ -> false;
            };
        } catch (IllegalArgumentException e) {
            String place = "task " + task.name() + ": argument " + (number + 1) + ": ";
            throw new TornadoBailoutRuntimeException(place + e.getMessage(), e);
        }
    }

    /** {@return how an object moves, or an absent value when nothing names it} */
    Optional<Movement> movement(Object object) {
        return Optional.ofNullable(movements.get(object));
    }
}
