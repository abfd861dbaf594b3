package org.tornadovit.device.opencl;

import org.tornadovit.device.Code;
import org.tornadovit.device.DeviceException;

/** Programs of files that an offline compiler made. */
final class Bitstream {
    private static final int INVALID_KERNEL_NAME = -46;

    private Bitstream() {}

    /**
     * {@return a new program, not yet built}
     *
     * @throws DeviceException when the driver does not know such files
     */
    static long create(long context, long device, Code code, byte[] file) {
        try {
            return Modules.createOfBinary(context, device, file);
        } catch (OpenClException e) {
            throw new DeviceException(
                    "The %s is not for this device (%s); compile kernel '%s' for this one."
                            .formatted(code.text(), e.getMessage(), code.entry()),
                    e);
        }
    }

    /**
     * Checks that a program has the kernel it is for, whose name tells its source.
     *
     * @throws DeviceException when it has not
     */
    static void require(long program, Code code) {
        try {
            Programs.releaseKernel(Programs.createKernel(program, code.entry()));
        } catch (OpenClException e) {
            if (e.status() != INVALID_KERNEL_NAME) {
                throw e;
            }
            throw new DeviceException(
                    ("The %s has no kernel '%s': it was made of another kernel, or of this one with"
                                    + " other sizes; compile it anew.")
                            .formatted(code.text(), code.entry()),
                    e);
        }
    }
}
