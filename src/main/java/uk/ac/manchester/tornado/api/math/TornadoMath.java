package uk.ac.manchester.tornado.api.math;

import uk.ac.manchester.tornado.api.types.HalfFloat;
import uk.ac.manchester.tornado.api.types.arrays.DoubleArray;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.HalfFloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;
import uk.ac.manchester.tornado.api.types.matrix.Matrix4x4Float;
import uk.ac.manchester.tornado.api.types.utils.DoubleOps;
import uk.ac.manchester.tornado.api.types.utils.FloatOps;
import uk.ac.manchester.tornado.api.types.vectors.Float16;
import uk.ac.manchester.tornado.api.types.vectors.Float2;
import uk.ac.manchester.tornado.api.types.vectors.Float3;
import uk.ac.manchester.tornado.api.types.vectors.Float4;
import uk.ac.manchester.tornado.api.types.vectors.Float8;

/**
 * Mathematics that means the same on the JVM and in kernels.
 *
 * <p>On the JVM the float functions are the double ones, rounded; minimum and maximum treat NaN and
 * the signed zeros as {@link Math} does.
 */
public class TornadoMath {
    private static final double LN2 = Math.log(2);

    /** Makes an object without use: the class only holds static methods. */
    public TornadoMath() {}

    /** {@return pi} */
    public static double PI() {
        return Math.PI;
    }

    /** {@return pi as a float} */
    public static float floatPI() {
        return (float) Math.PI;
    }

    /** {@return the magnitude; that of the smallest integer is itself} */
    public static byte abs(byte a) {
        return (byte) Math.abs(a);
    }

    /** {@return the magnitude; that of the smallest integer is itself} */
    public static double abs(double a) {
        return Math.abs(a);
    }

    /** {@return the magnitude; that of the smallest integer is itself} */
    public static float abs(float a) {
        return Math.abs(a);
    }

    /** {@return the magnitude; that of the smallest integer is itself} */
    public static int abs(int a) {
        return Math.abs(a);
    }

    /** {@return the magnitude; that of the smallest integer is itself} */
    public static long abs(long a) {
        return Math.abs(a);
    }

    /** {@return the magnitude; that of the smallest integer is itself} */
    public static short abs(short a) {
        return (short) Math.abs(a);
    }

    /** {@return the smaller of two numbers} */
    public static byte min(byte a, byte b) {
        return (byte) Math.min(a, b);
    }

    /** {@return the smaller of two numbers} */
    public static double min(double a, double b) {
        return Math.min(a, b);
    }

    /** {@return the smaller of two numbers} */
    public static float min(float a, float b) {
        return Math.min(a, b);
    }

    /** {@return the smaller of two numbers} */
    public static int min(int a, int b) {
        return Math.min(a, b);
    }

    /** {@return the smaller of two numbers} */
    public static long min(long a, long b) {
        return Math.min(a, b);
    }

    /** {@return the smaller of two numbers} */
    public static short min(short a, short b) {
        return (short) Math.min(a, b);
    }

    /** {@return the smaller of two numbers} */
    public static HalfFloat min(HalfFloat a, HalfFloat b) {
        return new HalfFloat(Math.min(a.getFloat32(), b.getFloat32()));
    }

    /** {@return the larger of two numbers} */
    public static byte max(byte a, byte b) {
        return (byte) Math.max(a, b);
    }

    /** {@return the larger of two numbers} */
    public static double max(double a, double b) {
        return Math.max(a, b);
    }

    /** {@return the larger of two numbers} */
    public static float max(float a, float b) {
        return Math.max(a, b);
    }

    /** {@return the larger of two numbers} */
    public static int max(int a, int b) {
        return Math.max(a, b);
    }

    /** {@return the larger of two numbers} */
    public static long max(long a, long b) {
        return Math.max(a, b);
    }

    /** {@return the larger of two numbers} */
    public static short max(short a, short b) {
        return (short) Math.max(a, b);
    }

    /** {@return the larger of two numbers} */
    public static HalfFloat max(HalfFloat a, HalfFloat b) {
        return new HalfFloat(Math.max(a.getFloat32(), b.getFloat32()));
    }

    /** {@return {@code val}, or the bound it lies beyond} */
    public static byte clamp(byte val, byte min, byte max) {
        return min(max(val, min), max);
    }

    /** {@return {@code val}, or the bound it lies beyond} */
    public static double clamp(double val, double min, double max) {
        return min(max(val, min), max);
    }

    /** {@return {@code val}, or the bound it lies beyond} */
    public static float clamp(float val, float min, float max) {
        return min(max(val, min), max);
    }

    /** {@return {@code val}, or the bound it lies beyond} */
    public static int clamp(int val, int min, int max) {
        return min(max(val, min), max);
    }

    /** {@return {@code val}, or the bound it lies beyond} */
    public static long clamp(long val, long min, long max) {
        return min(max(val, min), max);
    }

    /** {@return {@code val}, or the bound it lies beyond} */
    public static short clamp(short val, short min, short max) {
        return min(max(val, min), max);
    }

    /** {@return the arc cosine} */
    public static double acos(double a) {
        return Math.acos(a);
    }

    /** {@return the arc cosine} */
    public static float acos(float a) {
        return (float) Math.acos(a);
    }

    /** {@return the arc sine} */
    public static double asin(double a) {
        return Math.asin(a);
    }

    /** {@return the arc sine} */
    public static float asin(float a) {
        return (float) Math.asin(a);
    }

    /** {@return the arc tangent} */
    public static double atan(double value) {
        return Math.atan(value);
    }

    /** {@return the arc tangent} */
    public static float atan(float value) {
        return (float) Math.atan(value);
    }

    /** {@return the smallest integer not below} */
    public static double ceil(double value) {
        return Math.ceil(value);
    }

    /** {@return the smallest integer not below} */
    public static float ceil(float value) {
        return (float) Math.ceil(value);
    }

    /** {@return the cosine} */
    public static double cos(double angle) {
        return Math.cos(angle);
    }

    /** {@return the cosine} */
    public static float cos(float angle) {
        return (float) Math.cos(angle);
    }

    /** {@return e to the power} */
    public static double exp(double value) {
        return Math.exp(value);
    }

    /** {@return e to the power} */
    public static float exp(float value) {
        return (float) Math.exp(value);
    }

    /** {@return the largest integer not above} */
    public static double floor(double f) {
        return Math.floor(f);
    }

    /** {@return the largest integer not above} */
    public static float floor(float f) {
        return (float) Math.floor(f);
    }

    /** {@return the natural logarithm} */
    public static double log(double value) {
        return Math.log(value);
    }

    /** {@return the natural logarithm} */
    public static float log(float value) {
        return (float) Math.log(value);
    }

    /** {@return the sine} */
    public static double sin(double angle) {
        return Math.sin(angle);
    }

    /** {@return the sine} */
    public static float sin(float angle) {
        return (float) Math.sin(angle);
    }

    /** {@return the square root} */
    public static double sqrt(double value) {
        return Math.sqrt(value);
    }

    /** {@return the square root} */
    public static float sqrt(float value) {
        return (float) Math.sqrt(value);
    }

    /** {@return the tangent} */
    public static double tan(double value) {
        return Math.tan(value);
    }

    /** {@return the tangent} */
    public static float tan(float value) {
        return (float) Math.tan(value);
    }

    /** {@return the hyperbolic tangent} */
    public static double tanh(double value) {
        return Math.tanh(value);
    }

    /** {@return the hyperbolic tangent} */
    public static float tanh(float value) {
        return (float) Math.tanh(value);
    }

    /** {@return the sign as a number} */
    public static double signum(double a) {
        return Math.signum(a);
    }

    /** {@return the sign as a number} */
    public static float signum(float a) {
        return Math.signum(a);
    }

    /** {@return the angle of the point (b, a)} */
    public static double atan2(double a, double b) {
        return Math.atan2(a, b);
    }

    /** {@return the angle of the point (b, a)} */
    public static float atan2(float a, float b) {
        return (float) Math.atan2(a, b);
    }

    /** {@return a to the power of b} */
    public static double pow(double a, double b) {
        return Math.pow(a, b);
    }

    /** {@return a to the power of b} */
    public static float pow(float a, float b) {
        return (float) Math.pow(a, b);
    }

    /** {@return the inverse hyperbolic cosine} */
    public static double acosh(double x) {
        return Math.log(x + Math.sqrt(x - 1) * Math.sqrt(x + 1));
    }

    /** {@return the inverse hyperbolic cosine} */
    public static float acosh(float x) {
        return (float) acosh((double) x);
    }

    /** {@return the inverse hyperbolic sine} */
    public static double asinh(double x) {
        double a = Math.abs(x);
        return Math.copySign(Math.log1p(a + a * a / (1 + Math.sqrt(a * a + 1))), x);
    }

    /** {@return the inverse hyperbolic sine} */
    public static float asinh(float x) {
        return (float) asinh((double) x);
    }

    /** {@return the cosine of {@code angle} times pi} */
    public static double cospi(double angle) {
        return Math.cos(angle * Math.PI);
    }

    /** {@return the sine of {@code angle} times pi} */
    public static double sinpi(double angle) {
        return Math.sin(angle * Math.PI);
    }

    /** {@return the fraction, {@code f - floor(f)}} */
    public static double fract(double f) {
        return f - floor(f);
    }

    /** {@return degrees in radians} */
    public static double toRadians(double angdeg) {
        return Math.toRadians(angdeg);
    }

    /** {@return the cosine of {@code angle} times pi} */
    public static float cospi(float angle) {
        return (float) Math.cos(angle * Math.PI);
    }

    /** {@return the sine of {@code angle} times pi} */
    public static float sinpi(float angle) {
        return (float) Math.sin(angle * Math.PI);
    }

    /** {@return the fraction, {@code f - floor(f)}} */
    public static float fract(float f) {
        return f - floor(f);
    }

    /** {@return degrees in radians} */
    public static float toRadians(float angdeg) {
        return (float) Math.toRadians(angdeg);
    }

    /** {@return the logarithm to base 2, exact for powers of 2} */
    public static double log2(double value) {
        int exponent = Math.getExponent(value);
        if (exponent < Double.MIN_EXPONENT || exponent > Double.MAX_EXPONENT || value <= 0) {
            return Math.log(value) / LN2;
        }
        double mantissa = Math.scalb(value, -exponent);
        return mantissa > 1.4142135623730951
                ? exponent + 1 + Math.log(mantissa / 2) / LN2
                : exponent + Math.log(mantissa) / LN2;
    }

    /** {@return the logarithm to base 2, exact for powers of 2} */
    public static float log2(float value) {
        return (float) log2((double) value);
    }

    /** {@return the cosine of each component} */
    public static Float2 cos(Float2 f) {
        Float2 result = new Float2();
        for (int i = 0; i < f.size(); i++) {
            result.set(i, cos(f.get(i)));
        }
        return result;
    }

    /** {@return the cosine of each component} */
    public static Float4 cos(Float4 f) {
        Float4 result = new Float4();
        for (int i = 0; i < f.size(); i++) {
            result.set(i, cos(f.get(i)));
        }
        return result;
    }

    /** {@return the cosine of each component} */
    public static Float8 cos(Float8 f) {
        Float8 result = new Float8();
        for (int i = 0; i < f.size(); i++) {
            result.set(i, cos(f.get(i)));
        }
        return result;
    }

    /** {@return the cosine of each component} */
    public static Float16 cos(Float16 f) {
        Float16 result = new Float16();
        for (int i = 0; i < f.size(); i++) {
            result.set(i, cos(f.get(i)));
        }
        return result;
    }

    /** {@return the sine of each component} */
    public static Float2 sin(Float2 f) {
        Float2 result = new Float2();
        for (int i = 0; i < f.size(); i++) {
            result.set(i, sin(f.get(i)));
        }
        return result;
    }

    /** {@return the sine of each component} */
    public static Float4 sin(Float4 f) {
        Float4 result = new Float4();
        for (int i = 0; i < f.size(); i++) {
            result.set(i, sin(f.get(i)));
        }
        return result;
    }

    /** {@return the sine of each component} */
    public static Float8 sin(Float8 f) {
        Float8 result = new Float8();
        for (int i = 0; i < f.size(); i++) {
            result.set(i, sin(f.get(i)));
        }
        return result;
    }

    /** {@return the sine of each component} */
    public static Float16 sin(Float16 f) {
        Float16 result = new Float16();
        for (int i = 0; i < f.size(); i++) {
            result.set(i, sin(f.get(i)));
        }
        return result;
    }

    /** {@return the upper left 3 x 3 part of a transformation applied to a vector} */
    public static Float3 rotate(Matrix4x4Float m, Float3 x) {
        return new Float3(
                Float3.dot(m.row(0).asFloat3(), x),
                Float3.dot(m.row(1).asFloat3(), x),
                Float3.dot(m.row(2).asFloat3(), x));
    }

    /** {@return whether two arrays have the same length and elements} */
    public static boolean isEqual(byte[] a, byte[] b) {
        boolean equal = a.length == b.length;
        for (int i = 0; equal && i < a.length; i++) {
            equal = a[i] == b[i];
        }
        return equal;
    }

    /** {@return whether two arrays have the same length and the same bits} */
    public static boolean isEqual(double[] a, double[] b) {
        boolean equal = a.length == b.length;
        for (int i = 0; equal && i < a.length; i++) {
            equal = Double.doubleToLongBits(a[i]) == Double.doubleToLongBits(b[i]);
        }
        return equal;
    }

    /** {@return whether two arrays have the same length and the same bits} */
    public static boolean isEqual(float[] a, float[] b) {
        boolean equal = a.length == b.length;
        for (int i = 0; equal && i < a.length; i++) {
            equal = Float.floatToIntBits(a[i]) == Float.floatToIntBits(b[i]);
        }
        return equal;
    }

    /** {@return whether two arrays have the same length and elements} */
    public static boolean isEqual(int[] a, int[] b) {
        boolean equal = a.length == b.length;
        for (int i = 0; equal && i < a.length; i++) {
            equal = a[i] == b[i];
        }
        return equal;
    }

    /** {@return whether two arrays have the same length and elements} */
    public static boolean isEqual(short[] a, short[] b) {
        boolean equal = a.length == b.length;
        for (int i = 0; equal && i < a.length; i++) {
            equal = a[i] == b[i];
        }
        return equal;
    }

    /** {@return whether two arrays have the same length and the same bits} */
    public static boolean isEqual(DoubleArray a, DoubleArray b) {
        boolean equal = a.getSize() == b.getSize();
        for (int i = 0; equal && i < a.getSize(); i++) {
            equal = Double.doubleToRawLongBits(a.get(i)) == Double.doubleToRawLongBits(b.get(i));
        }
        return equal;
    }

    /** {@return whether two arrays have the same length and the same bits} */
    public static boolean isEqual(FloatArray a, FloatArray b) {
        boolean equal = a.getSize() == b.getSize();
        for (int i = 0; equal && i < a.getSize(); i++) {
            equal = Float.floatToRawIntBits(a.get(i)) == Float.floatToRawIntBits(b.get(i));
        }
        return equal;
    }

    /** {@return whether two arrays have the same length and the same bits} */
    public static boolean isEqual(HalfFloatArray a, HalfFloatArray b) {
        boolean equal = a.getSize() == b.getSize();
        for (int i = 0; equal && i < a.getSize(); i++) {
            equal = a.get(i).getHalfFloatValue() == b.get(i).getHalfFloatValue();
        }
        return equal;
    }

    /** {@return whether two arrays have the same length and the same bits} */
    public static boolean isEqual(IntArray a, IntArray b) {
        boolean equal = a.getSize() == b.getSize();
        for (int i = 0; equal && i < a.getSize(); i++) {
            equal = a.get(i) == b.get(i);
        }
        return equal;
    }

    /** {@return whether two arrays have the same length and differ by no more than {@code tol}} */
    public static boolean isEqualTol(float[] a, float[] b, float tol) {
        if (a.length != b.length) {
            return false;
        }
        for (int i = 0; i < a.length; i++) {
            if (!FloatOps.compareBits(a[i], b[i]) && !(Math.abs(a[i] - b[i]) <= tol)) {
                return false;
            }
        }
        return true;
    }

    /** {@return whether every element is within so many units in the last place} */
    public static boolean isEqualULP(double[] value, double[] expected, double numULP) {
        return value.length == expected.length && findULPDistance(value, expected) <= numULP;
    }

    /** {@return the largest distance of an element in units in the last place} */
    public static double findULPDistance(double[] value, double[] expected) {
        double max = 0;
        for (int i = 0; i < value.length; i++) {
            max = Math.max(max, DoubleOps.findMaxULP(value[i], expected[i]));
        }
        return max;
    }

    /** {@return the largest distance of an element in units in the last place} */
    public static double findULPDistance(DoubleArray value, DoubleArray expected) {
        double max = 0;
        for (int i = 0; i < value.getSize(); i++) {
            max = Math.max(max, DoubleOps.findMaxULP(value.get(i), expected.get(i)));
        }
        return max;
    }

    /** {@return whether every element is within so many units in the last place} */
    public static boolean isEqualULP(float[] value, float[] expected, float numULP) {
        return value.length == expected.length && findULPDistance(value, expected) <= numULP;
    }

    /** {@return the largest distance of an element in units in the last place} */
    public static float findULPDistance(float[] value, float[] expected) {
        float max = 0;
        for (int i = 0; i < value.length; i++) {
            max = Math.max(max, FloatOps.findMaxULP(value[i], expected[i]));
        }
        return max;
    }

    /** {@return the largest distance of an element in units in the last place} */
    public static float findULPDistance(FloatArray value, FloatArray expected) {
        float max = 0;
        for (int i = 0; i < value.getSize(); i++) {
            max = Math.max(max, FloatOps.findMaxULP(value.get(i), expected.get(i)));
        }
        return max;
    }

    /** {@return the elements whose bits differ, one per line with their bits} */
    public static String bitDiff(float[] a, float[] b) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < Math.min(a.length, b.length); i++) {
            int difference = Float.floatToRawIntBits(a[i]) ^ Float.floatToRawIntBits(b[i]);
            if (difference != 0) {
                text.append(i).append(": ").append(a[i]).append(" != ").append(b[i]);
                text.append(" (bits ").append(Integer.toBinaryString(difference)).append(")\n");
            }
        }
        return text.toString();
    }
}
