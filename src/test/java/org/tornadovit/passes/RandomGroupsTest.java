package org.tornadovit.passes;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.tornadovit.ir.Array;
import org.tornadovit.ir.Interpreter;
import org.tornadovit.ir.Kernel;
import org.tornadovit.ir.Parser;
import org.tornadovit.ir.Printer;
import org.tornadovit.ir.Verifier;

/**
 * Random work-item kernels without races do the same as the loops that they become. {@code
 * -Dtornadovit.random.groups=N} tries N kernels.
 */
class RandomGroupsTest {
    private static final int KERNELS = Integer.getInteger("tornadovit.random.groups", 150);
    private static final int ITEMS = 24;

    /** Writes a kernel: items write their own elements and read others' after a barrier. */
    private static final class Author {
        private final SplittableRandom random;
        private final StringBuilder text = new StringBuilder();
        private int names;

        Author(long seed) {
            random = new SplittableRandom(seed);
        }

        String kernel() {
            text.append("kernel k(context c, i32 n, i32[] x, i32[] z) work_item {\n")
                    .append("local i32 shared[8]\nlocal i32 more[16]\nprivate i32 own[3]\n")
                    .append("i32 item = (local_id(0) + (local_id(1) * local_size(0)))\n")
                    .append("i32 all = (global_id(0) + (global_id(1) * global_size(0)))\n")
                    .append("i32 a = x[all]\ni32 b = (item * 3)\ni32 u = group_id(0)\n")
                    .append("shared[item] = a\nmore[item] = b\nmore[(item + 8)] = a\n")
                    .append("barrier local\n");
            block(3);
            text.append("z[all] = ((a + (b * 7)) + ((own[0] ^ own[1]) + own[2]))\n}\n");
            return text.toString();
        }

        private void block(int depth) {
            int count = 1 + random.nextInt(4);
            for (int i = 0; i < count; i++) {
                switch (random.nextInt(depth > 0 ? 12 : 7)) {
                    case 0 ->
                            exchange("shared", "item", "((item + " + random.nextInt(8) + ") % 8)");
                    case 1 -> exchange("more", "(item + 8)", "((item * 2) + (u & 1))");
                    case 2 -> line("own[(%s & 1)] = %s", variable(), value());
                    case 3 -> line("a = (a + own[%d])", random.nextInt(3));
                    case 4 -> line("%s = %s", variable(), value());
                    case 5 -> line("u = (u + %d)", random.nextInt(3));
                    case 6 -> apart();
                    case 7 -> {
                        line("if ((u & 1) == %d) {", random.nextInt(2));
                        block(depth - 1);
                        line("} else {");
                        block(depth - 1);
                        line("}");
                    }
                    case 8, 9 -> {
                        String loop = "f" + names++;
                        line(
                                "for %s sequential i32 %s = 0 to (n - %d) step 1 {",
                                loop, loop, random.nextInt(3));
                        if (random.nextInt(3) == 0) {
                            String jump = random.nextBoolean() ? "break" : "continue";
                            line("if (((u + %s) %% 3) == 1) {\n%s %s\n}", loop, jump, loop);
                        }
                        block(depth - 1);
                        line("}");
                    }
                    case 10 -> {
                        String loop = "l" + names++;
                        line("i32 %s = %d\nloop %s {", loop + "n", random.nextInt(4), loop);
                        line("if (%sn <= 0) {\nbreak %s\n}", loop, loop);
                        block(depth - 1);
                        line("%sn = (%sn - 1)\n}", loop, loop);
                    }
                    default -> {
                        if (random.nextInt(3) == 0) {
                            line("if (%s > %d) {\nz[all] = b\nreturn\n}", variable(), 60);
                        }
                    }
                }
            }
        }

        /** Between barriers an element has one writer and no other reader. */
        private void exchange(String array, String mine, String other) {
            line("%s[%s] = %s\nbarrier local", array, mine, value());
            line("%s = (%s + %s[%s])", variable(), variable(), array, other);
            line("barrier local");
        }

        /** What items do apart, without barriers. */
        private void apart() {
            String loop = "p" + names++;
            line("for %s sequential i32 %s = 0 to (item & 3) step 1 {", loop, loop);
            line("if (%s > 5) {\nbreak %s\n}", variable(), loop);
            line("own[2] = (own[2] + %s)\n%s = (%s - 1)", loop, variable(), variable());
            line("}");
        }

        private String variable() {
            return random.nextBoolean() ? "a" : "b";
        }

        private String value() {
            return switch (random.nextInt(4)) {
                case 0 -> "(a + u)";
                case 1 -> "((a * 3) - b)";
                case 2 -> "(b ^ x[(all % " + (1 + random.nextInt(ITEMS)) + ")])";
                default -> "(item + " + random.nextInt(10) + ")";
            };
        }

        private void line(String format, Object... values) {
            text.append(format.formatted(values)).append('\n');
        }
    }

    @Test
    void loopsDoWhatItemsDo() {
        for (long seed = 1; seed <= KERNELS; seed++) {
            String text = new Author(seed).kernel();
            boolean flat = seed % 2 == 0;
            List<Long> grid = flat ? List.of(24L, 1L, 1L) : List.of(6L, 4L, 1L);
            List<Long> group = flat ? List.of(8L, 1L, 1L) : List.of(2L, 4L, 1L);
            Kernel items = Parser.parse(text);
            Kernel loops = Verifier.verify(FissionBarriers.apply(items, grid, group));
            long number = seed;
            assertThat(run(loops, List.of(1L, 1L, 1L), List.of(1L, 1L, 1L)))
                    .as(() -> "seed " + number + "\n" + text + Printer.print(loops))
                    .containsExactly(run(items, grid, group));
        }
    }

    private static int[] run(Kernel kernel, List<Long> grid, List<Long> group) {
        SplittableRandom random = new SplittableRandom(7);
        Map<Array, MemorySegment> arrays = new HashMap<>();
        try (Arena arena = Arena.ofShared()) {
            for (Array array : kernel.arrays()) {
                MemorySegment memory = arena.allocate(4L * ITEMS, 64);
                for (int i = 0; i < ITEMS; i++) {
                    memory.setAtIndex(ValueLayout.JAVA_INT, i, random.nextInt(-50, 50));
                }
                arrays.put(array, memory);
            }
            var n = ((org.tornadovit.ir.Param.OfScalar) kernel.params().get(1)).variable();
            Interpreter.run(
                    kernel,
                    arrays,
                    Map.of(n, org.tornadovit.ir.Const.i32(4)),
                    grid.stream().mapToInt(Long::intValue).toArray(),
                    group.stream().mapToInt(Long::intValue).toArray());
            int[] result = new int[ITEMS];
            MemorySegment last = arrays.get(kernel.arrays().getLast());
            MemorySegment.copy(last, ValueLayout.JAVA_INT, 0, result, 0, ITEMS);
            return result;
        }
    }
}
