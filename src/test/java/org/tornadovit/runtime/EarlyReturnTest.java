package org.tornadovit.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import uk.ac.manchester.tornado.api.GridScheduler;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.TornadoExecutionPlan;
import uk.ac.manchester.tornado.api.WorkerGrid;
import uk.ac.manchester.tornado.api.WorkerGrid1D;
import uk.ac.manchester.tornado.api.WorkerGrid2D;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.enums.DataTransferMode;
import uk.ac.manchester.tornado.api.exceptions.TornadoBailoutRuntimeException;
import uk.ac.manchester.tornado.api.exceptions.TornadoExecutionPlanException;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** Work-items that end before a barrier hold nobody up, on every device. */
@Timeout(60)
class EarlyReturnTest {
    private static final int GROUP = 8;
    private static final int GRID = 48;

    static void sums(KernelContext c, IntArray x, IntArray sums, int n) {
        int l = c.localIdx;
        int[] part = c.allocateIntLocalArray(GROUP);
        part[l] = 0;
        c.localBarrier();
        if (c.globalIdx >= n) {
            return;
        }
        part[l] = x.get(c.globalIdx);
        for (int stride = c.localGroupSizeX / 2; stride > 0; stride >>= 1) {
            c.localBarrier();
            if (l < stride) {
                part[l] += part[l + stride];
            }
        }
        if (l == 0) {
            sums.set(c.groupIdx, part[0]);
        }
    }

    /** Leaves in turn t from item n - 5 t on; what is left goes on. */
    static void leaving(KernelContext c, IntArray x, IntArray turns, int n) {
        int[] first = c.allocateIntLocalArray(1);
        for (int t = 0; t < 6; t++) {
            if (c.globalIdx >= n - 5 * t) {
                turns.set(c.globalIdx, turns.get(c.globalIdx) + 1000);
                return;
            }
            if (c.localIdx == 0) {
                first[0] = x.get(c.globalIdx) + t;
            }
            c.localBarrier();
            turns.set(c.globalIdx, turns.get(c.globalIdx) + first[0]);
            c.localBarrier();
        }
        turns.set(c.globalIdx, -turns.get(c.globalIdx));
    }

    /** Each item leaves in a turn of its own, the loop has no other end. */
    static void endless(KernelContext c, IntArray x, IntArray turns, int n) {
        int[] first = c.allocateIntLocalArray(1);
        int t = 0;
        while (true) {
            if (c.localIdx == GROUP - 1) {
                first[0] = t;
            }
            c.localBarrier();
            turns.set(c.globalIdx, turns.get(c.globalIdx) + first[0] + n);
            if (t >= c.localIdx) {
                return;
            }
            c.localBarrier();
            t++;
        }
    }

    /** Items leave the loop in turns of their own, and what follows is for all. */
    static void broken(KernelContext c, IntArray x, IntArray turns, int n) {
        int[] first = c.allocateIntLocalArray(1);
        int t = 0;
        int sum = 0;
        found:
        {
            while (t < 6) {
                if (c.localIdx == GROUP - 1) {
                    first[0] = x.get(c.globalIdx) + t;
                }
                c.localBarrier();
                sum += first[0];
                c.localBarrier();
                if (t == c.localIdx) {
                    sum = -sum;
                    break;
                }
                if (t == 2 && c.localIdx == 5) {
                    break found;
                }
                t++;
            }
            for (int k = 0; k < 3; k++) {
                if (sum % 5 == k) {
                    break found;
                }
                sum += k + t;
            }
            sum += 1000;
        }
        turns.set(c.globalIdx, sum + n);
    }

    private static int broken(int local, int number, int n) {
        int t = 0;
        int sum = 0;
        while (t < 6) {
            sum += number + t;
            if (t == local) {
                sum = -sum;
                break;
            }
            if (t == 2 && local == 5) {
                return sum + n;
            }
            t++;
        }
        for (int k = 0; k < 3; k++) {
            if (sum % 5 == k) {
                return sum + n;
            }
            sum += k + t;
        }
        return sum + 1000 + n;
    }

    /** The bound of a loop with barriers lies in memory, and there only for groups with items. */
    static void counted(KernelContext c, IntArray counts, IntArray turns, int n) {
        int[] first = c.allocateIntLocalArray(1);
        if (c.globalIdx >= n) {
            return;
        }
        int count = counts.get(c.groupIdx);
        for (int t = 0; t < count; t++) {
            if (c.localIdx == 0) {
                first[0] = t;
            }
            c.localBarrier();
            turns.set(c.globalIdx, turns.get(c.globalIdx) + first[0] + 1);
            c.localBarrier();
        }
    }

    /** Product of n x n matrices in tiles of 4 x 4, of which those at the edge reach beyond. */
    static void product(KernelContext c, IntArray a, IntArray b, int n) {
        int row = c.globalIdy;
        int column = c.globalIdx;
        int[] left = c.allocateIntLocalArray(16);
        int[] right = c.allocateIntLocalArray(16);
        int at = c.localIdy * 4 + c.localIdx;
        int sum = 0;
        for (int tile = 0; tile < n; tile += 4) {
            int k = tile + c.localIdx;
            left[at] = row < n && k < n ? a.get(row * n + k) : 0;
            int m = tile + c.localIdy;
            right[at] = column < n && m < n ? a.get(m * n + column) : 0;
            c.localBarrier();
            for (int i = 0; i < 4; i++) {
                sum += left[c.localIdy * 4 + i] * right[i * 4 + c.localIdx];
            }
            c.localBarrier();
        }
        left[at] = sum;
        if (row >= n || column >= n) {
            return;
        }
        c.localBarrier();
        b.set(row * n + column, sum + left[0]);
    }

    static void apart(KernelContext c, IntArray x, IntArray y, int n) {
        int[] shared = c.allocateIntLocalArray(GROUP);
        if (c.localIdx < n) {
            shared[c.localIdx] = x.get(c.localIdx);
            c.localBarrier();
        }
        y.set(c.globalIdx, shared[c.localIdx % n]);
    }

    /** Item 5 reads behind the end, the others wait for it. */
    static void outside(KernelContext c, IntArray x, IntArray y, int n) {
        int[] shared = c.allocateIntLocalArray(GROUP);
        int i = c.globalIdx == 5 ? n : 0;
        shared[c.localIdx] = x.get(i);
        c.localBarrier();
        y.set(c.globalIdx, shared[GROUP - 1 - c.localIdx]);
    }

    static Stream<TornadoDevice> devices() {
        return OnDevices.all().stream();
    }

    static Stream<Arguments> devicesAndLengths() {
        return devices().flatMap(d -> Stream.of(1, 31, 37).map(n -> Arguments.of(d, n)));
    }

    private static IntArray numbers(int n) {
        IntArray x = new IntArray(n);
        for (int i = 0; i < n; i++) {
            x.set(i, i * i % 17 - 3);
        }
        return x;
    }

    private static void run(TornadoDevice device, WorkerGrid grid, TaskGraph graph, IntArray result)
            throws TornadoExecutionPlanException {
        TaskGraph whole = graph.transferToHost(DataTransferMode.EVERY_EXECUTION, result);
        try (var plan = new TornadoExecutionPlan(whole.snapshot())) {
            plan.withDevice(device).withGridScheduler(new GridScheduler("g.t", grid)).execute();
        }
    }

    private static WorkerGrid line(int items) {
        WorkerGrid grid = new WorkerGrid1D(items);
        grid.setLocalWork(GROUP, 1, 1);
        return grid;
    }

    private static TaskGraph given(Object... arrays) {
        return new TaskGraph("g").transferToDevice(DataTransferMode.EVERY_EXECUTION, arrays);
    }

    @ParameterizedTest
    @MethodSource("devicesAndLengths")
    void treesOfSums(TornadoDevice device, int n) throws Exception {
        IntArray x = numbers(n);
        IntArray sums = new IntArray(GRID / GROUP);
        TaskGraph graph =
                given(x, sums).task("t", EarlyReturnTest::sums, new KernelContext(), x, sums, n);
        run(device, line(GRID), graph, sums);
        for (int g = 0; g < GRID / GROUP; g++) {
            int expected = 0;
            for (int i = g * GROUP; i < Math.min(n, (g + 1) * GROUP); i++) {
                expected += x.get(i);
            }
            assertThat(sums.get(g)).as("group %d", g).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @MethodSource("devicesAndLengths")
    void returnsInALoopOfAllItems(TornadoDevice device, int n) throws Exception {
        IntArray x = numbers(n);
        IntArray turns = new IntArray(GRID);
        TaskGraph graph =
                given(x, turns)
                        .task("t", EarlyReturnTest::leaving, new KernelContext(), x, turns, n);
        run(device, line(GRID), graph, turns);
        for (int i = 0; i < GRID; i++) {
            int expected = 0;
            int t = 0;
            while (t < 6 && i < n - 5 * t) {
                expected += x.get(i / GROUP * GROUP) + t;
                t++;
            }
            assertThat(turns.get(i))
                    .as("item %d", i)
                    .isEqualTo(t == 6 ? -expected : expected + 1000);
        }
    }

    @ParameterizedTest
    @MethodSource("devicesAndLengths")
    void boundsOfLoopsInMemory(TornadoDevice device, int n) throws Exception {
        IntArray counts = new IntArray((n + GROUP - 1) / GROUP);
        for (int g = 0; g < counts.getSize(); g++) {
            counts.set(g, g % 3 + 1);
        }
        IntArray turns = new IntArray(GRID);
        TaskGraph graph =
                given(counts, turns)
                        .task("t", EarlyReturnTest::counted, new KernelContext(), counts, turns, n);
        run(device, line(GRID), graph, turns);
        for (int i = 0; i < GRID; i++) {
            int count = i < n ? counts.get(i / GROUP) : 0;
            assertThat(turns.get(i)).as("item %d", i).isEqualTo(count * (count + 1) / 2);
        }
    }

    @ParameterizedTest
    @MethodSource("devicesAndLengths")
    void tilesAtTheEdge(TornadoDevice device, int length) throws Exception {
        int n = Math.min(length, 13);
        IntArray a = numbers(n * n);
        IntArray b = new IntArray(n * n);
        TaskGraph graph =
                given(a, b).task("t", EarlyReturnTest::product, new KernelContext(), a, b, n);
        WorkerGrid grid = new WorkerGrid2D((n + 3) / 4 * 4, (n + 3) / 4 * 4);
        grid.setLocalWork(4, 4, 1);
        run(device, grid, graph, b);
        for (int i = 0; i < n * n; i++) {
            int corner = i / n / 4 * 4 * n + i % n / 4 * 4;
            assertThat(b.get(i)).as("%d", i).isEqualTo(square(a, n, i) + square(a, n, corner));
        }
    }

    private static int square(IntArray a, int n, int place) {
        int sum = 0;
        for (int k = 0; k < n; k++) {
            sum += a.get(place / n * n + k) * a.get(k * n + place % n);
        }
        return sum;
    }

    @ParameterizedTest
    @MethodSource("devices")
    void loopsThatItemsLeaveForWhatFollows(TornadoDevice device) throws Exception {
        IntArray x = numbers(GRID);
        IntArray turns = new IntArray(GRID);
        TaskGraph graph =
                given(x, turns)
                        .task("t", EarlyReturnTest::broken, new KernelContext(), x, turns, 7);
        run(device, line(GRID), graph, turns);
        for (int i = 0; i < GRID; i++) {
            int number = x.get(i / GROUP * GROUP + GROUP - 1);
            assertThat(turns.get(i)).as("item %d", i).isEqualTo(broken(i % GROUP, number, 7));
        }
    }

    @ParameterizedTest
    @MethodSource("devices")
    void loopsThatItemsLeaveOneByOne(TornadoDevice device) throws Exception {
        IntArray x = numbers(GRID);
        IntArray turns = new IntArray(GRID);
        TaskGraph graph =
                given(x, turns)
                        .task("t", EarlyReturnTest::endless, new KernelContext(), x, turns, 1);
        run(device, line(GRID), graph, turns);
        for (int i = 0; i < GRID; i++) {
            int last = i % GROUP;
            assertThat(turns.get(i)).isEqualTo(last * (last + 1) / 2 + last + 1);
        }
    }

    @ParameterizedTest
    @MethodSource("devices")
    void aBarrierThatOnlySomeReachIsRefusedBeforeAnythingRuns(TornadoDevice device) {
        IntArray x = numbers(GRID);
        IntArray y = new IntArray(GRID);
        TaskGraph graph =
                given(x, y).task("t", EarlyReturnTest::apart, new KernelContext(), x, y, 4);
        assertThatThrownBy(() -> run(device, line(GRID), graph, y))
                .isInstanceOf(TornadoBailoutRuntimeException.class)
                .hasMessageContaining("task g.t: EarlyReturnTest.apart:")
                .hasMessageContaining("whether a barrier is reached differs between the items");
    }

    @ParameterizedTest
    @MethodSource("devices")
    void aFailedCheckHoldsNobodyUp(TornadoDevice device) {
        IntArray x = numbers(3);
        IntArray y = new IntArray(GRID);
        TaskGraph graph =
                given(x, y).task("t", EarlyReturnTest::outside, new KernelContext(), x, y, 3);
        assertThatThrownBy(() -> run(device, line(GRID), graph, y))
                .hasMessageContaining("EarlyReturnTest.outside:")
                .hasMessageContaining("3");
    }
}
