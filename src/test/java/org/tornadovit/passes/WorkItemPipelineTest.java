package org.tornadovit.passes;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tornadovit.ir.Array;
import org.tornadovit.ir.Const;
import org.tornadovit.ir.Interpreter;
import org.tornadovit.ir.Kernel;
import org.tornadovit.ir.Parser;
import org.tornadovit.ir.Printer;
import org.tornadovit.ir.Var;
import org.tornadovit.ir.Verifier;

/** Work-item kernels stay one kernel that does the same, and what is guarded is not checked. */
class WorkItemPipelineTest {
    private static final int ITEMS = 32;
    private static final int GROUP = 8;

    private static final String REDUCTION =
            """
            local f32 part[8]
            i32 l = local_id(0)
            i32 size = local_size(0)
            if ((l >= n) | (size > 8)) {
                return
            }
            part[l] = x[((group_id(0) * 8) + l)]
            i32 half = (size / 2)
            loop L {
                barrier local
                if (half == 0) {
                    break L
                }
                if ((l < half) & ((l + half) < 8)) {
                    part[l] = (part[l] + part[(l + half)])
                }
                half = (half / 2)
            }
            if (l == 0) {
                y[group_id(0)] = part[0]
            }
            """;

    private static final String GUARDED =
            """
            i32 i = global_id(0)
            if (i < n) {
                i32 left = max((i - 1), 0)
                y[i] = (x[i] + x[left])
            }
            """;

    private static final String PRIVATE =
            """
            private f32 own[4]
            i32 i = global_id(0)
            for K sequential i32 k = 0 to 4 step 1 {
                own[k] = x[((i + k) & 31)]
            }
            for M sequential i32 m = 0 to n step 1 {
                y[i] = (y[i] + own[(m & 3)])
            }
            """;

    @ParameterizedTest
    @ValueSource(strings = {REDUCTION, GUARDED, PRIVATE})
    void itemsDoTheSame(String body) {
        Kernel kernel =
                Parser.parse("kernel k(f32[] x, f32[] y, i32 n) work_item {\n" + body + "}\n");
        Map<Var, Const> scalars = Map.of(Texts.scalar(kernel, "n"), Const.i32(24));
        Pipeline.Task task = new Pipeline.Task(scalars, Texts.lengths(kernel, ITEMS), Set.of());
        Lowering lowering =
                Pipeline.lower(
                        kernel, task, new Target(8, 16, 2, false), (_, k) -> Verifier.verify(k));
        assertThat(lowering.stages()).hasSize(1);
        assertThat(lowering.stages().getFirst().grid()).isEmpty();
        Map<Array, MemorySegment> expected = memory(kernel);
        run(kernel, expected, scalars);
        Map<Array, MemorySegment> actual = memory(kernel);
        run(lowering.stages().getFirst().kernel(), actual, Map.of());
        Array y = Texts.array(kernel, "y");
        assertThat(actual.get(y).toArray(ValueLayout.JAVA_FLOAT))
                .containsExactly(expected.get(y).toArray(ValueLayout.JAVA_FLOAT));
    }

    @ParameterizedTest
    @ValueSource(strings = GUARDED)
    void guardedAccessesAreProven(String body) {
        Kernel kernel =
                Parser.parse("kernel k(f32[] x, f32[] y, i32 n) work_item {\n" + body + "}\n");
        Map<Var, Const> scalars = Map.of(Texts.scalar(kernel, "n"), Const.i32(ITEMS));
        Pipeline.Task task = new Pipeline.Task(scalars, Texts.lengths(kernel, ITEMS), Set.of());
        Lowering lowering = Pipeline.lower(kernel, task, Target.SCALAR);
        assertThat(Printer.print(lowering.stages().getFirst().kernel())).doesNotContain("check");
    }

    private static void run(
            Kernel kernel, Map<Array, MemorySegment> memory, Map<Var, Const> scalars) {
        int[] global = {ITEMS, 1, 1};
        Interpreter.run(kernel, memory, scalars, global, new int[] {GROUP, 1, 1});
    }

    private static Map<Array, MemorySegment> memory(Kernel kernel) {
        Map<Array, MemorySegment> memory = new HashMap<>();
        for (Array array : kernel.arrays()) {
            MemorySegment segment = Arena.ofAuto().allocate(4L * ITEMS, 64);
            for (int i = 0; i < ITEMS; i++) {
                segment.setAtIndex(ValueLayout.JAVA_FLOAT, i, i * 0.5f - 3);
            }
            memory.put(array, segment);
        }
        return memory;
    }
}
