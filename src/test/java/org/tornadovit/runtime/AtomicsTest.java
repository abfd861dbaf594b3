package org.tornadovit.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tornadovit.frontend.AtomicKernels;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.types.HalfFloat;
import uk.ac.manchester.tornado.api.types.arrays.ByteArray;
import uk.ac.manchester.tornado.api.types.arrays.DoubleArray;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.HalfFloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;
import uk.ac.manchester.tornado.api.types.arrays.LongArray;

/** Atomic numbers, and operations among the work-items of a group. */
class AtomicsTest {
    private static final int ITEMS = 44;

    static List<TornadoDevice> devices() {
        return OnDevices.all();
    }

    private static Method kernel(String name) {
        return Launch.method(AtomicKernels.class, name);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 37, 5003})
    void counters(int size) {
        IntArray a = IntArray.fromArray(new Random(size).ints(size).toArray());
        AtomicInteger even = new AtomicInteger(3);
        AtomicLong sum = new AtomicLong(-5);
        Launch.java(kernel("count"), a, even, sum);
        for (TornadoDevice device : devices()) {
            AtomicInteger found = new AtomicInteger(3);
            AtomicLong total = new AtomicLong(-5);
            Launch.on(device, kernel("count"), a, found, total);
            assertThat(found.get()).isEqualTo(even.get());
            assertThat(total.get()).isEqualTo(sum.get());
        }
    }

    @ParameterizedTest
    @MethodSource("devices")
    void everyIterationGetsATicketOfItsOwn(TornadoDevice device) {
        IntArray taken = new IntArray(1001);
        AtomicInteger next = new AtomicInteger();
        Launch.on(device, kernel("tickets"), taken, next);
        assertThat(taken.toHeapArray()).containsOnly(1);
        assertThat(next.get()).isEqualTo(1001);
    }

    @ParameterizedTest
    @MethodSource("devices")
    void aCounterOfTheKernel(TornadoDevice device) {
        IntArray out = new IntArray(13);
        Launch.on(device, kernel("own"), out);
        assertThat(out.toHeapArray()).containsOnly(9, 8, 7, 6, 5, 4, 3, 2, 1, 0, -1, -2, -3);
    }

    @ParameterizedTest
    @MethodSource("devices")
    void allTypes(TornadoDevice device) {
        IntArray a = new IntArray(3);
        LongArray b = LongArray.fromElements(7);
        FloatArray c = new FloatArray(2);
        DoubleArray d = new DoubleArray(1);
        int[] e = {1, 2};
        Launch.items(device, kernel("items"), ITEMS, 4, new KernelContext(), a, b, c, d, e);
        int[] expected = new int[3];
        for (int i = 0; i < ITEMS; i++) {
            expected[i % 3] += i;
        }
        int all = ITEMS * (ITEMS - 1) / 2;
        assertThat(a.toHeapArray()).isEqualTo(expected);
        assertThat(b.get(0)).isEqualTo(7 + 10_000_000_000L * all);
        assertThat(c.toHeapArray()).containsExactly(ITEMS / 4f, ITEMS / 4f);
        assertThat(d.get(0)).isEqualTo(ITEMS / 4.0);
        assertThat(e).containsExactly(1, 2 - all);
    }

    @ParameterizedTest
    @MethodSource("devices")
    void inLocalMemory(TornadoDevice device) {
        IntArray out = new IntArray(ITEMS);
        AtomicInteger total = new AtomicInteger();
        Launch.items(device, kernel("groupCounts"), ITEMS, 4, new KernelContext(), out, total);
        for (int i = 0; i < ITEMS; i++) {
            assertThat(out.get(i)).isEqualTo(i % 4 < 2 ? 2 : 0);
        }
        assertThat(total.get()).isEqualTo(ITEMS * 2);
    }

    @ParameterizedTest
    @MethodSource("devices")
    void amongNeighbours(TornadoDevice device) {
        int items = 144; // groups of 72: two SIMD groups of 32 and one of 8
        FloatArray a = new FloatArray(items);
        for (int i = 0; i < items; i++) {
            a.set(i, i * i % 19);
        }
        FloatArray out = new FloatArray(3 * items);
        Launch.items(device, kernel("simd"), items, 72, new KernelContext(), a, out);
        for (int i = 0; i < items; i++) {
            int group = i / 72 * 72;
            int first = group + (i - group) / 32 * 32;
            int end = Math.min(first + 32, group + 72);
            float sum = 0;
            for (int k = first; k < end; k++) {
                sum += a.get(k);
            }
            assertThat(out.get(3 * i)).isEqualTo(sum);
            assertThat(out.get(3 * i + 1)).isEqualTo(a.get(i + 1 < end ? i + 1 : i));
            if (end - first == 32) {
                assertThat(out.get(3 * i + 2)).isEqualTo(sum);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("devices")
    void tilesOfMatrices(TornadoDevice device) {
        FloatArray a = new FloatArray(8 * 16);
        FloatArray b = new FloatArray(16 * 8);
        for (int i = 0; i < a.getSize(); i++) {
            a.set(i, i % 7 - 3);
            b.set(i, i % 5 - 2);
        }
        FloatArray c = new FloatArray(64);
        FloatArray d = new FloatArray(64);
        Launch.items(device, kernel("tiles"), 4, 4, new KernelContext(), a, b, c, d);
        for (int i = 0; i < 64; i++) {
            float sum = 0;
            for (int k = 0; k < 16; k++) {
                sum += a.get(i / 8 * 16 + k) * b.get(k * 8 + i % 8);
            }
            assertThat(c.get(i)).isEqualTo(sum);
            assertThat(d.get(i)).isEqualTo(sum);
        }
    }

    @ParameterizedTest
    @MethodSource("devices")
    void copiesToLocalMemory(TornadoDevice device) {
        ByteArray a = new ByteArray(32);
        HalfFloatArray b = new HalfFloatArray(32);
        for (int i = 0; i < 32; i++) {
            a.set(i, (byte) (i * 37));
            b.set(i, new HalfFloat(i - 9.5f));
        }
        IntArray out = new IntArray(8);
        FloatArray halves = new FloatArray(4);
        Launch.items(device, kernel("copies"), 4, 4, new KernelContext(), a, b, out, halves);
        for (int i = 0; i < 4; i++) {
            int bytes = 0;
            for (int k = 3; k >= 0; k--) {
                bytes = bytes << 8 | a.get(3 + 4 * i + k) & 0xff;
            }
            assertThat(out.get(i)).isEqualTo(bytes);
            int low = b.get(2 + 2 * i).getHalfFloatValue() & 0xffff;
            assertThat(out.get(4 + i)).isEqualTo(b.get(3 + 2 * i).getHalfFloatValue() << 16 | low);
            assertThat(halves.get(i)).isEqualTo(b.get(i * 4 + 3 - i).getFloat32());
        }
    }
}
