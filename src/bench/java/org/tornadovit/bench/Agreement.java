package org.tornadovit.bench;

import java.util.List;

/** Whether all participants compute the same. */
final class Agreement {
    /** Of float32 networks of up to a hundred layers that add in different orders. */
    static final double TOLERANCE = 1e-4;

    private Agreement() {}

    /**
     * Compares the logits of all participants' last runs with the first one's.
     *
     * @return the greatest error, relative to the greatest logit
     * @throws PeerException when one disagrees
     */
    static double check(String what, List<Participant> participants) {
        Participant first = participants.getFirst();
        float[] reference = first.logits();
        double worst = 0;
        for (Participant other : participants) {
            double error = error(other.logits(), reference);
            if (!(error <= TOLERANCE)) {
                throw new PeerException(
                        "%s: the logits of %s differ from those of %s by %.2g; nothing is measured."
                                .formatted(what, other.name(), first.name(), error));
            }
            worst = Math.max(worst, error);
        }
        return worst;
    }

    /** {@return max |found - expected| / max |expected|; NaN where nothing can be told} */
    static double error(float[] found, float[] expected) {
        if (found.length != expected.length) {
            return Double.NaN;
        }
        double greatest = 0;
        double difference = 0;
        for (int i = 0; i < found.length; i++) {
            greatest = Math.max(greatest, Math.abs(expected[i]));
            double here = Math.abs((double) found[i] - expected[i]);
            difference = here <= difference ? difference : here; // a NaN wins
        }
        return greatest == 0 ? Double.NaN : difference / greatest;
    }
}
