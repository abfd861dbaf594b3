package uk.ac.manchester.tornado.api.exceptions;

/** The machine has no OpenCL platform. */
public class TornadoNoOpenCLPlatformException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Says what happened, and where. */
    public TornadoNoOpenCLPlatformException(String msg) {
        super(msg);
    }
}
