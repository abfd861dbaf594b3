package uk.ac.manchester.tornado.api.types.utils;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import uk.ac.manchester.tornado.api.types.vectors.Double2;
import uk.ac.manchester.tornado.api.types.vectors.Double3;
import uk.ac.manchester.tornado.api.types.vectors.Double4;
import uk.ac.manchester.tornado.api.types.vectors.Double8;

/** Formats and comparisons of {@code double} numbers. */
public class DoubleOps {
    private static final VarHandle ELEMENTS = MethodHandles.arrayElementVarHandle(double[].class);

    /** The default tolerance. */
    public static final double EPSILON = 1e-7f;

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
    public DoubleOps() {}

    /** {@return whether two numbers differ by less than {@link #EPSILON}} */
    public static boolean compare(double a, double b) {
        return compare(a, b, EPSILON);
    }

    /** {@return whether two numbers are equal, or differ by less than a tolerance} */
    public static boolean compare(double a, double b, double tol) {
        return a == b || Math.abs(a - b) < tol;
    }

    /** {@return whether two numbers have the same bits} */
    public static boolean compareBits(double a, double b) {
        return Double.doubleToRawLongBits(a) == Double.doubleToRawLongBits(b);
    }

    /** {@return whether a number is within so many units in the last place of the expected} */
    public static boolean compareULP(double value, double expected, double ulps) {
        return findMaxULP(value, expected) <= ulps;
    }

    /** {@return the distance in units in the last place of the larger magnitude} */
    public static double findMaxULP(double value, double expected) {
        if (Double.compare(value, expected) == 0 || value == expected) {
            return 0;
        }
        return Math.abs(value - expected) / Math.max(Math.ulp(value), Math.ulp(expected));
    }

    /** {@return the largest distance of a component} */
    public static double findMaxULP(Double2 value, Double2 expected) {
        return findMaxULP(value.getArray(), expected.getArray());
    }

    /** {@return the largest distance of a component} */
    public static double findMaxULP(Double3 value, Double3 expected) {
        return findMaxULP(value.getArray(), expected.getArray());
    }

    /** {@return the largest distance of a component} */
    public static double findMaxULP(Double4 value, Double4 expected) {
        return findMaxULP(value.getArray(), expected.getArray());
    }

    /** {@return the largest distance of a component} */
    public static double findMaxULP(Double8 value, Double8 expected) {
        return findMaxULP(value.getArray(), expected.getArray());
    }

    private static double findMaxULP(double[] value, double[] expected) {
        double max = 0;
        for (int i = 0; i < value.length; i++) {
            max = Math.max(max, findMaxULP(value[i], expected[i]));
        }
        return max;
    }

    /** {@return the square} */
    public static double sq(double value) {
        return value * value;
    }

    /** Adds to an element so that no other thread's addition is lost. */
    public static void atomicAdd(double[] array, int index, double value) {
        ELEMENTS.getAndAdd(array, index, value);
    }
}
