package uk.ac.manchester.tornado.api.exceptions;

/** The device has no 8-bit floating point. */
public class TornadoDeviceFP8NotSupported extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Says what happened, and where. */
    public TornadoDeviceFP8NotSupported(String msg) {
        super(msg);
    }
}
