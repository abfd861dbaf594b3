package org.tornadovit.programs;

import static org.tornadovit.programs.Case.list;
import static org.tornadovit.programs.Check.doubles;
import static org.tornadovit.programs.Check.floats;
import static org.tornadovit.programs.Check.ints;

import java.util.List;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.DoubleArray;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;
import uk.ac.manchester.tornado.api.types.arrays.LongArray;
import uk.ac.manchester.tornado.api.types.arrays.ShortArray;

/** Kernels of physics, chaos and number theory. */
final class Simulations {
    private static final float EPSILON = 500f;
    static final int[] PRIMES = {2, 3, 5, 7, 11, 13, 17, 19};

    private Simulations() {}

    static List<Case> cases() {
        return List.of(
                Case.of("nBody", () -> list(40, floats(160, 1), floats(160, 2))).within(1e-4),
                Case.of("mandelbrot", () -> list(24, new ShortArray(24 * 24), 20)),
                Case.of("julia", () -> list(24, new FloatArray(600), new FloatArray(600))),
                Case.of("hilbert", () -> list(new FloatArray(31 * 31), 31, 31)),
                Case.of(
                                "fourier",
                                () ->
                                        list(
                                                floats(48, 3),
                                                floats(48, 4),
                                                new FloatArray(48),
                                                new FloatArray(48)))
                        .within(1e-3),
                Case.of(
                                "fourierOfDoubles",
                                () ->
                                        list(
                                                doubles(33, 3),
                                                new DoubleArray(33),
                                                new DoubleArray(33)))
                        .within(1e-10),
                Case.of("heat", () -> list(floats(20 * 30, 5), new FloatArray(600), 20, 30, 0.1f)),
                Case.of("life", () -> list(ints(17 * 23, 0, 2, 6), new IntArray(17 * 23), 17, 23)),
                Case.of("euler", () -> list(12, fifths(12), new LongArray(12 * 5))),
                Case.of("floyd", () -> list(ints(16 * 16, 1, 90, 7), 16, 3)),
                Case.of("sieve", () -> list(new IntArray(500))),
                Case.of("collatz", () -> list(new IntArray(300))),
                Case.of(
                        "bellman",
                        () ->
                                list(
                                        ints(80, 0, 20, 8),
                                        ints(80, 0, 20, 9),
                                        ints(80, 1, 9, 10),
                                        new IntArray(20))),
                Case.of("wave", () -> list(floats(128, 1), floats(128, 2), new FloatArray(128))),
                Case.of("newton", () -> list(doubles(50, 1), new DoubleArray(50))).within(1e-9),
                Case.of("fibonacci", () -> list(new LongArray(93))),
                Case.of(
                        "gcds",
                        () -> list(ints(60, 1, 5000, 1), ints(60, 1, 5000, 2), new IntArray(60))),
                Case.of("powers", () -> list(ints(60, 0, 5000, 1), new LongArray(60), 1_000_007L)),
                Case.of("crc", () -> list(ints(64, -9999, 9999, 3), new IntArray(64))),
                Case.of("lcg", () -> list(12345L, new FloatArray(200), 50)),
                Case.of(
                        "bfs",
                        () -> list(new IntArray(30), ints(90, 0, 30, 5), 30, 0, new IntArray(1))),
                Case.of("permutations", () -> list(new IntArray(120 * 5))));
    }

    static void nBody(int bodies, FloatArray position, FloatArray velocity) {
        final float delta = 0.005f;
        for (@Parallel int i = 0; i < bodies; i++) {
            int body = 4 * i;
            float[] acc = new float[] {0.0f, 0.0f, 0.0f};
            for (int j = 0; j < bodies; j++) {
                float[] r = new float[3];
                int index = 4 * j;
                float distance = 0.0f;
                for (int k = 0; k < 3; k++) {
                    r[k] = position.get(index + k) - velocity.get(body + k);
                    distance += r[k] * r[k];
                }
                float inverse = 1.0f / TornadoMath.sqrt(distance + EPSILON);
                float cube = inverse * inverse * inverse;
                float s = position.get(index + 3) * cube;
                for (int k = 0; k < 3; k++) {
                    acc[k] += s * r[k];
                }
            }
            for (int k = 0; k < 3; k++) {
                velocity.set(body + k, velocity.get(body + k) + acc[k] * delta);
            }
        }
    }

    static void mandelbrot(int size, ShortArray output, int limit) {
        float space = 2.0f / size;
        for (@Parallel int i = 0; i < size; i++) {
            int indexI = i * size;
            for (@Parallel int j = 0; j < size; j++) {
                float zr = 0.0f;
                float zi = 0.0f;
                float cr = 1 * j * space - 1.5f;
                float ci = 1 * i * space - 1.0f;
                float zrn = 0;
                float zin = 0;
                int y = 0;
                for (int ii = 0; ii < limit; ii++) {
                    if (zin + zrn > 4.0f) {
                        y = ii;
                        ii = limit;
                    } else {
                        y = ii;
                        zi = 2.0f * zr * zi + ci;
                        zr = 1 * zrn - zin + cr;
                        zrn = zr * zr;
                        zin = zi * zi;
                    }
                }
                short r = (short) (y * 255 / limit);
                output.set(indexI + j, r);
            }
        }
    }

    static void julia(int size, FloatArray hue, FloatArray brightness) {
        float zoom = 1.2f;
        for (@Parallel int ix = 0; ix < size; ix++) {
            for (@Parallel int jx = 0; jx < size; jx++) {
                float zx = 1.5f * (ix - size / 2) / (0.5f * zoom * size);
                float zy = (jx - size / 2) / (0.5f * zoom * size);
                float i = 50;
                while (zx * zx + zy * zy < 4 && i > 0) {
                    float tmp = zx * zx - zy * zy - 0.75f;
                    zy = 2.0f * zx * zy + 0.125f;
                    zx = tmp;
                    i--;
                }
                hue.set(ix * size + jx, 50 / i);
                brightness.set(ix * size + jx, i > 1 ? 1 : 0);
            }
        }
    }

    static void hilbert(FloatArray output, int rows, int columns) {
        for (@Parallel int i = 0; i < rows; i++) {
            for (@Parallel int j = 0; j < columns; j++) {
                output.set(i * rows + j, 1.0f / ((i + 1) + (j + 1) - 1));
            }
        }
    }

    static void fourier(FloatArray inReal, FloatArray inImag, FloatArray real, FloatArray imag) {
        int n = inReal.getSize();
        for (@Parallel int k = 0; k < n; k++) {
            float sumReal = 0;
            float sumImag = 0;
            for (int t = 0; t < n; t++) {
                float angle = (2 * TornadoMath.floatPI() * t * k) / (float) n;
                sumReal +=
                        inReal.get(t) * TornadoMath.cos(angle)
                                + inImag.get(t) * TornadoMath.sin(angle);
                sumImag +=
                        -inReal.get(t) * TornadoMath.sin(angle)
                                + inImag.get(t) * TornadoMath.cos(angle);
            }
            real.set(k, sumReal);
            imag.set(k, sumImag);
        }
    }

    static void fourierOfDoubles(DoubleArray in, DoubleArray real, DoubleArray imag) {
        int n = in.getSize();
        for (@Parallel int k = 0; k < n; k++) {
            double re = 0;
            double im = 0;
            for (int t = 0; t < n; t++) {
                double angle = 2 * Math.PI * t * k / n;
                re += in.get(t) * Math.cos(angle);
                im -= in.get(t) * Math.sin(angle);
            }
            real.set(k, re);
            imag.set(k, im);
        }
    }

    static void heat(FloatArray in, FloatArray out, int rows, int columns, float rate) {
        for (@Parallel int i = 1; i < rows - 1; i++) {
            for (@Parallel int j = 1; j < columns - 1; j++) {
                int at = i * columns + j;
                float around =
                        in.get(at - 1)
                                + in.get(at + 1)
                                + in.get(at - columns)
                                + in.get(at + columns);
                out.set(at, in.get(at) + rate * (around - 4 * in.get(at)));
            }
        }
    }

    private static int cell(IntArray world, int row, int column, int rows, int columns) {
        return row < 0 || column < 0 || row >= rows || column >= columns
                ? 0
                : world.get(row * columns + column);
    }

    static void life(IntArray world, IntArray next, int rows, int columns) {
        for (@Parallel int i = 0; i < rows; i++) {
            for (@Parallel int j = 0; j < columns; j++) {
                int neighbours = 0;
                for (int di = -1; di <= 1; di++) {
                    for (int dj = -1; dj <= 1; dj++) {
                        if (di == 0 && dj == 0) {
                            continue;
                        }
                        neighbours += cell(world, i + di, j + dj, rows, columns);
                    }
                }
                boolean alive = world.get(i * columns + j) == 1;
                boolean lives = alive ? neighbours == 2 || neighbours == 3 : neighbours == 3;
                next.set(i * columns + j, lives ? 1 : 0);
            }
        }
    }

    private static LongArray fifths(int size) {
        LongArray fifths = new LongArray(size);
        for (int i = 0; i < size; i++) {
            fifths.set(i, (long) i * i * i * i * i);
        }
        return fifths;
    }

    static void euler(int size, LongArray five, LongArray out) {
        for (@Parallel int e = 1; e < five.getSize(); e++) {
            long e5 = five.get(e);
            for (int a = 1; a < size; a++) {
                long a5 = five.get(a);
                for (int b = a; b < size; b++) {
                    long b5 = five.get(b);
                    for (int c = b; c < size; c++) {
                        long c5 = five.get(c);
                        if (a5 + b5 + c5 <= e5) {
                            out.set(e * 5, a);
                            out.set(e * 5 + 1, b);
                            out.set(e * 5 + 2, c);
                            out.set(e * 5 + 3, out.get(e * 5 + 3) + 1);
                            out.set(e * 5 + 4, e5 - (a5 + b5 + c5));
                        }
                    }
                }
            }
        }
    }

    static void floyd(IntArray distances, int n, int k) {
        for (@Parallel int i = 0; i < n; i++) {
            for (@Parallel int j = 0; j < n; j++) {
                if (i != k && j != k) {
                    int by = distances.get(i * n + k) + distances.get(k * n + j);
                    if (by < distances.get(i * n + j)) {
                        distances.set(i * n + j, by);
                    }
                }
            }
        }
    }

    static void sieve(IntArray out) {
        for (@Parallel int i = 2; i < out.getSize(); i++) {
            boolean prime = true;
            for (int d = 2; d * d <= i; d++) {
                if (i % d == 0) {
                    prime = false;
                    break;
                }
            }
            out.set(i, prime ? 1 : 0);
        }
    }

    static void collatz(IntArray out) {
        for (@Parallel int i = 1; i < out.getSize(); i++) {
            long n = i;
            int steps = 0;
            do {
                n = (n & 1) == 0 ? n >> 1 : 3 * n + 1;
                steps++;
            } while (n != 1 && steps < 1000);
            out.set(i, steps);
        }
    }

    static void bellman(IntArray from, IntArray to, IntArray weight, IntArray distance) {
        distance.init(Integer.MAX_VALUE / 2);
        distance.set(0, 0);
        for (int round = 0; round < distance.getSize(); round++) {
            for (int e = 0; e < from.getSize(); e++) {
                int reach = distance.get(from.get(e)) + weight.get(e);
                distance.set(to.get(e), Math.min(distance.get(to.get(e)), reach));
            }
        }
    }

    static void wave(FloatArray before, FloatArray now, FloatArray next) {
        int last = now.getSize() - 1;
        for (@Parallel int i = 0; i < now.getSize(); i++) {
            float left = i > 0 ? now.get(i - 1) : 0;
            float right = i < last ? now.get(i + 1) : 0;
            next.set(i, 2 * now.get(i) - before.get(i) + 0.25f * (left - 2 * now.get(i) + right));
        }
    }

    static void newton(DoubleArray c, DoubleArray out) {
        for (@Parallel int i = 0; i < c.getSize(); i++) {
            double x = c.get(i) + 3;
            double old;
            int n = 0;
            do {
                old = x;
                x = x - (x * x * x - x - 2) / (3 * x * x - 1);
            } while (Math.abs(x - old) > 1e-12 && ++n < 60);
            out.set(i, x);
        }
    }

    static void fibonacci(LongArray out) {
        for (@Parallel int i = 0; i < out.getSize(); i++) {
            long a = 0;
            long b = 1;
            for (int k = i; k > 0; --k) {
                long t = a + b;
                a = b;
                b = t;
            }
            out.set(i, a);
        }
    }

    private static int gcd(int a, int b) {
        while (b != 0) {
            int t = a % b;
            a = b;
            b = t;
        }
        return a;
    }

    static void gcds(IntArray a, IntArray b, IntArray out) {
        for (@Parallel int i = 0; i < a.getSize(); i++) {
            out.set(i, gcd(a.get(i), b.get(i)) + 1000 * gcd(i, PRIMES[i % PRIMES.length]));
        }
    }

    static void powers(IntArray a, LongArray out, long modulus) {
        for (@Parallel int i = 0; i < a.getSize(); i++) {
            long base = a.get(i) % modulus;
            long result = 1;
            for (int e = i; e > 0; e >>= 1) {
                if ((e & 1) == 1) {
                    result = result * base % modulus;
                }
                base = base * base % modulus;
            }
            out.set(i, result);
        }
    }

    static void crc(IntArray in, IntArray out) {
        for (@Parallel int i = 0; i < in.getSize(); i++) {
            int crc = ~0;
            for (int shift = 0; shift < 32; shift += 8) {
                crc ^= (in.get(i) >>> shift) & 0xFF;
                for (int k = 0; k < 8; k++) {
                    crc = (crc >>> 1) ^ (0xEDB88320 & -(crc & 1));
                }
            }
            out.set(i, ~crc);
        }
    }

    static void lcg(long seed, FloatArray out, int rounds) {
        for (@Parallel int i = 0; i < out.getSize(); i++) {
            long s = (seed + i ^ 0x5DEECE66DL) & ((1L << 48) - 1);
            float sum = 0;
            for (int k = 0; k < rounds; k++) {
                s = (s * 0x5DEECE66DL + 0xBL) & ((1L << 48) - 1);
                sum += ((int) (s >>> 17) & 0xffffff) / (float) (1 << 24);
            }
            out.set(i, sum / rounds);
        }
    }

    static void bfs(IntArray level, IntArray edges, int nodes, int start, IntArray changed) {
        for (@Parallel int i = 0; i < nodes; i++) {
            level.set(i, i == start ? 1 : 0);
            for (int e = 0; e < 3; e++) {
                if (edges.get(i * 3 + e) == start) {
                    level.set(i, 2);
                }
            }
        }
        changed.set(0, start + 1);
    }

    static void permutations(IntArray out) {
        for (@Parallel int p = 0; p < out.getSize() / 5; p++) {
            int[] digits = {1, 2, 3, 4, 5};
            int rest = p;
            for (int k = 0; k < 5; k++) {
                int choice = rest % (5 - k);
                rest /= 5 - k;
                out.set(p * 5 + k, digits[choice]);
                digits[choice] = digits[4 - k];
            }
        }
    }
}
