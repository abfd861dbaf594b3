package org.tornadovit.runtime;

import java.lang.reflect.Field;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.tornadovit.frontend.FieldArray;
import org.tornadovit.frontend.Source;
import org.tornadovit.frontend.Translation;
import org.tornadovit.frontend.UnsupportedKernelException;
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
                storage.require(
                        Storage.FP32,
                        "task "
                                + task.name()
                                + ": "
                                + array.name()
                                + " (floats in another array than FloatArray)");
            }
        }
        MethodPlan plan = new MethodPlan(task, device, translation, values);
        plan.checkTypes();
        return plan;
    }

    /** A segment that is given twice and written must be one array for the kernel. */
    private void checkTypes() {
        Set<Object> written = written();
        for (int i : arrayNumbers()) {
            Array first = array(values.get(i));
            Array array = ((Param.OfArray) params().get(i)).array();
            if (first.element() != array.element() && written.contains(values.get(i))) {
                throw twice(first, array);
            }
        }
    }

    @Override
    public Set<FieldArray> assigned() {
        return translation.assigned(task.values());
    }

    @Override
    public Set<FieldArray> cells(Map<Object, Set<Field>> fields) {
        return translation.cells(fields, task.values());
    }

    @Override
    public RuntimeException twice(Object written, Object other) {
        return written == other
                ? refused(array(written), "which holds one object or array twice")
                : twice(array(written), array(other));
    }

    private UnsupportedKernelException twice(Array written, Array other) {
        return refused(written, "whose memory is also that of " + other.name());
    }

    private UnsupportedKernelException refused(Array written, String why) {
        return new UnsupportedKernelException(
                Accesses.firstWrite(translation.kernel(), written),
                "a change of " + written.name() + ", " + why + ",",
                "reach it in one way only, or copy it before");
    }

    private Array array(Object value) {
        for (int i = 0; i < params().size(); i++) {
            if (values.get(i) == value && params().get(i) instanceof Param.OfArray(var array)) {
                return array;
            }
        }
        throw new IllegalArgumentException("no parameter");
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
        return !translation.objects().isEmpty()
                || translation.sources().stream().anyMatch(s -> !(s instanceof Source.Argument));
    }

    @Override
    public boolean isCurrent() {
        if (!translation.isFor(task.values())) {
            return false;
        }
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
