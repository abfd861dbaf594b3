package org.tornadovit.runtime;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.tornadovit.device.Code;
import org.tornadovit.device.DeviceException;
import org.tornadovit.device.Program;
import org.tornadovit.device.Range;
import org.tornadovit.passes.Lowering;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.exceptions.TornadoRuntimeException;
import uk.ac.manchester.tornado.api.types.HalfFloat;

/**
 * A task whose kernel is a file, for a device.
 *
 * <p>A kernel gets its arguments in order: arrays as pointers to their first element, numbers by
 * value, a {@link KernelContext} not at all. A kernel of TornadoVM's own code generator, which is
 * known by its parameter {@code _kernel_context}, gets that generator's four leading arguments and
 * arrays with the header in front of the first element.
 */
record PrebuiltPlan(TaskDefinition.OfFile task, LogicalDevice device) implements TaskPlan {
    private static final int CONTEXT_BYTES = 64;
    private static final int CONSTANT_BYTES = 16;

    @Override
    public List<Object> values() {
        return task.arguments().stream().map(HostArray::inside).toList();
    }

    @Override
    public List<Integer> arrayNumbers() {
        List<Object> values = values();
        return IntStream.range(0, values.size())
                .filter(i -> HostArray.isArray(values.get(i)))
                .boxed()
                .toList();
    }

    @Override
    public Set<Object> written() {
        Set<Object> written = Collections.newSetFromMap(new IdentityHashMap<>());
        List<Object> values = values();
        arrayNumbers().stream().filter(this::isWritten).forEach(i -> written.add(values.get(i)));
        return written;
    }

    private boolean isWritten(int number) {
        return switch (task.kernel().accesses().get(number)) {
            case WRITE_ONLY, READ_WRITE -> true;
            case NONE, READ_ONLY -> false;
        };
    }

    @Override
    public Object root(int i) {
        return task.arguments().get(i);
    }

    @Override
    public boolean isWorkItem() {
        return true;
    }

    @Override
    public boolean readsFields() {
        return false;
    }

    @Override
    public boolean isCurrent() {
        return true;
    }

    @Override
    public CompiledTask compile(Predicate<Object> constant, Order order) {
        if (!order.offset().isNone()) {
            throw new TornadoRuntimeException(
                    "task "
                            + task.name()
                            + ": WorkerGrid.setGlobalOffset does not reach prebuilt kernels; add"
                            + " the offset in the kernel");
        }
        Code code = task.kernel().code();
        List<CompiledTask.Operand> operands = isGenerated(code) ? generated() : plain();
        long start = System.nanoTime();
        Program program = load(code, order.flags());
        var times = new CompiledTask.Times(0, 0, System.nanoTime() - start);
        Range range = order.range().orElse(Range.SINGLE);
        var stage =
                new CompiledTask.Stage(
                        task.kernel().entry(),
                        code,
                        program,
                        operands,
                        range,
                        Lowering.When.ALWAYS,
                        List.of(),
                        false);
        Set<Integer> arrays = new HashSet<>(arrayNumbers());
        Set<Integer> written = new HashSet<>(arrays);
        written.removeIf(i -> !isWritten(i));
        return new CompiledTask(List.of(stage), Map.of(), arrays, written, times);
    }

    private boolean isGenerated(Code code) {
        return switch (code) {
            case Code.Text text ->
                    Signature.of(text)
                            .orElseThrow(() ->
                                    new TornadoRuntimeException(
                                            "task "
                                                    + task.name()
                                                    + ": the file "
                                                    + task.kernel().file()
                                                    + " has no kernel named "
                                                    + text.entry()))
                            .isGenerated();
            case Code.Binary _ -> false;
        };
    }

    private Program load(Code code, String flags) {
        try {
            Code loadable = new Bitstreams(device.info()).loadable(code, Optional.empty());
            return device.toolchain().device().load(loadable, flags);
        } catch (DeviceException e) {
            throw new DeviceException(
                    e.getMessage()
                            + " The prebuilt kernel is the file "
                            + task.kernel().file()
                            + "; run the task on a device that takes this language.",
                    e);
        }
    }

    private List<CompiledTask.Operand> plain() {
        if (!task.kernel().atomics().isEmpty()) {
            throw new TornadoRuntimeException(
                    "task "
                            + task.name()
                            + ": the prebuilt kernel has no parameter _atomics for its atomics;"
                            + " pass them as an array");
        }
        List<CompiledTask.Operand> operands = new ArrayList<>();
        List<Object> values = values();
        for (int i = 0; i < values.size(); i++) {
            if (HostArray.isArray(values.get(i))) {
                operands.add(new CompiledTask.Operand.Argument(i));
            } else if (!(values.get(i) instanceof KernelContext)) {
                operands.add(number(i, values.get(i)));
            }
        }
        return operands;
    }

    private List<CompiledTask.Operand> generated() {
        List<CompiledTask.Operand> operands = new ArrayList<>();
        operands.add(new CompiledTask.Operand.Content(zeros(CONTEXT_BYTES)));
        operands.add(new CompiledTask.Operand.Content(zeros(CONSTANT_BYTES)));
        operands.add(new CompiledTask.Operand.Local(CONSTANT_BYTES));
        operands.add(new CompiledTask.Operand.Content(counters()));
        List<Object> values = values();
        for (int i = 0; i < values.size(); i++) {
            operands.add(
                    HostArray.isArray(values.get(i))
                            ? new CompiledTask.Operand.Framed(i, isWritten(i))
                            : values.get(i) instanceof KernelContext
                                    ? new CompiledTask.Operand.Content(zeros(CONTEXT_BYTES))
                                    : number(i, values.get(i)));
        }
        return operands;
    }

    private static List<Byte> zeros(int count) {
        return Collections.nCopies(count, (byte) 0);
    }

    private List<Byte> counters() {
        List<Integer> atomics = task.kernel().atomics();
        if (atomics.isEmpty()) {
            return zeros(Integer.BYTES);
        }
        ByteBuffer words =
                ByteBuffer.allocate(atomics.size() * Integer.BYTES).order(ByteOrder.nativeOrder());
        atomics.forEach(words::putInt);
        List<Byte> bytes = new ArrayList<>();
        for (byte b : words.array()) {
            bytes.add(b);
        }
        return bytes;
    }

    private CompiledTask.Operand number(int index, Object value) {
        return new CompiledTask.Operand.Number(
                switch (value) {
                    case Boolean b -> (byte) (b ? 1 : 0);
                    case Character c -> (short) (char) c;
                    case HalfFloat h -> h.getHalfFloatValue();
                    case Number n -> n;
                    default ->
                            throw new TornadoRuntimeException(
                                    "task "
                                            + task.name()
                                            + ": argument "
                                            + (index + 1)
                                            + " of the prebuilt kernel is a "
                                            + value.getClass().getSimpleName()
                                            + "; pass arrays and numbers");
                });
    }
}
