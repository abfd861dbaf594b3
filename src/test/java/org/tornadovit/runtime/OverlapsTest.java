package org.tornadovit.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.TornadoExecutionPlan;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.enums.DataTransferMode;
import uk.ac.manchester.tornado.api.exceptions.TornadoBailoutRuntimeException;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;
import uk.ac.manchester.tornado.api.types.vectors.Float4;

/** Objects and arrays that kernels reach in two ways, on each device as in Java or refused. */
class OverlapsTest {
    private static final int COUNT = 7;

    /** A ball, maybe one of many. */
    static final class Ball {
        private int weight;
        private float speed = 1.5f;
        private int[] hits = new int[3];

        Ball() {}

        Ball(int weight) {
            this.weight = weight;
        }

        void heavier(Ball[] all) {
            all[1].weight = all[1].weight * 3 + weight;
            weight++;
            all[0].hits[1] = hits[1] + 5;
            hits[1] += all[1].weight;
        }

        List<Object> state() {
            return List.of(weight, speed, hits[0], hits[1], hits[2]);
        }
    }

    /** Holds an array of objects and one of them. */
    static final class Box {
        private final Ball[] balls;
        private final Ball first;
        private int row;

        Box(Ball[] balls) {
            this.balls = balls;
            this.first = balls[0];
        }

        void swap(IntArray out) {
            first.weight = first.weight + 10;
            for (int i = 0; i < balls.length; i++) {
                out.set(i, balls[i].weight * 2 + (balls[i] == first ? 1 : 0));
                balls[i].weight = -balls[i].weight;
            }
            out.set(0, out.get(0) + 1000 * first.weight);
        }
    }

    enum Way {
        UP,
        DOWN
    }

    /** Has a constant that may be another one at the next execution. */
    static final class Stepper {
        private Way way = Way.UP;

        void step(IntArray x) {
            for (@Parallel int i = 0; i < x.getSize(); i++) {
                x.set(i, x.get(i) + (way == Way.UP ? 1 : -3));
            }
        }
    }

    static void element(Ball ball, Ball[] all, IntArray out) {
        all[2].weight = 41;
        all[2].speed *= 2;
        ball.weight++;
        ball.hits[0] = ball.weight;
        out.set(0, all[2].hits[0] + ball.weight);
        out.set(1, ball == all[2] ? 1 : 0);
        out.set(2, ball == all[1] ? 1 : 0);
        out.set(3, (int) (ball.speed * 100));
    }

    static void vector(Float4 v, Float4[] all, FloatArray out) {
        all[1].setX(3);
        out.set(0, v.getX());
        v.setY(v.getX() + 1);
        out.set(1, all[1].getY());
    }

    static void double2(float[][] rows) {
        for (@Parallel int i = 0; i < rows.length; i++) {
            for (int j = 0; j < rows[i].length; j++) {
                rows[i][j] *= 2;
            }
        }
    }

    static void add(float[] row, float[] other, FloatArray sums) {
        for (@Parallel int i = 0; i < row.length; i++) {
            sums.set(i, row[i] + other[i]);
            row[i] += 0.5f;
        }
    }

    static void rowAndRows(float[] row, float[][] rows) {
        for (int i = 0; i < row.length; i++) {
            row[i] = i;
            rows[0][i] += 1;
        }
    }

    static void sumOfRows(float[][] rows, FloatArray sums) {
        for (@Parallel int i = 0; i < rows.length; i++) {
            float sum = 0;
            for (int j = 0; j < rows[i].length; j++) {
                sum += rows[i][j];
            }
            sums.set(i, sum);
        }
    }

    static void weigh(Ball[] all) {
        for (@Parallel int i = 0; i < all.length; i++) {
            all[i].weight += i;
        }
    }

    static void read(Ball one, IntArray out) {
        out.set(0, out.get(0) * 10 + one.weight);
    }

    static void both(Ball[] some, Ball[] others) {
        for (@Parallel int i = 0; i < some.length; i++) {
            some[i].weight = others[i].weight + 1;
        }
    }

    static void compare(Ball[] some, Ball[] others, IntArray out) {
        for (int i = 0; i < some.length; i++) {
            out.set(i, some[i] == others[0] ? 1 : 0);
        }
    }

    static void compareOwn(Ball[] all, IntArray out) {
        for (@Parallel int i = 0; i < all.length; i++) {
            out.set(i, all[i] == all[all.length - 1 - i] ? 1 : 0);
        }
    }

    static void compareArrays(IntArray a, IntArray b) {
        a.set(0, a == b ? 1 : 0);
    }

    static void storedTwice(Float4[] a, FloatArray out) {
        Float4 made = new Float4(1, 2, 3, 4);
        a[0] = made;
        a[0].setX(9);
        out.set(0, made.getX());
    }

    static void storedAndChanged(Float4[] a, FloatArray out) {
        for (@Parallel int i = 0; i < a.length; i++) {
            Float4 old = a[i];
            old.setY(old.getX());
            Float4 made = new Float4(1, 2, 3, i);
            made.setX(old.getY() + 1);
            a[i] = made;
            out.set(i, made.getX());
        }
    }

    static float[][] table = new float[2][3];

    static void sumOfTable(FloatArray sums) {
        for (int i = 0; i < table.length; i++) {
            for (int j = 0; j < table[i].length; j++) {
                sums.set(0, sums.get(0) + table[i][j]);
            }
        }
    }

    static void segments(MemorySegment a, MemorySegment b, IntArray out) {
        a.setAtIndex(ValueLayout.JAVA_INT, 0, 77);
        out.set(0, b.getAtIndex(ValueLayout.JAVA_INT, 0));
    }

    static void views(MemorySegment a, MemorySegment b, IntArray out) {
        a.setAtIndex(ValueLayout.JAVA_FLOAT, 0, 1.5f);
        out.set(0, b.getAtIndex(ValueLayout.JAVA_INT, 0));
    }

    static void readViews(MemorySegment a, MemorySegment b, IntArray out) {
        out.set(0, b.getAtIndex(ValueLayout.JAVA_INT, 0));
        out.set(1, (int) (a.getAtIndex(ValueLayout.JAVA_FLOAT, 0) * 8));
    }

    static void whole(FloatArray x, MemorySegment bytes) {
        bytes.setAtIndex(ValueLayout.JAVA_FLOAT, 0, 5);
        x.set(1, x.get(0));
    }

    static List<TornadoDevice> devices() {
        return OnDevices.all();
    }

    private static Ball[] balls() {
        return IntStream.range(0, COUNT).mapToObj(i -> new Ball(i * 5)).toArray(Ball[]::new);
    }

    private static List<List<Object>> states(Ball[] balls) {
        return Arrays.stream(balls).map(Ball::state).toList();
    }

    private static float[][] rows() {
        float[][] rows = new float[3][COUNT];
        for (int i = 0; i < 3 * COUNT; i++) {
            rows[i / COUNT][i % COUNT] = i * 0.25f;
        }
        return rows;
    }

    private static void run(TornadoDevice device, TaskGraph graph, int times) throws Exception {
        try (TornadoExecutionPlan plan = new TornadoExecutionPlan(graph.snapshot())) {
            plan.withDevice(device);
            for (int i = 0; i < times; i++) {
                plan.execute();
            }
        }
    }

    /** Runs a method that takes arguments of which it changes some, and compares them. */
    private static void asInJava(
            TornadoDevice device,
            String method,
            Supplier<Object[]> arguments,
            BiConsumer<Object[], Object[]> check) {
        Object[] found = arguments.get();
        Object[] wanted = arguments.get();
        Launch.on(device, Launch.method(OverlapsTest.class, method), found);
        Launch.java(Launch.method(OverlapsTest.class, method), wanted);
        check.accept(found, wanted);
    }

    private static void refused(TornadoDevice device, String method, Object... arguments) {
        assertThatThrownBy(() ->
                        Launch.on(device, Launch.method(OverlapsTest.class, method), arguments))
                .isInstanceOf(TornadoBailoutRuntimeException.class)
                .hasMessageContaining("OverlapsTest." + method + ":")
                .hasMessageContaining("is not supported in a kernel; ");
    }

    @ParameterizedTest
    @MethodSource("devices")
    void anObjectThatIsAnElementToo(TornadoDevice device) {
        asInJava(
                device,
                "element",
                () -> {
                    Ball[] all = balls();
                    return new Object[] {all[2], all, new IntArray(4)};
                },
                (found, wanted) -> {
                    assertThat(states((Ball[]) found[1])).isEqualTo(states((Ball[]) wanted[1]));
                    assertThat(((IntArray) found[2]).toHeapArray())
                            .isEqualTo(((IntArray) wanted[2]).toHeapArray());
                    assertThat(((IntArray) found[2]).get(0)).isEqualTo(84);
                });
    }

    @ParameterizedTest
    @MethodSource("devices")
    void anObjectThatIsNoElement(TornadoDevice device) {
        asInJava(
                device,
                "element",
                () -> new Object[] {new Ball(6), balls(), new IntArray(4)},
                (found, wanted) -> {
                    assertThat(((Ball) found[0]).state()).isEqualTo(((Ball) wanted[0]).state());
                    assertThat(states((Ball[]) found[1])).isEqualTo(states((Ball[]) wanted[1]));
                    assertThat(((IntArray) found[2]).toHeapArray())
                            .isEqualTo(((IntArray) wanted[2]).toHeapArray());
                });
    }

    @ParameterizedTest
    @MethodSource("devices")
    void aVectorThatIsAnElementToo(TornadoDevice device) {
        asInJava(
                device,
                "vector",
                () -> {
                    Float4[] all = {new Float4(1, 2, 3, 4), new Float4(5, 6, 7, 8)};
                    return new Object[] {all[1], all, new FloatArray(2)};
                },
                (found, wanted) -> {
                    assertThat(found[0]).hasToString(wanted[0].toString());
                    assertThat(((FloatArray) found[2]).toHeapArray())
                            .isEqualTo(((FloatArray) wanted[2]).toHeapArray())
                            .isEqualTo(new float[] {3, 4});
                });
    }

    @ParameterizedTest
    @MethodSource("devices")
    void aReceiverThatIsAnElementToo(TornadoDevice device) throws Exception {
        Ball[] found = balls();
        Ball[] wanted = balls();
        TaskGraph graph =
                new TaskGraph("g")
                        .transferToDevice(DataTransferMode.EVERY_EXECUTION, (Object) found)
                        .task("t", found[1]::heavier, found)
                        .transferToHost(DataTransferMode.EVERY_EXECUTION, (Object) found);
        run(device, graph, 3);
        for (int i = 0; i < 3; i++) {
            wanted[1].heavier(wanted);
        }
        assertThat(states(found)).isEqualTo(states(wanted));
    }

    @ParameterizedTest
    @MethodSource("devices")
    void twoFieldsOfTheReceiver(TornadoDevice device) throws Exception {
        Box found = new Box(balls());
        Box wanted = new Box(balls());
        IntArray out = new IntArray(COUNT);
        IntArray expected = new IntArray(COUNT);
        TaskGraph graph =
                new TaskGraph("g")
                        .task("t", found::swap, out)
                        .transferToHost(DataTransferMode.EVERY_EXECUTION, out);
        run(device, graph, 2);
        wanted.swap(expected);
        wanted.swap(expected);
        assertThat(states(found.balls)).isEqualTo(states(wanted.balls));
        assertThat(out.toHeapArray()).isEqualTo(expected.toHeapArray());
    }

    @ParameterizedTest
    @MethodSource("devices")
    void rowsOfAnotherTask(TornadoDevice device) throws Exception {
        float[][] found = rows();
        float[][] wanted = rows();
        FloatArray sums = new FloatArray(COUNT);
        FloatArray expected = new FloatArray(COUNT);
        TaskGraph graph =
                new TaskGraph("g")
                        .transferToDevice(DataTransferMode.FIRST_EXECUTION, found[1], found[2])
                        .transferToDevice(DataTransferMode.FIRST_EXECUTION, (Object) found)
                        .task("t", OverlapsTest::double2, found)
                        .task("u", OverlapsTest::add, found[1], found[2], sums)
                        .task("v", OverlapsTest::double2, found)
                        .transferToHost(DataTransferMode.EVERY_EXECUTION, sums)
                        .transferToHost(DataTransferMode.EVERY_EXECUTION, (Object) found);
        run(device, graph, 3);
        for (int i = 0; i < 3; i++) {
            double2(wanted);
            add(wanted[1], wanted[2], expected);
            double2(wanted);
        }
        assertThat(found).isDeepEqualTo(wanted);
        assertThat(sums.toHeapArray()).isEqualTo(expected.toHeapArray());
    }

    @ParameterizedTest
    @MethodSource("devices")
    void elementsOfAnotherTask(TornadoDevice device) throws Exception {
        Ball[] found = balls();
        Ball[] wanted = balls();
        IntArray out = new IntArray(1);
        IntArray expected = new IntArray(1);
        TaskGraph graph =
                new TaskGraph("g")
                        .transferToDevice(DataTransferMode.FIRST_EXECUTION, found[3], out)
                        .transferToDevice(DataTransferMode.EVERY_EXECUTION, (Object) found)
                        .task("t", OverlapsTest::weigh, found)
                        .task("u", OverlapsTest::read, found[3], out)
                        .task("v", OverlapsTest::weigh, found)
                        .transferToHost(DataTransferMode.EVERY_EXECUTION, out)
                        .transferToHost(DataTransferMode.EVERY_EXECUTION, (Object) found);
        run(device, graph, 2);
        for (int i = 0; i < 2; i++) {
            weigh(wanted);
            read(wanted[3], expected);
            weigh(wanted);
        }
        assertThat(out.get(0)).isEqualTo(expected.get(0));
        assertThat(states(found)).isEqualTo(states(wanted));
    }

    @ParameterizedTest
    @MethodSource("devices")
    void rowsThatAreOneAreReadable(TornadoDevice device) {
        float[][] rows = rows();
        rows[2] = rows[0];
        FloatArray sums = new FloatArray(3);
        FloatArray expected = new FloatArray(3);
        Launch.on(device, Launch.method(OverlapsTest.class, "sumOfRows"), rows, sums);
        sumOfRows(rows, expected);
        assertThat(sums.toHeapArray()).isEqualTo(expected.toHeapArray());
        refused(device, "double2", (Object) rows);
    }

    @ParameterizedTest
    @MethodSource("devices")
    void oneKernelThatChangesWhatItReachesInTwoWays(TornadoDevice device) {
        float[][] rows = rows();
        refused(device, "rowAndRows", rows[0], rows);
        Ball[] some = balls();
        Ball[] others = some.clone();
        refused(device, "both", some, others);
        some[3] = some[2];
        refused(device, "weigh", (Object) some);
        MemorySegment bytes = MemorySegment.ofArray(new int[8]);
        refused(device, "segments", bytes, bytes.asSlice(0, 8), new IntArray(1));
        refused(device, "views", bytes, bytes, new IntArray(1));
        FloatArray x = new FloatArray(4);
        refused(device, "whole", x, x.getSegment());
    }

    @ParameterizedTest
    @MethodSource("devices")
    void oneSegmentInTwoViews(TornadoDevice device) {
        MemorySegment bytes = MemorySegment.ofArray(new int[] {Float.floatToIntBits(2.5f), 3});
        IntArray out = new IntArray(2);
        Launch.on(device, Launch.method(OverlapsTest.class, "readViews"), bytes, bytes, out);
        assertThat(out.toHeapArray()).isEqualTo(new int[] {Float.floatToIntBits(2.5f), 20});
        MemorySegment apart = MemorySegment.ofArray(new int[8]);
        Launch.on(
                device,
                Launch.method(OverlapsTest.class, "segments"),
                apart.asSlice(0, 16),
                apart.asSlice(16, 16),
                out);
        assertThat(apart.getAtIndex(ValueLayout.JAVA_INT, 0)).isEqualTo(77);
        assertThat(out.get(0)).isZero();
    }

    @ParameterizedTest
    @MethodSource("devices")
    void comparedReferences(TornadoDevice device) {
        Ball[] all = balls();
        all[6] = null;
        all[0] = null;
        IntArray out = new IntArray(COUNT);
        IntArray expected = new IntArray(COUNT);
        Launch.on(device, Launch.method(OverlapsTest.class, "compareOwn"), all, out);
        compareOwn(all, expected);
        assertThat(out.toHeapArray()).isEqualTo(expected.toHeapArray());
        assertThat(out.get(0) + out.get(3)).isEqualTo(2);
        refused(device, "compare", balls(), balls(), out);
        refused(device, "compareArrays", out, out);
    }

    @ParameterizedTest
    @MethodSource("devices")
    void whatChangesBetweenExecutions(TornadoDevice device) throws Exception {
        Ball[] balls = balls();
        Ball alone = balls[3];
        balls[3] = new Ball(1);
        IntArray out = new IntArray(4);
        float[][] rows = new float[2][4];
        TaskGraph graph =
                new TaskGraph("g")
                        .transferToDevice(DataTransferMode.EVERY_EXECUTION, alone, balls, out)
                        .transferToDevice(DataTransferMode.EVERY_EXECUTION, (Object) rows)
                        .task("t", OverlapsTest::element, alone, balls, out)
                        .task("d", OverlapsTest::double2, rows)
                        .transferToHost(DataTransferMode.EVERY_EXECUTION, alone, balls, out)
                        .transferToHost(DataTransferMode.EVERY_EXECUTION, (Object) rows);
        try (TornadoExecutionPlan plan = new TornadoExecutionPlan(graph.snapshot())) {
            plan.withDevice(device).execute();
            assertThat(out.get(1)).isZero();
            balls[2] = alone; // an element from now on
            rows[0] = new float[] {1, 2};
            rows[1] = new float[] {1, 2, 3, 4, 5, 6};
            plan.execute();
            assertThat(out.get(1)).isOne();
            assertThat(alone.weight).isEqualTo(42);
            assertThat(rows[0]).isEqualTo(new float[] {2, 4});
            assertThat(rows[1]).isEqualTo(new float[] {2, 4, 6, 8, 10, 12});
            rows[1] = new float[] {1, 2};
            assertThatThrownBy(plan::execute).hasStackTraceContaining("shorter");
        }
    }

    @ParameterizedTest
    @MethodSource("devices")
    void aConstantInAFieldThatChanges(TornadoDevice device) throws Exception {
        Stepper stepper = new Stepper();
        IntArray x = new IntArray(3);
        TaskGraph graph =
                new TaskGraph("g")
                        .transferToDevice(DataTransferMode.EVERY_EXECUTION, x)
                        .task("s", stepper::step, x)
                        .transferToHost(DataTransferMode.EVERY_EXECUTION, x);
        try (TornadoExecutionPlan plan = new TornadoExecutionPlan(graph.snapshot())) {
            plan.withDevice(device).execute();
            stepper.way = Way.DOWN;
            plan.execute();
            assertThat(x.get(0)).isEqualTo(-2);
        }
    }

    @ParameterizedTest
    @MethodSource("devices")
    void newObjectsThatBecomeElements(TornadoDevice device) {
        asInJava(
                device,
                "storedAndChanged",
                () ->
                        new Object[] {
                            new Float4[] {new Float4(7, 0, 0, 0), new Float4(8, 0, 0, 0)},
                            new FloatArray(2)
                        },
                (found, wanted) ->
                        assertThat(((FloatArray) found[1]).toHeapArray())
                                .isEqualTo(((FloatArray) wanted[1]).toHeapArray())
                                .isEqualTo(new float[] {8, 9}));
        Method method = Launch.method(OverlapsTest.class, "storedTwice");
        assertThatThrownBy(() -> Launch.on(device, method, new Float4[1], new FloatArray(1)))
                .hasMessageContaining("a Float4 that changes under two names");
    }

    @ParameterizedTest
    @MethodSource("devices")
    void aStaticTableThatIsReplaced(TornadoDevice device) {
        for (int size = 2; size < 5; size++) {
            table = new float[size][size + 1];
            for (float[] row : table) {
                Arrays.fill(row, 0.5f);
            }
            FloatArray sums = new FloatArray(1);
            Launch.on(device, Launch.method(OverlapsTest.class, "sumOfTable"), sums);
            assertThat(sums.get(0)).isEqualTo(0.5f * size * (size + 1));
        }
    }
}
