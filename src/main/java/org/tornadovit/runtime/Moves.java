package org.tornadovit.runtime;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.tornadovit.frontend.FieldArray;
import org.tornadovit.runtime.GraphDefinition.In;
import org.tornadovit.runtime.GraphDefinition.Movement;
import org.tornadovit.runtime.GraphDefinition.Out;
import uk.ac.manchester.tornado.api.exceptions.TornadoTaskRuntimeException;

/**
 * How each array of a graph moves, named or not. An array that a kernel reads from an object moves
 * as the object; one that only the code captures moves at every execution, as Java means it.
 */
final class Moves {
    /** How an array moves. */
    record Move(Object array, In in, Out out, boolean consumed, String source) {
        private Move with(In otherIn) {
            return new Move(array, otherIn, out, consumed, source);
        }
    }

    private final Map<Object, Move> moves = new IdentityHashMap<>();
    private final List<Move> order = new ArrayList<>();
    private final Overlaps overlaps;
    private final Set<Object> written = Collections.newSetFromMap(new IdentityHashMap<>());

    Moves(GraphDefinition definition, List<TaskPlan> plans) {
        overlaps = Overlaps.of(plans);
        plans.forEach(plan -> written.addAll(plan.written()));
        written.addAll(overlaps.changed());
        for (Movement movement : definition.movements()) {
            Object inside = HostArray.inside(movement.object());
            if (HostArray.isArray(inside)) {
                add(inside, movement);
            }
        }
        for (TaskPlan plan : plans) {
            for (int i : plan.arrayNumbers()) {
                Object array = plan.values().get(i);
                if (plan.isTable(i)) {
                    addTable(array);
                } else {
                    addFound(definition, array, plan.root(i));
                }
            }
        }
        overlaps.shared().forEach(this::moveAlike);
    }

    /** What two arrays have in common comes to the device with both of them or with none. */
    private void moveAlike(Overlaps.Shared shared) {
        Move array = of(shared.array());
        Move other = of(shared.other());
        if (array.consumed() || other.consumed()) {
            throw new TornadoTaskRuntimeException(
                    "a graph consumes an array that shares elements with another one that a task"
                            + " changes; use one of the two in all tasks");
        }
        In in = array.in().compareTo(other.in()) > 0 ? array.in() : other.in();
        replace(array.with(in));
        replace(other.with(in));
    }

    private void replace(Move move) {
        Move before = moves.put(move.array(), move);
        order.replaceAll(m -> m == before ? move : m);
    }

    private void add(Object array, Movement m) {
        if (!moves.containsKey(array)) {
            put(new Move(array, m.in(), m.out(), m.consumed(), m.source()));
        }
    }

    private void addTable(Object array) {
        if (!moves.containsKey(array)) {
            put(new Move(array, In.FIRST, Out.NEVER, false, ""));
        }
    }

    private void addFound(GraphDefinition definition, Object array, Object root) {
        definition.movement(root).ifPresent(movement -> add(array, movement));
        Move known = moves.get(array);
        if (array instanceof FieldArray
                && known != null
                && known.in() == In.NEVER
                && !known.consumed()) { // elements that nothing stores keep their fields
            replace(known.with(In.EVERY));
        }
        if (!moves.containsKey(array)) {
            Out out = written.contains(array) ? Out.EVERY : Out.NEVER;
            put(new Move(array, In.EVERY, out, false, ""));
        }
    }

    private void put(Move move) {
        moves.put(move.array(), move);
        order.add(move);
    }

    /** {@return all moves, in the order of the definition} */
    List<Move> all() {
        return order;
    }

    /** {@return the arrays of the graph, by identity} */
    Set<Object> arrays() {
        return moves.keySet();
    }

    /** {@return how an array of the graph moves} */
    Move of(Object array) {
        return Objects.requireNonNull(moves.get(array));
    }

    /** {@return what arrays of the graph have in common} */
    Overlaps overlaps() {
        return overlaps;
    }

    boolean isWritten(Object array) {
        return written.contains(array);
    }

    /** {@return whether an array is copied to the device once and changes nowhere after} */
    boolean isConstant(Object array) {
        Move move = moves.get(array);
        return move != null
                && move.in() == In.FIRST
                && move.out() == Out.NEVER
                && !move.consumed()
                && !written.contains(array);
    }
}
