package uk.ac.manchester.tornado.api.exceptions;

/** Closing or running a plan failed. */
public class TornadoExecutionPlanException extends Exception {
    private static final long serialVersionUID = 1L;

    /** Says what happened, and why. */
    public TornadoExecutionPlanException(String message, Throwable cause) {
        super(message, cause);
    }

    /** Says what happened, and where. */
    public TornadoExecutionPlanException(String reason) {
        super(reason);
    }
}
