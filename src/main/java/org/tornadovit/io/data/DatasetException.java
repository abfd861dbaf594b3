package org.tornadovit.io.data;

import org.tornadovit.io.InputException;

/** A data set or a file of labels is missing, broken, or not laid out as it must be. */
public final class DatasetException extends InputException {
    private static final long serialVersionUID = 1L;

    /** See {@link InputException#InputException(String)}. */
    public DatasetException(String message) {
        super(message);
    }

    /** See {@link InputException#InputException(String, Throwable)}. */
    public DatasetException(String message, Throwable cause) {
        super(message, cause);
    }
}
