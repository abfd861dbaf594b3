package org.tornadovit.passes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.tornadovit.ir.Array;
import org.tornadovit.ir.Const;
import org.tornadovit.ir.Interpreter;
import org.tornadovit.ir.Kernel;
import org.tornadovit.ir.Param;
import org.tornadovit.ir.Parser;
import org.tornadovit.ir.Printer;
import org.tornadovit.ir.Stmt;
import org.tornadovit.ir.Var;
import org.tornadovit.ir.Verifier;
import org.tornadovit.ir.Walker;

/** Kernels of loops against the work-item kernels they come from, both interpreted. */
class FissionBarriersTest {
    private static final int LENGTH = 96;

    /** Reduction in local memory: a loop with a barrier whose bound the items share. */
    static final String REDUCTION =
            """
            kernel reduction(context c, i32[] x, i32[] z) work_item {
                local i32 partial[8]
                i32 item = local_id(0)
                partial[item] = x[global_id(0)]
                i32 stride = (local_size(0) >> 1)
                loop halves {
                    if (stride <= 0) {
                        break halves
                    }
                    barrier local
                    if (item < stride) {
                        partial[item] = (partial[item] + partial[(item + stride)])
                    }
                    stride = (stride >> 1)
                }
                if (item == 0) {
                    z[group_id(0)] = partial[0]
                }
            }
            """;

    /** Inclusive scan of a group: two barriers a turn, and a variable that lives across them. */
    static final String SCAN =
            """
            kernel scan(context c, i32[] x, i32[] z) work_item {
                local i32 shared[8]
                i32 item = local_id(0)
                i32 sum = x[global_id(0)]
                shared[item] = sum
                for d sequential i32 d = 0 to 3 step 1 {
                    barrier local
                    i32 distance = (1 << d)
                    i32 other = 0
                    if (item >= distance) {
                        other = shared[(item - distance)]
                    }
                    barrier local
                    sum = (sum + other)
                    shared[item] = sum
                }
                z[global_id(0)] = sum
            }
            """;

    /** Matrix product in tiles of 4 x 4 items, two-dimensional groups. */
    static final String PRODUCT =
            """
            kernel product(context c, i32[] x, i32[] z) work_item {
                local i32 left[16]
                local i32 right[16]
                i32 row = local_id(1)
                i32 column = local_id(0)
                i32 sum = 0
                for t sequential i32 t = 0 to 2 step 1 {
                    left[((row * 4) + column)] = x[((global_id(1) * 8) + ((t * 4) + column))]
                    right[((row * 4) + column)] = x[((((t * 4) + row) * 8) + global_id(0))]
                    barrier local
                    for k sequential i32 k = 0 to 4 step 1 {
                        sum = (sum + (left[((row * 4) + k)] * right[((k * 4) + column)]))
                    }
                    barrier local
                }
                z[((global_id(1) * 8) + global_id(0))] = sum
            }
            """;

    /** Items that return before and between barriers, a private array across them. */
    static final String LEAVERS =
            """
            kernel leavers(context c, i32[] x, i32[] z) work_item {
                private i32 own[3]
                local i32 shared[8]
                i32 i = global_id(0)
                if (i >= 44) {
                    return
                }
                shared[local_id(0)] = i
                own[(i % 3)] = i
                barrier local
                if ((x[i] & 1) == 0) {
                    z[i] = own[0]
                    return
                }
                own[1] = (own[1] + x[i])
                barrier local
                i32 first = shared[0]
                z[i] = ((own[0] + own[1]) + (own[2] + first))
            }
            """;

    /** Choices and jumps that all items take alike. */
    static final String ALIKE =
            """
            kernel alike(context c, i32[] x, i32[] z) work_item {
                local i32 shared[8]
                i32 limit = (group_id(0) + 2)
                i32 turns = 0
                shared[local_id(0)] = x[global_id(0)]
                barrier local
                i32 mine = 0
                for t sequential i32 t = 0 to 10 step 1 {
                    if (t == limit) {
                        break t
                    }
                    if ((t & 1) == 1) {
                        mine = (mine + shared[((local_id(0) + t) % 8)])
                        continue t
                    }
                    barrier local
                    turns = (turns + 1)
                    if (shared[7] > 0) {
                        shared[local_id(0)] = (shared[local_id(0)] + turns)
                        barrier local
                    } else {
                        mine = (mine - 1)
                    }
                    barrier local
                }
                i32 old = atomic + z[group_id(0)], (mine + shared[local_id(0)])
            }
            """;

    /** No barrier at all. */
    static final String PLAIN =
            """
            kernel plain(context c, i32[] x, i32[] z) work_item {
                i32 i = (global_id(0) + (global_id(1) * global_size(0)))
                if (i >= 90) {
                    return
                }
                private i32 own[2]
                own[(i & 1)] = x[i]
                z[i] = (own[0] - own[1])
            }
            """;

    private static void agrees(String text, List<Long> grid, List<Long> group) {
        Kernel items = Parser.parse(text);
        Kernel loops = Verifier.verify(FissionBarriers.apply(items, grid, group));
        assertThat(loops.form()).isEqualTo(Kernel.Form.LOOPS);
        assertThat(hasBarrier(loops)).isFalse();
        int[] expected = new int[LENGTH];
        int[] actual = new int[LENGTH];
        run(items, expected, grid, group);
        run(loops, actual, List.of(1L, 1L, 1L), List.of(1L, 1L, 1L));
        assertThat(actual).as(() -> Printer.print(loops)).containsExactly(expected);
    }

    private static boolean hasBarrier(Kernel kernel) {
        boolean[] found = {false};
        new Walker() {
            @Override
            protected void visit(Stmt stmt) {
                found[0] |= stmt instanceof Stmt.Barrier;
            }
        }.walk(kernel.body());
        return found[0];
    }

    private static void run(Kernel kernel, int[] result, List<Long> grid, List<Long> group) {
        SplittableRandom random = new SplittableRandom(7);
        Map<Array, MemorySegment> arrays = new HashMap<>();
        try (Arena arena = Arena.ofShared()) {
            for (Array array : kernel.arrays()) {
                MemorySegment memory = arena.allocate(4L * LENGTH, 64);
                for (int i = 0; i < LENGTH; i++) {
                    memory.setAtIndex(ValueLayout.JAVA_INT, i, random.nextInt(-100, 100));
                }
                arrays.put(array, memory);
            }
            Map<Var, Const> scalars = new HashMap<>();
            for (Param param : kernel.params()) {
                if (param instanceof Param.OfScalar(var variable)) {
                    scalars.put(variable, Const.i32(5));
                }
            }
            Interpreter.run(kernel, arrays, scalars, sizes(grid), sizes(group));
            MemorySegment last = arrays.get(kernel.arrays().getLast());
            MemorySegment.copy(last, ValueLayout.JAVA_INT, 0, result, 0, LENGTH);
        }
    }

    private static int[] sizes(List<Long> list) {
        return list.stream().mapToInt(Long::intValue).toArray();
    }

    @Test
    void reductionInLocalMemory() {
        agrees(REDUCTION, List.of(48L, 1L, 1L), List.of(8L, 1L, 1L));
        agrees(REDUCTION, List.of(8L, 1L, 1L), List.of(8L, 1L, 1L));
    }

    @Test
    void scanWithBarriersInALoop() {
        agrees(SCAN, List.of(48L, 1L, 1L), List.of(8L, 1L, 1L));
    }

    @Test
    void tiledProduct() {
        agrees(PRODUCT, List.of(8L, 8L, 1L), List.of(4L, 4L, 1L));
    }

    @Test
    void itemsThatReturnAreLeftOut() {
        agrees(LEAVERS, List.of(48L, 1L, 1L), List.of(8L, 1L, 1L));
        agrees(LEAVERS, List.of(64L, 1L, 1L), List.of(8L, 1L, 1L)); // groups that leave as a whole
    }

    @Test
    void choicesAndJumpsThatAllItemsTake() {
        agrees(ALIKE, List.of(48L, 1L, 1L), List.of(8L, 1L, 1L));
    }

    @Test
    void kernelsWithoutBarriers() {
        agrees(PLAIN, List.of(12L, 8L, 1L), List.of(4L, 2L, 1L));
        agrees(PLAIN, List.of(96L, 1L, 1L), List.of(32L, 1L, 1L));
    }

    @Test
    void aChoiceBehindWhichNothingFollowsIsAReturn() {
        String text =
                """
                kernel guarded(context c, i32[] x, i32[] z) work_item {
                    local i32 shared[8]
                    if (global_id(0) < 37) {
                        shared[local_id(0)] = x[global_id(0)]
                        barrier local
                        i32 t = 0
                        loop turns {
                            if (t == 3) {
                                break turns
                            }
                            if ((x[global_id(0)] + t) > 90) {
                                z[global_id(0)] = t
                                break turns
                            }
                            i32 first = shared[0]
                            barrier local
                            shared[local_id(0)] = (first + t)
                            barrier local
                            z[global_id(0)] = shared[local_id(0)]
                            t = (t + 1)
                        }
                    } else {
                        z[global_id(0)] = 5
                    }
                }
                """;
        agrees(text, List.of(48L, 1L, 1L), List.of(8L, 1L, 1L));
    }

    @Test
    void aChoiceWithBarriersOnBothSidesIsRefused() {
        assertThatThrownBy(() ->
                        refused(
                                """
                                if (local_id(0) < 3) {
                                    barrier local
                                } else {
                                    barrier local
                                }
                                """))
                .isInstanceOf(UnsupportedBarrierException.class);
    }

    @Test
    void aLoopThatAllItemsLeaveEnds() {
        String text =
                """
                kernel waits(context c, i32[] x, i32[] z) work_item {
                    local i32 flag[1]
                    loop forever {
                        barrier local
                        if (flag[0] == 77) {
                            break forever
                        }
                        z[global_id(0)] = x[global_id(0)]
                        if (x[0] == x[0]) {
                            return
                        }
                    }
                }
                """;
        agrees(text, List.of(16L, 1L, 1L), List.of(8L, 1L, 1L));
    }

    @Test
    void variablesAndParametersLiveAcrossBarriers() {
        String text =
                """
                kernel assigns(context c, i32 start, i32[] z) work_item {
                    i64 n = i64(start)
                    start = (start + local_id(0))
                    i32x4 v = splat i32x4(local_id(0))
                    barrier global
                    n = (n + i64(start))
                    start = (start * 2)
                    v = (v + splat i32x4(i32(n)))
                    barrier global
                    v = (v + splat i32x4(start))
                    z[(local_id(0) * 4):4] = v
                }
                """;
        agrees(text, List.of(8L, 1L, 1L), List.of(8L, 1L, 1L));
    }

    @Test
    void withoutAGroupSizeTheLargestUsualDivisorIsTaken() {
        String text =
                """
                kernel sizes(context c, i32[] z) work_item {
                    z[global_id(0)] = (local_size(0) + (local_id(0) * 1000))
                }
                """;
        Kernel loops =
                FissionBarriers.apply(
                        Parser.parse(text), List.of(90L, 1L, 1L), List.of(0L, 0L, 0L));
        int[] result = new int[LENGTH];
        run(loops, result, List.of(1L, 1L, 1L), List.of(1L, 1L, 1L));
        assertThat(result[0]).isEqualTo(90);
        assertThat(result[89]).isEqualTo(89_090);
    }

    @Test
    void aBarrierInABranchThatItemsTakeApartIsRefused() {
        assertThatThrownBy(() -> refused("if (local_id(0) < 3) {\nbarrier local\n}\nz[0] = 1"))
                .isInstanceOf(UnsupportedBarrierException.class)
                .hasMessageContaining("a condition that decides whether a barrier is reached")
                .hasMessageContaining("move the barrier out");
    }

    @Test
    void aBarrierInALoopThatItemsLeaveApartIsRefused() {
        assertThatThrownBy(() ->
                        refused(
                                """
                                i32 n = z[global_id(0)] @"Kernels.apart":31
                                loop apart {
                                    if (n <= 0) {
                                        break apart
                                    }
                                    barrier local
                                    n = (n - z[global_id(0)] @"Kernels.apart":34)
                                }
                                barrier local
                                z[0] = 1
                                """))
                .isInstanceOf(UnsupportedBarrierException.class)
                .hasMessageContaining("Kernels.apart:31")
                .hasMessageContaining("move the barrier out");
        assertThatThrownBy(() ->
                        refused(
                                """
                                for k sequential i32 k = 0 to local_id(0) step 1 {
                                    barrier local
                                }
                                """))
                .isInstanceOf(UnsupportedBarrierException.class)
                .hasMessageContaining("the bound of a loop");
    }

    private static void refused(String body) {
        String text = "kernel refused(context c, i32[] z) work_item {\n" + body + "\n}\n";
        FissionBarriers.apply(Parser.parse(text), List.of(16L, 1L, 1L), List.of(8L, 1L, 1L));
    }

    @Test
    void inAGroupOfOneNothingDiverges() {
        String text =
                """
                kernel alone(context c, i32[] z) work_item {
                    if (local_id(0) < 3) {
                        barrier local
                        z[global_id(0)] = local_id(0)
                    }
                }
                """;
        agrees(text, List.of(16L, 1L, 1L), List.of(1L, 1L, 1L));
    }
}
