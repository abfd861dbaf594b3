package org.tornadovit.runtime;

import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;
import uk.ac.manchester.tornado.api.types.matrix.Matrix2DFloat;

/** The kernels of the runtime's tests. */
final class Kernels {
    private Kernels() {}

    static void nothing(IntArray a) {
        a.set(0, 1);
    }

    static void add(FloatArray a, FloatArray b, FloatArray c) {
        for (@Parallel int i = 0; i < c.getSize(); i++) {
            c.set(i, a.get(i) + b.get(i));
        }
    }

    static void scale(FloatArray a, FloatArray b, float factor) {
        for (@Parallel int i = 0; i < b.getSize(); i++) {
            b.set(i, a.get(i) * factor);
        }
    }

    static void increment(IntArray a) {
        for (@Parallel int i = 0; i < a.getSize(); i++) {
            a.set(i, a.get(i) + 1);
        }
    }

    static void plain(float[] a, float[] b) {
        for (@Parallel int i = 0; i < b.length; i++) {
            b[i] = a[i] + 1;
        }
    }

    static void beyond(IntArray a, int index) {
        for (@Parallel int i = 0; i < a.getSize(); i++) {
            a.set(i + index, i);
        }
    }

    static void behind(IntArray a, int index) {
        for (@Parallel int i = 0; i < a.getSize(); i++) {
            a.set(i, a.get(i * index));
        }
    }

    static void identities(KernelContext context, IntArray a) {
        a.set(context.globalIdx, context.globalIdx + 100 * context.globalGroupSizeX);
    }

    static void multiply(FloatArray x, FloatArray w, FloatArray y, int rows, int in, int out) {
        for (@Parallel int r = 0; r < rows; r++) {
            for (@Parallel int o = 0; o < out; o++) {
                float sum = 0;
                for (int k = 0; k < in; k++) {
                    sum += x.get(r * in + k) * w.get(o * in + k);
                }
                y.set(r * out + o, sum);
            }
        }
    }

    static void product(Matrix2DFloat a, Matrix2DFloat b, Matrix2DFloat c) {
        for (@Parallel int i = 0; i < c.getNumRows(); i++) {
            for (@Parallel int j = 0; j < c.getNumColumns(); j++) {
                float sum = 0;
                for (int k = 0; k < b.getNumRows(); k++) {
                    sum += a.get(i, k) * b.get(k, j);
                }
                c.set(i, j, sum);
            }
        }
    }
}
