package org.tornadovit.device.cpu;

import org.tornadovit.device.DeviceException;

/** A check in a kernel failed: an index out of bounds, say. The runtime knows the source line. */
public final class CheckFailedException extends DeviceException {
    private final String kernel;
    private final int check;
    private final int value;

    CheckFailedException(String kernel, int check, int value) {
        super("check " + check + " of kernel " + kernel + " failed with value " + value);
        this.kernel = kernel;
        this.check = check;
        this.value = value;
    }

    /** {@return the name of the kernel} */
    public String kernel() {
        return kernel;
    }

    /** {@return the number of the check in the order of the kernel's text, from 0} */
    public int check() {
        return check;
    }

    /** {@return what the check shows: the index} */
    public int value() {
        return value;
    }
}
