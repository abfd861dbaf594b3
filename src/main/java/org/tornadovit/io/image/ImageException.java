package org.tornadovit.io.image;

import org.tornadovit.io.InputException;

/** An image file is missing, broken, or of a kind that cannot be read. */
public final class ImageException extends InputException {
    private static final long serialVersionUID = 1L;

    /** See {@link InputException#InputException(String)}. */
    public ImageException(String message) {
        super(message);
    }

    /** See {@link InputException#InputException(String, Throwable)}. */
    public ImageException(String message, Throwable cause) {
        super(message, cause);
    }
}
