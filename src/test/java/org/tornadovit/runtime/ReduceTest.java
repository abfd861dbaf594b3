package org.tornadovit.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Method;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tornadovit.frontend.ReduceKernels;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.types.arrays.DoubleArray;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;
import uk.ac.manchester.tornado.api.types.arrays.LongArray;

/** Reductions of any length give what Java gives: bits for integers, min and max. */
class ReduceTest {
    private static final int[] SIZES = {0, 1, 7, 2047, 4099, 40_001};

    private static Map<String, IntFunction<Object[]>> cases() {
        Map<String, IntFunction<Object[]>> cases = new LinkedHashMap<>();
        cases.put("sumInt", n -> list(ints(n), ints(1)));
        cases.put("sumFloat", n -> list(floats(n), floats(1)));
        cases.put("sumDouble", n -> list(doubles(n), doubles(1)));
        cases.put("sumLong", n -> list(longs(n), longs(1)));
        cases.put("product", n -> list(ints(n), ints(1)));
        cases.put("productFloat", n -> list(signs(n), new float[] {1}));
        cases.put("extremes", n -> list(floats(n), floats(1), floats(2)));
        cases.put("extremesLong", n -> list(longs(n), longs(2)));
        cases.put("several", n -> list(ints(n), ints(n), ints(3), 5));
        cases.put("nested", n -> list(ints(n), ints(1), Math.max(1, n / 50)));
        cases.put("rows", n -> list(floats(n), floats(Math.min(n, 10)), n / 10));
        cases.put("equalOperators", n -> list(ints(n), ints(3)));
        cases.put("unmarked", n -> list(ints(n), ints(2)));
        return cases;
    }

    @TestFactory
    Stream<DynamicTest> reductions() {
        return OnDevices.all().stream()
                .flatMap(device ->
                        cases().entrySet().stream()
                                .map(e ->
                                        DynamicTest.dynamicTest(
                                                device.getDeviceName() + " " + e.getKey(),
                                                () -> check(device, e.getKey(), e.getValue()))));
    }

    private static void check(TornadoDevice device, String name, IntFunction<Object[]> arguments) {
        Method method = Launch.method(ReduceKernels.class, name);
        for (int size : SIZES) {
            Object[] found = arguments.apply(size);
            Object[] wanted = arguments.apply(size);
            Launch.java(method, wanted);
            Launch.on(device, method, found);
            assertThat(Memory.of(found)).as(name + " of " + size).isEqualTo(Memory.of(wanted));
        }
    }

    @Test
    void sumsAreTheSameEachTime() {
        for (TornadoDevice device : OnDevices.all()) {
            List<Object> sums =
                    IntStream.range(0, 3)
                            .mapToObj(_ -> {
                                FloatArray sum = new FloatArray(1);
                                Method method = Launch.method(ReduceKernels.class, "sumFloat");
                                Launch.on(device, method, roots(100_003), sum);
                                return (Object) sum.get(0);
                            })
                            .toList();
            assertThat(sums).containsOnly(sums.getFirst());
            double exact = 0;
            for (int i = 0; i < 100_003; i++) {
                exact += Math.sqrt(i);
            }
            assertThat((Float) sums.getFirst()).isCloseTo((float) exact, within(exact * 1e-6));
        }
    }

    private static org.assertj.core.data.Offset<Float> within(double distance) {
        return org.assertj.core.api.Assertions.within((float) distance);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "shared",
                "horner",
                "fadingMaximum",
                "clippedSum",
                "twoOperators",
                "otherIndexMayBeTheSame",
                "readElsewhere",
                "storedElsewhere",
                "overwritten",
                "heldByLoop"
            })
    void anElementThatIterationsShareIsOnlyReduced(String name) {
        Method method = Launch.method(ReduceKernels.class, name);
        Object[] arguments =
                method.getParameterCount() == 2
                        ? list(ints(5), ints(2))
                        : list(ints(5), ints(2), 1);
        assertThatThrownBy(() -> Launch.on(OnDevices.all().getFirst(), method, arguments))
                .hasStackTraceContaining("which a parallel loop reduces")
                .hasStackTraceContaining("ReduceKernels." + name + ":");
    }

    /** Roots, whose sums are rounded: other orders would give other bits. */
    @Test
    void whatIsNoReductionOfConstantLengthKeepsItsOrder() {
        for (TornadoDevice device : OnDevices.all()) {
            same(device, "limitOfMemory", () -> list(one(30_011), roots(40_001), floats(1)));
            same(device, "sumsOfRows", () -> list(floats(5000), floats(5), 1000));
            same(device, "heldUnmarked", () -> list(ints(5), ints(2), ints(1)));
        }
    }

    private static IntArray one(int value) {
        return IntArray.fromElements(value);
    }

    private static void same(TornadoDevice device, String name, Supplier<Object[]> arguments) {
        Method method = Launch.method(ReduceKernels.class, name);
        Object[] found = arguments.get();
        Object[] wanted = arguments.get();
        Launch.java(method, wanted);
        Launch.on(device, method, found);
        assertThat(Memory.of(found))
                .as(device.getDeviceName() + " " + name)
                .isEqualTo(Memory.of(wanted));
    }

    private static Object[] list(Object... arguments) {
        return arguments;
    }

    private static IntArray ints(int size) {
        return IntArray.fromArray(new Random(size).ints(size).toArray());
    }

    private static LongArray longs(int size) {
        return LongArray.fromArray(new Random(size).longs(size).toArray());
    }

    /** Sums of these are exact in any order. */
    private static FloatArray floats(int size) {
        FloatArray array = new FloatArray(size);
        Random random = new Random(size);
        for (int i = 0; i < size; i++) {
            array.set(i, random.nextInt(-16, 16) * 0.25f);
        }
        return array;
    }

    private static FloatArray roots(int size) {
        FloatArray array = new FloatArray(size);
        for (int i = 0; i < size; i++) {
            array.set(i, (float) Math.sqrt(i));
        }
        return array;
    }

    private static float[] signs(int size) {
        float[] array = new float[size];
        for (int i = 0; i < size; i++) {
            array[i] = i % 3 - 1 + (i % 3) * (i % 2) * 2;
        }
        return array;
    }

    private static DoubleArray doubles(int size) {
        DoubleArray array = new DoubleArray(size);
        Random random = new Random(size);
        for (int i = 0; i < size; i++) {
            array.set(i, random.nextInt(-1000, 1000) * 0.125);
        }
        return array;
    }
}
