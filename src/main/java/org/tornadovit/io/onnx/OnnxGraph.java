package org.tornadovit.io.onnx;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.LongStream;

/**
 * A network in the making: operations in the order of the computation, and the constants that they
 * read. Values are known by name; each name is given once, and before it is read.
 */
public final class OnnxGraph {
    /** Name of the first, variable extent of inputs and outputs. */
    private static final String BATCH = "batch";

    /** A tensor [batch, extents…] that comes from outside or goes there. */
    public record Port(String name, List<Long> extents) {
        /** Copies the extents. */
        public Port {
            extents = List.copyOf(extents);
        }

        /** {@return the message {@code ValueInfoProto}} */
        Message message() {
            Message shape = new Message().message(1, new Message().text(2, BATCH));
            extents.forEach(extent -> shape.message(1, new Message().integer(1, extent)));
            Message tensor =
                    new Message().integer(1, Constant.Element.FLOAT32.code()).message(2, shape);
            return new Message().text(1, name).message(2, new Message().message(1, tensor));
        }
    }

    private final String name;
    private final List<Operation> operations = new ArrayList<>();
    private final Map<String, Constant> constants = new LinkedHashMap<>();
    private final List<Port> inputs = new ArrayList<>();
    private final List<Port> outputs = new ArrayList<>();
    private final Set<String> values = new HashSet<>();

    /** An empty graph of that name. */
    public OnnxGraph(String name) {
        this.name = name;
    }

    /** {@return the name} */
    public String name() {
        return name;
    }

    /** {@return the operations in order} */
    public List<Operation> operations() {
        return List.copyOf(operations);
    }

    /** {@return the constants in the order in which they were first read} */
    public Collection<Constant> constants() {
        return List.copyOf(constants.values());
    }

    /** {@return what comes from outside} */
    public List<Port> inputs() {
        return List.copyOf(inputs);
    }

    /** {@return what goes outside} */
    public List<Port> outputs() {
        return List.copyOf(outputs);
    }

    /** {@return the name of a new input, float32 [batch, extents…]} */
    public String input(String value, long... extents) {
        define(value);
        inputs.add(new Port(value, boxed(extents)));
        return value;
    }

    /** Makes {@code value}, float32 [batch, extents…], an output. */
    public void output(String value, long... extents) {
        requireDefined(value, "output");
        outputs.add(new Port(value, boxed(extents)));
    }

    /** {@return the name of a constant of float32, new unless there is one of that name} */
    public String floats(String value, List<Long> shape, Supplier<MemorySegment> data) {
        return constant(new Constant(value, Constant.Element.FLOAT32, shape, data));
    }

    /** {@return the name of a scalar, new unless there is one of that name} */
    public String scalar(String value, float number) {
        return floats(value, List.of(), () -> MemorySegment.ofArray(new float[] {number}));
    }

    /** {@return the name of a vector of int64, new unless there is one of that name} */
    public String wholes(String value, long... numbers) {
        return constant(
                new Constant(
                        value,
                        Constant.Element.INT64,
                        List.of((long) numbers.length),
                        () -> MemorySegment.ofArray(numbers)));
    }

    /** {@return the name of a scalar of int64, new unless there is one of that name} */
    public String whole(String value, long number) {
        return constant(
                new Constant(
                        value,
                        Constant.Element.INT64,
                        List.of(),
                        () -> MemorySegment.ofArray(new long[] {number})));
    }

    /** {@return the output of a new operation, which is named as the operation} */
    public String add(String type, String value, List<String> read, Attribute... attributes) {
        return add(type, value, read, List.of(value), attributes).getFirst();
    }

    /** {@return the outputs of a new operation} */
    public List<String> add(
            String type,
            String operation,
            List<String> read,
            List<String> made,
            Attribute... attributes) {
        read.forEach(value -> requireDefined(value, operation));
        made.forEach(this::define);
        operations.add(new Operation(operation, type, read, made, Arrays.asList(attributes)));
        return made;
    }

    private String constant(Constant constant) {
        if (!constants.containsKey(constant.name())) {
            define(constant.name());
            constants.put(constant.name(), constant);
        }
        return constant.name();
    }

    private void define(String value) {
        if (!values.add(value)) {
            throw new IllegalArgumentException("The value %s is there already.".formatted(value));
        }
    }

    private void requireDefined(String value, String reader) {
        if (!values.contains(value)) {
            throw new IllegalArgumentException(
                    "%s reads %s, which nothing has made yet.".formatted(reader, value));
        }
    }

    private static List<Long> boxed(long... extents) {
        return LongStream.of(extents).boxed().toList();
    }
}
