package org.tornadovit.device;

/** The device has not enough memory. */
public class OutOfMemoryException extends DeviceException {
    /** Creates an exception that names the device, what was asked and what there is. */
    public OutOfMemoryException(String message) {
        super(message);
    }
}
