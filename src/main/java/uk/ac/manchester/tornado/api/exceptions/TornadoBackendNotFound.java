package uk.ac.manchester.tornado.api.exceptions;

/** There is no such backend. */
public class TornadoBackendNotFound extends TornadoRuntimeException {
    private static final long serialVersionUID = 1L;

    /** Says what happened, and where. */
    public TornadoBackendNotFound(String msg) {
        super(msg);
    }
}
