package uk.ac.manchester.tornado.api.exceptions;

/**
 * No device can do what a kernel asks of 8-bit floating point. All devices convert such numbers and
 * multiply matrices of them, in binary32 where they have nothing of their own, but of the shape
 * m16n8k32 only.
 */
public class TornadoDeviceFP8NotSupported extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Says what happened, and where. */
    public TornadoDeviceFP8NotSupported(String msg) {
        super(msg);
    }
}
