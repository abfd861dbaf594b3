package org.tornadovit.frontend;

/** Branches, conditions, switches. */
final class BranchKernels {
    private BranchKernels() {}

    static void floatComparisons(float[] x, float[] y, int[] out) {
        for (int i = 0; i < x.length; i++) {
            int bits = 0;
            if (x[i] < y[i]) {
                bits |= 1;
            }
            if (x[i] <= y[i]) {
                bits |= 2;
            }
            if (x[i] > y[i]) {
                bits |= 4;
            }
            if (x[i] >= y[i]) {
                bits |= 8;
            }
            if (x[i] == y[i]) {
                bits |= 16;
            }
            if (x[i] != y[i]) {
                bits |= 32;
            }
            if (!(x[i] < y[i])) {
                bits |= 64;
            }
            if (!(x[i] >= y[i])) {
                bits |= 128;
            }
            boolean less = x[i] < y[i];
            boolean more = x[i] > y[i];
            bits |= less ^ more ? 256 : 512;
            out[i] = bits;
        }
    }

    static void doubleComparisons(double[] x, double[] y, int[] out) {
        for (int i = 0; i < x.length; i++) {
            out[i] = (x[i] < y[i] ? 1 : 0) | (x[i] <= y[i] ? 2 : 0) | (x[i] > y[i] ? 4 : 0);
            out[i] |= (x[i] >= y[i] ? 8 : 0) | (x[i] == y[i] ? 16 : 0) | (x[i] != y[i] ? 32 : 0);
        }
    }

    static void longComparisons(long[] x, long[] y, int[] out) {
        for (int i = 0; i < x.length; i++) {
            out[i] = (x[i] < y[i] ? 1 : 0) | (x[i] <= y[i] ? 2 : 0) | (x[i] > y[i] ? 4 : 0);
            out[i] |= (x[i] >= y[i] ? 8 : 0) | (x[i] == y[i] ? 16 : 0) | (x[i] != y[i] ? 32 : 0);
        }
    }

    static void logic(int[] a, int[] out, int n) {
        for (int i = 0; i < n; i++) {
            boolean p = a[i] > 0;
            boolean q = (a[i] & 4) != 0;
            boolean r = a[i] % 3 == 1;
            int bits = 0;
            if (p && q) {
                bits |= 1;
            }
            if (p || q) {
                bits |= 2;
            } else {
                bits |= 4;
            }
            if (p && (q || r)) {
                bits |= 8;
            } else if (q && !r) {
                bits |= 16;
            } else {
                bits |= 32;
            }
            if (!(p && q) || r && i > 2) {
                bits |= 64;
            }
            boolean s = p && q || !r;
            bits |= s ? 128 : 256;
            bits |= (p & q | r) != s ? 512 : 0;
            out[i] = bits;
        }
    }

    static void guarded(int[] a, int[] out, int n) {
        for (int i = -3; i < 40; i++) {
            if (i >= 0 && i < a.length && a[i] > 0) {
                out[i] = 1;
            } else if (i >= 0 && i < out.length) {
                out[i] = i > 0 && a[i - 1] > 0 ? 2 : 3;
            }
        }
    }

    static void ternaries(int[] a, float[] out, int n) {
        for (int i = 0; i < n; i++) {
            int x = a[i];
            float f = x > 0 ? x < 100 ? 1.5f : 2.5f : x == 0 ? 0 : -x;
            out[i] = (x & 1) == 0 ? f : f * 2 + (x > 5 ? 1 : 2);
            out[i] += i > 0 ? out[i - 1] : a[i];
        }
    }

    static void dense(int[] a, int[] out, int n) {
        for (int i = 0; i < n; i++) {
            int r;
            switch (a[i] & 15) {
                case 0:
                    r = 10;
                    break;
                case 1:
                case 2:
                    r = 20;
                    break;
                case 3:
                    r = 30;
                case 4:
                    r = 40 + i;
                    break;
                case 7:
                    out[i] = -1;
                    continue;
                default:
                    r = 50;
                    break;
            }
            out[i] = r;
        }
    }

    static void onlyDefault(int[] a, int[] out, int n) {
        switch (n) {
            default:
                out[0] = a[0];
        }
    }

    static void elseIfChain(float[] x, int[] out, int n) {
        for (int i = 0; i < x.length; i++) {
            if (x[i] < -1) {
                out[i] = 1;
            } else if (x[i] < 0) {
                out[i] = 2;
            } else if (x[i] < 1) {
                out[i] = 3;
            } else {
                out[i] = 4;
            }
        }
    }

    static void emptyBranch(int[] a, int[] out, int n) {
        if (a[0] > 0) {}
        if (a[1] > 0) {
        } else {
            out[0] = 1;
        }
    }

    static void booleans(boolean[] p, boolean[] q, boolean b, int n) {
        for (int i = 0; i < p.length; i++) {
            q[i] = p[i] && !b || p[i] == b && i < n;
            p[i] ^= b;
            p[i] |= q[i];
            p[i] = !p[i];
        }
        q[0] = n > 5;
    }

    static void assertion(int[] a, int[] out, int n) {
        assert a.length > 3 : "short";
        out[0] = n;
        assert n >= 0;
    }
}
