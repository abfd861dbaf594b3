package uk.ac.manchester.tornado.api.exceptions;

/** A kernel cannot be compiled. */
public class TornadoBailoutRuntimeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Says what happened, and where. */
    public TornadoBailoutRuntimeException(String msg) {
        super(msg);
    }

    /** Says what happened, and why. */
    public TornadoBailoutRuntimeException(String msg, Exception e) {
        super(msg, e);
    }
}
