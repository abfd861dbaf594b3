package org.tornadovit.passes;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.tornadovit.codegen.Checks;
import org.tornadovit.codegen.JvmVector;
import org.tornadovit.device.Buffer;
import org.tornadovit.device.Device;
import org.tornadovit.device.Program;
import org.tornadovit.device.Queue;
import org.tornadovit.device.Range;
import org.tornadovit.device.cpu.CheckFailedException;
import org.tornadovit.device.cpu.CpuDevice;
import org.tornadovit.ir.Arithmetic;
import org.tornadovit.ir.Array;
import org.tornadovit.ir.Interpreter;
import org.tornadovit.ir.Kernel;
import org.tornadovit.ir.Printer;
import org.tornadovit.ir.Site;

/**
 * Random kernels, compiled for several widths of vectors, do the same on device jvm and
 * interpreted. {@code -Dtornadovit.random.kernels=N} tries N kernels and {@code
 * -Dtornadovit.random.seed=S} begins with another seed.
 */
class RandomKernelsOnJvmTest {
    private static final int KERNELS = Integer.getInteger("tornadovit.random.kernels", 60);
    private static final long SEED = Long.getLong("tornadovit.random.seed", 1);
    private static final List<Integer> LANES = List.of(1, 4, 16);

    private int trapped;

    @Test
    void deviceAndInterpreterAgree() {
        try (Device device = new CpuDevice(1); // in order: a few of the kernels race
                Queue queue = device.newQueue()) {
            for (long seed = SEED; seed < SEED + KERNELS; seed++) {
                for (int lanes : LANES) {
                    check(RandomKernel.of(seed), lanes, device, queue);
                }
            }
        }
        assertThat(trapped).isPositive();
    }

    private void check(RandomKernel random, int lanes, Device device, Queue queue) {
        Target target = new Target(lanes, 32, 2, false);
        Lowering lowering = Pipeline.lower(random.kernel(), random.task(), target);
        Map<Array, MemorySegment> expected = random.memory();
        lowering.scratch().forEach((a, n) -> expected.put(a, scratch(a, n)));
        Map<Array, Buffer> buffers = new HashMap<>();
        expected.forEach((array, contents) -> buffers.put(array, upload(contents, device, queue)));
        try {
            for (Lowering.Stage stage : lowering.stages()) {
                Optional<Site> trap = interpret(stage.kernel(), expected);
                Optional<Site> actual = run(stage, lanes, buffers, device, queue);
                assertThat(actual.isPresent()).isEqualTo(trap.isPresent());
                if (trap.isPresent()) {
                    trapped++;
                    return; // what was stored before the failure depends on the order
                }
                expected.forEach((array, contents) -> compare(array, contents, buffers, queue));
            }
        } catch (RuntimeException | AssertionError e) {
            StringBuilder text = new StringBuilder();
            lowering.stages().forEach(s -> text.append(Printer.print(s.kernel())));
            throw new AssertionError(
                    "seed %d, %d lanes: %s%n%s"
                            .formatted(random.seed(), lanes, e.getMessage(), text),
                    e);
        } finally {
            buffers.values().forEach(Buffer::close);
        }
    }

    private static MemorySegment scratch(Array array, long elements) {
        return Arena.ofAuto().allocate(elements * array.element().bytes(), 64).fill((byte) 0x7f);
    }

    private static Buffer upload(MemorySegment contents, Device device, Queue queue) {
        Buffer buffer = device.allocate(Math.max(1, contents.byteSize()));
        queue.write(contents, buffer, 0);
        return buffer;
    }

    private static Optional<Site> interpret(Kernel kernel, Map<Array, MemorySegment> memory) {
        try {
            Interpreter.run(kernel, memory, Map.of());
            return Optional.empty();
        } catch (Interpreter.KernelTrap e) {
            return Optional.of(e.site());
        }
    }

    private static Optional<Site> run(
            Lowering.Stage stage,
            int lanes,
            Map<Array, Buffer> buffers,
            Device device,
            Queue queue) {
        Kernel kernel = stage.kernel();
        List<Program.Argument> arguments = new ArrayList<>();
        for (Array array : kernel.arrays()) {
            arguments.add(new Program.Argument.OfBuffer(buffers.get(array)));
        }
        List<Long> grid = stage.grid();
        try (Program program = device.load(new JvmVector(lanes == 4 ? 128 : 512).render(kernel))) {
            Range range = Range.of(grid.get(0), grid.get(1), grid.get(2));
            queue.launch(program.bind(arguments, range));
            queue.finish();
            return Optional.empty();
        } catch (CheckFailedException e) {
            return Optional.of(Checks.sites(kernel).get(e.check()).site());
        }
    }

    private static void compare(
            Array array, MemorySegment expected, Map<Array, Buffer> buffers, Queue queue) {
        MemorySegment actual = Arena.ofAuto().allocate(expected.byteSize(), 64);
        queue.read(buffers.get(array), 0, actual);
        queue.finish();
        for (long i = 0; i < expected.byteSize() / array.element().bytes(); i++) {
            long a = Arithmetic.read(expected, array.element(), i);
            long b = Arithmetic.read(actual, array.element(), i);
            if (a != b && !(isNaN(array, a) && isNaN(array, b))) {
                throw new AssertionError("%s[%d] is %x, not %x".formatted(array, i, b, a));
            }
        }
    }

    private static boolean isNaN(Array array, long bits) {
        return switch (array.element()) {
            case F32 -> Float.isNaN(Float.intBitsToFloat((int) bits));
            case F16 -> Float.isNaN(Float.float16ToFloat((short) bits));
            default -> false;
        };
    }
}
