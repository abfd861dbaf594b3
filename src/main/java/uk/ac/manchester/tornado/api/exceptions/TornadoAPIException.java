package uk.ac.manchester.tornado.api.exceptions;

/** The runtime behind the API could not be found or made. */
public class TornadoAPIException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Says what happened, and where. */
    public TornadoAPIException(String msg) {
        super(msg);
    }

    /** Says what happened, and why. */
    public TornadoAPIException(String msg, Exception e) {
        super(msg, e);
    }
}
