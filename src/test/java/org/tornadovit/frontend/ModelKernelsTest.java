package org.tornadovit.frontend;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tornadovit.ir.Kernel;
import org.tornadovit.ir.Printer;
import org.tornadovit.ir.Stmt;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** Kernels as models have them mean what their Java means, with and without debug information. */
class ModelKernelsTest {
    private static FloatArray random(int size) {
        Random random = new Random(size);
        FloatArray array = new FloatArray(size);
        for (int i = 0; i < size; i++) {
            array.set(i, random.nextFloat(-2, 2));
        }
        return array;
    }

    private static Class<?> kernels(String options) {
        return options.equals("-g")
                ? ModelKernels.class
                : Recompiled.of(ModelKernels.class, options);
    }

    private static void hasNoLoops(Kernel kernel) {
        assertThat(Regions.any(kernel.body(), s -> s instanceof Stmt.Loop))
                .as(() -> Printer.print(kernel))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"-g", "-g:none"})
    void matmul(String options) {
        Kernel kernel =
                Differential.check(
                        kernels(options),
                        "matmul",
                        random(5 * 7),
                        random(3 * 7),
                        random(15),
                        5,
                        3,
                        7);
        hasNoLoops(kernel);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-g", "-g:none"})
    void softmax(String options) {
        Kernel k = Differential.check(kernels(options), "softmax", random(24), random(24), 3, 8);
        hasNoLoops(k);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-g", "-g:none"})
    void layerNorm(String options) {
        Kernel k =
                Differential.check(
                        kernels(options),
                        "layerNorm",
                        random(24),
                        random(8),
                        random(8),
                        random(24),
                        8,
                        1e-6f);
        hasNoLoops(k);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-g", "-g:none"})
    void convolution(String options) {
        Kernel k =
                Differential.check(
                        kernels(options),
                        "convolution",
                        random(2 * 6 * 5),
                        random(3 * 2 * 9),
                        random(3 * 3 * 3),
                        2,
                        6,
                        5,
                        3,
                        3,
                        2,
                        1);
        hasNoLoops(k);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-g", "-g:none"})
    void gelu(String options) {
        Kernel k = Differential.check(kernels(options), "gelu", random(40), random(40));
        hasNoLoops(k);
    }
}
