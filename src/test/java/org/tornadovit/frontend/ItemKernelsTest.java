package org.tornadovit.frontend;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.tornadovit.ir.Array;
import org.tornadovit.ir.Kernel;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.HalfFloat;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.HalfFloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** KernelContext kernels, run on a grid by the interpreter. */
class ItemKernelsTest {
    private static final KernelContext CONTEXT = new KernelContext();

    private static MemorySegment run(
            String name, int result, int[] global, int[] group, Object... arguments) {
        KernelMethod method = KernelMethod.of(Differential.method(ItemKernels.class, name));
        Translation translation = Differential.translate(method, arguments);
        Kernel kernel = translation.kernel();
        assertThat(kernel.form()).isEqualTo(Kernel.Form.WORK_ITEM);
        Map<Array, MemorySegment> memory =
                Differential.interpret(translation, List.of(arguments), global, group);
        return memory.get(kernel.arrays().get(result));
    }

    private static int[] ints(MemorySegment memory) {
        return memory.toArray(ValueLayout.JAVA_INT);
    }

    private static float[] floats(MemorySegment memory) {
        return memory.toArray(ValueLayout.JAVA_FLOAT);
    }

    private static FloatArray ramp(int n) {
        FloatArray array = new FloatArray(n);
        for (int i = 0; i < n; i++) {
            array.set(i, i % 7 - 2);
        }
        return array;
    }

    @Test
    void places() {
        int[] found =
                ints(
                        run(
                                "places",
                                0,
                                new int[] {6, 4, 1},
                                new int[] {3, 2, 1},
                                CONTEXT,
                                new IntArray(6 * 4 * 12)));
        for (int y = 0; y < 4; y++) {
            for (int x = 0; x < 6; x++) {
                int[] item = new int[12];
                System.arraycopy(found, 12 * (y * 6 + x), item, 0, 12);
                assertThat(item)
                        .containsExactly(x, y, 0, x % 3, y % 2, x / 3, y / 2, 6, 4, 3, 2, 2);
            }
        }
    }

    @Test
    void reductionInLocalMemory() {
        FloatArray x = ramp(24);
        float[] sums =
                floats(
                        run(
                                "reduce",
                                1,
                                new int[] {24, 1, 1},
                                new int[] {8, 1, 1},
                                CONTEXT,
                                x,
                                new FloatArray(3)));
        for (int g = 0; g < 3; g++) {
            float expected = 0;
            for (int i = 0; i < 8; i++) {
                expected += x.get(8 * g + i);
            }
            assertThat(sums[g]).isEqualTo(expected);
        }
    }

    @Test
    void tiledMatrixMultiplication() {
        FloatArray a = ramp(64);
        FloatArray b = ramp(64);
        float[] c =
                floats(
                        run(
                                "matmul",
                                2,
                                new int[] {8, 8, 1},
                                new int[] {4, 4, 1},
                                a,
                                b,
                                new FloatArray(64),
                                8,
                                CONTEXT));
        for (int i = 0; i < 8; i++) {
            for (int j = 0; j < 8; j++) {
                float sum = 0;
                for (int k = 0; k < 8; k++) {
                    sum += a.get(k * 8 + i) * b.get(j * 8 + k);
                }
                assertThat(c[j * 8 + i]).isEqualTo(sum);
            }
        }
    }

    @Test
    void atomics() {
        IntArray x = IntArray.fromElements(0, 1, 2, 3, 1, 1, 2, 9, 5, 5, 4, 4);
        Object[] arguments = {CONTEXT, x, new IntArray(4), new FloatArray(1)};
        int[] global = {12, 1, 1};
        int[] group = {6, 1, 1};
        assertThat(ints(run("histogram", 1, global, group, arguments))).containsExactly(3, 6, 2, 1);
        assertThat(floats(run("histogram", 2, global, group, arguments))).containsExactly(37);
    }

    @Test
    void strideOfTheGrid() {
        float[] y =
                floats(
                        run(
                                "gridStride",
                                1,
                                new int[] {4, 1, 1},
                                new int[] {2, 1, 1},
                                CONTEXT,
                                ramp(11),
                                new FloatArray(11),
                                11));
        for (int i = 0; i < 11; i++) {
            assertThat(y[i]).isEqualTo(2 * ramp(11).get(i));
        }
    }

    @Test
    void earlyReturn() {
        HalfFloatArray x = new HalfFloatArray(8);
        x.init(new HalfFloat(0.5f));
        MemorySegment memory =
                run("earlyReturn", 0, new int[] {8, 1, 1}, new int[] {8, 1, 1}, CONTEXT, x, 5);
        for (int i = 0; i < 8; i++) {
            float value = Float.float16ToFloat(memory.getAtIndex(ValueLayout.JAVA_SHORT, i));
            assertThat(value).isEqualTo(i < 5 ? 1.5f : 0.5f);
        }
    }
}
