package uk.ac.manchester.tornado.api.exceptions;

/** A task or a task graph is wrongly defined. */
public class TornadoTaskRuntimeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Says what happened, and where. */
    public TornadoTaskRuntimeException(String msg) {
        super(msg);
    }

    /** Says what happened, and why. */
    public TornadoTaskRuntimeException(String msg, Exception e) {
        super(msg, e);
    }
}
