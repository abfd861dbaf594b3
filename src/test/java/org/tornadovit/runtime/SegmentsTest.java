package org.tornadovit.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.reflect.Method;
import java.nio.ByteOrder;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.TornadoMemorySegment;

/** Memory segments as arguments, on each device as in Java. */
class SegmentsTest {
    private static final int COUNT = 21;

    private static final ValueLayout.OfFloat FLOATS = ValueLayout.JAVA_FLOAT;

    private static final ValueLayout.OfInt BIG =
            ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

    static void floats(MemorySegment a, MemorySegment b, FloatArray sums) {
        for (@Parallel int i = 0; i < sums.getSize(); i++) {
            float x = a.getAtIndex(FLOATS, i);
            sums.set(i, x + a.get(ValueLayout.JAVA_FLOAT, 4L * (i / 2) + 4));
            b.setAtIndex(FLOATS, i, 2 * x);
        }
    }

    static void doubles(MemorySegment a, int n) {
        for (@Parallel int i = 0; i < n; i++) {
            a.set(ValueLayout.JAVA_DOUBLE, 8L * i, a.get(ValueLayout.JAVA_DOUBLE, i * 8L) * i);
        }
    }

    /** A header of bytes and shorts, then numbers where no type has its place. */
    static void mixed(MemorySegment a, MemorySegment b, long[] out, int n) {
        for (@Parallel int i = 0; i < n; i++) {
            long at = 29L * i;
            byte kind = a.get(ValueLayout.JAVA_BYTE, at);
            short s = a.get(ValueLayout.JAVA_SHORT_UNALIGNED, at + 1);
            char c = a.get(ValueLayout.JAVA_CHAR_UNALIGNED, at + 3);
            int x = a.get(ValueLayout.JAVA_INT_UNALIGNED, at + 5);
            long y = a.get(ValueLayout.JAVA_LONG_UNALIGNED, at + 9);
            double z = a.get(ValueLayout.JAVA_DOUBLE_UNALIGNED, at + 17);
            out[i] = kind + s * 3L + c + x * 5L + y + (long) z + a.get(BIG, at + 25);
            b.set(ValueLayout.JAVA_LONG_UNALIGNED, at + 1, y * 3);
            b.set(ValueLayout.JAVA_FLOAT_UNALIGNED, at + 9, (float) z);
            b.set(ValueLayout.JAVA_DOUBLE_UNALIGNED, at + 13, z / 3);
            b.set(BIG, at + 21, x);
            b.set(ValueLayout.JAVA_BOOLEAN, at + 25, s > 0);
            b.set(ValueLayout.JAVA_SHORT_UNALIGNED, at + 26, s);
            b.set(ValueLayout.JAVA_BYTE, at + 28, (byte) a.byteSize());
        }
    }

    static void wrapped(TornadoMemorySegment a, int n) {
        for (@Parallel int i = 0; i < n; i++) {
            a.setAtIndex(i, a.getIntAtIndex(i, 4) * 3, 4);
        }
    }

    /** Rows of floats, each behind a header of bytes. */
    static void slices(MemorySegment a, MemorySegment out, int columns) {
        int rows = (int) (a.byteSize() / (4L * columns + 8));
        for (@Parallel int i = 0; i < rows; i++) {
            MemorySegment row = a.asSlice((4L * columns + 8) * i);
            MemorySegment body = row.asSlice(8, 4L * columns);
            float sum = 0;
            for (int j = 0; j < columns; j++) {
                sum += body.getAtIndex(FLOATS, j);
            }
            body.set(FLOATS, 4, body.byteSize() + row.byteSize());
            MemorySegment result = out.asSlice(i * 5L, 5);
            result.set(ValueLayout.JAVA_FLOAT_UNALIGNED, 1, sum);
            result.set(ValueLayout.JAVA_BYTE, 0, row.get(ValueLayout.JAVA_BYTE, 3));
        }
    }

    static void sliceOf(MemorySegment a, int from, int size, int at) {
        a.asSlice(from, size).set(ValueLayout.JAVA_INT, at, 1);
    }

    static List<TornadoDevice> devices() {
        return OnDevices.all();
    }

    private static Method method(String name) {
        return Launch.method(SegmentsTest.class, name);
    }

    private static MemorySegment bytes(int size, int seed) {
        MemorySegment bytes = Arena.ofAuto().allocate(size, 8);
        for (int i = 0; i < size; i++) {
            bytes.set(ValueLayout.JAVA_BYTE, i, (byte) (i * 37 + seed));
        }
        return bytes;
    }

    private static byte[] content(MemorySegment segment) {
        return segment.toArray(ValueLayout.JAVA_BYTE);
    }

    @ParameterizedTest
    @MethodSource("devices")
    void elementsOfOneType(TornadoDevice device) {
        MemorySegment a = Arena.ofAuto().allocate(4 * COUNT, 4);
        for (int i = 0; i < COUNT; i++) {
            a.setAtIndex(ValueLayout.JAVA_FLOAT, i, i * 1.25f - 3);
        }
        MemorySegment b = MemorySegment.ofArray(new float[COUNT]);
        MemorySegment expected = MemorySegment.ofArray(new float[COUNT]);
        FloatArray sums = new FloatArray(COUNT);
        FloatArray wanted = new FloatArray(COUNT);
        Launch.on(device, method("floats"), a, b, sums);
        Launch.java(method("floats"), a, expected, wanted);
        assertThat(content(b)).isEqualTo(content(expected));
        assertThat(sums.toHeapArray()).isEqualTo(wanted.toHeapArray());
    }

    @ParameterizedTest
    @MethodSource("devices")
    void elementsByTheirBytes(TornadoDevice device) {
        MemorySegment a = MemorySegment.ofArray(new double[] {1, 2.5, -3, 4, 5});
        MemorySegment b = MemorySegment.ofArray(new double[] {1, 2.5, -3, 4, 5});
        Launch.on(device, method("doubles"), a, 5);
        Launch.java(method("doubles"), b, 5);
        assertThat(content(a)).isEqualTo(content(b));
    }

    @ParameterizedTest
    @MethodSource("devices")
    void allTypesInOne(TornadoDevice device) {
        MemorySegment a = bytes(29 * COUNT + 4, 11);
        MemorySegment b = bytes(29 * COUNT, 3);
        MemorySegment c = bytes(29 * COUNT, 3);
        long[] out = new long[COUNT];
        long[] expected = new long[COUNT];
        Launch.on(device, method("mixed"), a, b, out, COUNT);
        Launch.java(method("mixed"), a, c, expected, COUNT);
        assertThat(content(b)).isEqualTo(content(c));
        assertThat(out).isEqualTo(expected);
    }

    @ParameterizedTest
    @MethodSource("devices")
    void wrappedInAnObject(TornadoDevice device) {
        TornadoMemorySegment a = new TornadoMemorySegment(16 + 4 * COUNT, COUNT);
        TornadoMemorySegment b = new TornadoMemorySegment(16 + 4 * COUNT, COUNT);
        for (int i = 0; i < COUNT; i++) {
            a.setAtIndex(i, 7 * i, 4);
            b.setAtIndex(i, 7 * i, 4);
        }
        Launch.on(device, method("wrapped"), a, COUNT);
        Launch.java(method("wrapped"), b, COUNT);
        assertThat(content(a.getSegment())).isEqualTo(content(b.getSegment()));
    }

    @ParameterizedTest
    @MethodSource("devices")
    void behindTheEnd(TornadoDevice device) {
        MemorySegment a = MemorySegment.ofArray(new double[4]);
        assertThatThrownBy(() -> Launch.on(device, method("doubles"), a, 5))
                .hasStackTraceContaining("index 4 is out of bounds")
                .hasStackTraceContaining("SegmentsTest.doubles:");
    }

    @ParameterizedTest
    @MethodSource("devices")
    void slicesOfSegments(TornadoDevice device) {
        MemorySegment a = bytes(7 * 28, 5);
        MemorySegment b = bytes(7 * 28, 5);
        for (int i = 0; i < 7 * 7; i++) {
            a.setAtIndex(FLOATS, i, i * 0.5f);
            b.setAtIndex(FLOATS, i, i * 0.5f);
        }
        MemorySegment out = bytes(35, 0);
        MemorySegment expected = bytes(35, 0);
        Launch.on(device, method("slices"), a, out, 5);
        Launch.java(method("slices"), b, expected, 5);
        assertThat(content(out)).isEqualTo(content(expected));
        assertThat(content(a)).isEqualTo(content(b));
    }

    @ParameterizedTest
    @MethodSource("devices")
    void behindTheEndOfASlice(TornadoDevice device) {
        MemorySegment a = bytes(64, 5);
        Launch.on(device, method("sliceOf"), a, 8, 16, 12);
        assertThat(a.get(ValueLayout.JAVA_INT, 20)).isOne();
        int[][] wrong = {{8, 16, 13}, {8, 16, -4}, {56, 16, 0}, {-8, 16, 0}};
        for (int[] w : wrong) {
            assertThatThrownBy(() -> Launch.on(device, method("sliceOf"), a, w[0], w[1], w[2]))
                    .hasStackTraceContaining("is out of bounds at SegmentsTest.sliceOf:");
        }
        assertThatThrownBy(() -> Launch.on(device, method("sliceOf"), a, 8, -1, 0))
                .hasStackTraceContaining("-1 elements at SegmentsTest.sliceOf:");
    }
}
