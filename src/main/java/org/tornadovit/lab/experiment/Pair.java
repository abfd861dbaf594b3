package org.tornadovit.lab.experiment;

import org.tornadovit.lab.LabException;

/**
 * A pure and a hybrid model to be compared directly, by passes that alternate.
 *
 * @param pure name of the model with a patch embedding
 * @param hybrid name of the model with a convolutional stem
 */
public record Pair(String pure, String hybrid) {
    /** Checks that the two differ. */
    public Pair {
        if (pure.equals(hybrid)) {
            throw new LabException("A pair must name two models, not '" + pure + "' twice.");
        }
    }

    /** {@return the pair's name, {@code hybrid vs pure}} */
    public String name() {
        return hybrid + " vs " + pure;
    }
}
