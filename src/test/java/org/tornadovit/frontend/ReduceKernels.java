package org.tornadovit.frontend;

import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.annotations.Reduce;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.DoubleArray;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;
import uk.ac.manchester.tornado.api.types.arrays.LongArray;

/** Reductions as TornadoVM's programs write them. */
public final class ReduceKernels {
    private ReduceKernels() {}

    public static void sumInt(IntArray a, @Reduce IntArray out) {
        out.set(0, 0);
        for (@Parallel int i = 0; i < a.getSize(); i++) {
            out.set(0, out.get(0) + a.get(i));
        }
    }

    public static void sumFloat(FloatArray a, @Reduce FloatArray out) {
        for (@Parallel int i = 0; i < a.getSize(); i++) {
            out.set(0, out.get(0) + a.get(i));
        }
    }

    public static void sumDouble(DoubleArray a, @Reduce DoubleArray out) {
        for (@Parallel int i = 1; i < a.getSize(); i += 2) {
            double value = a.get(i) * 0.5;
            out.set(0, value + out.get(0));
        }
        out.set(0, out.get(0) / 2);
    }

    public static void sumLong(LongArray a, @Reduce LongArray out) {
        for (@Parallel int i = a.getSize() - 1; i >= 0; i--) {
            out.set(0, out.get(0) - a.get(i));
        }
    }

    public static void product(IntArray a, @Reduce IntArray out) {
        out.set(0, 3);
        for (@Parallel int i = 0; i < a.getSize(); i++) {
            out.set(0, out.get(0) * (a.get(i) | 1));
        }
    }

    public static void productFloat(float[] a, @Reduce float[] out) {
        for (@Parallel int i = 0; i < a.length; i++) {
            out[0] *= a[i] < 0 ? -1 : a[i] > 2 ? 0.5f : 2f;
        }
    }

    public static void extremes(FloatArray a, @Reduce FloatArray low, @Reduce FloatArray high) {
        for (@Parallel int i = 0; i < a.getSize(); i++) {
            low.set(0, Math.min(low.get(0), a.get(i)));
            high.set(0, TornadoMath.max(high.get(0), a.get(i)));
        }
    }

    public static void extremesLong(LongArray a, @Reduce LongArray out) {
        out.set(0, Long.MAX_VALUE);
        out.set(1, Long.MIN_VALUE);
        for (@Parallel int i = 0; i < a.getSize(); i++) {
            out.set(0, TornadoMath.min(out.get(0), a.get(i)));
            out.set(1, TornadoMath.max(a.get(i), out.get(1)));
        }
    }

    public static void several(IntArray a, IntArray b, @Reduce IntArray out, int scale) {
        for (@Parallel int i = 0; i < a.getSize(); i++) {
            int x = a.get(i) * scale;
            if (x > 0) {
                out.set(0, out.get(0) + x + b.get(i));
                out.set(2, out.get(2) + 1);
            }
            b.set(i, x);
            out.set(1, Math.max(out.get(1), x % 7));
        }
    }

    public static void nested(IntArray a, @Reduce IntArray out, int width) {
        for (@Parallel int i = 0; i < a.getSize() / width; i++) {
            for (@Parallel int j = 0; j < width; j++) {
                int sum = 0;
                for (int k = 0; k <= j % 3; k++) {
                    sum += a.get(i * width + j - k % (j + 1));
                }
                out.set(0, out.get(0) + sum);
            }
        }
    }

    public static void rows(FloatArray a, @Reduce FloatArray out, int width) {
        for (@Parallel int i = 0; i < out.getSize(); i++) {
            for (int j = 0; j < width; j++) {
                out.set(i, out.get(i) + a.get(i * width + j));
            }
        }
    }

    public static void unmarked(IntArray a, IntArray out) {
        for (@Parallel int i = 0; i < a.getSize(); i++) {
            if ((a.get(i) & 1) == 0) {
                continue;
            }
            out.set(1, out.get(1) + a.get(i));
        }
    }

    public static void shared(IntArray a, @Reduce IntArray out) {
        for (@Parallel int i = 0; i < a.getSize(); i++) {
            if (a.get(i) > out.get(0)) {
                out.set(0, a.get(i));
            }
        }
    }

    public static void horner(IntArray a, @Reduce IntArray out) {
        for (@Parallel int i = 0; i < a.getSize(); i++) {
            out.set(0, out.get(0) * 3 + a.get(i));
        }
    }

    public static void fadingMaximum(IntArray a, @Reduce IntArray out) {
        for (@Parallel int i = 0; i < a.getSize(); i++) {
            out.set(0, Math.max(out.get(0) - 1, a.get(i)));
        }
    }

    public static void clippedSum(IntArray a, @Reduce IntArray out) {
        for (@Parallel int i = 0; i < a.getSize(); i++) {
            out.set(0, Math.min(out.get(0) + a.get(i), 100));
        }
    }

    public static void twoOperators(IntArray a, @Reduce IntArray out) {
        for (@Parallel int i = 0; i < a.getSize(); i++) {
            out.set(0, out.get(0) + a.get(i));
            out.set(0, Math.max(out.get(0), 5));
        }
    }

    public static void otherIndexMayBeTheSame(IntArray a, @Reduce IntArray out, int k) {
        for (@Parallel int i = 0; i < a.getSize(); i++) {
            out.set(0, out.get(0) + a.get(i));
            out.set(k, Math.max(out.get(k), a.get(i)));
        }
    }

    public static void readElsewhere(IntArray a, @Reduce IntArray out) {
        for (@Parallel int i = 0; i < a.getSize(); i++) {
            out.set(0, out.get(0) + a.get(i));
            a.set(i, out.get(i % 2));
        }
    }

    public static void storedElsewhere(IntArray a, @Reduce IntArray out) {
        for (@Parallel int i = 0; i < a.getSize(); i++) {
            out.set(0, out.get(0) + a.get(i));
            out.set(i % 2, i);
        }
    }

    public static void overwritten(IntArray a, @Reduce IntArray out) {
        for (@Parallel int i = 0; i < a.getSize(); i++) {
            int v = out.get(0);
            out.set(0, out.get(0) + 1);
            out.set(0, v + a.get(i));
        }
    }

    public static void heldByLoop(IntArray a, @Reduce IntArray out) {
        for (@Parallel int i = 0; i < a.getSize(); i++) {
            int v = out.get(0);
            for (int j = 0; j < 3; j++) {
                out.set(0, v + a.get(i) + j);
            }
        }
    }

    public static void equalOperators(IntArray a, @Reduce IntArray out) {
        for (@Parallel int i = 0; i < a.getSize(); i++) {
            out.set(0, out.get(0) + a.get(i));
            out.set(0, out.get(0) - i);
            int v = out.get(1);
            out.set(1, v + 1);
            out.set(2, Math.max(Math.max(out.get(2), i), a.get(i)));
        }
    }

    public static void sumsOfRows(FloatArray a, @Reduce FloatArray out, int width) {
        for (@Parallel int i = 0; i < out.getSize(); i++) {
            for (@Parallel int j = 0; j < width; j++) {
                out.set(i, out.get(i) * 0.5f + a.get(i * width + j));
            }
        }
    }

    public static void limitOfMemory(IntArray limit, FloatArray a, @Reduce FloatArray out) {
        int n = limit.get(0);
        for (@Parallel int i = 0; i < n; i++) {
            out.set(0, out.get(0) + a.get(i));
        }
    }

    public static void heldUnmarked(IntArray a, IntArray out, IntArray last) {
        int v = 0;
        for (@Parallel int i = 0; i < 1; i++) {
            v = out.get(0);
            out.set(0, v + a.get(i));
        }
        last.set(0, v);
    }
}
