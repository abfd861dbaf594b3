package org.tornadovit.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** Constants of enums in kernels, on each device as in Java. */
class EnumsTest {
    private static final int COUNT = 9;

    enum Shape {
        ROUND(7),
        FLAT(11),
        LONG(13);

        private final int size;

        Shape(int size) {
            this.size = size;
        }

        int times(int n) {
            return switch (this) {
                case ROUND, LONG -> size * n;
                case FLAT -> -n;
            };
        }
    }

    static void statement(Shape shape, IntArray out) {
        for (@Parallel int i = 0; i < out.getSize(); i++) {
            switch (shape) {
                case FLAT:
                    out.set(i, i);
                    break;
                case LONG:
                    out.set(i, 2);
                default:
                    out.set(i, out.get(i) + shape.ordinal() * 100);
            }
        }
    }

    static void expression(Shape shape, IntArray out) {
        for (@Parallel int i = 0; i < out.getSize(); i++) {
            int n =
                    switch (shape) {
                        case ROUND -> i;
                        case FLAT -> {
                            int sum = 0;
                            for (int k = 0; k < i; k++) {
                                sum += k * out.get(i);
                            }
                            yield sum + 20;
                        }
                        case LONG -> i % 2 == 0 ? 5 : 6;
                    };
            out.set(i, n + shape.times(3) + (shape == Shape.FLAT ? 1000 : 0));
        }
    }

    record Case(TornadoDevice device, Shape shape) {
        @Override
        public String toString() {
            return device.getDeviceName() + " " + shape;
        }
    }

    static List<Case> cases() {
        return OnDevices.all().stream()
                .flatMap(d -> Stream.of(Shape.values()).map(shape -> new Case(d, shape)))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void switches(Case on) {
        for (String name : List.of("statement", "expression")) {
            IntArray found = new IntArray(COUNT);
            IntArray wanted = new IntArray(COUNT);
            found.init(3);
            wanted.init(3);
            var method = Launch.method(EnumsTest.class, name);
            Launch.on(on.device(), method, on.shape(), found);
            Launch.java(method, on.shape(), wanted);
            assertThat(found.toHeapArray()).as(name).isEqualTo(wanted.toHeapArray());
        }
    }
}
