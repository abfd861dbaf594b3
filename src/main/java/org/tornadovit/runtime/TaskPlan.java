package org.tornadovit.runtime;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.tornadovit.device.Range;
import org.tornadovit.frontend.Source;
import org.tornadovit.frontend.Translation;
import org.tornadovit.ir.Array;
import org.tornadovit.ir.Kernel;
import org.tornadovit.ir.Param;
import org.tornadovit.passes.Accesses;

/**
 * A task whose code has been translated, with the values of its kernel's parameters.
 *
 * @param task the task
 * @param device where it runs
 * @param translation its kernel
 * @param values the values of the kernel's parameters
 */
record TaskPlan(
        TaskDefinition task, LogicalDevice device, Translation translation, List<Object> values) {

    static TaskPlan of(TaskDefinition task, LogicalDevice device) {
        Translation translation = Translations.of(task);
        return new TaskPlan(task, device, translation, translation.values(task.values()));
    }

    /** {@return the arrays of the host that the kernel writes} */
    Set<Object> written() {
        Set<Array> writes = Accesses.of(translation.kernel()).writes();
        Set<Object> written = Collections.newSetFromMap(new IdentityHashMap<>());
        List<Param> params = translation.kernel().params();
        for (int i = 0; i < params.size(); i++) {
            if (params.get(i) instanceof Param.OfArray(var array) && writes.contains(array)) {
                written.add(values.get(i));
            }
        }
        return written;
    }

    /** {@return the arrays of the host that the kernel is given} */
    List<Object> arrays() {
        List<Object> arrays = new ArrayList<>();
        List<Param> params = translation.kernel().params();
        for (int i = 0; i < params.size(); i++) {
            if (params.get(i) instanceof Param.OfArray) {
                arrays.add(values.get(i));
            }
        }
        return arrays;
    }

    /** {@return the argument of the task that parameter {@code i} comes from, or its own value} */
    Object root(int i) {
        Source source = translation.sources().get(i);
        while (source instanceof Source.OfField(var owner, _)) {
            source = owner;
        }
        return source instanceof Source.Argument(var index)
                ? task.values().get(index)
                : values.get(i);
    }

    /** {@return whether the kernel is the code of one work-item} */
    boolean isWorkItem() {
        return translation.kernel().form() == Kernel.Form.WORK_ITEM;
    }

    /**
     * {@return the task compiled for its device}
     *
     * @param constant holds for arrays that never change on the device
     * @param range the grid of a work-item kernel
     */
    CompiledTask compile(Predicate<Object> constant, Optional<Range> range) {
        Set<Integer> constants = new HashSet<>();
        List<Param> params = translation.kernel().params();
        for (int i = 0; i < params.size(); i++) {
            if (params.get(i) instanceof Param.OfArray && constant.test(values.get(i))) {
                constants.add(i);
            }
        }
        return device.toolchain()
                .compiler()
                .compile(task.method().method(), translation, values, constants, range);
    }

    /** {@return whether some values are read from fields, which may change between executions} */
    boolean readsFields() {
        return translation.sources().stream().anyMatch(s -> !(s instanceof Source.Argument));
    }

    /** {@return whether fields still have the values the kernel was compiled for} */
    boolean isCurrent() {
        List<Object> now = translation.values(task.values());
        for (int i = 0; i < now.size(); i++) {
            Object before = values.get(i);
            boolean same =
                    HostArray.isArray(before) ? now.get(i) == before : now.get(i).equals(before);
            if (!same) {
                return false;
            }
        }
        return true;
    }
}
