package uk.ac.manchester.tornado.api.exceptions;

/** The device has no matrix multiply-accumulate instructions. */
public class TornadoDeviceMMANotSupported extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Says what happened, and where. */
    public TornadoDeviceMMANotSupported(String msg) {
        super(msg);
    }
}
