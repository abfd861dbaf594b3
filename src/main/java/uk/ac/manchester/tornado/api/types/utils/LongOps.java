package uk.ac.manchester.tornado.api.types.utils;

/** Formats of {@code long} numbers. */
public class LongOps {
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
    public LongOps() {}
}
