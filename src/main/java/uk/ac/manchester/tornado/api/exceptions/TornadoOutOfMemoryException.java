package uk.ac.manchester.tornado.api.exceptions;

/** The memory of a device is exhausted. */
public class TornadoOutOfMemoryException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Says what happened, and where. */
    public TornadoOutOfMemoryException(String msg) {
        super(msg);
    }
}
