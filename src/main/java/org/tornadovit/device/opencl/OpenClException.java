package org.tornadovit.device.opencl;

import org.tornadovit.device.DeviceException;

/** A function of the OpenCL driver failed. */
final class OpenClException extends DeviceException {
    private final int status;

    OpenClException(String function, int status) {
        super("The OpenCL driver refused " + function + ": " + Status.text(status) + ".");
        this.status = status;
    }

    /** {@return the code that the function returned} */
    int status() {
        return status;
    }

    /** {@return whether memory ran out} */
    boolean isOutOfMemory() {
        return status == Status.MEM_OBJECT_ALLOCATION_FAILURE
                || status == Status.OUT_OF_RESOURCES
                || status == Status.OUT_OF_HOST_MEMORY
                || status == Status.INVALID_BUFFER_SIZE;
    }
}
