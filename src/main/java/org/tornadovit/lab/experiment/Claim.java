package org.tornadovit.lab.experiment;

import org.tornadovit.lab.LabException;

/** What a training task is to show, if it is so. */
public sealed interface Claim {
    /**
     * One model is right more often than another.
     *
     * @param model the better one, as the table calls it
     * @param than the other
     */
    record Better(String model, String than) implements Claim {
        /** Checks that the two differ. */
        public Better {
            distinct(model, than);
        }
    }

    /**
     * One family leads where training is cheap, the other catches up with it.
     *
     * @param leads family that is better at first: pure, hybrid or resnet
     * @param then family that is as good or better later
     */
    record Crossover(String leads, String then) implements Claim {
        /** Checks that the two differ. */
        public Crossover {
            distinct(leads, then);
        }
    }

    /**
     * The lead of a model over another grows with the number of images learned from.
     *
     * @param model the model that profits
     * @param over the other
     */
    record Gains(String model, String over) implements Claim {
        /** Checks that the two differ. */
        public Gains {
            distinct(model, over);
        }
    }

    private static void distinct(String first, String second) {
        if (first.equals(second)) {
            throw new LabException("a claim compares two, not '%s' twice.".formatted(first));
        }
    }
}
