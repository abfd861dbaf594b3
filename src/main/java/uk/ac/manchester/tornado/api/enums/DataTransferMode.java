package uk.ac.manchester.tornado.api.enums;

/** When a transfer between host and device takes place. */
public class DataTransferMode {
    /** To the device, before the first execution only. */
    public static final int FIRST_EXECUTION = 0;

    /** To the device before, or to the host after, every execution. */
    public static final int EVERY_EXECUTION = 1;

    /** To the host when the execution result is asked for it. */
    public static final int UNDER_DEMAND = 2;

    /** Makes an object without use: the class only holds the constants. */
    public DataTransferMode() {}
}
