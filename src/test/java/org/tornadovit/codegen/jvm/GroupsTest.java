package org.tornadovit.codegen.jvm;

import java.lang.foreign.MemorySegment;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tornadovit.device.Range;
import org.tornadovit.ir.Array;
import org.tornadovit.ir.Interpreter;
import org.tornadovit.ir.Kernel;
import org.tornadovit.ir.Parser;
import org.tornadovit.passes.FissionBarriers;

/** Work-item kernels with barriers on device jvm. */
class GroupsTest {
    /** Each group of 64 sorts its part by odd-even transposition, then sums pairs of both ends. */
    private static final String SORT =
            """
            kernel sort(context c, f32[] x, f32[] z) work_item {
                local f32 part[64]
                private f32 own[2]
                i32 item = local_id(0)
                part[item] = x[global_id(0)]
                own[0] = x[global_id(0)]
                barrier local
                for t sequential i32 t = 0 to 64 step 1 {
                    i32 left = ((item * 2) + (t & 1))
                    if ((item < 32) & (left < 63)) {
                        f32 a = part[left]
                        f32 b = part[(left + 1)]
                        if (a > b) {
                            part[left] = b
                            part[(left + 1)] = a
                        }
                    }
                    barrier local
                }
                own[1] = part[item]
                barrier local
                part[(63 - item)] = (own[0] + own[1])
                barrier local
                z[global_id(0)] = part[item]
            }
            """;

    @ParameterizedTest
    @ValueSource(longs = {64, 192, 640})
    void sortsInGroups(long length) {
        Kernel kernel = Parser.parse(SORT);
        List<Long> grid = List.of(length, 1L, 1L);
        Kernel loops = FissionBarriers.apply(kernel, grid, List.of(64L, 1L, 1L));
        Comparison comparison =
                new Comparison(loops)
                        .array("x", numbers((int) length, 1))
                        .random("z", (int) length, 2);
        Map<Array, MemorySegment> expected = new HashMap<>(comparison.copies());
        Interpreter.run(
                kernel, expected, Map.of(), new int[] {(int) length, 1, 1}, new int[] {64, 1, 1});
        comparison.agrees(Range.of(length / 64, 1, 1), expected);
    }

    /** No NaN, which would make the order undefined. */
    private static MemorySegment numbers(int length, long seed) {
        float[] values = new float[length];
        java.util.SplittableRandom random = new java.util.SplittableRandom(seed);
        for (int i = 0; i < length; i++) {
            values[i] = random.nextInt(1000);
        }
        return Interpreter.memory(values);
    }
}
