package uk.ac.manchester.tornado.api.exceptions;

/** The machine has no Metal platform. */
public class TornadoNoMetalPlatformException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Says what happened, and where. */
    public TornadoNoMetalPlatformException(String msg) {
        super(msg);
    }
}
