package org.tornadovit.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Method;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tornadovit.frontend.Recompiled;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.TornadoExecutionPlan;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.enums.DataTransferMode;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** The forms that the code of a task can have, on each device. */
class FormsTest {
    private static final int SIZE = 29;

    static List<TornadoDevice> devices() {
        return OnDevices.all();
    }

    /** Fields that a subclass inherits. */
    static class Base {
        protected int offset = 5;
        protected final FloatArray table = FloatArray.fromElements(1.5f, 2.5f, -3f);
    }

    /** A kernel that is a method of an object. */
    static final class Derived extends Base {
        private final float scale = 0.5f;

        void apply(IntArray a, FloatArray out) {
            for (@Parallel int i = 0; i < a.getSize(); i++) {
                out.set(i, step(a.get(i)) + table.get(i % 3));
            }
        }

        private float step(int x) {
            return (x + offset) * scale;
        }
    }

    private static IntArray ramp() {
        IntArray a = new IntArray(SIZE);
        for (int i = 0; i < SIZE; i++) {
            a.set(i, i - 7);
        }
        return a;
    }

    private static void run(TornadoDevice device, TaskGraph graph) throws Exception {
        try (TornadoExecutionPlan plan = new TornadoExecutionPlan(graph.snapshot())) {
            plan.withDevice(device).execute();
        }
    }

    @ParameterizedTest
    @MethodSource("devices")
    void methodsOfAnObjectWithInheritedFields(TornadoDevice device) throws Exception {
        IntArray a = ramp();
        FloatArray out = new FloatArray(SIZE);
        Derived derived = new Derived();
        derived.offset = 11;
        run(
                device,
                new TaskGraph("g")
                        .transferToDevice(DataTransferMode.EVERY_EXECUTION, a)
                        .task("t", derived::apply, a, out)
                        .transferToHost(DataTransferMode.EVERY_EXECUTION, out));
        FloatArray expected = new FloatArray(SIZE);
        derived.apply(a, expected);
        assertThat(out.toHeapArray()).isEqualTo(expected.toHeapArray());
    }

    @ParameterizedTest
    @MethodSource("devices")
    void lambdasWithBodies(TornadoDevice device) throws Exception {
        IntArray a = ramp();
        IntArray out = new IntArray(SIZE);
        int captured = 3;
        int[] table = {1, 20, 300};
        run(
                device,
                new TaskGraph("g")
                        .transferToDevice(DataTransferMode.EVERY_EXECUTION, a)
                        .task(
                                "t",
                                (IntArray x, IntArray y) -> {
                                    for (@Parallel int i = 0; i < x.getSize(); i++) {
                                        y.set(i, x.get(i) * captured + table[i % 3]);
                                    }
                                },
                                a,
                                out)
                        .transferToHost(DataTransferMode.EVERY_EXECUTION, out));
        for (int i = 0; i < SIZE; i++) {
            assertThat(out.get(i)).isEqualTo(a.get(i) * 3 + table[i % 3]);
        }
    }

    @ParameterizedTest
    @MethodSource("devices")
    void aClassOfAnotherLoaderWithoutDebugInformation(TornadoDevice device) {
        String source =
                """
                import uk.ac.manchester.tornado.api.annotations.Parallel;
                public class Elsewhere {
                    static class Pair { int x; int y; Pair(int x, int y) { this.x = x; this.y = y; } }
                    static java.lang.invoke.MethodHandles.Lookup lookup() {
                        return java.lang.invoke.MethodHandles.lookup();
                    }
                    static int half(int x) { return x >>> 1; }
                    public static void kernel(int[] a, int[] out) {
                        for (@Parallel int i = 0; i < a.length; i++) {
                            Pair p = new Pair(a[i], half(a[i]));
                            out[i] = p.x > 0 ? p.y : -p.y;
                        }
                    }
                }
                """;
        Class<?> type = Recompiled.of("Elsewhere", source, "-g:none");
        Method kernel = Launch.method(type, "kernel");
        int[] a = ramp().toHeapArray();
        int[] out = new int[SIZE];
        int[] expected = new int[SIZE];
        Launch.on(device, kernel, a, out);
        Launch.java(kernel, a, expected);
        assertThat(out).isEqualTo(expected);
    }

    static void divide(IntArray a, FloatArray out) {
        for (@Parallel int i = 0; i < a.getSize(); i++) {
            out.set(i, 100 / a.get(i) + 0.25f);
        }
    }

    @ParameterizedTest
    @MethodSource("devices")
    void divisionByZeroIsReported(TornadoDevice device) {
        assertThatThrownBy(() ->
                        Launch.on(
                                device,
                                Launch.method(FormsTest.class, "divide"),
                                ramp(),
                                new FloatArray(SIZE)))
                .hasStackTraceContaining("FormsTest.divide");
    }

    @ParameterizedTest
    @MethodSource("devices")
    void aLocaleWithOtherDigitsAndLetters(TornadoDevice device) {
        Locale before = Locale.getDefault();
        try {
            for (String tag : new String[] {"tr-TR", "ar-EG-u-nu-arab", "de-DE"}) {
                Locale.setDefault(Locale.forLanguageTag(tag));
                IntArray a = IntArray.fromElements(3, -4, 7);
                FloatArray out = new FloatArray(3);
                Launch.on(device, Launch.method(FormsTest.class, "divide"), a, out);
                assertThat(out.toHeapArray()).containsExactly(33.25f, -24.75f, 14.25f);
            }
        } finally {
            Locale.setDefault(before);
        }
    }
}
