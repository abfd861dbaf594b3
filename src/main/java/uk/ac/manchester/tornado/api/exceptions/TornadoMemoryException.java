package uk.ac.manchester.tornado.api.exceptions;

/** A limit of memory is exceeded. */
public class TornadoMemoryException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Says what happened, and where. */
    public TornadoMemoryException(String msg) {
        super(msg);
    }
}
