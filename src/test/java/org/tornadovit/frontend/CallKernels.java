package org.tornadovit.frontend;

/** Calls of methods of one's own, and of Math and the boxes. */
final class CallKernels {
    private CallKernels() {}

    private static int square(int x) {
        return x * x;
    }

    private static int early(int x, int limit) {
        if (x > limit) {
            return limit;
        }
        for (int i = 0; i < 5; i++) {
            if (square(i) == (x & 31)) {
                return i;
            }
        }
        if (x < 0) {
            x = -x;
        }
        return x;
    }

    private static boolean inside(int x, int n) {
        return x >= 0 && x < n;
    }

    private static void swap(int[] a, int i, int j) {
        int t = a[i];
        a[i] = a[j];
        a[j] = t;
    }

    private static int next(int[] state) {
        state[0] = state[0] * 1103515245 + 12345;
        return state[0] >>> 16;
    }

    private static int storeThenUse(int[] a, int x) {
        a[0] = 5;
        return x + a[0];
    }

    private static int through(int[] a, int x) {
        return storeThenUse(a, x * 2) - storeThenUse(a, a[0] + x);
    }

    private static long mix(long a, int b, double c) {
        return a * b + (long) c;
    }

    private static float[] scratch(int n) {
        float[] array = new float[n];
        array[0] = n;
        return array;
    }

    private static int[] choose(int[] a) {
        return a;
    }

    private static int sumTo(int n) {
        int sum = 0;
        while (n > 0) {
            sum += n--;
        }
        return sum;
    }

    static void straight(int[] a, int[] out, int n) {
        for (int i = 0; i < n; i++) {
            out[i] = square(a[i]) + square(square(i) + 1) - square(n);
        }
    }

    static void branching(int[] a, int[] out, int n) {
        for (int i = 0; i < n; i++) {
            out[i] = early(a[i], 1000) + (inside(a[i], 20) ? 1 : 0);
            if (inside(a[i] & 63, n) && inside(i, 5)) {
                out[a[i] & 31]++;
            }
        }
    }

    static void orderOfEffects(int[] a, int[] out, int n) {
        a[0] = n;
        out[0] = a[0] + next(a) * 3 + a[0] - next(a);
        out[1] = next(a) - next(a) * next(a);
        int i = 2;
        out[i++] = next(a) + i;
        out[i] = a[1] + (early(a[1], 7) + next(a)) + a[0];
    }

    static void waitingArguments(int[] a, int[] out, int n) {
        out[0] = storeThenUse(a, a[0]) + a[0];
        a[0] = n;
        out[1] = through(a, a[0] + a[1]);
        a[0] = n + 1;
        out[2] = a[0] * through(a, early(a[0], 3)) - a[0];
    }

    static void effects(int[] a, int[] out, int n) {
        for (int i = 0; i < n / 2; i++) {
            swap(a, i, n - 1 - i);
        }
        out[0] = sumTo(n) + sumTo(n + 1);
    }

    static void wide(long[] a, double[] b, long[] out) {
        for (int i = 0; i < a.length; i++) {
            out[i] = mix(a[i], i, b[i]) ^ mix(i, 3, 2.5);
        }
    }

    static void returnedArrays(int[] a, float[] out, int n) {
        float[] s = scratch(4);
        s[1] = a[0];
        out[0] = s[0] + s[1];
        choose(a)[1] = 5;
        out[1] = choose(a).length;
    }

    static void ignoredResult(int[] a, int[] out, int n) {
        next(a);
        square(n);
        out[0] = a[0];
    }

    static void math(float[] x, float[] y, double[] out) {
        for (int i = 0; i < x.length; i++) {
            double d = x[i];
            double r = Math.sqrt(d) + Math.abs(y[i]) + Math.exp(d * 0.01);
            r += Math.min(x[i], y[i]) - Math.max(d, (double) y[i]);
            r += Math.floor(d) * 3 + Math.ceil(d) + Math.rint(d) + Math.signum(y[i]);
            r += Math.round(x[i]) + Math.round(d) + Math.cbrt(d) + Math.hypot(d, y[i]);
            r += Math.pow(Math.abs(d), 0.3) + Math.atan2(d, y[i]) + Math.fma(x[i], y[i], 1.0f);
            r += Math.sin(d) + Math.cos(d) * Math.tanh(d) + Math.log1p(Math.abs(d));
            r += Math.toRadians(d) + Math.copySign(2.0f, x[i]) + Math.log10(Math.abs(d) + 1);
            out[i] = r;
        }
    }

    static void rounding(float[] x, double[] d, long[] out) {
        for (int i = 0; i < x.length; i++) {
            out[i] = Math.round(x[i]) * 31L + Math.round(d[i]);
        }
    }

    static void integers(int[] a, int[] b, int[] out) {
        for (int i = 0; i < a.length; i++) {
            int x = a[i];
            int y = b[i] == 0 ? 3 : b[i];
            int r = Math.floorDiv(x, y) * 3 + Math.floorMod(x, y);
            r = r * 31 + Math.abs(x) + Math.min(x, y) * Math.max(x, y);
            r = r * 31 + Integer.bitCount(x) + Integer.numberOfLeadingZeros(y);
            r = r * 31 + Integer.numberOfTrailingZeros(x) + Integer.rotateLeft(x, y);
            r = r * 31 + Integer.reverse(x) + Integer.reverseBytes(y) + Integer.signum(x);
            r = r * 31 + Integer.compare(x, y) + Integer.highestOneBit(x);
            r = r * 31 + Integer.lowestOneBit(y) + Integer.divideUnsigned(x, y);
            r = r * 31 + Integer.remainderUnsigned(x, y) + Integer.sum(x, y);
            r = r * 31 + Math.clamp(x, -50, 90) + Math.ceilDiv(x, y);
            out[i] = r;
        }
    }

    static void longIntegers(long[] a, long[] b, long[] out) {
        for (int i = 0; i < a.length; i++) {
            long x = a[i];
            long y = b[i] == 0 ? 3 : b[i];
            long r = Math.floorDiv(x, y) * 3 + Math.floorMod(x, y);
            r = r * 31 + Math.abs(x) + Math.min(x, y) * Math.max(x, y);
            r = r * 31 + Long.bitCount(x) + Long.numberOfLeadingZeros(y);
            r = r * 31 + Long.numberOfTrailingZeros(x) + Long.rotateRight(x, 13);
            r = r * 31 + Long.compare(x, y) + Long.signum(x) + Math.multiplyHigh(x, y);
            r = r * 31 + Math.floorMod(x, 17) + Long.hashCode(x);
            out[i] = r;
        }
    }

    static void bits(float[] x, double[] d, long[] out) {
        for (int i = 0; i < x.length; i++) {
            long r = Float.floatToRawIntBits(x[i]) * 31L + Double.doubleToRawLongBits(d[i]);
            r = r * 31 + Float.floatToIntBits(x[i]) + Double.doubleToLongBits(d[i]);
            r = r * 31 + (Float.isNaN(x[i]) ? 1 : 0) + (Double.isInfinite(d[i]) ? 2 : 0);
            r = r * 31 + (Float.isFinite(x[i]) ? 1 : 0) + Float.compare(x[i], (float) d[i]);
            r = r * 31 + Float.floatToFloat16(x[i]) + Byte.toUnsignedInt((byte) r);
            r = r * 31 + Math.getExponent(x[i]) + Double.compare(d[i], x[i]);
            out[i] = r;
            x[i] = Float.intBitsToFloat((int) r & 0x7effffff);
            d[i] = Float.float16ToFloat((short) (r & 0x7bff)) + Math.ulp(1.5f);
        }
    }
}
