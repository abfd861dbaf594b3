package org.tornadovit.codegen;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tornadovit.codegen.ptx.Architecture;
import org.tornadovit.codegen.ptx.PtxDevice;
import org.tornadovit.device.Buffer;
import org.tornadovit.device.Code;
import org.tornadovit.device.Device;
import org.tornadovit.device.Devices;
import org.tornadovit.device.FpgaVendor;
import org.tornadovit.device.Program;
import org.tornadovit.device.Queue;
import org.tornadovit.device.Range;
import org.tornadovit.device.opencl.OpenClDevices;
import org.tornadovit.ir.Arithmetic;
import org.tornadovit.ir.Array;
import org.tornadovit.ir.Const;
import org.tornadovit.ir.Interpreter;
import org.tornadovit.ir.Kernel;
import org.tornadovit.ir.Scalar;
import org.tornadovit.ir.Var;
import org.tornadovit.passes.MapParallel;

/** Runs a kernel on a device and in the interpreter, and compares what they leave. */
final class Differential implements AutoCloseable {
    private static final String PTX = "ptx:";
    private static final String FPGA = "fpga:";

    private final Device device;
    private final Renderer renderer;

    /**
     * Opens the first device of a kind, {@code opencl} or {@code spirv}, or as in {@code ptx:sm_90}
     * an interpreter, or as in {@code fpga:amd} the first OpenCL device for code of FPGAs.
     */
    Differential(String kind, Contraction contraction) {
        device = open(kind);
        renderer =
                switch (device.info().backend()) {
                    case OPENCL -> new OpenClC(device.info().features(), contraction);
                    case FPGA ->
                            new OpenClC(
                                    device.info().features(),
                                    contraction,
                                    FpgaVendor.of(device.info()).orElseThrow());
                    case SPIRV, LEVELZERO -> new Spirv(device.info().features(), contraction);
                    case CUDA ->
                            new Ptx(
                                    Architecture.of(device.info().language()),
                                    device.info().features(),
                                    contraction);
                    case JVM, NONE -> throw new IllegalArgumentException(kind);
                };
    }

    private static Device open(String kind) {
        if (kind.startsWith(PTX)) {
            return new PtxDevice(kind.substring(PTX.length()));
        }
        return kind.startsWith(FPGA)
                ? OpenClDevices.openFpga("fpga:0:0", FpgaVendor.of(kind.substring(FPGA.length())))
                : Devices.open(kind);
    }

    /** Memory of an array, little-endian. */
    static MemorySegment memory(Scalar element, long... bits) {
        MemorySegment memory = blank(element, bits.length);
        for (int i = 0; i < bits.length; i++) {
            Arithmetic.write(memory, element, i, bits[i]);
        }
        return memory;
    }

    /** Memory of an array of zeros. */
    static MemorySegment blank(Scalar element, long length) {
        return Arena.ofAuto().allocate(Math.max(1, length) * element.bytes(), 64);
    }

    /** The code of a kernel. */
    Code render(Kernel kernel) {
        return renderer.render(kernel);
    }

    /** Runs a loop kernel over the grid it needs, and some work-items more; compares all bits. */
    void checkLoops(Kernel kernel, Map<Array, MemorySegment> arrays) {
        List<Long> least = MapParallel.grid(kernel, 5);
        Range range =
                least.equals(List.of(1L, 1L, 1L))
                        ? Range.SINGLE
                        : Range.of(least.get(0) + 3, least.get(1) + 2, least.get(2) + 1);
        Map<Array, MemorySegment> expected = copies(arrays);
        Interpreter.run(kernel, expected, Map.of());
        compare(kernel, expected, run(kernel, arrays, List.of(), range));
    }

    /** Runs a work-item kernel; compares all bits. */
    void checkItems(Kernel kernel, Map<Array, MemorySegment> arrays, int[] global, int[] group) {
        Range range = new Range(global[0], global[1], global[2], group[0], group[1], group[2]);
        Map<Array, MemorySegment> expected = copies(arrays);
        Interpreter.run(kernel, expected, Map.of(), global, group);
        compare(kernel, expected, run(kernel, arrays, List.of(), range));
    }

    /** Runs a kernel with scalar arguments; compares all bits. */
    void checkScalars(
            Kernel kernel,
            Map<Array, MemorySegment> arrays,
            Map<Var, Const> scalars,
            List<Number> arguments) {
        Map<Array, MemorySegment> expected = copies(arrays);
        Interpreter.run(kernel, expected, scalars);
        compare(kernel, expected, run(kernel, arrays, arguments, Range.SINGLE));
    }

    /** {@return the arrays after a run on the device} */
    Map<Array, MemorySegment> run(
            Kernel kernel, Map<Array, MemorySegment> arrays, List<Number> scalars, Range range) {
        return run(kernel, kernel.arrays(), arrays, scalars, range);
    }

    /** {@return the arrays after a run of a kernel whose last argument is {@code status}} */
    Map<Array, MemorySegment> runChecked(
            Kernel kernel, Map<Array, MemorySegment> arrays, Array status, Range range) {
        List<Array> parameters = new ArrayList<>(kernel.arrays());
        parameters.add(status);
        return run(kernel, parameters, arrays, List.of(), range);
    }

    private Map<Array, MemorySegment> run(
            Kernel kernel,
            List<Array> parameters,
            Map<Array, MemorySegment> arrays,
            List<Number> scalars,
            Range range) {
        Map<Array, MemorySegment> results = copies(arrays);
        List<Buffer> buffers = new ArrayList<>();
        List<Program.Argument> arguments = new ArrayList<>();
        try (Program program = device.load(renderer.render(kernel, range));
                Queue queue = device.newQueue()) {
            for (Array array : parameters) {
                MemorySegment memory = results.get(array);
                Buffer buffer = device.allocate(memory.byteSize());
                buffers.add(buffer);
                arguments.add(new Program.Argument.OfBuffer(buffer));
                queue.write(memory, buffer, 0);
            }
            scalars.forEach(s -> arguments.add(new Program.Argument.OfScalar(s)));
            queue.launch(program.bind(arguments, range));
            for (int i = 0; i < buffers.size(); i++) {
                queue.read(buffers.get(i), 0, results.get(parameters.get(i)));
            }
            queue.finish();
        } finally {
            buffers.forEach(Buffer::close);
        }
        return results;
    }

    @Override
    public void close() {
        device.close();
    }

    /** {@return the arrays with memory of their own} */
    static Map<Array, MemorySegment> copies(Map<Array, MemorySegment> arrays) {
        Map<Array, MemorySegment> copies = new LinkedHashMap<>();
        arrays.forEach((array, memory) ->
                copies.put(array, Arena.ofAuto().allocate(memory.byteSize(), 64).copyFrom(memory)));
        return copies;
    }

    private void compare(
            Kernel kernel, Map<Array, MemorySegment> expected, Map<Array, MemorySegment> actual) {
        List<String> differences = new ArrayList<>();
        expected.forEach((array, memory) -> {
            long length = memory.byteSize() / array.element().bytes();
            for (long i = 0; i < length && differences.size() < 20; i++) {
                long want = Arithmetic.read(memory, array.element(), i);
                long got = Arithmetic.read(actual.get(array), array.element(), i);
                if (want != got && !bothNaN(array.element(), want, got)) {
                    differences.add(
                            "%s[%d]: %s (0x%x) instead of %s (0x%x)"
                                    .formatted(
                                            array,
                                            i,
                                            text(array.element(), got),
                                            got,
                                            text(array.element(), want),
                                            want));
                }
            }
        });
        assertThat(differences)
                .as(() -> "kernel " + kernel.name() + "\n" + render(kernel).text())
                .isEmpty();
    }

    private static boolean bothNaN(Scalar element, long a, long b) {
        return element.isFloat()
                && Double.isNaN(value(element, a))
                && Double.isNaN(value(element, b));
    }

    private static double value(Scalar element, long bits) {
        return new Const(org.tornadovit.ir.Type.of(element), bits).asDouble();
    }

    private static String text(Scalar element, long bits) {
        return element.isFloat() ? Double.toString(value(element, bits)) : Long.toString(bits);
    }
}
