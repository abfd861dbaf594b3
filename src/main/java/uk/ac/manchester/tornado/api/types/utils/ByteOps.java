package uk.ac.manchester.tornado.api.types.utils;

/** Formats of {@code byte} numbers. */
public class ByteOps {
    /** A format. */
    public static final String FMT = "%3d";

    /** A format. */
    public static final String FMT_2 = "{%3d,%3d}";

    /** A format. */
    public static final String FMT_3 = "{%3d,%3d,%3d}";

    /** A format. */
    public static final String FMT_4 = "{%3d,%3d,%3d,%3d}";

    /** Makes an object without use: the class only holds static members. */
    public ByteOps() {}
}
