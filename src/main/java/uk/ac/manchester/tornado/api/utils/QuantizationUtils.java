package uk.ac.manchester.tornado.api.utils;

import uk.ac.manchester.tornado.api.types.arrays.Int8Array;

/** Arithmetic of 8-bit quantised tensors; kernels use a device's dot instructions. */
public class QuantizationUtils {
    /** Makes an object without use: the class only holds static methods. */
    public QuantizationUtils() {}

    /** {@return {@code c} plus the dot product of four signed bytes from each array} */
    public static int dp4a(Int8Array a, long offsetA, Int8Array b, long offsetB, int c) {
        int sum = c;
        for (int i = 0; i < 4; i++) {
            sum += a.get((int) offsetA + i) * b.get((int) offsetB + i);
        }
        return sum;
    }

    /** {@return {@code c} plus the dot product of four signed bytes of an array and of a tile} */
    public static int dp4a(Int8Array aGlobal, long offsetA, byte[] bLocal, long offsetB, int c) {
        int sum = c;
        for (int i = 0; i < 4; i++) {
            sum += aGlobal.get((int) offsetA + i) * bLocal[(int) offsetB + i];
        }
        return sum;
    }

    /** {@return {@code c} plus the dot product of the four signed bytes of each int} */
    public static int dp4a_packed(int a, int b, int c) {
        int sum = c;
        for (int shift = 0; shift < 32; shift += 8) {
            sum += (byte) (a >> shift) * (byte) (b >> shift);
        }
        return sum;
    }

    /** {@return an integer dot product in the scale of its two operands} */
    public static float dequantizeFusedResult(int dotProductResult, float wScale, float xScale) {
        return dotProductResult * (wScale * xScale);
    }
}
