package org.tornadovit.bench;

import org.tornadovit.nn.Gelu;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** Plain loops that models only have inside of other kernels. */
final class BenchKernels {
    private BenchKernels() {}

    /** {@code y = gelu(x)}. */
    static void gelu(FloatArray x, FloatArray y, int size) {
        for (@Parallel int i = 0; i < size; i++) {
            y.set(i, Gelu.gelu(x.get(i)));
        }
    }

    /** {@code z = x + y}. */
    static void add(FloatArray x, FloatArray y, FloatArray z, int size) {
        for (@Parallel int i = 0; i < size; i++) {
            z.set(i, x.get(i) + y.get(i));
        }
    }

    /** {@code y = x}. */
    static void copy(FloatArray x, FloatArray y, int size) {
        for (@Parallel int i = 0; i < size; i++) {
            y.set(i, x.get(i));
        }
    }

    /** {@code x = x + 1}, of one element: nothing but the way there and back. */
    static void increment(FloatArray x) {
        for (@Parallel int i = 0; i < 1; i++) {
            x.set(i, x.get(i) + 1.0f);
        }
    }
}
