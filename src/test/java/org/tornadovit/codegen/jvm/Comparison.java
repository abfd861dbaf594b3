package org.tornadovit.codegen.jvm;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.tornadovit.codegen.JvmVector;
import org.tornadovit.device.Buffer;
import org.tornadovit.device.Device;
import org.tornadovit.device.Program;
import org.tornadovit.device.Queue;
import org.tornadovit.device.Range;
import org.tornadovit.device.cpu.CpuDevice;
import org.tornadovit.ir.Array;
import org.tornadovit.ir.Const;
import org.tornadovit.ir.Interpreter;
import org.tornadovit.ir.Kernel;
import org.tornadovit.ir.Param;
import org.tornadovit.ir.Parser;
import org.tornadovit.ir.Scalar;
import org.tornadovit.ir.Var;

/** Runs a kernel by the interpreter and on device jvm and compares every byte of every array. */
final class Comparison {
    private int[] threadCounts = {1, 2, 5};

    private final Kernel kernel;
    private final Map<Array, MemorySegment> inputs = new LinkedHashMap<>();
    private final Map<Var, Const> scalars = new HashMap<>();
    private int vectorBits = 512;
    private double tolerance;

    Comparison(Kernel kernel) {
        this.kernel = kernel;
    }

    static Comparison of(String text) {
        return new Comparison(Parser.parse(text));
    }

    /** The array parameter {@code name} holds these bytes. */
    Comparison array(String name, MemorySegment contents) {
        inputs.put(arrayNamed(name), contents);
        return this;
    }

    /**
     * The array parameter {@code name} holds {@code length} random elements, edge values included.
     */
    Comparison random(String name, int length, long seed) {
        Array array = arrayNamed(name);
        return array(name, randomElements(array.element(), length, seed));
    }

    Comparison scalar(String name, Const value) {
        for (Param param : kernel.params()) {
            if (param instanceof Param.OfScalar(var v) && v.name().equals(name)) {
                scalars.put(v, value);
            }
        }
        return this;
    }

    Comparison vectorBits(int bits) {
        vectorBits = bits;
        return this;
    }

    /** Runs with these numbers of threads instead of 1, 2 and 5. */
    Comparison threads(int... counts) {
        threadCounts = counts;
        return this;
    }

    /** Compares float arrays with this difference relative to the larger number; else exactly. */
    Comparison within(double relative) {
        tolerance = relative;
        return this;
    }

    private Array arrayNamed(String name) {
        return kernel.arrays().stream()
                .filter(a -> a.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** Runs with every number of threads. */
    void agrees(Range range) {
        Map<Array, MemorySegment> expected = copies();
        Interpreter.run(kernel, expected, scalars);
        agrees(range, expected);
    }

    void agrees(Range range, Map<Array, MemorySegment> expected) {
        for (int threads : threadCounts) {
            Map<Array, MemorySegment> actual = copies();
            try (Device device = new CpuDevice(threads)) {
                run(device, actual, range);
            }
            expected.forEach((array, bytes) -> compare(array, bytes, actual.get(array), threads));
        }
    }

    /** {@return fresh copies of the inputs} */
    Map<Array, MemorySegment> copies() {
        Map<Array, MemorySegment> copies = new HashMap<>();
        inputs.forEach((array, contents) -> {
            MemorySegment copy = Arena.ofAuto().allocate(contents.byteSize(), 64);
            copies.put(array, copy.copyFrom(contents));
        });
        return copies;
    }

    /** Runs on a device and reads everything back. */
    void run(Device device, Map<Array, MemorySegment> arrays, Range range) {
        Map<Array, Buffer> buffers = new HashMap<>();
        try (Program program = device.load(new JvmVector(vectorBits).render(kernel));
                Queue queue = device.newQueue()) {
            List<Program.Argument> arguments = new ArrayList<>();
            for (Param param : kernel.params()) {
                switch (param) {
                    case Param.OfArray(var array) -> {
                        Buffer buffer = device.allocate(arrays.get(array).byteSize());
                        buffers.put(array, buffer);
                        queue.write(arrays.get(array), buffer, 0);
                        arguments.add(new Program.Argument.OfBuffer(buffer));
                    }
                    case Param.OfScalar(var v) ->
                            arguments.add(new Program.Argument.OfScalar(number(scalars.get(v))));
                    case Param.OfContext _ -> {}
                }
            }
            queue.launch(program.bind(arguments, range));
            queue.finish();
            buffers.forEach((array, buffer) -> queue.read(buffer, 0, arrays.get(array)));
            queue.finish();
        } finally {
            buffers.values().forEach(Buffer::close);
        }
    }

    private static Number number(Const c) {
        return c.type().isFloat() ? (Number) c.asDouble() : (Number) c.bits();
    }

    private void compare(Array array, MemorySegment expected, MemorySegment actual, int threads) {
        int size = array.element().bytes();
        for (long at = 0; at < expected.byteSize(); at += size) {
            if (!equal(array.element(), expected, actual, at)) {
                assertThat(element(array.element(), actual, at))
                        .as("%s[%d] with %d threads", array, at / size, threads)
                        .isEqualTo(element(array.element(), expected, at));
                throw new AssertionError(
                        array + "[" + at / size + "] has other bits, with " + threads + " threads");
            }
        }
    }

    private boolean equal(Scalar type, MemorySegment a, MemorySegment b, long at) {
        int size = type.bytes();
        if (a.asSlice(at, size).mismatch(b.asSlice(at, size)) < 0) {
            return true;
        }
        if (!type.isFloat()) {
            return false;
        }
        double x = element(type, a, at).doubleValue();
        double y = element(type, b, at).doubleValue();
        return (Double.isNaN(x) && Double.isNaN(y))
                || Math.abs(x - y) <= tolerance * Math.max(Math.abs(x), Math.abs(y));
    }

    static Number element(Scalar type, MemorySegment memory, long at) {
        return switch (type) {
            case BOOL, I8 -> memory.get(ValueLayout.JAVA_BYTE, at);
            case I16 -> memory.get(ValueLayout.JAVA_SHORT, at);
            case U16 -> (int) memory.get(ValueLayout.JAVA_CHAR, at);
            case I32 -> memory.get(ValueLayout.JAVA_INT, at);
            case I64 -> memory.get(ValueLayout.JAVA_LONG, at);
            case F16 -> Float.float16ToFloat(memory.get(ValueLayout.JAVA_SHORT, at));
            case BF16 -> Float.intBitsToFloat(memory.get(ValueLayout.JAVA_SHORT, at) << 16);
            case F32 -> memory.get(ValueLayout.JAVA_FLOAT, at);
            case F64 -> memory.get(ValueLayout.JAVA_DOUBLE, at);
        };
    }

    /** Random numbers of moderate size, and every seventh an edge value. */
    static MemorySegment randomElements(Scalar type, int length, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        MemorySegment memory = Arena.ofAuto().allocate((long) length * type.bytes(), 64);
        for (int i = 0; i < length; i++) {
            boolean edge = i % 7 == 6;
            double real = edge ? EDGES[random.nextInt(EDGES.length)] : random.nextDouble(-8, 8);
            long whole =
                    edge
                            ? WHOLE_EDGES[random.nextInt(WHOLE_EDGES.length)]
                            : random.nextLong(-1000, 1000);
            switch (type) {
                case BOOL -> memory.setAtIndex(ValueLayout.JAVA_BYTE, i, (byte) (whole & 1));
                case I8 -> memory.setAtIndex(ValueLayout.JAVA_BYTE, i, (byte) whole);
                case I16, U16 -> memory.setAtIndex(ValueLayout.JAVA_SHORT, i, (short) whole);
                case I32 -> memory.setAtIndex(ValueLayout.JAVA_INT, i, (int) whole);
                case I64 -> memory.setAtIndex(ValueLayout.JAVA_LONG, i, whole);
                case F16 ->
                        memory.setAtIndex(
                                ValueLayout.JAVA_SHORT, i, Float.floatToFloat16((float) real));
                case BF16 ->
                        memory.setAtIndex(
                                ValueLayout.JAVA_SHORT,
                                i,
                                (short) (Float.floatToRawIntBits((float) real) >>> 16));
                case F32 -> memory.setAtIndex(ValueLayout.JAVA_FLOAT, i, (float) real);
                case F64 -> memory.setAtIndex(ValueLayout.JAVA_DOUBLE, i, real);
            }
        }
        return memory;
    }

    private static final double[] EDGES = {
        0.0,
        -0.0,
        1,
        -1,
        Double.NaN,
        Double.POSITIVE_INFINITY,
        Double.NEGATIVE_INFINITY,
        65504,
        65520,
        1e-7,
        6e-8,
        -3e-8,
        3e9,
        -3e9,
        1e19,
        3.4e38,
        1e-45,
        0.5,
        2.5,
        -1.5,
        1e300
    };
    private static final long[] WHOLE_EDGES = {
        0,
        1,
        -1,
        127,
        128,
        -128,
        255,
        32767,
        32768,
        -32768,
        65535,
        Integer.MAX_VALUE,
        Integer.MIN_VALUE,
        Long.MAX_VALUE,
        Long.MIN_VALUE,
        1L << 32
    };
}
