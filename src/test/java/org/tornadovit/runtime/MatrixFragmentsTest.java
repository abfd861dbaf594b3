package org.tornadovit.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.enums.MMAShape;
import uk.ac.manchester.tornado.api.types.BFloat16;
import uk.ac.manchester.tornado.api.types.FP8;
import uk.ac.manchester.tornado.api.types.HalfFloat;
import uk.ac.manchester.tornado.api.types.arrays.ByteArray;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.HalfFloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * Products of matrices by fragments: a group of two warps makes 16 x 16 results, each warp half of
 * the columns. All numbers are small enough for sums to be exact, in any order.
 */
class MatrixFragmentsTest {
    private static final int SIZE = 32;
    private static final int GROUP = 64;

    static void halves(KernelContext c, HalfFloatArray a, HalfFloatArray b, FloatArray out, int n) {
        int row = c.groupIdx / (n / 16) * 16;
        int column = c.groupIdx % (n / 16) * 16;
        int warp = c.localIdx / 32;
        int[] left = c.allocateIntLocalArray(128);
        int[] right = c.allocateIntLocalArray(128);
        float[] sum = c.mmaFragment(0.5f);
        for (int k = 0; k < n; k += 16) {
            for (int i = c.localIdx; i < 128; i += GROUP) {
                int from = (row + i / 8) * n + k + i % 8 * 2;
                int low = a.get(from).getHalfFloatValue() & 0xffff;
                left[i] = low | a.get(from + 1).getHalfFloatValue() << 16;
                int at = (k + i % 64 / 4) * n + column + i / 64 * 8 + i % 4 * 2;
                int first = b.get(at).getHalfFloatValue() & 0xffff;
                right[i] = first | b.get(at + 1).getHalfFloatValue() << 16;
            }
            c.localBarrier();
            HalfFloat[] x = c.mmaLoadA(left, 16);
            HalfFloat[] y = c.mmaLoadB(right, 16, warp * 256);
            sum = c.mma(x, y, sum, MMAShape.M16N8K16);
            c.localBarrier();
        }
        c.mmaStore(sum, out, row, column + warp * 8, n);
    }

    /** Two products from one fragment of zeros, and results that an item takes out itself. */
    static void swizzled(KernelContext c, HalfFloatArray a, HalfFloatArray b, FloatArray out) {
        int[] left = c.allocateIntLocalArray(128);
        HalfFloat[] right = c.allocateHalfFloatLocalArray(256);
        for (int i = c.localIdx; i < 128; i += 32) {
            int low = a.get(2 * i).getHalfFloatValue() & 0xffff;
            left[i] = low | a.get(2 * i + 1).getHalfFloatValue() << 16;
            c.mmaStoreBSwizzled(right, i / 8, i % 8, 8, b.get(i), 0);
            c.mmaStoreBSwizzled(right, i / 8, i % 8, 8, b.get(128 + i), 256);
        }
        c.localBarrier();
        float[] zero = c.mmaFragment(0);
        HalfFloat[] x = c.mmaLoadA(left, 16, 0);
        float[] first = c.mma(x, c.mmaLoadBSwizzled(right, 16), zero, MMAShape.M16N8K16);
        float[] second = c.mma(x, c.mmaLoadBSwizzled(right, 16, 256), zero, MMAShape.M16N8K16);
        int row = c.localIdx / 4;
        int column = c.localIdx % 4 * 2;
        for (int i = 0; i < 4; i++) {
            int at = (row + i / 2 * 8) * 8 + column + i % 2;
            out.set(at, first[i] + 1000 * second[i] + zero[i]);
        }
    }

    static void brains(KernelContext c, IntArray a, IntArray b, FloatArray out) {
        int[] left = c.allocateIntLocalArray(128);
        int[] right = c.allocateIntLocalArray(64);
        for (int i = c.localIdx; i < 128; i += 32) {
            left[i] = a.get(i);
            right[i / 2] = b.get(i / 2);
        }
        c.localBarrier();
        HalfFloat[] x = c.mmaLoadA(left, 16);
        HalfFloat[] y = c.mmaLoadB(right, 16);
        c.mmaStore(c.mmaBF16(x, y, c.mmaFragment(0), MMAShape.M16N8K16), out, 0, 0, 8);
    }

    static void bytes(KernelContext c, IntArray a, IntArray b, IntArray out) {
        int[] left = c.allocateIntLocalArray(128);
        int[] right = c.allocateIntLocalArray(64);
        for (int i = c.localIdx; i < 128; i += 32) {
            left[i] = a.get(i);
            right[i / 2] = b.get(i / 2);
        }
        c.localBarrier();
        int[] sum = c.mmaFragmentInt(7);
        byte[] x = c.mmaLoadAInt8(left, 32);
        byte[] y = c.mmaLoadBInt8(right, 32);
        sum = c.mmaInt8(x, y, sum, MMAShape.M16N8K32);
        c.mmaStoreInt(sum, out, 0, 0, 8);
    }

    static void e4m3(KernelContext c, IntArray a, IntArray b, FloatArray out) {
        int[] left = c.allocateIntLocalArray(128);
        int[] right = c.allocateIntLocalArray(64);
        for (int i = c.localIdx; i < 128; i += 32) {
            left[i] = a.get(i);
            right[i / 2] = b.get(i / 2);
        }
        c.localBarrier();
        byte[] x = c.mmaLoadAFP8(left, 32);
        byte[] y = c.mmaLoadBFP8(right, 32);
        c.mmaStore(c.mmaFP8E4M3(x, y, c.mmaFragment(0), MMAShape.M16N8K32), out, 0, 0, 8);
    }

    static void e5m2(KernelContext c, IntArray a, IntArray b, FloatArray out) {
        int[] left = c.allocateIntLocalArray(128);
        int[] right = c.allocateIntLocalArray(64);
        for (int i = c.localIdx; i < 128; i += 32) {
            left[i] = a.get(i);
            right[i / 2] = b.get(i / 2);
        }
        c.localBarrier();
        byte[] x = c.mmaLoadAFP8(left, 32);
        byte[] y = c.mmaLoadBFP8(right, 32);
        c.mmaStore(c.mmaFP8E5M2(x, y, c.mmaFragment(0), MMAShape.M16N8K32), out, 0, 0, 8);
    }

    static List<TornadoDevice> devices() {
        return OnDevices.all();
    }

    private static HalfFloatArray numbers(int size, int seed) {
        HalfFloatArray numbers = new HalfFloatArray(size);
        for (int i = 0; i < size; i++) {
            numbers.set(i, new HalfFloat((i * 7 + i / 5 * seed) % 17 - 8));
        }
        return numbers;
    }

    private static void run(TornadoDevice device, String name, int items, int group, Object... a) {
        Launch.items(device, Launch.method(MatrixFragmentsTest.class, name), items, group, a);
    }

    @ParameterizedTest
    @MethodSource("devices")
    void productsOfTwoWarps(TornadoDevice device) {
        HalfFloatArray a = numbers(SIZE * SIZE, 3);
        HalfFloatArray b = numbers(SIZE * SIZE, 5);
        FloatArray out = new FloatArray(SIZE * SIZE);
        run(device, "halves", 4 * GROUP, GROUP, new KernelContext(), a, b, out, SIZE);
        for (int i = 0; i < SIZE * SIZE; i++) {
            float sum = 0.5f;
            for (int k = 0; k < SIZE; k++) {
                float x = a.get(i / SIZE * SIZE + k).getFloat32();
                sum += x * b.get(k * SIZE + i % SIZE).getFloat32();
            }
            assertThat(out.get(i)).as("%d", i).isEqualTo(sum);
        }
    }

    @ParameterizedTest
    @MethodSource("devices")
    void swizzledTilesAndResultsOfAnItem(TornadoDevice device) {
        HalfFloatArray a = numbers(256, 3);
        HalfFloatArray b = numbers(256, 5);
        FloatArray out = new FloatArray(128);
        run(device, "swizzled", 32, 32, new KernelContext(), a, b, out);
        for (int i = 0; i < 128; i++) {
            float sum = 0;
            for (int k = 0; k < 16; k++) {
                float y = b.get(k * 8 + i % 8).getFloat32();
                float z = b.get(128 + k * 8 + i % 8).getFloat32();
                sum += a.get(i / 8 * 16 + k).getFloat32() * (y + 1000 * z);
            }
            assertThat(out.get(i)).as("%d", i).isEqualTo(sum);
        }
    }

    @ParameterizedTest
    @MethodSource("devices")
    void brainFloats(TornadoDevice device) {
        IntArray a = new IntArray(128);
        IntArray b = new IntArray(64);
        for (int i = 0; i < 128; i++) {
            float large = i % 8 == 3 ? 0x1p120f : 1; // NaN as a half
            a.set(i, pair((i % 5 - 2) * large, i % 3));
        }
        for (int i = 0; i < 64; i++) {
            b.set(i, pair(i % 7 - 3, 5 - i % 11));
        }
        FloatArray out = new FloatArray(128);
        run(device, "brains", 32, 32, new KernelContext(), a, b, out);
        for (int i = 0; i < 128; i++) {
            float sum = 0;
            for (int k = 0; k < 16; k++) {
                sum += half(a, i / 8 * 16 + k) * half(b, k * 8 + i % 8);
            }
            assertThat(out.get(i)).as("%d", i).isEqualTo(sum);
        }
    }

    private static int pair(float low, float high) {
        return BFloat16.bf16FromFloat(low) & 0xffff | BFloat16.bf16FromFloat(high) << 16;
    }

    private static float half(IntArray words, int i) {
        return BFloat16.bf16ToFloat((short) (words.get(i / 2) >> 16 * (i % 2)));
    }

    @ParameterizedTest
    @MethodSource("devices")
    void integersAndFloatsOfEightBits(TornadoDevice device) {
        ByteArray bytes = new ByteArray(768);
        for (int i = 0; i < 768; i++) {
            float number = (i * 11 + i / 7) % 9 - 4;
            bytes.set(i, FP8.e4m3FromFloat(number));
        }
        IntArray a = new IntArray(128);
        IntArray b = new IntArray(64);
        for (int i = 0; i < 512; i++) {
            a.set(i / 4, a.get(i / 4) | (bytes.get(i) & 0xff) << 8 * (i % 4));
        }
        for (int i = 0; i < 256; i++) { // two products of a column, then the next column
            int word = i / 16 * 4 + i % 8 / 2;
            int place = i % 2 * 2 + i / 8 % 2;
            b.set(word, b.get(word) | (bytes.get(512 + i) & 0xff) << 8 * place);
        }
        IntArray out = new IntArray(128);
        FloatArray first = new FloatArray(128);
        FloatArray second = new FloatArray(128);
        run(device, "bytes", 32, 32, new KernelContext(), a, b, out);
        run(device, "e4m3", 32, 32, new KernelContext(), a, b, first);
        run(device, "e5m2", 32, 32, new KernelContext(), a, b, second);
        for (int i = 0; i < 128; i++) {
            int sum = 7;
            float e4m3 = 0;
            float e5m2 = 0;
            for (int k = 0; k < 32; k++) {
                byte x = bytes.get(i / 8 * 32 + k);
                byte y = bytes.get(512 + k * 8 + i % 8);
                sum += x * y;
                e4m3 += FP8.e4m3ToFloat(x) * FP8.e4m3ToFloat(y);
                e5m2 += FP8.e5m2ToFloat(x) * FP8.e5m2ToFloat(y);
            }
            assertThat(out.get(i)).as("%d", i).isEqualTo(sum);
            assertThat(first.get(i)).as("%d", i).isEqualTo(e4m3);
            assertThat(second.get(i)).as("%d", i).isEqualTo(e5m2);
        }
    }

    @ParameterizedTest
    @MethodSource("devices")
    void groupsWithoutWholeWarps(TornadoDevice device) {
        FloatArray out = new FloatArray(128);
        IntArray words = new IntArray(128);
        assertThatThrownBy(
                        () -> run(device, "brains", 16, 16, new KernelContext(), words, words, out))
                .hasStackTraceContaining("a multiple of 32 work-items, not of 16")
                .hasStackTraceContaining("MatrixFragmentsTest.brains:");
    }
}
