package org.tornadovit.programs;

import static org.tornadovit.programs.Case.list;
import static org.tornadovit.programs.Check.doubles;
import static org.tornadovit.programs.Check.floats;
import static org.tornadovit.programs.Check.ints;

import java.util.List;
import java.util.Random;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.annotations.Reduce;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.ByteArray;
import uk.ac.manchester.tornado.api.types.arrays.CharArray;
import uk.ac.manchester.tornado.api.types.arrays.DoubleArray;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;
import uk.ac.manchester.tornado.api.types.arrays.LongArray;
import uk.ac.manchester.tornado.api.types.arrays.ShortArray;

/** The habits of Java's programmers, in kernels. */
final class JavaKernels {
    private static final float[] WEIGHTS = {0.25f, 0.5f, 0.25f};
    private static final int SHIFT = Integer.getInteger("no.such.property", 3);
    private static final long MASK = 0xFFFF_FFFFL;

    private JavaKernels() {}

    static List<Case> cases() {
        return List.of(
                Case.of("table", () -> list(floats(50, 1), new FloatArray(50))),
                Case.of("narrowing", () -> list(bytes(60), new ByteArray(60), new ShortArray(60))),
                Case.of("characters", () -> list(text(), new CharArray(64), new IntArray(64))),
                Case.of("unsigned", () -> list(ints(50, -99, 99, 1), new LongArray(50))),
                Case.of("ternaries", () -> list(ints(50, -9, 9, 1), new IntArray(50))),
                Case.of("shortCircuit", () -> list(ints(50, -9, 9, 1), new IntArray(50), 50)),
                Case.of("labels", () -> list(ints(64, 0, 9, 2), new IntArray(8), 8)),
                Case.of("downwards", () -> list(new IntArray(33))),
                Case.of("unequal", () -> list(new IntArray(33), 5, 29)),
                Case.of("steps", () -> list(new IntArray(50), 3, 7)),
                Case.of("longLoop", () -> list(new LongArray(40), 12L)),
                Case.of("doWhile", () -> list(ints(40, 1, 99999, 3), new IntArray(40))),
                Case.of("enhanced", () -> list(new int[] {3, 1, 4, 1, 5}, new int[1])),
                Case.of(
                        "primitives",
                        () ->
                                list(
                                        new double[] {1, 2.5, -3},
                                        new double[3],
                                        new boolean[3],
                                        new char[] {'a', 'b', 'c'},
                                        new byte[3],
                                        new short[3])),
                Case.of(
                                "blackScholes",
                                () -> list(floats(60, 1), new FloatArray(60), new FloatArray(60)))
                        .within(1e-4),
                Case.of("monteCarlo", () -> list(new FloatArray(128), 64, 5)),
                Case.of("binomial", () -> list(floats(10, 2), new DoubleArray(10), 16)),
                Case.of(
                                "statistics",
                                () ->
                                        list(
                                                doubles(300, 1),
                                                new DoubleArray(1),
                                                new DoubleArray(1),
                                                new DoubleArray(1)))
                        .within(1e-10),
                Case.of(
                        "evens",
                        () -> list(ints(333, -50, 50, 4), new IntArray(1), new LongArray(1))),
                Case.of("bounds", () -> list(floats(501, 6), new FloatArray(1), new FloatArray(1))),
                Case.of(
                                "polynomials",
                                () -> list(doubles(40, 2), doubles(6, 3), new DoubleArray(40)))
                        .within(1e-12),
                Case.of(
                        "interleaved",
                        () -> list(floats(60, 2), new FloatArray(30), new FloatArray(30))),
                Case.of(
                        "gather",
                        () -> list(floats(60, 2), ints(40, 0, 60, 5), new FloatArray(40))),
                Case.of(
                        "sparse",
                        () ->
                                list(
                                        rows(),
                                        ints(90, 0, 25, 3),
                                        floats(90, 4),
                                        floats(25, 5),
                                        new FloatArray(30))),
                Case.of(
                        "distances",
                        () ->
                                list(
                                        floats(45, 1),
                                        floats(30, 2),
                                        new IntArray(15),
                                        new FloatArray(15))),
                Case.of("search", () -> list(sorted(), ints(30, 0, 300, 5), new IntArray(30))),
                Case.of("packed", () -> list(ints(40, 0, 65536, 5), new IntArray(40))),
                Case.of("hashes", () -> list(ints(40, -9999, 9999, 5), new LongArray(40))),
                Case.of(
                        "divisions",
                        () -> list(ints(40, -99, 99, 5), ints(40, 1, 9, 6), new IntArray(200))),
                Case.of(
                        "remainders",
                        () ->
                                list(
                                        floats(40, 5),
                                        doubles(40, 6),
                                        new FloatArray(40),
                                        new DoubleArray(40))),
                Case.of("rounding", () -> list(floats(40, 5), new IntArray(240))),
                Case.of("strings", () -> list(text(), new IntArray(2))),
                Case.of("nestedCalls", () -> list(floats(40, 5), new FloatArray(40))),
                Case.of("finals", () -> list(new FloatArray(20), (byte) 3, (short) -4, 'x', true)),
                Case.of(
                        "twoLoops",
                        () -> list(floats(40, 5), new FloatArray(40), new FloatArray(40))),
                Case.of("threeDeep", () -> list(new IntArray(4 * 5 * 6), 4, 5, 6)),
                Case.of("strides", () -> list(floats(64, 1), new FloatArray(64), 4)),
                Case.of("stridesDown", () -> list(new IntArray(50), 43, 7)),
                Case.of("clones", () -> list(new int[] {3, 1, 4}, new int[7])),
                Case.of("clamps", () -> list(ints(30, -20, 20, 1), new IntArray(30), -5)),
                Case.of("half", () -> list(ints(9, -9, 9, 0), 2)),
                Case.of("global", () -> list(ints(9, -9, 9, 1), 3)),
                Case.of("kernel", () -> list(ints(9, -9, 9, 2), 4)),
                Case.of("uint", () -> list(ints(9, -9, 9, 3), 5)),
                Case.of("printf", () -> list(ints(9, -9, 9, 4), 6)),
                Case.of("localArrays", () -> list(floats(64, 1), new FloatArray(8))),
                Case.of(
                        "matrix",
                        () -> list(new float[][] {{1, 2, 3}, {4, 5, 6}}, new float[3][2])),
                Case.of("sortedRows", () -> list(ints(40, 0, 99, 5), 8)),
                Case.of("exchange", () -> list(ints(40, 0, 99, 5), ints(40, 0, 99, 6))),
                Case.of("switches", () -> list(ints(40, -2, 9, 5), new IntArray(40))),
                Case.of(
                        "booleans",
                        () -> list(new boolean[] {true, false, true, true}, new boolean[4])),
                Case.of(
                        "twentyArguments",
                        () ->
                                list(
                                        1,
                                        2L,
                                        3f,
                                        4d,
                                        (byte) 5,
                                        (short) 6,
                                        'g',
                                        true,
                                        new int[3],
                                        new long[3],
                                        new float[3],
                                        new double[3],
                                        new IntArray(3),
                                        new LongArray(3),
                                        new FloatArray(3),
                                        new DoubleArray(3),
                                        17,
                                        18f,
                                        19d,
                                        20L)));
    }

    private static ByteArray bytes(int size) {
        ByteArray array = new ByteArray(size);
        for (int i = 0; i < size; i++) {
            array.set(i, (byte) (i * 23));
        }
        return array;
    }

    private static CharArray text() {
        CharArray array = new CharArray(64);
        String text =
                "The quick brown Fox jumps over the lazy Dog; 0123456789"
                        + " \u00e4\u00f6\u00fc\u20ac\uffff ..";
        for (int i = 0; i < 64; i++) {
            array.set(i, text.charAt(i % text.length()));
        }
        return array;
    }

    private static IntArray rows() {
        IntArray rows = new IntArray(31);
        for (int i = 0; i <= 30; i++) {
            rows.set(i, 3 * i - (i % 3));
        }
        return rows;
    }

    private static IntArray sorted() {
        int[] values = new Random(1).ints(100, 0, 300).sorted().toArray();
        return IntArray.fromArray(values);
    }

    static void table(FloatArray in, FloatArray out) {
        for (@Parallel int i = 1; i < in.getSize() - 1; i++) {
            float sum = 0;
            for (int k = 0; k < WEIGHTS.length; k++) {
                sum += WEIGHTS[k] * in.get(i + k - 1);
            }
            out.set(i, sum);
        }
    }

    static void narrowing(ByteArray in, ByteArray out, ShortArray shorts) {
        for (@Parallel int i = 0; i < in.getSize(); i++) {
            byte b = in.get(i);
            b += 77;
            b *= 3;
            b >>>= 1;
            short s = (short) (b << 9);
            s ^= (short) 0x5555;
            s++;
            out.set(i, (byte) -b);
            shorts.set(i, s);
        }
    }

    static void characters(CharArray in, CharArray out, IntArray kinds) {
        for (@Parallel int i = 0; i < in.getSize(); i++) {
            char c = in.get(i);
            if (c >= 'a' && c <= 'z') {
                c = (char) (c - 'a' + 'A');
            } else if (c >= 'A' && c <= 'Z') {
                c += 32;
            }
            out.set(i, c);
            kinds.set(i, c == ' ' ? 1 : c - '0' < 10 && c >= '0' ? 2 : c > 127 ? c : 0);
        }
    }

    static void unsigned(IntArray in, LongArray out) {
        for (@Parallel int i = 0; i < in.getSize(); i++) {
            int x = in.get(i);
            long wide = x & MASK;
            out.set(
                    i,
                    (wide >>> SHIFT)
                            + (x >>> 28)
                            + (x >> 2)
                            + Integer.toUnsignedLong(x)
                            + Integer.compareUnsigned(x, 5)
                            + Integer.divideUnsigned(x, 7)
                            + Long.remainderUnsigned(-1L - i, 10));
        }
    }

    static void ternaries(IntArray in, IntArray out) {
        for (@Parallel int i = 0; i < in.getSize(); i++) {
            int x = in.get(i);
            out.set(i, x < -5 ? -2 : x < 0 ? -1 : x == 0 ? 0 : x > 5 ? (i % 2 == 0 ? 20 : 2) : 1);
        }
    }

    static void shortCircuit(IntArray in, IntArray out, int n) {
        for (@Parallel int i = 0; i < n; i++) {
            int r = 0;
            if (i > 0 && in.get(i - 1) > 0 || i + 1 < n && in.get(i + 1) < 0) {
                r = 1;
            }
            if (!(i < n - 1) || in.get(i + 1) != in.get(i) && r == 1) {
                r += 2;
            }
            out.set(i, r);
        }
    }

    static void labels(IntArray in, IntArray out, int n) {
        for (@Parallel int i = 0; i < n; i++) {
            int found = -1;
            outer:
            for (int j = 0; j < n; j++) {
                for (int k = 0; k < n; k++) {
                    if (in.get(j * n + k) == i) {
                        found = j * n + k;
                        break outer;
                    }
                    if (in.get(j * n + k) > 7) {
                        continue outer;
                    }
                }
            }
            out.set(i, found);
        }
    }

    static void downwards(IntArray out) {
        for (@Parallel int i = 0; i < out.getSize(); i++) {
            int sum = 0;
            for (int k = i; k-- > 0; ) {
                sum = sum * 3 + k;
            }
            for (int k = 20; k >= i; k -= 4) {
                sum ^= k;
            }
            out.set(i, sum);
        }
    }

    static void unequal(IntArray out, int from, int to) {
        for (@Parallel int i = from; i < to; i++) {
            int n = 0;
            for (int k = from; k != i; k++) {
                n += k;
            }
            out.set(i, n);
        }
    }

    static void steps(IntArray out, int start, int step) {
        for (@Parallel int i = 0; i < out.getSize(); i++) {
            int n = 0;
            for (int k = start; k < i; k += step) {
                n++;
            }
            out.set(i, n);
        }
    }

    static void longLoop(LongArray out, long n) {
        for (@Parallel int i = 0; i < out.getSize(); i++) {
            long sum = 0;
            for (long k = i; k < n * 2; k++) {
                sum += k * k;
            }
            out.set(i, sum);
        }
    }

    static void doWhile(IntArray in, IntArray out) {
        for (@Parallel int i = 0; i < in.getSize(); i++) {
            int x = in.get(i);
            int digits = 0;
            int sum = 0;
            do {
                sum += x % 10;
                digits++;
                x /= 10;
            } while (x != 0);
            out.set(i, digits * 100 + sum);
        }
    }

    static void enhanced(int[] in, int[] out) {
        int sum = 0;
        for (int x : in) {
            sum = sum * 10 + x;
        }
        out[0] = sum;
    }

    static void primitives(
            double[] in, double[] out, boolean[] flags, char[] text, byte[] bytes, short[] shorts) {
        for (@Parallel int i = 0; i < in.length; i++) {
            out[i] = in[i] * 2;
            flags[i] = in[i] > 0;
            text[i]++;
            bytes[i] = (byte) text[i];
            shorts[i] -= (short) (in[i] * 1000);
        }
    }

    private static float cnd(float x) {
        float z = 1f / (1f + 0.2316419f * Math.abs(x));
        float pdf = 0.39894228f * TornadoMath.exp(-0.5f * x * x);
        float poly =
                z
                        * (0.31938153f
                                + z
                                        * (-0.356563782f
                                                + z
                                                        * (1.781477937f
                                                                + z
                                                                        * (-1.821255978f
                                                                                + z
                                                                                        * 1.330274429f))));
        float d = 1f - pdf * poly;
        return x < 0f ? 1f - d : d;
    }

    static void blackScholes(FloatArray in, FloatArray call, FloatArray put) {
        for (@Parallel int i = 0; i < in.getSize(); i++) {
            float u = Math.abs(in.get(i));
            float s = 10f * u + 100f * (1f - u);
            float k = 100f * u + 10f * (1f - u) + 5f;
            float t = 1f + 9f * u;
            float rate = 0.01f;
            float sigma = 0.1f + 0.3f * u;
            float root = sigma * TornadoMath.sqrt(t);
            float d1 = (TornadoMath.log(s / k) + (rate + sigma * sigma / 2f) * t) / root;
            float d2 = d1 - root;
            float discount = k * TornadoMath.exp(-rate * t);
            call.set(i, s * cnd(d1) - discount * cnd(d2));
            put.set(i, discount * cnd(-d2) - s * cnd(-d1));
        }
    }

    static void monteCarlo(FloatArray out, int rounds, int seed) {
        for (@Parallel int j = 0; j < out.getSize(); j++) {
            long s = j + seed;
            s = (s * 0x5DEECE66DL + 0xBL) & ((1L << 48) - 1);
            int hits = 0;
            for (int k = 0; k < rounds; k++) {
                s = (s * 0x5DEECE66DL + 0xBL) & ((1L << 48) - 1);
                float x = (s & 0x0FFFFFFF) / 268435455f;
                s = (s * 0x5DEECE66DL + 0xBL) & ((1L << 48) - 1);
                float y = (s & 0x0FFFFFFF) / 268435455f;
                if (x * x + y * y <= 1.0f) {
                    hits++;
                }
            }
            out.set(j, 4f * hits / rounds);
        }
    }

    static void binomial(FloatArray in, DoubleArray out, int steps) {
        for (@Parallel int i = 0; i < in.getSize(); i++) {
            double[] value = new double[17];
            double up = 1.05 + in.get(i) / 50;
            double down = 1 / up;
            double p = (1.001 - down) / (up - down);
            for (int k = 0; k <= steps; k++) {
                value[k] = Math.max(0, 100 * Math.pow(up, 2 * k - steps) - 95);
            }
            for (int n = steps - 1; n >= 0; n--) {
                for (int k = 0; k <= n; k++) {
                    value[k] = (p * value[k + 1] + (1 - p) * value[k]) / 1.001;
                }
            }
            out.set(i, value[0]);
        }
    }

    static void statistics(
            DoubleArray in,
            @Reduce DoubleArray sum,
            @Reduce DoubleArray squares,
            @Reduce DoubleArray largest) {
        for (@Parallel int i = 0; i < in.getSize(); i++) {
            double x = in.get(i);
            sum.set(0, sum.get(0) + x);
            squares.set(0, squares.get(0) + x * x);
            largest.set(0, TornadoMath.max(largest.get(0), x));
        }
    }

    static void evens(IntArray in, @Reduce IntArray count, @Reduce LongArray product) {
        product.set(0, 1);
        for (@Parallel int i = 0; i < in.getSize(); i++) {
            if (in.get(i) % 2 == 0) {
                count.set(0, count.get(0) + 1);
            }
            product.set(0, product.get(0) * (in.get(i) | 1));
        }
    }

    static void bounds(FloatArray in, @Reduce FloatArray low, @Reduce FloatArray high) {
        for (@Parallel int i = 0; i < in.getSize(); i++) {
            low.set(0, Math.min(low.get(0), in.get(i)));
            high.set(0, Math.max(high.get(0), in.get(i) * in.get(i)));
        }
    }

    static void polynomials(DoubleArray x, DoubleArray c, DoubleArray out) {
        for (@Parallel int i = 0; i < x.getSize(); i++) {
            double y = 0;
            for (int k = c.getSize() - 1; k >= 0; k--) {
                y = y * x.get(i) + c.get(k);
            }
            out.set(i, y);
        }
    }

    static void interleaved(FloatArray in, FloatArray even, FloatArray odd) {
        for (@Parallel int i = 0; i < in.getSize() / 2; i++) {
            even.set(i, in.get(2 * i));
            odd.set(i, in.get(2 * i + 1));
        }
    }

    static void gather(FloatArray in, IntArray at, FloatArray out) {
        for (@Parallel int i = 0; i < at.getSize(); i++) {
            out.set(i, in.get(at.get(i)));
        }
    }

    static void sparse(
            IntArray rows, IntArray columns, FloatArray values, FloatArray x, FloatArray y) {
        for (@Parallel int i = 0; i < y.getSize(); i++) {
            float sum = 0;
            for (int k = rows.get(i); k < rows.get(i + 1); k++) {
                sum += values.get(k) * x.get(columns.get(k));
            }
            y.set(i, sum);
        }
    }

    static void distances(FloatArray points, FloatArray centres, IntArray nearest, FloatArray to) {
        for (@Parallel int i = 0; i < nearest.getSize(); i++) {
            float best = Float.MAX_VALUE;
            int at = -1;
            for (int c = 0; c < centres.getSize() / 3; c++) {
                float d = 0;
                for (int k = 0; k < 3; k++) {
                    float e = points.get(3 * i + k) - centres.get(3 * c + k);
                    d += e * e;
                }
                if (d < best) {
                    best = d;
                    at = c;
                }
            }
            nearest.set(i, at);
            to.set(i, (float) Math.sqrt(best));
        }
    }

    static void search(IntArray sorted, IntArray keys, IntArray out) {
        for (@Parallel int i = 0; i < keys.getSize(); i++) {
            int low = 0;
            int high = sorted.getSize() - 1;
            int key = keys.get(i);
            int found = -1;
            while (low <= high) {
                int mid = (low + high) >>> 1;
                int v = sorted.get(mid);
                if (v < key) {
                    low = mid + 1;
                } else if (v > key) {
                    high = mid - 1;
                } else {
                    found = v;
                    break;
                }
            }
            out.set(i, found >= 0 ? found : -(low + 1));
        }
    }

    static void packed(IntArray in, IntArray out) {
        for (@Parallel int i = 0; i < in.getSize(); i++) {
            int x = in.get(i) & 0xffff;
            x = (x | x << 8) & 0x00FF00FF;
            x = (x | x << 4) & 0x0F0F0F0F;
            x = (x | x << 2) & 0x33333333;
            x = (x | x << 1) & 0x55555555;
            out.set(i, x << 1 | Integer.reverse(x) >>> 31 ^ Integer.rotateLeft(x, 7));
        }
    }

    static void hashes(IntArray in, LongArray out) {
        for (@Parallel int i = 0; i < in.getSize(); i++) {
            long h = 0xcbf29ce484222325L;
            for (int k = 0; k < 4; k++) {
                h ^= (in.get(i) >> (8 * k)) & 0xff;
                h *= 0x100000001b3L;
            }
            h ^= h >>> 33;
            h = Long.rotateRight(h, 13) + Long.bitCount(h) + Long.numberOfLeadingZeros(h >>> i);
            out.set(i, h);
        }
    }

    static void divisions(IntArray a, IntArray b, IntArray out) {
        for (@Parallel int i = 0; i < a.getSize(); i++) {
            int x = a.get(i);
            int y = b.get(i);
            out.set(5 * i, x / y);
            out.set(5 * i + 1, x % y);
            out.set(5 * i + 2, Math.floorDiv(x, y));
            out.set(5 * i + 3, Math.floorMod(x, -y));
            out.set(5 * i + 4, x / 7 + x % 8 - x / -3);
        }
    }

    static void remainders(FloatArray f, DoubleArray d, FloatArray outF, DoubleArray outD) {
        for (@Parallel int i = 0; i < f.getSize(); i++) {
            outF.set(i, (f.get(i) * 100) % 3.5f);
            outD.set(i, (d.get(i) * 1e9) % -0.7);
        }
    }

    static void rounding(FloatArray f, IntArray out) {
        for (@Parallel int i = 0; i < f.getSize(); i++) {
            float x = f.get(i) * 9;
            out.set(6 * i, Math.round(x));
            out.set(6 * i + 1, (int) Math.floor(x));
            out.set(6 * i + 2, (int) Math.ceil(x));
            out.set(6 * i + 3, (int) Math.rint(x));
            out.set(6 * i + 4, (int) (x + 0.5f));
            out.set(6 * i + 5, (int) Math.round((double) x) + (int) Math.signum(x));
        }
    }

    static void strings(CharArray text, IntArray out) {
        int hash = 0;
        int words = 0;
        boolean inside = false;
        for (int i = 0; i < text.getSize(); i++) {
            char c = text.get(i);
            hash = 31 * hash + c;
            if (c == ' ') {
                inside = false;
            } else if (!inside) {
                inside = true;
                words++;
            }
        }
        out.set(0, hash);
        out.set(1, words);
    }

    private static float inner(float x) {
        return x > 0 ? square(x) : -square(x) + 1;
    }

    private static float square(float x) {
        return x * x;
    }

    private static float outer(float x, int n) {
        float sum = 0;
        for (int i = 0; i < n; i++) {
            if (inner(x + i) > 20) {
                return sum;
            }
            sum += inner(x - i);
        }
        return -sum;
    }

    static void nestedCalls(FloatArray in, FloatArray out) {
        for (@Parallel int i = 0; i < in.getSize(); i++) {
            out.set(i, outer(in.get(i) * 3, i % 7) + inner(outer(in.get(i), 3)));
        }
    }

    static void finals(FloatArray out, byte b, short s, char c, boolean flag) {
        final int limit = out.getSize();
        for (@Parallel int i = 0; i < limit; i++) {
            final float x = b * s + c;
            out.set(i, flag ? x + i : x - i);
        }
    }

    static void twoLoops(FloatArray in, FloatArray middle, FloatArray out) {
        for (@Parallel int i = 0; i < in.getSize(); i++) {
            middle.set(i, in.get(i) + 1);
        }
        for (@Parallel int j = 0; j < in.getSize(); j++) {
            out.set(j, middle.get(in.getSize() - 1 - j) * 2);
        }
    }

    static void threeDeep(IntArray out, int x, int y, int z) {
        for (@Parallel int i = 0; i < x; i++) {
            for (@Parallel int j = 0; j < y; j++) {
                for (@Parallel int k = 0; k < z; k++) {
                    out.set((i * y + j) * z + k, i * 100 + j * 10 + k);
                }
            }
        }
    }

    static void strides(FloatArray in, FloatArray out, int stride) {
        for (@Parallel int i = 0; i < in.getSize(); i += stride) {
            for (int k = 0; k < stride; k++) {
                out.set(i + stride - 1 - k, in.get(i + k));
            }
        }
    }

    static void stridesDown(IntArray out, int from, int stride) {
        for (@Parallel int i = from; i >= 2; i -= stride) {
            out.set(i, i * stride);
        }
    }

    static void clones(int[] in, int[] out) {
        int[] copy = in.clone();
        for (@Parallel int i = 0; i < out.length; i++) {
            int[] digits = {i, i + 1, i + 2};
            int[] other = digits.clone();
            other[i % 3] = 9;
            out[i] = digits[i % 3] + other[i % 3] * 100 + copy[i % copy.length];
        }
    }

    static void clamps(IntArray in, IntArray out, int low) {
        for (@Parallel int i = 0; i < in.getSize(); i++) {
            int at = Math.clamp(i - 3L, 0, in.getSize() - 4);
            out.set(i, Math.clamp(in.get(at), low, low + i));
        }
    }

    static void half(IntArray local, int constant) {
        for (@Parallel int i = 0; i < local.getSize(); i++) {
            local.set(i, local.get(i) * constant + i);
        }
    }

    static void global(IntArray local, int barrier) {
        for (@Parallel int i = 0; i < local.getSize(); i++) {
            local.set(i, local.get(i) * barrier + i);
        }
    }

    static void kernel(IntArray local, int float4) {
        for (@Parallel int i = 0; i < local.getSize(); i++) {
            local.set(i, local.get(i) * float4 + i);
        }
    }

    static void uint(IntArray local, int restrict) {
        for (@Parallel int i = 0; i < local.getSize(); i++) {
            local.set(i, local.get(i) * restrict + i);
        }
    }

    static void printf(IntArray local, int size_t) {
        for (@Parallel int i = 0; i < local.getSize(); i++) {
            local.set(i, local.get(i) * size_t + i);
        }
    }

    static void localArrays(FloatArray in, FloatArray out) {
        for (@Parallel int i = 0; i < out.getSize(); i++) {
            float[] copy = new float[8];
            int[] order = new int[8];
            for (int k = 0; k < 8; k++) {
                copy[k] = in.get(i * 8 + k);
                order[k] = 7 - k;
            }
            float r = 0;
            for (int k = 0; k < copy.length; k++) {
                r = r / 2 + copy[order[k]];
            }
            out.set(i, r);
        }
    }

    static void matrix(float[][] in, float[][] out) {
        for (@Parallel int i = 0; i < in.length; i++) {
            for (@Parallel int j = 0; j < in[0].length; j++) {
                out[j][i] = in[i][j] * 2;
            }
        }
    }

    static void sortedRows(IntArray data, int columns) {
        for (@Parallel int row = 0; row < data.getSize() / columns; row++) {
            int base = row * columns;
            boolean swapped = true;
            while (swapped) {
                swapped = false;
                for (int k = base; k < base + columns - 1; k++) {
                    if (data.get(k) > data.get(k + 1)) {
                        int t = data.get(k);
                        data.set(k, data.get(k + 1));
                        data.set(k + 1, t);
                        swapped = true;
                    }
                }
            }
        }
    }

    static void exchange(IntArray a, IntArray b) {
        for (@Parallel int i = 0; i < a.getSize(); i++) {
            int t = a.get(i);
            a.set(i, b.get(i));
            b.set(i, t);
        }
    }

    static void switches(IntArray in, IntArray out) {
        for (@Parallel int i = 0; i < in.getSize(); i++) {
            int r;
            switch (in.get(i)) {
                case 0:
                case 1:
                    r = 10;
                    break;
                case 2:
                    r = 20;
                // falls through
                case 5:
                    r = 50 + i;
                    break;
                case 1000:
                    r = 3;
                    break;
                default:
                    r = -1;
            }
            r +=
                    switch (i % 4) {
                        case 0 -> 1;
                        case 1, 2 -> {
                            int t = r * 2;
                            yield t + 1;
                        }
                        default -> 7;
                    };
            out.set(i, r);
        }
    }

    static void booleans(boolean[] in, boolean[] out) {
        for (@Parallel int i = 0; i < in.length; i++) {
            boolean before = i > 0 && in[i - 1];
            out[i] = in[i] ^ before | !in[i] & i == 2;
        }
    }

    static void twentyArguments(
            int a,
            long b,
            float c,
            double d,
            byte e,
            short f,
            char g,
            boolean h,
            int[] ints,
            long[] longs,
            float[] floats,
            double[] doubles,
            IntArray i,
            LongArray j,
            FloatArray k,
            DoubleArray l,
            int q,
            float r,
            double s,
            long t) {
        for (@Parallel int n = 0; n < ints.length; n++) {
            ints[n] = a + e + n;
            longs[n] = b * t - f;
            floats[n] = c * r + g;
            doubles[n] = h ? d / s : 0;
            i.set(n, q << n);
            j.set(n, t >> n);
            k.set(n, r / (n + 1));
            l.set(n, s - n);
        }
    }
}
