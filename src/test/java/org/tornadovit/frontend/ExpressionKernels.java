package org.tornadovit.frontend;

/** Arithmetic, conversions, and the order in which operands are evaluated. */
final class ExpressionKernels {
    static final float SCALE = scale();
    static final int[] TABLE = {3, 1, 4, 1, 5, 9, 2, 6};
    static int counter = 11;
    static final boolean FLAG = counter > 3;

    private ExpressionKernels() {}

    private static float scale() {
        return 0.25f;
    }

    static void ints(int[] a, int[] b, int[] out) {
        for (int i = 0; i < a.length; i++) {
            int x = a[i];
            int y = b[i];
            int d = y == 0 ? 7 : y;
            int r = x + y;
            r = r * 31 + (x - y);
            r = r * 31 + x * y;
            r = r * 31 + x / d;
            r = r * 31 + x % d;
            r = r * 31 + (x & y);
            r = r * 31 + (x | y);
            r = r * 31 + (x ^ y);
            r = r * 31 + (x << y);
            r = r * 31 + (x >> y);
            r = r * 31 + (x >>> y);
            r = r * 31 + -x;
            r = r * 31 + ~y;
            out[i] = r;
        }
    }

    static void longs(long[] a, long[] b, long[] out) {
        for (int i = 0; i < a.length; i++) {
            long x = a[i];
            long y = b[i];
            long d = y == 0 ? 7 : y;
            long r = x + y;
            r = r * 31 + (x - y);
            r = r * 31 + x * y;
            r = r * 31 + x / d;
            r = r * 31 + x % d;
            r = r * 31 + (x & y);
            r = r * 31 + (x | y);
            r = r * 31 + (x ^ y);
            r = r * 31 + (x << y);
            r = r * 31 + (x >> (int) y);
            r = r * 31 + (x >>> y);
            r = r * 31 + -x;
            r = r * 31 + ~y;
            out[i] = r;
        }
    }

    static void floats(float[] a, float[] b, float[] out) {
        for (int i = 0; i < a.length; i++) {
            float x = a[i];
            float y = b[i];
            out[i] =
                    (i & 3) == 0 ? x + y : (i & 3) == 1 ? x * y - x : (i & 3) == 2 ? x / y : -x % y;
        }
    }

    static void doubles(double[] a, double[] b, double[] out) {
        for (int i = 0; i < a.length; i++) {
            double x = a[i];
            double y = b[i];
            out[i] =
                    (i & 3) == 0 ? x + y : (i & 3) == 1 ? x * y - x : (i & 3) == 2 ? x / y : -x % y;
        }
    }

    static void conversions(double[] d, float[] f, long[] l, int[] out) {
        for (int i = 0; i < d.length; i++) {
            int r = (int) d[i];
            r = r * 31 + (int) f[i];
            r = r * 31 + (int) l[i];
            r = r * 31 + (byte) l[i];
            r = r * 31 + (short) d[i];
            r = r * 31 + (char) f[i];
            long s = (long) d[i] + (long) f[i] * 3 + (byte) (short) out[i];
            r = r * 31 + (int) (s >>> 32) + (int) s;
            f[i] = (float) d[i] + (float) l[i];
            d[i] = (double) l[i] + (double) f[i] + out[i];
            out[i] = r;
        }
    }

    static void narrow(byte[] b, short[] s, char[] c, int[] out) {
        for (int i = 0; i < b.length; i++) {
            out[i] = b[i] * 3 + s[i] * 5 + c[i] * 7;
            b[i] += s[i];
            s[i] = (short) (c[i] << 1);
            c[i]++;
            b[i] >>>= 1;
            s[i]--;
            byte x = b[i];
            x *= 3;
            char y = c[i];
            y += x;
            out[i] ^= x + y;
        }
    }

    static void narrowParameters(byte b, short s, char c, boolean p, int[] out) {
        out[0] = b + s + c;
        b += 100;
        s <<= 3;
        c -= 1;
        p = !p;
        out[1] = b;
        out[2] = s;
        out[3] = c;
        out[4] = p ? 1 : 2;
    }

    static void order(int[] a, int[] out, int n) {
        int i = n;
        out[0] = i + i++ * 3 + i + ++i - i--;
        a[i & 15] = a[(i = i + 1) & 15] + (i = 3) * i;
        out[i++] = i + a[i];
        out[i] = out[i++] + i++;
        int x = 5;
        x = x++ * 2 + x;
        out[9] = x;
        int y = 10;
        y += y++ + ++y;
        out[10] = y;
        out[i = 12] = i;
        int t = a[0] + (a[0] = 5) + a[0]++ + a[0];
        out[13] = t;
        a[1] += a[1] = 7;
        a[a[2] & 7] = a[2] = 3;
        out[14] = (x = 3) * x + (x = 4) * x;
        int u = x + (x > 3 ? x++ : x--) + x;
        out[15] = u;
        out[16] = a[x] + (a[x] > 0 ? a[x] = -1 : 2) + a[x];
    }

    static void compound(float[] x, float[] y, int[] out) {
        for (int i = 0; i < x.length; i++) {
            x[i] += y[i] * 2;
            x[(i * 7 + 3) & 31] *= y[i] - 1;
            y[i] -= x[i]++;
            out[i] = (int) --y[i];
            out[i & 7] += out[(i + 1) & 31] += 3;
            int j = i;
            out[j++ & 31] += j;
            long big = 1L << i;
            big += x[i];
            big ^= out[i];
            out[i] += big;
        }
    }

    static void chained(int[] a, int[] out, int n) {
        int x;
        int y;
        x = y = a[0];
        out[0] = out[1] = out[2] = x + y;
        long p;
        long q;
        p = q = a[1];
        out[3] = (int) (p * q);
        x = (y = x + 1) + y;
        out[4] = x;
    }

    static void statics(float[] x, int[] out, int n) {
        for (int i = 0; i < n; i++) {
            out[i] = TABLE[i & 7] + counter + (FLAG ? 1 : 2);
            x[i] *= SCALE;
        }
    }

    static void boxes(Integer a, Float b, Long c, int[] out, double[] d) {
        Integer e = a + 1;
        out[0] = e + a;
        d[0] = b * c + e.doubleValue();
        out[1] = b.intValue();
        long l = c;
        d[1] = l + a.longValue();
    }

    static void privateArrays(int[] a, int[] out, int n) {
        for (int i = 0; i < n; i++) {
            int[] counts = new int[8];
            float[] weights = new float[4];
            for (int j = 0; j < n; j++) {
                counts[a[j] & 7]++;
                weights[j & 3] += j * 0.5f;
            }
            for (int j = 0; j < counts.length; j++) {
                out[i] = out[i] * 5 + counts[j] + (int) weights[j & 3];
            }
        }
    }

    static void filled(int[] a, int[] out, int n) {
        java.util.Arrays.fill(out, a[n]);
        double[] d = new double[5];
        java.util.Arrays.fill(d, 2.5);
        out[3] = (int) (d[0] + d[4]);
        int[] e = {4, 3, 2, 1};
        out[4] = e[n & 3];
    }

    static void alias(int[] a, int[] out, int n) {
        int[] b = a;
        b[0] = 5;
        out[0] = a[0];
        a[1] = out[1] + b.length;
    }

    static void manySlots(
            double a, long b, int c, float d, double e, long f, double[] out, long[] sums) {
        out[0] = a * e + d;
        out[1] = b / (double) (c == 0 ? 1 : c);
        sums[0] = b + f * c;
        a += d;
        b -= c;
        out[2] = a;
        sums[1] = b;
    }

    static void deadCode(int[] a, int[] out, int n) {
        int unused = a[0] * 3;
        out[0] = n;
    }
}
