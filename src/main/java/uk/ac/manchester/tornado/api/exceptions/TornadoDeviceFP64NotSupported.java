package uk.ac.manchester.tornado.api.exceptions;

/** The device has no 64-bit floating point. */
public class TornadoDeviceFP64NotSupported extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Says what happened, and where. */
    public TornadoDeviceFP64NotSupported(String msg) {
        super(msg);
    }
}
