package uk.ac.manchester.tornado.api.exceptions;

/** A callee cannot be inlined into a kernel. */
public class TornadoInliningException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Says what happened, and where. */
    public TornadoInliningException(String msg) {
        super(msg);
    }
}
