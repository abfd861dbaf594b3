package uk.ac.manchester.tornado.api.types.utils;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.vectors.Float2;
import uk.ac.manchester.tornado.api.types.vectors.Float3;
import uk.ac.manchester.tornado.api.types.vectors.Float4;
import uk.ac.manchester.tornado.api.types.vectors.Float8;

/** Formats and comparisons of {@code float} numbers. */
public class FloatOps {
    private static final VarHandle ELEMENTS = MethodHandles.arrayElementVarHandle(float[].class);

    /** The default tolerance. */
    public static final float EPSILON = 1e-7f;

    /** A format. */
    public static final String FMT = "%.3f";

    /** A format. */
    public static final String FMT_2 = "{%.3f,%.3f}";

    /** A format. */
    public static final String FMT_3 = "{%.3f,%.3f,%.3f}";

    /** A format. */
    public static final String FMT_3_E = "{%.4e,%.4e,%.4e}";

    /** A format. */
    public static final String FMT_4 = "{%.3f,%.3f,%.3f,%.3f}";

    /** A format. */
    public static final String FMT_4_M = "%.3f,%.3f,%.3f,%.3f";

    /** A format. */
    public static final String FMT_4_EM = "%.3e,%.3e,%.3e,%.3e";

    /** A format. */
    public static final String FMT_6 = "{%.3f,%.3f,%.3f,%.3f,%.3f,%.3f}";

    /** A format. */
    public static final String FMT_8 = "{%.3f,%.3f,%.3f,%.3f,%.3f,%.3f,%.3f,%.3f}";

    /** A format. */
    public static final String FMT_16 =
            "{%.3f,%.3f,%.3f,%.3f,%.3f,%.3f,%.3f,%.3f,%.3f,%.3f,%.3f,%.3f,%.3f,%.3f,%.3f,%.3f}";

    /** A format. */
    public static final String FMT_6_E = "{%e,%e,%e,%e,%e,%e}";

    /** Makes an object without use: the class only holds static members. */
    public FloatOps() {}

    /** {@return whether two numbers differ by less than {@link #EPSILON}} */
    public static boolean compare(float a, float b) {
        return compare(a, b, EPSILON);
    }

    /** {@return whether two numbers are equal, or differ by less than a tolerance} */
    public static boolean compare(float a, float b, float tol) {
        return a == b || Math.abs(a - b) < tol;
    }

    /** {@return whether two numbers have the same bits} */
    public static boolean compareBits(float a, float b) {
        return Float.floatToRawIntBits(a) == Float.floatToRawIntBits(b);
    }

    /** {@return whether a number is within so many units in the last place of the expected} */
    public static boolean compareULP(float value, float expected, float ulps) {
        return findMaxULP(value, expected) <= ulps;
    }

    /** {@return the distance in units in the last place of the larger magnitude} */
    public static float findMaxULP(float value, float expected) {
        if (Float.compare(value, expected) == 0 || value == expected) {
            return 0;
        }
        return Math.abs(value - expected) / Math.max(Math.ulp(value), Math.ulp(expected));
    }

    /** {@return the largest distance of a component} */
    public static float findMaxULP(Float2 value, Float2 expected) {
        return findMaxULP(value.getArray(), expected.getArray());
    }

    /** {@return the largest distance of a component} */
    public static float findMaxULP(Float3 value, Float3 expected) {
        return findMaxULP(value.getArray(), expected.getArray());
    }

    /** {@return the largest distance of a component} */
    public static float findMaxULP(Float4 value, Float4 expected) {
        return findMaxULP(value.getArray(), expected.getArray());
    }

    /** {@return the largest distance of a component} */
    public static float findMaxULP(Float8 value, Float8 expected) {
        return findMaxULP(value.getArray(), expected.getArray());
    }

    /** {@return the largest distance of an element} */
    public static float findMaxULP(FloatArray value, FloatArray expected) {
        float max = 0;
        for (int i = 0; i < value.getSize(); i++) {
            max = Math.max(max, findMaxULP(value.get(i), expected.get(i)));
        }
        return max;
    }

    private static float findMaxULP(float[] value, float[] expected) {
        float max = 0;
        for (int i = 0; i < value.length; i++) {
            max = Math.max(max, findMaxULP(value[i], expected[i]));
        }
        return max;
    }

    /** {@return the square} */
    public static float sq(float value) {
        return value * value;
    }

    /** Adds to an element so that no other thread's addition is lost. */
    public static void atomicAdd(float[] array, int index, float value) {
        ELEMENTS.getAndAdd(array, index, value);
    }
}
