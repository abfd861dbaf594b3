package org.tornadovit.passes;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.tornadovit.ir.Arithmetic;
import org.tornadovit.ir.Array;
import org.tornadovit.ir.Const;
import org.tornadovit.ir.Expr;
import org.tornadovit.ir.Interpreter;
import org.tornadovit.ir.Kernel;
import org.tornadovit.ir.Parser;
import org.tornadovit.ir.Printer;
import org.tornadovit.ir.Var;
import org.tornadovit.ir.Verifier;
import org.tornadovit.ir.Walker;

/**
 * Random kernels do the same before and after the passes, bit for bit, for targets of several
 * widths. {@code -Dtornadovit.random.kernels=N} tries N kernels and {@code
 * -Dtornadovit.random.seed=S} begins with another seed.
 */
class RandomKernelsTest {
    private static final int KERNELS = Integer.getInteger("tornadovit.random.kernels", 120);
    private static final long SEED = Long.getLong("tornadovit.random.seed", 1);

    private static final List<Target> TARGETS =
            List.of(
                    new Target(1, 16, 2, false),
                    new Target(4, 16, 2, false),
                    new Target(8, 16, 2, false),
                    new Target(16, 32, 2, false),
                    Target.circuit(false));

    /** What the kernels exercised, so that the test cannot become empty unnoticed. */
    private enum Seen {
        TRAP,
        VECTOR,
        PANELS,
        REDUCE,
        STAGES,
        PROMOTED,
        CHECK
    }

    private final Map<Seen, Integer> seen = new EnumMap<>(Seen.class);

    @Test
    void passesKeepTheMeaning() {
        for (long seed = SEED; seed < SEED + KERNELS; seed++) {
            try {
                check(RandomKernel.of(seed));
            } catch (RuntimeException | AssertionError e) {
                String text = Printer.print(RandomKernel.of(seed).kernel());
                throw new AssertionError("seed " + seed + ": " + e.getMessage() + "\n" + text, e);
            }
        }
        System.out.println(seen);
        assertThat(seen.keySet()).containsExactly(Seen.values());
    }

    private void check(RandomKernel random) {
        String text = Printer.print(random.kernel());
        assertThat(Printer.print(Parser.parse(text))).isEqualTo(text);
        Map<Array, MemorySegment> expected = random.memory();
        boolean traps = traps(random.kernel(), expected, random.scalars());
        count(Seen.TRAP, traps);
        for (Target target : TARGETS) {
            Lowering lowering =
                    Pipeline.lower(
                            random.kernel(),
                            random.task(),
                            target,
                            (_, kernel) -> Verifier.verify(kernel));
            note(lowering);
            Map<Array, MemorySegment> actual = random.memory();
            lowering.scratch().forEach((a, n) -> actual.put(a, scratch(a, n)));
            boolean trapped = false;
            for (Lowering.Stage stage : lowering.stages()) {
                trapped |= !trapped && traps(stage.kernel(), actual, Map.of());
            }
            assertThat(trapped).as(() -> "a trap on " + target + texts(lowering)).isEqualTo(traps);
            if (!traps) {
                random.lengths()
                        .keySet()
                        .forEach(a -> compare(a, expected, actual, target, lowering));
            }
        }
    }

    private static String texts(Lowering lowering) {
        StringBuilder out = new StringBuilder("\n");
        lowering.stages().forEach(s -> out.append(Printer.print(s.kernel())));
        return out.toString();
    }

    /** Memory that the compiler adds holds anything. */
    private static MemorySegment scratch(Array array, long elements) {
        return Arena.ofAuto().allocate(elements * array.element().bytes(), 64).fill((byte) 0x7f);
    }

    private static boolean traps(
            Kernel kernel, Map<Array, MemorySegment> memory, Map<Var, Const> scalars) {
        try {
            Interpreter.run(kernel, memory, scalars);
            return false;
        } catch (Interpreter.KernelTrap e) {
            return true;
        }
    }

    private static void compare(
            Array array,
            Map<Array, MemorySegment> expected,
            Map<Array, MemorySegment> actual,
            Target target,
            Lowering lowering) {
        MemorySegment x = expected.get(array);
        MemorySegment y = actual.get(array);
        for (long i = 0; i < x.byteSize() / array.element().bytes(); i++) {
            long a = Arithmetic.read(x, array.element(), i);
            long b = Arithmetic.read(y, array.element(), i);
            if (a != b && !(isNaN(array, a) && isNaN(array, b))) {
                throw new AssertionError(
                        "%s[%d] is %x, not %x, on %s%s"
                                .formatted(array, i, b, a, target, texts(lowering)));
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

    private void count(Seen what, boolean condition) {
        if (condition) {
            seen.merge(what, 1, Integer::sum);
        }
    }

    private void note(Lowering lowering) {
        boolean[] vector = new boolean[2];
        List<Kernel> kernels = new ArrayList<>();
        lowering.stages().forEach(s -> kernels.add(s.kernel()));
        for (Kernel kernel : kernels) {
            new Walker() {
                @Override
                protected void visit(Expr e) {
                    vector[0] |= e.type().isVector();
                    vector[1] |= e instanceof Expr.Reduce;
                }
            }.walk(kernel.body());
        }
        String texts = texts(lowering);
        count(Seen.VECTOR, vector[0]);
        count(Seen.REDUCE, vector[1]);
        count(Seen.PANELS, !lowering.scratch().isEmpty());
        count(Seen.STAGES, kernels.size() - lowering.scratch().size() > 1);
        count(Seen.CHECK, texts.contains("check "));
        count(Seen.PROMOTED, texts.matches("(?s).*for b\\d+ grid.*"));
    }
}
