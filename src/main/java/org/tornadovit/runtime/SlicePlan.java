package org.tornadovit.runtime;

import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.tornadovit.ir.Array;
import org.tornadovit.ir.Kernel;
import org.tornadovit.passes.Accesses;

/**
 * A task that runs a piece of its parallel loop.
 *
 * @param whole the task
 * @param kernel the code of a piece; its parameters are arrays
 * @param values windows on the arrays that are cut, whole arrays, and the number of the piece's
 *     first iteration
 */
record SlicePlan(MethodPlan whole, Kernel kernel, List<Object> values) implements TaskPlan {
    SlicePlan {
        values = List.copyOf(values);
    }

    @Override
    public TaskDefinition task() {
        return whole.task();
    }

    @Override
    public LogicalDevice device() {
        return whole.device();
    }

    @Override
    public List<Integer> arrayNumbers() {
        return IntStream.range(0, values.size()).boxed().toList();
    }

    @Override
    public Set<Object> written() {
        Set<Array> writes = Accesses.of(kernel).writes();
        Set<Object> written = Collections.newSetFromMap(new IdentityHashMap<>());
        List<Array> arrays = kernel.arrays();
        for (int i = 0; i < arrays.size(); i++) {
            if (writes.contains(arrays.get(i))) {
                written.add(values.get(i));
            }
        }
        return written;
    }

    @Override
    public Object root(int i) {
        return values.get(i);
    }

    @Override
    public boolean isWorkItem() {
        return false;
    }

    @Override
    public boolean readsFields() {
        return whole.readsFields();
    }

    @Override
    public boolean isCurrent() {
        return whole.isCurrent();
    }

    @Override
    public CompiledTask compile(Predicate<Object> constant, Order order) {
        Set<Integer> constants = new HashSet<>(arrayNumbers());
        constants.removeIf(i -> !constant.test(values.get(i)));
        return whole.device()
                .toolchain()
                .compiler()
                .compile(whole.task().method().method(), kernel, values, constants, order);
    }
}
