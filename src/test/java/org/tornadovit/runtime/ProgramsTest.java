package org.tornadovit.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.lang.reflect.Method;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.tornadovit.frontend.ProgramKernels;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.types.HalfFloat;
import uk.ac.manchester.tornado.api.types.arrays.BFloat16Array;
import uk.ac.manchester.tornado.api.types.arrays.ByteArray;
import uk.ac.manchester.tornado.api.types.arrays.CharArray;
import uk.ac.manchester.tornado.api.types.arrays.DoubleArray;
import uk.ac.manchester.tornado.api.types.arrays.FP8Array;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.HalfFloatArray;
import uk.ac.manchester.tornado.api.types.arrays.Int8Array;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;
import uk.ac.manchester.tornado.api.types.arrays.LongArray;
import uk.ac.manchester.tornado.api.types.arrays.ShortArray;

/** Programs give on each device, bit for bit, what their Java gives. */
class ProgramsTest {
    private static final int COUNT = 37;

    private static final double[] CORNERS = {
        0,
        -0.0,
        1,
        -1,
        0.5,
        -0.5,
        1.5,
        2.5,
        -2.5,
        0.49999999999999994,
        127.5,
        -129,
        32768.5,
        65537,
        -65536.7,
        2147483647.5,
        -2147483649.0,
        4294967297.25,
        9.3e18,
        -9.3e18,
        1e300,
        -1e300,
        Double.NaN,
        Double.POSITIVE_INFINITY,
        Double.NEGATIVE_INFINITY,
        Double.MIN_VALUE,
        3.5e38
    };

    private static Map<String, Supplier<Object[]>> cases() {
        Map<String, Supplier<Object[]>> cases = new LinkedHashMap<>();
        cases.put("cubes", () -> list(cubes(3, 4, 5), new int[3][4], new float[5][4][3]));
        cases.put("rows", () -> list(rows(5, 7), new int[5][7]));
        cases.put(
                "triangle",
                () ->
                        list(
                                new int[][] {{1, 2, 3}, {4}, {5, 6}, {}},
                                new float[][] {{0.5f, 1, 2}, {3, 4}, {5, 6}, {7}},
                                new long[4]));
        cases.put(
                "branches",
                () ->
                        list(
                                new double[][][] {{{1, 2}, {}, {3}}, {}, {{4, 5, 6}}},
                                new char[][] {{'a'}, {'b', 'c'}, {}}));
        cases.put("characters", ProgramsTest::characters);
        cases.put(
                "transposed",
                () -> list(new float[][] {{1, 2}, {3, 4}, {5, 6}}, new float[2][3], new double[2]));
        cases.put("ownRows", () -> list((Object) new long[13][2]));
        cases.put("searches", () -> list(ints(), new IntArray(COUNT)));
        cases.put("switches", () -> list(ints(), new IntArray(COUNT)));
        cases.put(
                "conversions",
                () ->
                        list(
                                DoubleArray.fromArray(CORNERS),
                                new LongArray(CORNERS.length),
                                new IntArray(CORNERS.length),
                                new ShortArray(CORNERS.length),
                                new CharArray(CORNERS.length),
                                new ByteArray(CORNERS.length)));
        cases.put("shifts", () -> list(ints(), longs(), new IntArray(COUNT), new LongArray(COUNT)));
        cases.put("counting", () -> list(new IntArray(31), 3, 13));
        cases.put("extremes", ProgramsTest::pairs);
        cases.put(
                "functions",
                () -> list(DoubleArray.fromArray(CORNERS), new DoubleArray(3 * CORNERS.length)));
        cases.put("max", () -> list(ints(), new IntArray(COUNT), 20));
        cases.put("zeros", () -> list(new FloatArray(COUNT), 3));
        cases.put(
                "inPlace",
                () -> {
                    IntArray both = ints();
                    return list(both, both);
                });
        cases.put(
                "twenty",
                () ->
                        list(
                                1,
                                2L,
                                3.5f,
                                4.5,
                                (short) 5,
                                (byte) 6,
                                '\u0007',
                                true,
                                9,
                                new int[COUNT],
                                new FloatArray(COUNT),
                                12,
                                13,
                                -14L));
        cases.put("small", ProgramsTest::small);
        cases.put("complexNumbers", () -> list(floats(), new FloatArray(COUNT)));
        cases.put("halves", () -> list(halves(), new HalfFloatArray(COUNT)));
        return cases;
    }

    @TestFactory
    Stream<DynamicTest> programs() {
        return OnDevices.all().stream()
                .flatMap(device ->
                        cases().entrySet().stream()
                                .map(e ->
                                        DynamicTest.dynamicTest(
                                                device.getDeviceName() + " " + e.getKey(),
                                                () -> check(device, e.getKey(), e.getValue()))));
    }

    private static void check(TornadoDevice device, String name, Supplier<Object[]> arguments) {
        Method method = Launch.method(ProgramKernels.class, name);
        Object[] found = arguments.get();
        Object[] wanted = arguments.get();
        Launch.java(method, wanted);
        Launch.on(device, method, found);
        if (!name.equals("functions")) {
            assertThat(Memory.of(found))
                    .as("%s on %s", name, device.getDeviceName())
                    .isEqualTo(Memory.of(wanted));
            return;
        }
        DoubleArray results = (DoubleArray) found[1];
        DoubleArray expected = (DoubleArray) wanted[1];
        for (int i = 0; i < results.getSize(); i++) {
            double x = expected.get(i);
            if (Double.isFinite(x)) { // Math.cbrt and Math.hypot are within 1 ulp themselves
                assertThat(results.get(i)).isCloseTo(x, within(2 * Math.ulp(x)));
            } else {
                assertThat((Object) results.get(i)).isEqualTo(x);
            }
        }
    }

    @Test
    void rowsOfDifferentLengths() {
        Method method = Launch.method(ProgramKernels.class, "rows");
        for (TornadoDevice device : OnDevices.all()) {
            int[][] out = {{0, 0}, {0}};
            assertThatThrownBy(() -> Launch.on(device, method, new int[][] {{1}, {2, 3}}, out))
                    .as("a row ends before the next one")
                    .hasStackTraceContaining("index 1 is out of bounds")
                    .hasStackTraceContaining("ProgramKernels.rows:");
            assertThatThrownBy(() -> Launch.on(device, method, new int[][] {{1}, null}, out))
                    .hasStackTraceContaining("null instead of an array");
            assertThatThrownBy(() -> Launch.on(device, method, new int[2][3], new int[2][2]))
                    .hasStackTraceContaining("ProgramKernels.rows:")
                    .hasStackTraceContaining("2");
        }
    }

    private static Object[] list(Object... arguments) {
        return arguments;
    }

    private static int[][][] cubes(int planes, int rows, int columns) {
        int[][][] array = new int[planes][][];
        for (int i = 0; i < planes; i++) {
            array[i] = rows(rows, columns);
            array[i][0][0] = 100 * i;
        }
        return array;
    }

    private static Object[] characters() {
        char[] text = "a7Z \t\u00e9\u0664\u4e2d\u01c5\ufffe_\u00df".toCharArray();
        int[] points = {
            'q', 'Q', '5', -1, 0x110000, 0x10400, 0x1d7d8, 0x216b, 'x', 0, 1 << 30, 'E'
        };
        return list(text, points, new int[text.length], new char[text.length]);
    }

    private static int[][] rows(int rows, int columns) {
        int[][] array = new int[rows][columns];
        for (int i = 0; i < rows * columns; i++) {
            array[i / columns][i % columns] = i * i;
        }
        return array;
    }

    private static IntArray ints() {
        return IntArray.fromArray(new Random(1).ints(COUNT, -50, 90).toArray());
    }

    private static LongArray longs() {
        return LongArray.fromArray(new Random(2).longs(COUNT).toArray());
    }

    private static FloatArray floats() {
        FloatArray array = new FloatArray(COUNT);
        for (int i = 0; i < COUNT; i++) {
            array.set(i, i * 0.375f - 5);
        }
        return array;
    }

    private static HalfFloatArray halves() {
        HalfFloatArray array = new HalfFloatArray(COUNT);
        for (int i = 0; i < COUNT; i++) {
            array.set(i, new HalfFloat((i - 9) * 1.37f));
        }
        return array;
    }

    private static Object[] pairs() {
        int n = CORNERS.length;
        FloatArray a = new FloatArray(n * n);
        FloatArray b = new FloatArray(n * n);
        for (int i = 0; i < n * n; i++) {
            a.set(i, (float) CORNERS[i / n]);
            b.set(i, (float) CORNERS[i % n]);
        }
        return list(a, b, new FloatArray(4 * n * n), new DoubleArray(2 * n * n));
    }

    private static Object[] small() {
        Int8Array a = new Int8Array(4 * COUNT);
        Int8Array b = new Int8Array(4 * COUNT);
        FP8Array c = new FP8Array(COUNT);
        BFloat16Array e = new BFloat16Array(COUNT);
        for (int i = 0; i < 4 * COUNT; i++) {
            a.set(i, (byte) (i * 31));
            b.set(i, (byte) (i * 17 + 3));
        }
        for (int i = 0; i < COUNT; i++) {
            c.set(i, (byte) (i * 7));
            e.setFloat(i, i / 7f);
        }
        return list(a, b, c, e, new FloatArray(2 * COUNT));
    }
}
