package org.tornadovit.lab;

import java.io.Serial;

/**
 * Something a user can put right: the message is one sentence that names the place and the way out.
 */
public final class LabException extends RuntimeException {
    @Serial private static final long serialVersionUID = 1L;

    /**
     * Creates a failure.
     *
     * @param message one sentence for the user
     */
    public LabException(String message) {
        super(message);
    }

    /**
     * Creates a failure with its cause, shown only on request.
     *
     * @param message one sentence for the user
     * @param cause what was caught
     */
    public LabException(String message, Throwable cause) {
        super(message, cause);
    }
}
