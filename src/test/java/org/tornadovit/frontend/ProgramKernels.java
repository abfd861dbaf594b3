package org.tornadovit.frontend;

import java.util.Arrays;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.FP8;
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
import uk.ac.manchester.tornado.api.types.vectors.Float2;
import uk.ac.manchester.tornado.api.utils.QuantizationUtils;

/** Programs as users write them, a construct or two each. */
public final class ProgramKernels {
    private ProgramKernels() {}

    public static void rows(int[][] a, int[][] b) {
        for (@Parallel int i = 0; i < a.length; i++) {
            for (@Parallel int j = 0; j < a[i].length; j++) {
                b[i][j] = a[i][j] * 2 + i;
            }
        }
    }

    public static void cubes(int[][][] a, int[][] sums, float[][][] b) {
        for (@Parallel int i = 0; i < a.length; i++) {
            int[][] plane = a[i];
            int[][][] own = new int[2][3][4];
            for (int j = 0; j < plane.length; j++) {
                int[] row = plane[j];
                own[j & 1][j % 3][3] = row.length + j;
                for (int k = 0; k < row.length; k++) {
                    sums[i][j] += a[i][j][k] * own[j & 1][j % 3][k & 3];
                    b[k][j][i] = plane[j][k] * 0.5f;
                }
            }
        }
    }

    /** Rows of different lengths; the last has none. */
    public static void triangle(int[][] a, float[][] b, long[] sums) {
        for (@Parallel int i = 0; i < a.length; i++) {
            int[] row = a[i];
            long sum = row.length;
            for (int j = 0; j < row.length; j++) {
                sum += row[j] * (long) lastOf(a, j);
                b[i][j] += a[i][row.length - 1 - j] * 0.5f;
                row[j] = -row[j];
            }
            sums[i] = sum;
        }
    }

    private static int lastOf(int[][] a, int row) {
        return a[row].length;
    }

    /** Levels of different lengths. */
    public static void branches(double[][][] a, char[][] b) {
        for (@Parallel int i = 0; i < a.length; i++) {
            double[][] plane = a[i];
            Arrays.fill(b[i], (char) (i + 7));
            for (int j = 0; j < plane.length; j++) {
                for (int k = 0; k < a[i][j].length; k++) {
                    plane[j][k] = plane[j][k] * plane.length + k;
                }
            }
        }
    }

    /** Characters of all kinds, and numbers that are none. */
    public static void characters(char[] text, int[] points, int[] counts, char[] upper) {
        for (@Parallel int i = 0; i < text.length; i++) {
            char c = text[i];
            int kind = Character.isDigit(c) ? 1 : Character.isLetter(c) ? 2 : 0;
            kind += Character.isWhitespace(c) ? 4 : 0;
            kind += Character.isUpperCase(points[i]) ? 8 : 0;
            kind += 16 * Character.getNumericValue(points[i]) + 1024 * Character.getType(c);
            counts[i] = kind + (Character.isAlphabetic(points[i]) ? 1 << 20 : 0);
            points[i] = Character.toLowerCase(points[i]);
            upper[i] = Character.toUpperCase(c);
        }
    }

    public static void transposed(float[][] a, float[][] b, double[] sums) {
        for (@Parallel int i = 0; i < b.length; i++) {
            float[] row = b[i];
            double sum = 0;
            for (int j = 0; j < row.length; j++) {
                row[j] = a[j][i];
                sum += half(row, j);
                a[j][i] += 1;
            }
            sums[i] = sum;
        }
    }

    private static float half(float[] row, int j) {
        return row[j] / 2;
    }

    public static void ownRows(long[][] out) {
        for (@Parallel int i = 0; i < out.length; i++) {
            long[][] table = new long[3][4];
            for (int j = 0; j < 3; j++) {
                for (int k = 0; k < 4; k++) {
                    table[j][k] = i * (long) j + k;
                }
            }
            out[i][0] = table[i % 3][i % 4] + table[2][1];
            out[i][1] = table.length * 10 + table[1].length;
        }
    }

    public static void searches(IntArray a, IntArray out) {
        for (@Parallel int i = 0; i < out.getSize(); i++) {
            int found = -1;
            outer:
            for (int j = i; j < a.getSize(); j++) {
                for (int k = 2; k * k <= a.get(j); k++) {
                    if (a.get(j) % k == 0) {
                        continue outer;
                    }
                }
                if (a.get(j) > 1) {
                    found = a.get(j);
                    break outer;
                }
            }
            out.set(i, found);
        }
    }

    public static void switches(IntArray a, IntArray out) {
        for (@Parallel int i = 0; i < a.getSize(); i++) {
            int x = a.get(i);
            int y;
            switch (x % 5) {
                case 0:
                    y = 1;
                case 1:
                    y = 7;
                    break;
                case -3:
                case 3:
                    y = x * 2;
                    break;
                default:
                    y = -x;
            }
            int z =
                    switch (x & 7) {
                        case 0, 1 -> y;
                        case 5 -> {
                            int t = y * y;
                            yield t - 1;
                        }
                        default -> y < 0 ? y > -10 ? 1 : 2 : y == 7 ? 3 : 4;
                    };
            out.set(i, z + switchOnChar((char) ('a' + (x & 3))));
        }
    }

    private static int switchOnChar(char c) {
        return switch (c) {
            case 'a' -> 10;
            case 'b' -> 20;
            case 'd' -> 40;
            default -> 0;
        };
    }

    public static void conversions(
            DoubleArray d, LongArray l, IntArray i, ShortArray s, CharArray c, ByteArray b) {
        for (@Parallel int n = 0; n < d.getSize(); n++) {
            double x = d.get(n);
            l.set(n, (long) x);
            i.set(n, (int) x ^ (int) (float) x);
            s.set(n, (short) x);
            c.set(n, (char) x);
            b.set(n, (byte) (long) x);
            long y = (long) (float) l.get(n) + (int) l.get(n) + (char) i.get(n) + (short) i.get(n);
            d.set(n, (float) y + (double) (s.get(n) + c.get(n) + b.get(n)));
        }
    }

    public static void shifts(IntArray a, LongArray b, IntArray out, LongArray wide) {
        for (@Parallel int i = 0; i < a.getSize(); i++) {
            int x = a.get(i);
            long y = b.get(i);
            out.set(i, (x >>> i) + (x >> (i + 30)) + (x << -i) + (byte) x >>> 3);
            wide.set(i, (y >>> x) ^ (y >> 40) ^ (y << i) ^ (x >>> 1));
        }
    }

    public static void counting(IntArray out, int from, int to) {
        for (int i = 9; i >= 0; i--) {
            out.set(i, i * 3);
        }
        for (int i = from; i != to; i += 2) {
            out.set(i, out.get(i) - 100);
        }
        for (@Parallel int i = 5; i < 20; i += 3) {
            out.set(i, 7);
        }
        int k = 30;
        while (k-- > 25) {
            out.set(k, k);
        }
    }

    public static void extremes(FloatArray a, FloatArray b, FloatArray out, DoubleArray wide) {
        for (@Parallel int i = 0; i < a.getSize(); i++) {
            float x = a.get(i);
            float y = b.get(i);
            out.set(4 * i, Math.min(x, y));
            out.set(4 * i + 1, TornadoMath.max(x, y));
            out.set(4 * i + 2, x % y);
            out.set(4 * i + 3, (int) x + (x < y ? 1 : x > y ? 2 : x == y ? 3 : 4));
            wide.set(2 * i, Math.max((double) x, (double) y));
            wide.set(2 * i + 1, (long) y + Math.round(x) + Math.round((double) y));
        }
    }

    public static void functions(DoubleArray a, DoubleArray out) {
        for (@Parallel int i = 0; i < a.getSize(); i++) {
            double x = a.get(i);
            out.set(3 * i, Math.cbrt(x));
            out.set(3 * i + 1, Math.hypot(x, 3));
            out.set(3 * i + 2, Math.rint(x) + Math.floor(x) - Math.ceil(x) + Math.signum(x));
        }
    }

    public static void max(IntArray half, IntArray kernel, int global) {
        for (@Parallel int get_global_id = 0; get_global_id < half.getSize(); get_global_id++) {
            int double2 = half.get(get_global_id);
            int printf = Math.max(double2, global);
            kernel.set(get_global_id, printf);
        }
    }

    public static void zeros(FloatArray out, int n) {
        for (@Parallel int i = 0; i < out.getSize(); i++) {
            float[] t = new float[8];
            int[] u = new int[24];
            t[i % 8] += i;
            u[i % 24]++;
            out.set(i, t[n] + t[0] + u[n] + u[23]);
        }
    }

    public static void inPlace(IntArray a, IntArray b) {
        for (@Parallel int i = 0; i < a.getSize(); i++) {
            b.set(i, a.get(i) * 3 + b.get(i));
        }
    }

    public static void twenty(
            int a,
            long b,
            float c,
            double d,
            short e,
            byte f,
            char g,
            boolean h,
            int i,
            int[] j,
            FloatArray k,
            int l,
            int m,
            long n) {
        for (@Parallel int x = 0; x < j.length; x++) {
            j[x] = a + (int) b + (int) c + e + f + g + (h ? i : l) * m + (int) (n >>> 33);
            k.set(x, (float) (c * d));
        }
    }

    public static void small(Int8Array a, Int8Array b, FP8Array c, BFloat16Array e, FloatArray o) {
        for (@Parallel int i = 0; i < a.getSize() / 4; i++) {
            int dot = QuantizationUtils.dp4a(a, 4L * i, b, 4L * i, 5);
            dot = QuantizationUtils.dp4a_packed(dot, 0x01020304, dot);
            float x = QuantizationUtils.dequantizeFusedResult(dot, 0.5f, 0.25f);
            float y = c.getE4M3(i) + FP8.e5m2ToFloat(c.get(i));
            c.setE5M2(i, x);
            float z = e.getFloat(i);
            e.setFloat(i, z * 1.5f);
            b.set(4 * i, FP8.e4m3FromFloat(y));
            o.set(2 * i, x + z);
            o.set(2 * i + 1, y);
        }
    }

    public static void complexNumbers(FloatArray a, FloatArray out) {
        for (@Parallel int i = 0; i < a.getSize() / 2; i++) {
            Float2 sum = new Float2(0, 0);
            Float2 factor = new Float2(a.get(2 * i), a.get(2 * i + 1));
            for (int k = 0; k < 3; k++) {
                sum = Float2.add(sum, Float2.mult(factor, k));
                if (sum.getX() > 4) {
                    sum = new Float2(-1, sum.getY());
                }
            }
            out.set(2 * i, sum.getX());
            out.set(2 * i + 1, sum.getY());
        }
    }

    public static void halves(HalfFloatArray a, HalfFloatArray out) {
        for (@Parallel int i = 0; i < a.getSize(); i++) {
            HalfFloat x = a.get(i);
            HalfFloat y = i % 2 == 0 ? x : HalfFloat.mult(x, x);
            HalfFloat z = new HalfFloat(y.getFloat32() / 3);
            out.set(i, HalfFloat.sub(z, HalfFloat.add(x, new HalfFloat(1f))));
        }
    }
}
