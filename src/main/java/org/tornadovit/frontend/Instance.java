package org.tornadovit.frontend;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * An object that the kernel creates. Its fields are variables and arrays of the kernel's own, so
 * that no device needs a heap.
 *
 * <p>A local variable that is given several objects has one instance of its own, and assigning it
 * copies the fields. That is what Java means as long as nobody changes an object that was copied
 * while it had another name; {@link #isSharedAndChanged} tells.
 */
final class Instance {
    /** A point of the translation, with the loops around it. */
    record Moment(int time, Set<Block.Loop> loops) {
        /** Copies the set. */
        Moment {
            loops = Set.copyOf(loops);
        }
    }

    private final Class<?> type;
    private final Moment birth;
    private final Map<Field, Value> fields = new LinkedHashMap<>();
    private final List<Moment> shared = new ArrayList<>();
    private final List<Moment> changed = new ArrayList<>();
    private boolean variable;

    Instance(Class<?> type, Moment birth) {
        this.type = type;
        this.birth = birth;
    }

    Class<?> type() {
        return type;
    }

    /** {@return the fields that have a value, in the order they got it} */
    Map<Field, Value> fields() {
        return fields;
    }

    /** {@return whether this is the storage of a local variable that may be assigned again} */
    boolean isVariable() {
        return variable;
    }

    void variable(boolean value) {
        variable = value;
    }

    /** {@return whether each time that the translation gets to a point there is a new object} */
    boolean isBornFor(Moment moment) {
        return birth.loops().containsAll(moment.loops());
    }

    /** Notes that the object was copied to or from another one that has a name. */
    void share(Moment moment) {
        shared.add(moment);
    }

    boolean isShared() {
        return !shared.isEmpty();
    }

    /** Notes that a field or an element was assigned. */
    void change(Moment moment) {
        changed.add(moment);
    }

    /** {@return whether {@code other} is this object or part of it} */
    boolean holds(Instance other) {
        return this == other
                || fields.values().stream()
                        .anyMatch(v -> v instanceof Value.OfInstance(var i) && i.holds(other));
    }

    /**
     * {@return whether the object may change after it was copied} A change before the copy is
     * harmless unless a loop leads from the copy back to it without creating the object anew.
     */
    boolean isSharedAndChanged() {
        return shared.stream().anyMatch(s -> changed.stream().anyMatch(c -> reaches(s, c)));
    }

    private boolean reaches(Moment copy, Moment change) {
        Set<Block.Loop> around = new HashSet<>(copy.loops());
        around.retainAll(change.loops());
        return copy.time() < change.time() || !birth.loops().containsAll(around);
    }
}
