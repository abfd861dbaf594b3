package org.tornadovit.lab.measure;

import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** Plain loops that a device should run at its best rate. */
final class CeilingKernels {
    private CeilingKernels() {}

    /**
     * A product of matrices, {@code c = a b^T}.
     *
     * @param a float32 [m, k], row-major
     * @param b float32 [n, k], row-major
     * @param c result, float32 [m, n], row-major
     */
    static void product(FloatArray a, FloatArray b, FloatArray c, int m, int n, int k) {
        for (@Parallel int i = 0; i < m; i++) {
            for (@Parallel int j = 0; j < n; j++) {
                float sum = 0;
                for (int p = 0; p < k; p++) {
                    sum += a.get(i * k + p) * b.get(j * k + p);
                }
                c.set(i * n + j, sum);
            }
        }
    }

    /** {@code to = from}. */
    static void copy(FloatArray from, FloatArray to) {
        for (@Parallel int i = 0; i < from.getSize(); i++) {
            to.set(i, from.get(i));
        }
    }
}
