package org.tornadovit.frontend;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import uk.ac.manchester.tornado.api.types.HalfFloat;
import uk.ac.manchester.tornado.api.types.arrays.DoubleArray;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.HalfFloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;
import uk.ac.manchester.tornado.api.types.arrays.ShortArray;
import uk.ac.manchester.tornado.api.types.collections.VectorDouble8;
import uk.ac.manchester.tornado.api.types.collections.VectorFloat16;
import uk.ac.manchester.tornado.api.types.collections.VectorFloat3;
import uk.ac.manchester.tornado.api.types.collections.VectorFloat4;
import uk.ac.manchester.tornado.api.types.collections.VectorHalf4;
import uk.ac.manchester.tornado.api.types.collections.VectorInt2;
import uk.ac.manchester.tornado.api.types.images.ImageByte3;
import uk.ac.manchester.tornado.api.types.images.ImageFloat;
import uk.ac.manchester.tornado.api.types.images.ImageFloat3;
import uk.ac.manchester.tornado.api.types.matrix.Matrix2DFloat4;
import uk.ac.manchester.tornado.api.types.matrix.Matrix3DFloat;
import uk.ac.manchester.tornado.api.types.matrix.Matrix4x4Float;
import uk.ac.manchester.tornado.api.types.vectors.Float3;
import uk.ac.manchester.tornado.api.types.volumes.VolumeShort2;

/** Arguments for {@link VectorKernels}: the same at each call, of odd sizes. */
public final class VectorArguments {
    private static final int COUNT = 13;

    private VectorArguments() {}

    /** {@return for each kernel a maker of its arguments} */
    public static Map<String, Supplier<Object[]>> cases() {
        Map<String, Supplier<Object[]>> cases = new LinkedHashMap<>();
        cases.put("add", () -> list(float4(1), float4(2), new VectorFloat4(COUNT)));
        cases.put("sum", () -> list(float3(1), new FloatArray(3)));
        cases.put("dots", () -> list(float3(1), float3(2), new FloatArray(COUNT)));
        cases.put("choose", () -> list(float3(1), float3(2), new VectorFloat3(COUNT)));
        cases.put("swap", () -> list(float3(1), new VectorFloat3(COUNT), 5));
        cases.put("components", () -> list(float4(1), new VectorFloat4(COUNT)));
        cases.put("loops", () -> list(float4(3), new FloatArray(COUNT)));
        cases.put("wide", () -> list(float16(1), float16(2), new FloatArray(COUNT)));
        cases.put("doubles", () -> list(double8(), new VectorDouble8(COUNT)));
        cases.put("integers", () -> list(int2(), new VectorInt2(COUNT)));
        cases.put("halves", () -> list(half4(), new VectorHalf4(COUNT), new HalfFloatArray(COUNT)));
        cases.put(
                "pairs",
                () ->
                        list(
                                halves(2 * COUNT),
                                new HalfFloatArray(2 * COUNT),
                                new FloatArray(COUNT)));
        cases.put(
                "parameter",
                () -> list(new Float3(1, 2, 3), new Float3(-1, 4, 0.5f), new FloatArray(3)));
        cases.put("image", () -> list(image(), new ImageFloat3(7, 5), depth()));
        cases.put("bytes", () -> list(new ImageByte3(7, 5), depth()));
        cases.put("matrices", () -> list(matrix(), cube()));
        cases.put("transform", () -> list(square(), float3(1), new VectorFloat3(COUNT)));
        cases.put("volume", () -> list(volume(), points(), new FloatArray(COUNT)));
        cases.put("mandelbrot", () -> list(new IntArray(77), 11));
        cases.put("counters", () -> list(floats(COUNT, 5), new FloatArray(COUNT)));
        return cases;
    }

    private static Object[] list(Object... arguments) {
        return arguments;
    }

    static FloatArray floats(int size, long seed) {
        Random random = new Random(seed);
        FloatArray array = new FloatArray(size);
        for (int i = 0; i < size; i++) {
            array.set(i, random.nextInt(-40, 40) / 8f);
        }
        return array;
    }

    private static HalfFloatArray halves(int size) {
        HalfFloatArray array = new HalfFloatArray(size);
        FloatArray values = floats(size, 6);
        for (int i = 0; i < size; i++) {
            array.set(i, new HalfFloat(values.get(i)));
        }
        return array;
    }

    private static VectorFloat3 float3(long seed) {
        return new VectorFloat3(floats(3 * COUNT, seed));
    }

    private static VectorFloat4 float4(long seed) {
        return new VectorFloat4(floats(4 * COUNT, seed));
    }

    private static VectorFloat16 float16(long seed) {
        return new VectorFloat16(floats(16 * COUNT, seed));
    }

    private static VectorHalf4 half4() {
        VectorHalf4 vectors = new VectorHalf4(COUNT);
        HalfFloatArray values = halves(4 * COUNT);
        for (int i = 0; i < values.getSize(); i++) {
            vectors.getArray().set(i, values.get(i));
        }
        return vectors;
    }

    private static VectorDouble8 double8() {
        DoubleArray array = new DoubleArray(8 * COUNT);
        for (int i = 0; i < array.getSize(); i++) {
            array.set(i, i / 7.0 - 3);
        }
        return new VectorDouble8(array);
    }

    private static VectorInt2 int2() {
        IntArray array = new IntArray(2 * COUNT);
        for (int i = 0; i < array.getSize(); i++) {
            array.set(i, 11 - 5 * i);
        }
        return new VectorInt2(array);
    }

    private static ImageFloat3 image() {
        return new ImageFloat3(7, 5, floats(3 * 7 * 5, 8));
    }

    private static ImageFloat depth() {
        return new ImageFloat(7, 5, floats(7 * 5, 9));
    }

    private static Matrix2DFloat4 matrix() {
        return new Matrix2DFloat4(3, 5, floats(4 * 3 * 5, 10));
    }

    private static Matrix3DFloat cube() {
        return new Matrix3DFloat(3, 5, 2, floats(3 * 5 * 2, 11));
    }

    private static Matrix4x4Float square() {
        Matrix4x4Float matrix = new Matrix4x4Float();
        FloatArray values = floats(16, 12);
        for (int i = 0; i < 16; i++) {
            matrix.set(i / 4, i % 4, values.get(i));
        }
        return matrix;
    }

    private static VolumeShort2 volume() {
        ShortArray values = new ShortArray(2 * 4 * 4 * 4);
        for (int i = 0; i < values.getSize(); i++) {
            values.set(i, (short) (i * 997));
        }
        return new VolumeShort2(4, 4, 4, values);
    }

    private static VectorFloat3 points() {
        VectorFloat3 points = new VectorFloat3(COUNT);
        for (int i = 0; i < COUNT; i++) {
            points.set(i, new Float3(i / 13f, 0.9f - i / 20f, 0.5f));
        }
        return points;
    }
}
