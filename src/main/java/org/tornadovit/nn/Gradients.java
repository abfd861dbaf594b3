package org.tornadovit.nn;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tornadovit.io.SparseMemory;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * The backward pass of a {@link Forward}: its tasks in reverse, each replaced by what its {@link
 * Adjoint} writes.
 *
 * <p>An array of a forward pass has one gradient, of the same size. The first task that contributes
 * to it writes, the others add. Once the array's own task has been gone back through, its
 * gradient's memory serves for the next array of that size. Gradients of weights are kept.
 */
public final class Gradients {

    /**
     * Where to put a contribution to a gradient.
     *
     * @param array the gradient
     * @param adds 1 when it already holds other contributions and this is to be added, else 0
     */
    public record Target(FloatArray array, int adds) {}

    private final List<Section> sections;
    private final Set<FloatArray> learned = identitySet();
    private final Set<FloatArray> passing = identitySet();
    private final Map<FloatArray, Integer> firstUse = new IdentityHashMap<>();
    private final Map<FloatArray, FloatArray> gradients = new IdentityHashMap<>();
    private final Map<FloatArray, Integer> holders = new IdentityHashMap<>();
    private final Map<Integer, Deque<FloatArray>> free = new HashMap<>();
    private final List<FloatArray> borrowed = new ArrayList<>();
    private final List<FloatArray> made = new ArrayList<>();
    private int firstLearned = Integer.MAX_VALUE;

    /**
     * Looks through a forward pass.
     *
     * @param learned the weights that need a gradient
     */
    public Gradients(Forward forward, Collection<FloatArray> learned) {
        this.sections = forward.sections();
        this.learned.addAll(learned);
        this.passing.addAll(forward.arrays());
        this.passing.remove(forward.input());
        int index = 0;
        for (Section section : sections) {
            for (Section.Task task : section.tasks()) {
                for (Object argument : task.arguments()) {
                    if (argument instanceof FloatArray array) {
                        firstUse.putIfAbsent(array, index);
                        if (this.learned.contains(array)) {
                            firstLearned = Math.min(firstLearned, index);
                        }
                    }
                }
                index++;
            }
        }
    }

    /**
     * Writes the backward pass.
     *
     * @return a section for each of the forward pass, the last first; those before all learned
     *     weights are left out
     * @throws UnsupportedOperationException when a task has no adjoint
     */
    public List<Section> write() {
        List<Section> backward = new ArrayList<>();
        int index = count();
        for (Section section : sections.reversed()) {
            Section back = new Section(section.name() + "_back", section.part());
            for (Section.Task task : section.tasks().reversed()) {
                index--;
                if (index >= firstLearned) {
                    task.adjoint().write(this, back, task.id());
                    release(task, index);
                }
            }
            if (!back.tasks().isEmpty()) {
                backward.add(back);
            }
        }
        return backward;
    }

    private int count() {
        return sections.stream().mapToInt(section -> section.tasks().size()).sum();
    }

    /** {@return whether the gradient of a weight, or of an array that depends on one, is needed} */
    public boolean needs(FloatArray value) {
        return learned.contains(value)
                || passing.contains(value) && firstUse.getOrDefault(value, -1) >= firstLearned;
    }

    /**
     * {@return the gradient of {@code value}, complete when called from the adjoint of the task
     * that wrote it}
     */
    public FloatArray of(FloatArray value) {
        FloatArray gradient = gradients.get(value);
        if (gradient == null) {
            throw new IllegalStateException("Nothing has contributed to this gradient.");
        }
        return gradient;
    }

    /** {@return where a contribution to the gradient of {@code value} goes} */
    public Target into(FloatArray value) {
        FloatArray existing = gradients.get(value);
        if (existing != null) {
            return new Target(existing, 1);
        }
        FloatArray array =
                learned.contains(value) ? allocate(value.getSize()) : take(value.getSize());
        hold(value, array);
        return new Target(array, 0);
    }

    /**
     * {@return where the gradient of {@code value} goes, to which nothing else contributes}
     *
     * @throws IllegalStateException when something has
     */
    public FloatArray only(FloatArray value) {
        Target target = into(value);
        if (target.adds != 0) {
            throw new IllegalStateException("Two tasks contribute to the gradient of a weight.");
        }
        return target.array;
    }

    /**
     * Lets {@code operand} of a sum have the gradient of the sum, which must not be read or passed
     * on after this.
     */
    public void pass(Section section, String id, FloatArray sum, FloatArray operand) {
        FloatArray gradient = of(sum);
        if (!needs(operand)) {
            return;
        }
        FloatArray existing = gradients.get(operand);
        if (existing != null) {
            section.task(id, Sums::add, gradient, existing, gradient.getSize());
        } else if (operand.getSize() != gradient.getSize()
                || holders.getOrDefault(gradient, 0) != 1) {
            throw new IllegalStateException("The gradient of a sum cannot be shared here.");
        } else {
            hold(operand, gradient);
        }
    }

    /** {@return an array of {@code size} elements for the tasks of one adjoint} */
    public FloatArray scratch(int size) {
        FloatArray array = take(size);
        borrowed.add(array);
        return array;
    }

    /** {@return every array that was made for the backward pass} */
    public List<FloatArray> arrays() {
        return List.copyOf(made);
    }

    private void hold(FloatArray value, FloatArray gradient) {
        gradients.put(value, gradient);
        holders.merge(gradient, 1, Integer::sum);
    }

    /** Frees the gradients of what {@code task} was the first to write. */
    private void release(Section.Task task, int index) {
        for (Object argument : task.arguments()) {
            if (argument instanceof FloatArray value
                    && !learned.contains(value)
                    && firstUse.getOrDefault(value, -1) == index) {
                FloatArray gradient = gradients.remove(value);
                if (gradient != null && holders.merge(gradient, -1, Integer::sum) == 0) {
                    give(gradient);
                }
            }
        }
        borrowed.forEach(this::give);
        borrowed.clear();
    }

    private void give(FloatArray array) {
        free.computeIfAbsent(array.getSize(), _ -> new ArrayDeque<>()).push(array);
    }

    private FloatArray take(int size) {
        Deque<FloatArray> fitting = free.get(size);
        return fitting == null || fitting.isEmpty() ? allocate(size) : fitting.pop();
    }

    private FloatArray allocate(int size) {
        FloatArray array = SparseMemory.floats(size);
        made.add(array);
        return array;
    }

    private static Set<FloatArray> identitySet() {
        return Collections.newSetFromMap(new IdentityHashMap<>());
    }
}
