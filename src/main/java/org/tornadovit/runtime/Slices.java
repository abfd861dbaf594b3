package org.tornadovit.runtime;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tornadovit.ir.Array;
import org.tornadovit.ir.Const;
import org.tornadovit.ir.Kernel;
import org.tornadovit.ir.Param;
import org.tornadovit.ir.Var;
import org.tornadovit.passes.Accesses;
import org.tornadovit.passes.Slice;
import org.tornadovit.passes.Unify;

/**
 * How a task can be cut, and the pieces that were made of it; equal tasks share them, so that a
 * piece is compiled once. Thread-safe.
 *
 * @param slice the cuts
 * @param arrays the arrays of the slice's kernel, with the value of each in a task
 */
record Slices(Object key, Slice slice, Map<Array, Object> arrays) {
    /** Kernels and piece sizes that a program uses at a time are fewer. */
    private static final int MOST = 256;

    private static final Recent<Task, Optional<Slice>> KNOWN = new Recent<>(MOST);
    private static final Recent<Piece, Kernel> PIECES = new Recent<>(MOST);

    private record Task(Kernel kernel, List<Object> facts) {}

    private record Piece(Object task, long count, Set<Array> cut) {}

    /** {@return the slices of a task, or nothing when its code is not one parallel loop} */
    static Optional<Slices> of(MethodPlan plan) {
        Kernel kernel = plan.translation().kernel();
        Map<Var, Const> scalars = new HashMap<>();
        Map<Array, Integer> lengths = new HashMap<>();
        Map<Array, Array> same = new HashMap<>();
        Map<Array, Object> arrays = new HashMap<>();
        Map<Object, Array> first = new IdentityHashMap<>();
        List<Object> facts = new ArrayList<>();
        for (int i = 0; i < kernel.params().size(); i++) {
            Object value = plan.values().get(i);
            switch (kernel.params().get(i)) {
                case Param.OfArray(var array) -> {
                    Array earlier = first.putIfAbsent(value, array);
                    if (earlier != null) {
                        same.put(array, earlier);
                    }
                    int length = HostArray.of(value).length();
                    lengths.put(array, length);
                    arrays.put(array, value);
                    facts.add(List.of(length, earlier == null ? array : earlier));
                }
                case Param.OfScalar(var variable) -> {
                    Const known = Scalars.constant(variable.type(), value);
                    scalars.put(variable, known);
                    facts.add(known.bits());
                }
                case Param.OfContext _ -> {}
            }
        }
        Task task = new Task(kernel, List.copyOf(facts));
        return KNOWN.get(task, () -> Slice.of(Unify.apply(kernel, same), scalars, lengths))
                .map(slice -> new Slices(task, slice, arrays));
    }

    /** {@return the code of {@code count} iterations} */
    Kernel piece(long count, Set<Array> cut) {
        return PIECES.get(new Piece(key, count, Set.copyOf(cut)), () -> slice.piece(count, cut));
    }

    /** {@return the values of the arrays that the code accesses, with their share or 0} */
    Map<Object, Long> cutsOf() {
        Accesses accesses = slice.accesses();
        Map<Object, Long> cuts = new IdentityHashMap<>();
        arrays.forEach((array, value) -> {
            if (accesses.reads().contains(array) || accesses.writes().contains(array)) {
                cuts.put(value, slice.shares().getOrDefault(array, 0L));
            }
        });
        return cuts;
    }
}
