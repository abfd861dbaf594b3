package uk.ac.manchester.tornado.api.exceptions;

/** The runtime failed, or does not do what was asked. */
public class TornadoRuntimeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Wraps the cause. */
    public TornadoRuntimeException(Exception e) {
        super(e);
    }

    /** Says what happened, and where. */
    public TornadoRuntimeException(String msg) {
        super(msg);
    }
}
