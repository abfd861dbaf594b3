package org.tornadovit.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.TornadoExecutionPlan;
import uk.ac.manchester.tornado.api.TornadoExecutionResult;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.enums.DataTransferMode;
import uk.ac.manchester.tornado.api.exceptions.TornadoBailoutRuntimeException;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;
import uk.ac.manchester.tornado.api.types.vectors.Float2;
import uk.ac.manchester.tornado.api.types.vectors.Float3;
import uk.ac.manchester.tornado.api.types.vectors.Float4;
import uk.ac.manchester.tornado.api.types.vectors.Int2;

/** Arrays of objects as arguments, on each device as in Java. */
class ObjectArraysTest {
    private static final int COUNT = 19;

    /** A particle, changed in place. */
    static class Particle {
        private double mass;
        private boolean charged;
        private byte kind;
        private final Float3 place = new Float3();
        private final int[] hits = new int[2];

        private Particle() {}

        Particle(double mass, int kind) {
            this.mass = mass;
            this.kind = (byte) kind;
            charged = kind % 2 == 0;
            hits[1] = kind;
        }

        double energy(double speed) {
            return 0.5 * mass * speed * speed;
        }

        Object[] state() {
            return new Object[] {mass, charged, kind, place.toString(), hits[0], hits[1]};
        }
    }

    /** Has no constructor without arguments. */
    static class Base {
        final int x;

        Base(int x) {
            this.x = x;
        }
    }

    /** Has values only at birth, and no constructor without arguments either. */
    static final class Fixed extends Base {
        private final float[] weights = {1, 2};
        private final Float2 place;

        Fixed(int x, float y) {
            super(x * 3);
            place = new Float2(x, y);
            weights[1] = y - x;
        }

        @Override
        public String toString() {
            return x + " " + place + " " + weights[0] + " " + weights[1];
        }
    }

    /** A record of numbers. */
    record Pair(int x, double y) {
        Pair swapped() {
            return new Pair((int) y, x);
        }
    }

    /** A record that takes not all numbers. */
    record Positive(int x) {
        Positive {
            if (x < 0) {
                x = -x;
            }
        }
    }

    /** A record with an array. */
    record Named(int[] x) {}

    static void addVectors(Float2[] a, Float2[] b, Float2[] c) {
        for (@Parallel int i = 0; i < c.length; i++) {
            c[i] = Float2.add(a[i], b[i]);
        }
    }

    static void some(Float4[] a, Int2[] out) {
        for (@Parallel int i = 0; i < a.length; i++) {
            Float4 v = a[i];
            v.setW(v.getX() + v.getY() * i);
            if (i % 3 == 0) {
                out[i] = new Int2(i, (int) v.getW());
            } else if (i % 3 == 1 && out[i] != null) {
                out[i] = null;
            }
        }
    }

    static void particles(Particle[] p, Particle[] made, FloatArray out, int n) {
        for (@Parallel int i = 0; i < n; i++) {
            Particle one = p[i];
            if (one == null) {
                made[i] = new Particle(2.5 * i, i);
            } else {
                one.mass += 1;
                one.kind = (byte) (one.kind * 77);
                one.charged = !one.charged;
                one.hits[i % 2]++;
                one.place.setY(i + one.place.getX());
                out.set(i, (float) one.energy(one.hits[1]) + one.hits.length);
            }
        }
    }

    /** A variable that refers to one element after the other. */
    static void heaviest(Particle[] p, IntArray out) {
        Particle best = p[0];
        for (int i = 1; i < p.length; i++) {
            Particle next = p[i];
            if (next.mass > best.mass) {
                best = next;
            }
        }
        best.kind = 99;
        out.set(0, best.hits[1]);
    }

    static void boxes(Float[] a, Integer[] b, Double[] c) {
        for (@Parallel int i = 0; i < a.length; i++) {
            float x = a[i];
            if (i % 4 != 2) {
                c[i] = x * 2.0 + b[i];
            }
            b[i] = b[i] + 1;
        }
    }

    static void reads(Float2[] a, FloatArray out) {
        for (@Parallel int i = 0; i < out.getSize(); i++) {
            out.set(i, a[i].getX());
        }
    }

    static void moved(Float2[] a, Float2[] b) {
        for (@Parallel int i = 0; i < b.length; i++) {
            b[i] = a[b.length - 1 - i];
        }
    }

    static void movedAndChanged(Float2[] a, Float2[] b) {
        for (@Parallel int i = 0; i < b.length; i++) {
            b[i] = a[i];
            b[i].setX(1);
        }
    }

    static void fixed(Fixed[] a) {
        for (@Parallel int i = 0; i < a.length; i++) {
            if (i != 1) {
                a[i] = new Fixed(i, 0.5f * i);
            }
        }
    }

    static void recordPairs(Pair[] a, Pair[] b, Positive[] c) {
        for (@Parallel int i = 0; i < b.length; i++) {
            b[i] = i == 2 ? new Pair(7, a[i].x()) : a[i].swapped();
            c[i] = new Positive(3 - i);
        }
    }

    static void oneInTwo(Base[] a, Base[] b) {
        for (@Parallel int i = 0; i < a.length; i++) {
            Base made = new Base(i);
            a[i] = made;
            b[i] = made;
        }
    }

    static void oneInAll(Base[] a) {
        Base made = new Base(3);
        for (int i = 0; i < a.length; i++) {
            a[i] = made;
        }
    }

    static void inBranches(Base[] a, Base[] b) {
        for (@Parallel int i = 0; i < a.length; i++) {
            if (i % 2 == 0) {
                a[i] = new Base(i);
            } else {
                for (int j = i; j < i + 1; j++) {
                    b[j] = new Base(-i);
                }
            }
        }
    }

    static void named(Named[] a) {
        a[0] = new Named(new int[2]);
    }

    static List<TornadoDevice> devices() {
        return OnDevices.all();
    }

    private static Method method(String name) {
        return Launch.method(ObjectArraysTest.class, name);
    }

    private static Float2[] pairs(int seed) {
        return Stream.iterate(0, i -> i + 1)
                .limit(COUNT)
                .map(i -> new Float2(i * 0.5f + seed, seed - i))
                .toArray(Float2[]::new);
    }

    private static Particle[] someParticles() {
        Particle[] p = new Particle[COUNT];
        for (int i = 0; i < COUNT; i++) {
            if (i % 5 != 3) {
                p[i] = new Particle(i * 7 % 11, i);
                p[i].place.setX(0.25f * i);
            }
        }
        return p;
    }

    private static List<Object> states(Particle[] particles) {
        List<Object> states = new ArrayList<>();
        for (Particle p : particles) {
            states.add(p == null ? "null" : List.of(p.state()));
        }
        return states;
    }

    private static List<String> texts(Object[] objects) {
        return Stream.of(objects).map(String::valueOf).toList();
    }

    @ParameterizedTest
    @MethodSource("devices")
    void newVectors(TornadoDevice device) {
        Float2[] c = new Float2[COUNT];
        Float2[] expected = new Float2[COUNT];
        Float2[] a = pairs(1);
        Launch.on(device, method("addVectors"), a, pairs(2), c);
        Launch.java(method("addVectors"), a, pairs(2), expected);
        assertThat(texts(c)).isEqualTo(texts(expected));
        assertThat(texts(a)).isEqualTo(texts(pairs(1)));
    }

    @ParameterizedTest
    @MethodSource("devices")
    void elementsThatAreReplacedKeptAndTakenAway(TornadoDevice device) {
        List<List<String>> results = new ArrayList<>();
        for (boolean java : new boolean[] {true, false}) {
            Float4[] a = new Float4[COUNT];
            Int2[] out = new Int2[COUNT];
            for (int i = 0; i < COUNT; i++) {
                a[i] = new Float4(i, 2 - i, 3, 4);
                out[i] = i % 2 == 0 ? new Int2(-i, i) : null;
            }
            Int2 before = out[0];
            Int2 kept = out[2];
            if (java) {
                Launch.java(method("some"), a, out);
            } else {
                Launch.on(device, method("some"), a, out);
            }
            assertThat(out[0]).isNotSameAs(before);
            assertThat(out[2]).isSameAs(kept);
            assertThat(before.getX()).isZero();
            results.add(texts(a));
            results.add(texts(out));
        }
        assertThat(results.subList(2, 4)).isEqualTo(results.subList(0, 2));
    }

    @ParameterizedTest
    @MethodSource("devices")
    void objectsWithFieldsOfAllKinds(TornadoDevice device) {
        Particle[] p = someParticles();
        Particle[] made = new Particle[COUNT];
        FloatArray out = new FloatArray(COUNT);
        Launch.on(device, method("particles"), p, made, out, COUNT);
        Particle[] q = someParticles();
        Particle[] wanted = new Particle[COUNT];
        FloatArray expected = new FloatArray(COUNT);
        Launch.java(method("particles"), q, wanted, expected, COUNT);
        assertThat(states(p)).isEqualTo(states(q));
        assertThat(states(made)).isEqualTo(states(wanted));
        assertThat(out.toHeapArray()).isEqualTo(expected.toHeapArray());
    }

    @ParameterizedTest
    @MethodSource("devices")
    void variablesThatReferToSeveralElements(TornadoDevice device) {
        Particle[] p = someParticles();
        Particle[] q = someParticles();
        for (int i = 3; i < COUNT; i += 5) {
            p[i] = new Particle(1, 2);
            q[i] = new Particle(1, 2);
        }
        IntArray out = new IntArray(1);
        IntArray expected = new IntArray(1);
        Launch.on(device, method("heaviest"), p, out);
        Launch.java(method("heaviest"), q, expected);
        assertThat(states(p)).isEqualTo(states(q));
        assertThat(out.get(0)).isEqualTo(expected.get(0)).isNotZero();
    }

    @ParameterizedTest
    @MethodSource("devices")
    void boxedNumbers(TornadoDevice device) {
        List<List<String>> results = new ArrayList<>();
        for (boolean java : new boolean[] {true, false}) {
            Float[] a = new Float[COUNT];
            Integer[] b = new Integer[COUNT];
            Double[] c = new Double[COUNT];
            for (int i = 0; i < COUNT; i++) {
                a[i] = i - 2.5f;
                b[i] = 1000 * i;
            }
            c[2] = 4.5;
            if (java) {
                Launch.java(method("boxes"), a, b, c);
            } else {
                Launch.on(device, method("boxes"), a, b, c);
            }
            results.add(texts(a));
            results.add(texts(b));
            results.add(texts(c));
        }
        assertThat(results.subList(3, 6)).isEqualTo(results.subList(0, 3));
    }

    @ParameterizedTest
    @MethodSource("devices")
    void elementsThatAreNull(TornadoDevice device) {
        Float2[] a = pairs(1);
        a[7] = null;
        assertThatThrownBy(() -> Launch.on(device, method("reads"), a, new FloatArray(COUNT)))
                .hasStackTraceContaining("element 7 is null at ")
                .hasStackTraceContaining("ObjectArraysTest.reads:");
        assertThatThrownBy(() ->
                        Launch.on(device, method("reads"), pairs(1), new FloatArray(COUNT + 1)))
                .hasStackTraceContaining("index " + COUNT + " is out of bounds");
    }

    @ParameterizedTest
    @MethodSource("devices")
    void elementsOfAnotherArray(TornadoDevice device) {
        Float2[] a = pairs(1);
        Float2[] b = new Float2[COUNT];
        Launch.on(device, method("moved"), a, b);
        Float2[] expected = new Float2[COUNT];
        Launch.java(method("moved"), a, expected);
        assertThat(texts(b)).isEqualTo(texts(expected));
        assertThatThrownBy(() -> Launch.on(device, method("movedAndChanged"), a, b))
                .isInstanceOf(TornadoBailoutRuntimeException.class)
                .hasMessageContaining("an element in two places of which one changes");
    }

    @ParameterizedTest
    @MethodSource("devices")
    void objectsWithoutAnEmptyConstructor(TornadoDevice device) {
        Fixed kept = new Fixed(9, 9);
        Fixed[] found = {new Fixed(1, 2), kept, null, null};
        Fixed[] wanted = {new Fixed(1, 2), kept, null, null};
        Launch.on(device, method("fixed"), (Object) found);
        Launch.java(method("fixed"), (Object) wanted);
        assertThat(texts(found)).isEqualTo(texts(wanted));
        assertThat(found[1]).isSameAs(kept);
    }

    @ParameterizedTest
    @MethodSource("devices")
    void oneNewObjectIsOneElement(TornadoDevice device) {
        for (String name : List.of("oneInTwo", "oneInAll")) {
            Object[] arguments =
                    name.equals("oneInAll")
                            ? new Object[] {new Base[3]}
                            : new Object[] {new Base[3], new Base[3]};
            assertThatThrownBy(() -> Launch.on(device, method(name), arguments))
                    .isInstanceOf(TornadoBailoutRuntimeException.class)
                    .hasMessageContaining("ObjectArraysTest." + name + ":")
                    .hasMessageContaining("one new Base as two elements");
        }
        Base[] a = new Base[3];
        Base[] b = new Base[3];
        Launch.on(device, method("inBranches"), a, b);
        assertThat(a[2].x).isEqualTo(2);
        assertThat(b[1].x).isEqualTo(-1);
        assertThat(a[1]).isNull();
        assertThat(b[2]).isNull();
    }

    @ParameterizedTest
    @MethodSource("devices")
    void records(TornadoDevice device) {
        Pair[] a = {new Pair(1, 2.5), new Pair(3, -4), new Pair(5, 6), new Pair(-7, 1e9)};
        Pair[] found = new Pair[4];
        Pair[] wanted = new Pair[4];
        Positive[] positive = new Positive[4];
        Positive[] expected = new Positive[4];
        Launch.on(device, Launch.method(ObjectArraysTest.class, "recordPairs"), a, found, positive);
        Launch.java(Launch.method(ObjectArraysTest.class, "recordPairs"), a, wanted, expected);
        assertThat(found).containsExactly(wanted);
        assertThat(positive).containsExactly(expected);
    }

    @ParameterizedTest
    @MethodSource("devices")
    void objectsThatNothingCanCreate(TornadoDevice device) {
        assertThatThrownBy(() -> Launch.on(device, method("named"), (Object) new Named[1]))
                .isInstanceOf(TornadoBailoutRuntimeException.class)
                .hasMessageContaining("ObjectArraysTest.named:")
                .hasMessageContaining("a record of more than numbers");
    }

    @ParameterizedTest
    @MethodSource("devices")
    void twoTasksShareTheElements(TornadoDevice device) throws Exception {
        Float2[] a = pairs(1);
        Float2[] b = pairs(4);
        Float2[] c = new Float2[COUNT];
        Float2[] d = new Float2[COUNT];
        TaskGraph graph =
                new TaskGraph("g")
                        .transferToDevice(DataTransferMode.FIRST_EXECUTION, a, b)
                        .task("t", ObjectArraysTest::addVectors, a, b, c)
                        .task("u", ObjectArraysTest::addVectors, c, b, d)
                        .transferToHost(DataTransferMode.EVERY_EXECUTION, c, d);
        Float2[] sum = new Float2[COUNT];
        Float2[] expected = new Float2[COUNT];
        addVectors(a, b, sum);
        addVectors(sum, b, expected);
        try (TornadoExecutionPlan plan = new TornadoExecutionPlan(graph.snapshot())) {
            plan.withDevice(device);
            for (int i = 0; i < 3; i++) {
                plan.execute();
                assertThat(texts(d)).isEqualTo(texts(expected));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("devices")
    void elementsOnDemand(TornadoDevice device) throws Exception {
        Float2[] a = pairs(1);
        Float2[] c = new Float2[COUNT];
        TaskGraph graph =
                new TaskGraph("g")
                        .transferToDevice(DataTransferMode.EVERY_EXECUTION, (Object) a)
                        .task("t", ObjectArraysTest::addVectors, a, a, c)
                        .transferToHost(DataTransferMode.UNDER_DEMAND, (Object) c);
        Float2[] expected = new Float2[COUNT];
        addVectors(a, a, expected);
        try (TornadoExecutionPlan plan = new TornadoExecutionPlan(graph.snapshot())) {
            TornadoExecutionResult result = plan.withDevice(device).execute();
            assertThat(c).containsOnlyNulls();
            result.transferToHost((Object) c);
            assertThat(texts(c)).isEqualTo(texts(expected));
        }
    }
}
