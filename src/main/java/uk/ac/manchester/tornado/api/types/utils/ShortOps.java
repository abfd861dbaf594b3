package uk.ac.manchester.tornado.api.types.utils;

/** Formats of {@code short} numbers. */
public class ShortOps {
    /** A format. */
    public static final String FMT = "%3d";

    /** A format. */
    public static final String FMT_2 = "{%3d,%3d}";

    /** A format. */
    public static final String FMT_3 = "{%3d,%3d,%.3d}";

    /** Makes an object without use: the class only holds static members. */
    public ShortOps() {}

    /** {@return whether two numbers are equal} */
    public static boolean compare(short a, short b) {
        return a == b;
    }
}
