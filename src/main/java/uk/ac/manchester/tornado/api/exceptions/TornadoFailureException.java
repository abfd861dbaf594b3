package uk.ac.manchester.tornado.api.exceptions;

/** A task failed. */
public class TornadoFailureException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Wraps the cause. */
    public TornadoFailureException(Exception e) {
        super(e);
    }

    /** Says what happened, and where. */
    public TornadoFailureException(String msg) {
        super(msg);
    }
}
