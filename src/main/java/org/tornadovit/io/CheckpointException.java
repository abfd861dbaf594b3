package org.tornadovit.io;

/** A checkpoint or array file is unreadable, lies about itself, or has not what was asked for. */
public final class CheckpointException extends InputException {
    private static final long serialVersionUID = 1L;

    /** See {@link InputException#InputException(String)}. */
    public CheckpointException(String message) {
        super(message);
    }

    /** See {@link InputException#InputException(String, Throwable)}. */
    public CheckpointException(String message, Throwable cause) {
        super(message, cause);
    }
}
