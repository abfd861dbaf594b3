package org.tornadovit.runtime;

import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.tornadovit.frontend.FieldArray;
import org.tornadovit.frontend.Source;
import org.tornadovit.frontend.Translation;
import org.tornadovit.ir.Array;
import org.tornadovit.ir.Kernel;
import org.tornadovit.ir.Param;
import org.tornadovit.passes.Accesses;

/**
 * A task whose method has been translated, with the values of its kernel's parameters.
 *
 * @param task the task
 * @param device where it runs
 * @param translation its kernel
 * @param values the values of the kernel's parameters
 */
record MethodPlan(
        TaskDefinition.OfMethod task,
        LogicalDevice device,
        Translation translation,
        List<Object> values)
        implements TaskPlan {

    static MethodPlan of(TaskDefinition.OfMethod task, LogicalDevice device, Storage storage) {
        return of(task, device, storage, Translations.of(task, storage));
    }

    private static MethodPlan of(
            TaskDefinition.OfMethod task,
            LogicalDevice device,
            Storage storage,
            Translation translation) {
        List<Object> values = translation.values(task.values());
        List<Param> params = translation.kernel().params();
        for (int i = 0; i < params.size(); i++) {
            if (params.get(i) instanceof Param.OfArray(var array)
                    && !storage.fits(values.get(i), array.element())) {
                storage.require(Storage.FP32, "floats in another array than FloatArray");
            }
        }
        return new MethodPlan(task, device, translation, values);
    }

    @Override
    public Set<FieldArray> assigned() {
        return translation.assigned(task.values());
    }

    @Override
    public TaskPlan reading(Set<FieldArray> assigned, Storage storage) {
        Set<Source> numbers = translation.numbers(assigned, task.values());
        return numbers.isEmpty()
                ? this
                : of(task, device, storage, Translations.of(task, storage, numbers));
    }

    private List<Param> params() {
        return translation.kernel().params();
    }

    @Override
    public Set<Object> written() {
        Set<Array> writes = Accesses.of(translation.kernel()).writes();
        Set<Object> written = Collections.newSetFromMap(new IdentityHashMap<>());
        for (int i = 0; i < params().size(); i++) {
            if (params().get(i) instanceof Param.OfArray(var array) && writes.contains(array)) {
                written.add(values.get(i));
            }
        }
        return written;
    }

    @Override
    public List<Integer> arrayNumbers() {
        return IntStream.range(0, params().size())
                .filter(i -> params().get(i) instanceof Param.OfArray)
                .boxed()
                .toList();
    }

    @Override
    public Object root(int i) {
        return outermost(translation.sources().get(i)) instanceof Source.Argument(var index)
                ? task.values().get(index)
                : values.get(i);
    }

    private static Source outermost(Source source) {
        return switch (source) {
            case Source.OfField(var owner, _) -> outermost(owner);
            case Source.OfPart(var owner, _) -> outermost(owner);
            case Source.OfStarts(var owner, _) -> outermost(owner);
            case Source.Argument _, Source.OfStatic _, Source.OfTable _ -> source;
        };
    }

    @Override
    public boolean isTable(int i) {
        Source source = translation.sources().get(i);
        return source instanceof Source.OfStarts || source instanceof Source.OfTable;
    }

    @Override
    public boolean isWorkItem() {
        return translation.kernel().form() == Kernel.Form.WORK_ITEM;
    }

    @Override
    public CompiledTask compile(Predicate<Object> constant, Order order) {
        Set<Integer> constants = new HashSet<>();
        for (int i : arrayNumbers()) {
            if (constant.test(values.get(i))) {
                constants.add(i);
            }
        }
        return device.toolchain()
                .compiler()
                .compile(task.method().method(), translation.kernel(), values, constants, order);
    }

    @Override
    public boolean readsFields() {
        return translation.sources().stream().anyMatch(s -> !(s instanceof Source.Argument));
    }

    @Override
    public boolean isCurrent() {
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
