package uk.ac.manchester.tornado.api.types.utils;

/** Formats of {@code int} numbers. */
public class IntOps {
    /** The default tolerance. */
    public static final float EPSILON = 1e-7f;

    /** A format. */
    public static final String FMT = "%d";

    /** A format. */
    public static final String FMT_2 = "{%d,%d}";

    /** A format. */
    public static final String FMT_3 = "{%d,%d,%d}";

    /** A format. */
    public static final String FMT_4 = "{%d,%d,%d,%d}";

    /** A format. */
    public static final String FMT_6 = "{%d,%d,%d,%d,%d,%d}";

    /** A format. */
    public static final String FMT_8 = "{%d,%d,%d,%d,%d,%d,%d,%d}";

    /** A format. */
    public static final String FMT_16 = "{%d,%d,%d,%d,%d,%d,%d,%d,%d,%d,%d,%d,%d,%d,%d,%d}";

    /** Makes an object without use: the class only holds static members. */
    public IntOps() {}

    /** {@return whether two numbers differ by less than {@link #EPSILON}} */
    public static boolean compare(float a, float b) {
        return a == b || Math.abs(a - b) < EPSILON;
    }
}
