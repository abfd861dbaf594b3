package org.tornadovit.device;

/** A device cannot do what was asked; the message says what the user can do. */
public class DeviceException extends RuntimeException {
    /** Creates an exception with one clear sentence. */
    public DeviceException(String message) {
        super(message);
    }

    /** Creates an exception with one clear sentence and its cause. */
    public DeviceException(String message, Throwable cause) {
        super(message, cause);
    }
}
