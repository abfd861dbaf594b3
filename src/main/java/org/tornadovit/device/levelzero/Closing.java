package org.tornadovit.device.levelzero;

import org.jspecify.annotations.Nullable;

/** Does all of several last steps, whichever of them fail, and fails with the first at the end. */
final class Closing {
    private @Nullable RuntimeException first;

    void run(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException e) {
            if (first == null) {
                first = e;
            } else {
                first.addSuppressed(e);
            }
        }
    }

    /** Throws what the first step that failed threw. */
    void end() {
        if (first != null) {
            throw first;
        }
    }
}
