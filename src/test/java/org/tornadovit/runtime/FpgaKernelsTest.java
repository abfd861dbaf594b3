package org.tornadovit.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tornadovit.nn.Attention;
import org.tornadovit.nn.Convolution;
import org.tornadovit.nn.GroupNorm;
import org.tornadovit.nn.LayerNorm;
import org.tornadovit.nn.Linear;
import org.tornadovit.testing.RequiresDevice;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.annotations.Reduce;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * Kernels as FPGAs take them, run by the OpenCL driver of a processor, give what plain Java gives,
 * at odd sizes.
 */
@RequiresDevice("opencl")
class FpgaKernelsTest {
    private static final int GROUP = 16;

    private final Random random = new Random(7);

    static List<TornadoDevice> devices() {
        return FpgaDevices.all();
    }

    private FloatArray normal(int size) {
        FloatArray array = new FloatArray(size);
        for (int i = 0; i < size; i++) {
            array.set(i, (float) random.nextGaussian());
        }
        return array;
    }

    private static void check(TornadoDevice device, Class<?> owner, String name, Object... given) {
        Method method = Launch.method(owner, name);
        Object[] expected = copies(given);
        Object[] found = copies(given);
        Launch.java(method, expected);
        Launch.on(device, method, found);
        close(name, expected, found);
    }

    private static Object[] copies(Object[] given) {
        Object[] copies = given.clone();
        for (int i = 0; i < copies.length; i++) {
            if (copies[i] instanceof FloatArray array) {
                FloatArray copy = new FloatArray(array.getSize());
                for (int k = 0; k < array.getSize(); k++) {
                    copy.set(k, array.get(k));
                }
                copies[i] = copy;
            }
        }
        return copies;
    }

    private static void close(String name, Object[] expected, Object[] found) {
        for (int i = 0; i < expected.length; i++) {
            if (expected[i] instanceof FloatArray array) {
                for (int k = 0; k < array.getSize(); k++) {
                    float wanted = array.get(k);
                    assertThat((double) ((FloatArray) found[i]).get(k))
                            .as("%s: element %d of argument %d", name, k, i)
                            .isCloseTo(
                                    wanted,
                                    org.assertj.core.data.Offset.offset(
                                            1e-5 * Math.max(1, Math.abs(wanted))));
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("devices")
    void linearLayers(TornadoDevice device) {
        int[][] sizes = {{1, 1, 1}, {3, 5, 7}, {5, 33, 16}, {13, 17, 11}};
        for (int[] s : sizes) {
            FloatArray x = normal(s[0] * s[1]);
            FloatArray w = normal(s[2] * s[1]);
            FloatArray b = normal(s[2]);
            FloatArray y = normal(s[0] * s[2]);
            check(device, Linear.class, "linearGelu", x, w, b, y, s[0], s[1], s[2]);
        }
    }

    @ParameterizedTest
    @MethodSource("devices")
    void normalisationsAndSoftmax(TornadoDevice device) {
        int[][] sizes = {{1, 1}, {9, 21}, {16, 40}};
        for (int[] s : sizes) {
            FloatArray x = normal(s[0] * s[1]);
            FloatArray gamma = normal(s[1]);
            FloatArray beta = normal(s[1]);
            FloatArray y = normal(s[0] * s[1]);
            check(device, LayerNorm.class, "layerNorm", x, gamma, beta, y, s[0], s[1], 1e-6f);
            check(device, Attention.class, "softmax", x, s[0], s[1]);
        }
        FloatArray moments = normal(2 * 3 * 5);
        check(device, GroupNorm.class, "stripMoments", normal(3 * 7 * 5), moments, 3, 7, 5);
    }

    @ParameterizedTest
    @MethodSource("devices")
    void attention(TornadoDevice device) {
        FloatArray qkv = normal(2 * 19 * 3 * 15);
        FloatArray weights = normal(2 * 3 * 19 * 19);
        FloatArray out = normal(2 * 19 * 15);
        check(device, Attention.class, "scores", qkv, weights, 2, 19, 3, 5, 0.4f);
        check(device, Attention.class, "weightedSum", weights, qkv, out, 2, 19, 3, 5);
    }

    @ParameterizedTest
    @MethodSource("devices")
    void convolutions(TornadoDevice device) {
        FloatArray x = normal(2 * 9 * 9 * 3);
        FloatArray w = normal(11 * 3 * 3 * 3);
        FloatArray y = normal(2 * 4 * 4 * 11);
        check(device, Convolution.class, "convolution", x, w, y, 2, 9, 9, 3, 4, 4, 11, 3, 2);
        FloatArray points = normal(2 * 5 * 5 * 8);
        FloatArray one = normal(16 * 8);
        FloatArray wide = normal(2 * 5 * 5 * 16);
        check(
                device,
                Convolution.class,
                "convolution",
                points,
                one,
                wide,
                2,
                5,
                5,
                8,
                5,
                5,
                16,
                1,
                1);
    }

    static void total(FloatArray x, @Reduce FloatArray sum) {
        for (@Parallel int i = 0; i < x.getSize(); i++) {
            sum.set(0, sum.get(0) + x.get(i));
        }
    }

    @ParameterizedTest
    @MethodSource("devices")
    void reductions(TornadoDevice device) {
        for (int size : new int[] {1, 77, 5003}) {
            FloatArray x = new FloatArray(size);
            x.init(0.5f);
            FloatArray sum = new FloatArray(1);
            Launch.on(device, Launch.method(FpgaKernelsTest.class, "total"), x, sum);
            assertThat(sum.get(0)).isEqualTo(size / 2f);
        }
    }

    static void histogram(IntArray x, IntArray counts) {
        for (@Parallel int i = 0; i < x.getSize(); i++) {
            counts.set(x.get(i), counts.get(x.get(i)) + 1);
        }
    }

    /** A @Parallel that is not true: iterations do depend, and keep their order. */
    @ParameterizedTest
    @MethodSource("devices")
    void whatDependsKeepsItsOrder(TornadoDevice device) {
        IntArray x = new IntArray(100);
        for (int i = 0; i < 100; i++) {
            x.set(i, i * i % 7);
        }
        IntArray counts = new IntArray(7);
        IntArray expected = new IntArray(7);
        histogram(x, expected);
        Launch.on(device, Launch.method(FpgaKernelsTest.class, "histogram"), x, counts);
        assertThat(counts.toHeapArray()).isEqualTo(expected.toHeapArray());
    }

    static void groupSums(KernelContext context, FloatArray x, FloatArray sums) {
        float[] part = context.allocateFloatLocalArray(GROUP);
        int id = context.localIdx;
        part[id] = x.get(context.globalIdx);
        for (int stride = GROUP / 2; stride > 0; stride /= 2) {
            context.localBarrier();
            if (id < stride) {
                part[id] += part[id + stride];
            }
        }
        if (id == 0) {
            sums.set(context.groupIdx, part[0]);
        }
    }

    @ParameterizedTest
    @MethodSource("devices")
    void workItemsMeetAtBarriers(TornadoDevice device) {
        FloatArray x = new FloatArray(5 * GROUP);
        for (int i = 0; i < x.getSize(); i++) {
            x.set(i, i);
        }
        FloatArray sums = new FloatArray(5);
        Method method = Launch.method(FpgaKernelsTest.class, "groupSums");
        Launch.items(device, method, 5 * GROUP, GROUP, new KernelContext(), x, sums);
        for (int g = 0; g < 5; g++) {
            assertThat(sums.get(g)).isEqualTo(GROUP * (g * GROUP + (GROUP - 1) / 2f));
        }
    }
}
