package org.tornadovit.device;

/** A kernel became more code than the device runs well; a schedule of smaller tiles may fit. */
public final class CodeTooLongException extends DeviceException {
    /** Creates an exception with one clear sentence. */
    public CodeTooLongException(String message) {
        super(message);
    }
}
