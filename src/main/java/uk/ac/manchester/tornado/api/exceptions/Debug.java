package uk.ac.manchester.tornado.api.exceptions;

import uk.ac.manchester.tornado.api.internal.annotations.CompilerIntrinsic;

/** Output from inside a kernel. */
public class Debug {
    /** Makes an object without use: the class only holds static methods. */
    public Debug() {}

    /**
     * Prints from a work item.
     *
     * @throws TornadoInternalError outside of a kernel on a device
     */
    @CompilerIntrinsic
    public static void printf(String msg, Object... args) {
        throw new TornadoInternalError("Debug.printf only prints from kernels on a device");
    }
}
