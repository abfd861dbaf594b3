package org.tornadovit.runtime;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The memory of the host that a graph's kernels reach as parts of two arrays, as a row of an array
 * of arrays that is an argument too. A device has two arrays then. What a kernel writes into one is
 * copied to the other; a kernel that would need it in both at once is refused. Memory that no
 * kernel writes is of no interest. Used by one thread at a time.
 */
final class Overlaps {
    private final Map<Object, Boolean> arrays = new IdentityHashMap<>();
    private final List<Object> order = new ArrayList<>();
    private final List<Shared> shared;
    private final boolean mayChange;
    private Map<Object, List<Extent>> extents = Map.of();

    /**
     * Bytes that two arrays have in common.
     *
     * @param array one
     * @param at where the bytes begin in it
     * @param other another one, or the same with other bytes
     * @param otherAt where the bytes begin there
     * @param bytes how many
     */
    record Shared(Object array, long at, Object other, long otherAt, long bytes) {
        private boolean isSame(Shared s) {
            return array == s.array
                    && other == s.other
                    && at == s.at
                    && otherAt == s.otherAt
                    && bytes == s.bytes;
        }
    }

    private record Piece(Object array, Extent extent) {}

    private Overlaps(List<TaskPlan> plans) {
        for (TaskPlan plan : plans) {
            Set<Object> written = plan.written();
            for (int i : plan.arrayNumbers()) {
                Object array = plan.values().get(i);
                if (!plan.isTable(i) && !(array instanceof Window)) {
                    if (!arrays.containsKey(array)) {
                        order.add(array);
                    }
                    arrays.merge(array, written.contains(array), Boolean::logicalOr);
                }
            }
        }
        extents = measured();
        shared = found();
        mayChange = order.stream().anyMatch(Extent::mayChange);
    }

    /**
     * {@return what the arrays of tasks have in common}
     *
     * @throws org.tornadovit.frontend.UnsupportedKernelException when a kernel writes what it
     *     reaches in two ways, as the cause
     */
    static Overlaps of(List<TaskPlan> plans) {
        Overlaps overlaps = new Overlaps(plans);
        for (TaskPlan plan : plans) {
            List<Object> own = plan.arrays();
            Set<Object> written = plan.written();
            for (Shared s : overlaps.shared) {
                if (written.contains(s.array()) && own.stream().anyMatch(a -> a == s.other())) {
                    throw Failures.of(
                            "task " + plan.task().name(), plan.twice(s.array(), s.other()));
                }
            }
        }
        return overlaps;
    }

    /** {@return the bytes that others have in common with arrays that a kernel writes} */
    List<Shared> shared() {
        return shared;
    }

    /** {@return whether arrays of arrays and of objects hold what they held} */
    boolean isCurrent() {
        if (!mayChange) {
            return true;
        }
        Map<Object, List<Extent>> now = measured();
        boolean same = true;
        for (Map.Entry<Object, List<Extent>> e : now.entrySet()) {
            List<Extent> before = of(e.getKey());
            same &= e.getValue().equals(before);
            if (e.getKey() instanceof Object[] && !Extent.arePlacedAlike(e.getValue(), before)) {
                return false; // rows have other lengths
            }
        }
        if (same) {
            return true;
        }
        extents = now;
        List<Shared> after = found();
        if (after.size() != shared.size()) {
            return false;
        }
        for (int i = 0; i < after.size(); i++) {
            if (!after.get(i).isSame(shared.get(i))) {
                return false;
            }
        }
        return true;
    }

    private List<Extent> of(Object array) {
        return extents.getOrDefault(array, List.of());
    }

    private Map<Object, List<Extent>> measured() {
        Map<Object, List<Extent>> measured = new IdentityHashMap<>();
        arrays.keySet().forEach(array -> measured.put(array, Extent.of(array)));
        return measured;
    }

    private List<Shared> found() {
        List<Shared> all = new ArrayList<>();
        if (arrays.containsValue(true)) {
            Map<Extent.Key, List<Piece>> byBase = new HashMap<>();
            for (Object array : order) {
                for (Extent e : of(array)) {
                    byBase.computeIfAbsent(new Extent.Key(e.base()), _ -> new ArrayList<>(1))
                            .add(new Piece(array, e));
                }
            }
            for (Object array : order) { // so that the result has an order
                for (Extent e : of(array)) {
                    List<Piece> pieces = byBase.remove(new Extent.Key(e.base()));
                    if (pieces != null && pieces.size() > 1) {
                        collect(pieces, all);
                    }
                }
            }
        }
        return all;
    }

    private boolean isWritten(Object array) {
        return arrays.getOrDefault(array, false);
    }

    private void collect(List<Piece> pieces, List<Shared> all) {
        if (pieces.stream().noneMatch(p -> isWritten(p.array()))) {
            return;
        }
        pieces.sort(Comparator.comparingLong(p -> p.extent().from()));
        for (int i = 0; i < pieces.size(); i++) {
            Extent first = pieces.get(i).extent();
            Object array = pieces.get(i).array();
            for (int k = i + 1; k < pieces.size(); k++) {
                Extent second = pieces.get(k).extent();
                Object other = pieces.get(k).array();
                if (second.from() >= first.to()) {
                    break;
                }
                long at = first.at() + second.from() - first.from();
                long bytes = Math.min(first.to(), second.to()) - second.from();
                if (isWritten(array)) {
                    all.add(new Shared(array, at, other, second.at(), bytes));
                }
                if (array != other && isWritten(other)) {
                    all.add(new Shared(other, second.at(), array, at, bytes));
                } else if (array == other && isWritten(array)) {
                    return; // such a kernel is refused
                }
            }
        }
    }

    /** {@return the arrays that change with those that kernels write} */
    Set<Object> changed() {
        Set<Object> changed = Collections.newSetFromMap(new IdentityHashMap<>());
        shared.forEach(s -> changed.add(s.other()));
        return changed;
    }
}
