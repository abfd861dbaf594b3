package org.tornadovit.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import uk.ac.manchester.tornado.api.ImmutableTaskGraph;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.TornadoExecutionPlan;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.annotations.Reduce;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.enums.DataTransferMode;
import uk.ac.manchester.tornado.api.exceptions.TornadoRuntimeException;
import uk.ac.manchester.tornado.api.types.BFloat16;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** Arrays of floats that devices store in 16 bits. */
class StorageTest {
    private static final int ROWS = 19;
    private static final int COLUMNS = 37;
    private static final int INNER = 53;

    /** A format, and what a float becomes in it. */
    record Format(String word, UnaryOperator<Float> rounded) {
        float round(float x) {
            return rounded.apply(x);
        }

        @Override
        public String toString() {
            return word;
        }
    }

    private static final List<Format> FORMATS =
            List.of(
                    new Format("fp16", x -> Float.float16ToFloat(Float.floatToFloat16(x))),
                    new Format(
                            "bf16",
                            x -> Float.intBitsToFloat(BFloat16.bf16FromFloat(x) << Short.SIZE)));

    record Case(TornadoDevice device, Format format) {
        @Override
        public String toString() {
            return device.getDeviceName() + " " + format;
        }
    }

    static List<Case> cases() {
        return OnDevices.all().stream()
                .flatMap(device -> FORMATS.stream().map(format -> new Case(device, format)))
                .toList();
    }

    static void scale(FloatArray a, FloatArray b) {
        for (@Parallel int i = 0; i < b.getSize(); i++) {
            b.set(i, a.get(i) * 0.75f + i);
        }
    }

    static void add(FloatArray a, FloatArray b, FloatArray c) {
        for (@Parallel int i = 0; i < c.getSize(); i++) {
            c.set(i, a.get(i) + b.get(i));
        }
    }

    static void multiply(FloatArray a, FloatArray b, FloatArray c, int rows, int columns, int n) {
        for (@Parallel int i = 0; i < rows; i++) {
            for (@Parallel int j = 0; j < columns; j++) {
                float sum = 0;
                for (int k = 0; k < n; k++) {
                    sum += a.get(i * n + k) * b.get(j * n + k);
                }
                c.set(i * columns + j, sum);
            }
        }
    }

    static void sum(FloatArray a, @Reduce FloatArray result) {
        for (@Parallel int i = 0; i < a.getSize(); i++) {
            result.set(0, result.get(0) + a.get(i));
        }
    }

    static void scaleHeap(float[] a, FloatArray b) {
        for (@Parallel int i = 0; i < a.length; i++) {
            b.set(i, a[i] * 2);
        }
    }

    static void count(int[] a, double[] b, FloatArray c) {
        for (@Parallel int i = 0; i < a.length; i++) {
            c.set(i, a[i] + (float) b[i] + c.get(i));
            b[i] += 1e-9;
        }
    }

    private static FloatArray random(int length, long seed) {
        Random random = new Random(seed);
        FloatArray array = new FloatArray(length);
        for (int i = 0; i < length; i++) {
            array.set(i, random.nextFloat(-2, 2));
        }
        return array;
    }

    private static void run(Case on, ImmutableTaskGraph... graphs) throws Exception {
        try (TornadoExecutionPlan plan = new TornadoExecutionPlan(graphs)) {
            plan.withDevice(on.device());
            plan.withCompilerFlags(
                    on.device().getTornadoVMBackend(), "-tornadovit-storage=" + on.format().word());
            plan.execute();
            plan.execute();
        }
    }

    private static TaskGraph on(Object... inputs) {
        return new TaskGraph("g").transferToDevice(DataTransferMode.EVERY_EXECUTION, inputs);
    }

    /** Each value is rounded when it is stored, and only then. */
    @ParameterizedTest
    @MethodSource("cases")
    void storesRound(Case on) throws Exception {
        FloatArray a = random(101, 1);
        FloatArray b = new FloatArray(101);
        FloatArray c = new FloatArray(101);
        run(
                on,
                on(a).task("scale", StorageTest::scale, a, b)
                        .task("add", StorageTest::add, a, b, c)
                        .transferToHost(DataTransferMode.EVERY_EXECUTION, b, c)
                        .snapshot());
        Format format = on.format();
        for (int i = 0; i < 101; i++) {
            float x = format.round(a.get(i));
            float once = format.round(x * 0.75f + i);
            float fused = format.round(Math.fma(x, 0.75f, i));
            assertThat(b.get(i)).isIn(once, fused);
            assertThat(c.get(i)).isEqualTo(format.round(x + b.get(i)));
        }
    }

    /** Sums stay binary32: the error is that of the inputs and one rounding of the result. */
    @ParameterizedTest
    @MethodSource("cases")
    void sumsAreNotRounded(Case on) throws Exception {
        FloatArray a = random(ROWS * INNER, 2);
        FloatArray b = random(COLUMNS * INNER, 3);
        FloatArray c = new FloatArray(ROWS * COLUMNS);
        run(
                on,
                new TaskGraph("g")
                        .transferToDevice(DataTransferMode.EVERY_EXECUTION, a)
                        .transferToDevice(DataTransferMode.FIRST_EXECUTION, b)
                        .task("mul", StorageTest::multiply, a, b, c, ROWS, COLUMNS, INNER)
                        .transferToHost(DataTransferMode.EVERY_EXECUTION, c)
                        .snapshot());
        Format format = on.format();
        for (int i = 0; i < ROWS; i++) {
            for (int j = 0; j < COLUMNS; j++) {
                double sum = 0;
                for (int k = 0; k < INNER; k++) {
                    double x = format.round(a.get(i * INNER + k));
                    sum += x * format.round(b.get(j * INNER + k));
                }
                float found = c.get(i * COLUMNS + j);
                assertThat(found).isEqualTo(format.round(found));
                double ulp = Math.abs(format.round((float) sum) * 0x1p-7) + 1e-5;
                assertThat((double) found).isCloseTo(sum, within(ulp));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void arraysThatGraphsShareAreStoredAlike(Case on) throws Exception {
        FloatArray a = random(33, 4);
        FloatArray b = new FloatArray(33);
        FloatArray c = new FloatArray(33);
        run(
                on,
                on(a).task("scale", StorageTest::scale, a, b).persistOnDevice(a, b).snapshot(),
                new TaskGraph("h")
                        .consumeFromDevice("g", a, b)
                        .task("add", StorageTest::add, a, b, c)
                        .transferToHost(DataTransferMode.EVERY_EXECUTION, c)
                        .snapshot());
        float x = on.format().round(a.get(5));
        float y = on.format().round(x * 0.75f + 5);
        assertThat(c.get(5)).isEqualTo(on.format().round(x + y));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void whatWouldRoundSumsIsRefused(Case on) {
        FloatArray a = random(33, 5);
        FloatArray total = new FloatArray(1);
        ImmutableTaskGraph graph =
                on(a).task("sum", StorageTest::sum, a, total)
                        .transferToHost(DataTransferMode.EVERY_EXECUTION, total)
                        .snapshot();
        assertThatThrownBy(() -> run(on, graph))
                .hasMessageContaining("StorageTest.sum")
                .hasMessageContaining("in fp32");
    }

    /** Only what is declared as a FloatArray is narrow: a float[] is refused, not rounded. */
    @ParameterizedTest
    @MethodSource("cases")
    void arraysOfTheHeapAreRefused(Case on) {
        float[] a = {1, 2, 3};
        FloatArray b = new FloatArray(3);
        ImmutableTaskGraph graph =
                on(a).task("t", StorageTest::scaleHeap, a, b)
                        .transferToHost(DataTransferMode.EVERY_EXECUTION, b)
                        .snapshot();
        assertThatThrownBy(() -> run(on, graph))
                .isInstanceOf(TornadoRuntimeException.class)
                .hasMessageContaining(
                        "task g.t: a (floats in another array than FloatArray) needs fp32 storage")
                .hasMessageContaining("leave out -tornadovit-storage=" + on.format().word());
    }

    @ParameterizedTest
    @MethodSource("cases")
    void arraysOfOtherTypesStayAsTheyAre(Case on) throws Exception {
        int[] a = {1, 70001, 3};
        double[] b = {0.25, 1e-12, 3};
        FloatArray c = FloatArray.fromElements(0.5f, 0, 1);
        run(
                on,
                on(a, b, c)
                        .task("t", StorageTest::count, a, b, c)
                        .transferToHost(DataTransferMode.EVERY_EXECUTION, b, c)
                        .snapshot());
        assertThat(b).containsExactly(0.25 + 1e-9 + 1e-9, 1e-12 + 1e-9 + 1e-9, 3 + 1e-9 + 1e-9);
        Format format = on.format();
        float once = format.round(1 + 0.25f + 0.5f);
        assertThat(c.get(0)).isEqualTo(format.round(1 + 0.25f + once));
        if (format.word().equals("bf16")) {
            float large = format.round(70001);
            assertThat(c.get(1)).isEqualTo(format.round(70001 + large));
        } else {
            assertThat(c.get(1)).isInfinite(); // as binary16 has it
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void otherFormatsAndBatchesAreRefused(Case on) throws Exception {
        FloatArray a = random(64, 6);
        FloatArray b = new FloatArray(64);
        ImmutableTaskGraph graph =
                on(a).task("scale", StorageTest::scale, a, b)
                        .transferToHost(DataTransferMode.EVERY_EXECUTION, b)
                        .snapshot();
        try (TornadoExecutionPlan plan = new TornadoExecutionPlan(graph)) {
            plan.withDevice(on.device());
            var backend = on.device().getTornadoVMBackend();
            assertThatThrownBy(() -> plan.withCompilerFlags(backend, "-tornadovit-storage=fp8"))
                    .hasMessageContaining("'fp8'");
            plan.withCompilerFlags(backend, "-tornadovit-storage=" + on.format().word());
            plan.withBatch("64B");
            assertThatThrownBy(plan::execute).hasMessageContaining("graph g with batches");
        }
    }
}
