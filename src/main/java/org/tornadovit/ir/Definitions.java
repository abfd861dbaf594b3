package org.tornadovit.ir;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What is assigned or allocated for sure at one place of a kernel while somebody walks through it
 * statement by statement, as Java's definite assignment.
 */
public final class Definitions {
    /** Variables and arrays; nothing at a place that is never reached. */
    private Optional<Set<Object>> here = Optional.of(new HashSet<>());

    private final Map<Label, Optional<Set<Object>>> exits = new HashMap<>();

    /** Starts with nothing defined. */
    public Definitions() {}

    /** Notes that a variable is assigned or an array allocated here. */
    public void add(Object what) {
        here.ifPresent(set -> set.add(what));
    }

    /** {@return whether it is defined on every way to this place} */
    public boolean contains(Object what) {
        return here.map(set -> set.contains(what)).orElse(true);
    }

    /** {@return what is known here, to come back to} */
    public Optional<Set<Object>> mark() {
        return here.map(HashSet::new);
    }

    /** Goes back to another place. */
    public void reset(Optional<Set<Object>> place) {
        here = place.map(HashSet::new);
    }

    /** Two ways meet here. */
    public void join(Optional<Set<Object>> other) {
        here = meet(here, other);
    }

    /** A jump: nothing runs behind it. */
    public void leave() {
        here = Optional.empty();
    }

    /** A jump behind the block {@code label}. */
    public void leave(Label label) {
        exits.merge(label, mark(), Definitions::meet);
        leave();
    }

    /** The end of the block {@code label}, which jumps may have left before. */
    public void end(Label label) {
        join(Optional.ofNullable(exits.remove(label)).orElse(Optional.empty()));
    }

    private static Optional<Set<Object>> meet(Optional<Set<Object>> x, Optional<Set<Object>> y) {
        if (x.isEmpty() || y.isEmpty()) {
            return x.or(() -> y);
        }
        Set<Object> both = new HashSet<>(x.get());
        both.retainAll(y.get());
        return Optional.of(both);
    }
}
