package org.tornadovit.train;

import java.io.Serial;

/** A loss or a gradient is not finite; the weights are still those before the batch. */
public final class DivergenceException extends RuntimeException {
    @Serial private static final long serialVersionUID = 1L;

    /** With a sentence that has batch, rate and layer. */
    public DivergenceException(String message) {
        super(message);
    }
}
