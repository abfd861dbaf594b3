package org.tornadovit.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.exceptions.TornadoFailureException;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;
import uk.ac.manchester.tornado.api.types.arrays.LongArray;

/** Arithmetic that throws where a result overflows, on each device as in Java. */
class ExactTest {
    private static final int[] INTS = {
        0,
        1,
        -1,
        2,
        7,
        -7,
        46340,
        46341,
        -46341,
        65536,
        1 << 30,
        -(1 << 30),
        Integer.MAX_VALUE,
        Integer.MAX_VALUE - 1,
        Integer.MIN_VALUE,
        Integer.MIN_VALUE + 1
    };
    private static final long[] LONGS = {
        0,
        1,
        -1,
        3,
        -3,
        3037000499L,
        3037000500L,
        -3037000500L,
        1L << 32,
        1L << 62,
        -(1L << 62),
        Integer.MAX_VALUE,
        Integer.MAX_VALUE + 1L,
        Integer.MIN_VALUE,
        Integer.MIN_VALUE - 1L,
        Long.MAX_VALUE,
        Long.MAX_VALUE - 1,
        Long.MIN_VALUE,
        Long.MIN_VALUE + 1
    };

    static int intOf(int op, int x, int y) {
        return switch (op) {
            case 0 -> Math.addExact(x, y);
            case 1 -> Math.subtractExact(x, y);
            case 2 -> StrictMath.multiplyExact(x, y);
            case 3 -> Math.incrementExact(x) + y;
            case 4 -> Math.decrementExact(x) - y;
            case 5 -> Math.negateExact(x) ^ y;
            case 6 -> Math.absExact(x) + y;
            case 7 -> y == 0 ? 9 : Math.divideExact(x, y);
            case 8 -> y == 0 ? 8 : Math.floorDivExact(x, y);
            default -> y == 0 ? 7 : Math.ceilDivExact(x, y);
        };
    }

    static long longOf(int op, long x, long y) {
        return switch (op) {
            case 0 -> Math.addExact(x, y);
            case 1 -> Math.subtractExact(x, y);
            case 2 -> Math.multiplyExact(x, y);
            case 3 -> Math.incrementExact(x) + y;
            case 4 -> StrictMath.decrementExact(x) - y;
            case 5 -> Math.negateExact(x) ^ y;
            case 6 -> Math.absExact(x) + y;
            case 7 -> y == 0 ? 9 : Math.divideExact(x, y);
            case 8 -> y == 0 ? 8 : Math.floorDivExact(x, y);
            case 9 -> y == 0 ? 7 : Math.ceilDivExact(x, y);
            case 10 -> Math.toIntExact(x) + y;
            default -> Math.multiplyExact(x, (int) y);
        };
    }

    static void ints(IntArray x, IntArray y, IntArray out, int op) {
        for (@Parallel int i = 0; i < x.getSize(); i++) {
            out.set(i, intOf(op, x.get(i), y.get(i)));
        }
    }

    static void longs(LongArray x, LongArray y, LongArray out, int op) {
        for (@Parallel int i = 0; i < x.getSize(); i++) {
            out.set(i, longOf(op, x.get(i), y.get(i)));
        }
    }

    static void sum(IntArray x, IntArray out) {
        int sum = 0;
        for (int i = 0; i < x.getSize(); i++) {
            sum = Math.addExact(sum, x.get(i));
        }
        out.set(0, sum);
    }

    static List<TornadoDevice> devices() {
        return OnDevices.all();
    }

    private static boolean overflows(Runnable java) {
        try {
            java.run();
            return false;
        } catch (ArithmeticException e) {
            return true;
        }
    }

    private static void refused(TornadoDevice device, String method, Object... arguments) {
        assertThatThrownBy(
                        () -> Launch.on(device, Launch.method(ExactTest.class, method), arguments))
                .isInstanceOf(TornadoFailureException.class)
                .hasMessageContaining("task g.t: an integer overflows at ExactTest.");
    }

    @ParameterizedTest
    @MethodSource("devices")
    void exactInts(TornadoDevice device) {
        for (int op = 0; op < 10; op++) {
            IntArray sound = new IntArray(INTS.length * INTS.length);
            IntArray other = new IntArray(INTS.length * INTS.length);
            int n = 0;
            int[] bad = {3, 4};
            for (int x : INTS) {
                for (int y : INTS) {
                    int code = op;
                    if (!overflows(() -> intOf(code, x, y))) {
                        sound.set(n, x);
                        other.set(n++, y);
                    } else {
                        bad = new int[] {x, y};
                    }
                }
            }
            IntArray out = new IntArray(sound.getSize());
            IntArray expected = new IntArray(sound.getSize());
            var method = Launch.method(ExactTest.class, "ints");
            Launch.on(device, method, sound, other, out, op);
            ints(sound, other, expected, op);
            assertThat(out.toHeapArray()).as("%d", op).isEqualTo(expected.toHeapArray());
            other.set(5, bad[1]);
            sound.set(5, bad[0]);
            refused(device, "ints", sound, other, out, op);
        }
    }

    @ParameterizedTest
    @MethodSource("devices")
    void exactLongs(TornadoDevice device) {
        for (int op = 0; op < 12; op++) {
            LongArray sound = new LongArray(LONGS.length * LONGS.length);
            LongArray other = new LongArray(LONGS.length * LONGS.length);
            int n = 0;
            long[] bad = {3, 4};
            for (long x : LONGS) {
                for (long y : LONGS) {
                    int code = op;
                    if (!overflows(() -> longOf(code, x, y))) {
                        sound.set(n, x);
                        other.set(n++, y);
                    } else {
                        bad = new long[] {x, y};
                    }
                }
            }
            LongArray out = new LongArray(sound.getSize());
            LongArray expected = new LongArray(sound.getSize());
            var method = Launch.method(ExactTest.class, "longs");
            Launch.on(device, method, sound, other, out, op);
            longs(sound, other, expected, op);
            assertThat(out.toHeapArray()).as("%d", op).isEqualTo(expected.toHeapArray());
            other.set(5, bad[1]);
            sound.set(5, bad[0]);
            refused(device, "longs", sound, other, out, op);
        }
    }

    @ParameterizedTest
    @MethodSource("devices")
    void aSumThatOverflows(TornadoDevice device) {
        IntArray x = IntArray.fromElements(Integer.MAX_VALUE - 1, 1, -5, 3);
        IntArray out = new IntArray(1);
        Launch.on(device, Launch.method(ExactTest.class, "sum"), x, out);
        assertThat(out.get(0)).isEqualTo(Integer.MAX_VALUE - 2);
        x.set(2, 5);
        refused(device, "sum", x, out);
    }
}
