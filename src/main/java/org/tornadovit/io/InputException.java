package org.tornadovit.io;

/**
 * A file given by the user cannot be used. The message is one complete sentence that names the file
 * and what is wrong with it, fit to be printed as it is.
 */
public class InputException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** The file is unusable for the reason that {@code message} states. */
    public InputException(String message) {
        super(message);
    }

    /** The file is unusable; {@code cause} is the lower-level error behind {@code message}. */
    public InputException(String message, Throwable cause) {
        super(message, cause);
    }
}
