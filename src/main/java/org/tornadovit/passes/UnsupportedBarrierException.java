package org.tornadovit.passes;

/** Not all items of a group would reach a barrier; the message names the place and a way out. */
public final class UnsupportedBarrierException extends RuntimeException {
    private static final long serialVersionUID = 1;

    UnsupportedBarrierException(String message) {
        super(message);
    }
}
