package org.tornadovit.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** Groups that meet in a branch which other groups skip, on every device. */
@Timeout(60)
class BranchBarriersTest {
    private static final int GROUP = 16;
    private static final int GRID = 64;

    /** Behind the barriers a branch that not all items take ends the branch of the group. */
    static void someAfter(KernelContext c, IntArray x, IntArray out, int turns) {
        int i = c.globalIdx;
        int value = x.get(i);
        if (c.groupIdx % 2 == 0) {
            for (int k = turns; k > 0; k--) {
                c.localBarrier();
            }
            if (c.localIdx < 5) {
                value += x.get(i);
            }
        }
        out.set(i, value);
    }

    /** One side has such a branch, the other a barrier in a branch of its own. */
    static void onTheOtherSide(KernelContext c, IntArray x, IntArray out, int unused) {
        int i = c.globalIdx;
        int[] shared = c.allocateIntLocalArray(GROUP);
        shared[c.localIdx] = x.get(i);
        int a = x.get(i);
        int b = x.get(GRID - 1 - i);
        if (c.groupIdx < 2) {
            if (b >= 0) {
                a = a - b;
            }
            b = a + 45;
        } else {
            if (c.groupIdx % 2 == 0) {
                a = Math.max(a, b);
                c.localBarrier();
                b = shared[GROUP - 1 - c.localIdx];
            }
        }
        out.set(i, a * 1000 + b);
    }

    static Stream<TornadoDevice> devices() {
        return OnDevices.all().stream();
    }

    @ParameterizedTest
    @MethodSource("devices")
    void someItemsAfterABarrier(TornadoDevice device) {
        for (int turns = 0; turns < 4; turns++) {
            assertThat(run(device, "someAfter", turns))
                    .as("%d barriers", turns)
                    .containsExactly(
                            IntStream.range(0, GRID)
                                    .map(i -> i / GROUP % 2 == 0 && i % GROUP < 5 ? 2 * x(i) : x(i))
                                    .toArray());
        }
    }

    @ParameterizedTest
    @MethodSource("devices")
    void barrierOnTheOtherSide(TornadoDevice device) {
        assertThat(run(device, "onTheOtherSide", 0))
                .containsExactly(IntStream.range(0, GRID).map(BranchBarriersTest::other).toArray());
    }

    private static int other(int i) {
        int group = i / GROUP;
        int a = x(i);
        int b = x(GRID - 1 - i);
        if (group < 2) {
            a = b >= 0 ? a - b : a;
            b = a + 45;
        } else if (group % 2 == 0) {
            a = Math.max(a, b);
            b = x(group * GROUP + GROUP - 1 - i % GROUP);
        }
        return a * 1000 + b;
    }

    private static int[] run(TornadoDevice device, String kernel, int turns) {
        IntArray x =
                IntArray.fromArray(IntStream.range(0, GRID).map(BranchBarriersTest::x).toArray());
        IntArray out = new IntArray(GRID);
        Launch.items(
                device,
                Launch.method(BranchBarriersTest.class, kernel),
                GRID,
                GROUP,
                new KernelContext(),
                x,
                out,
                turns);
        return out.toHeapArray();
    }

    private static int x(int i) {
        return (i * 37 + 11) % 101 - 50;
    }
}
