package uk.ac.manchester.tornado.api.exceptions;

/** A compilation failed. */
public class TornadoCompilationException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Says what happened, and where. */
    public TornadoCompilationException(String msg) {
        super(msg);
    }
}
