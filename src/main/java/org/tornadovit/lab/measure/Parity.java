package org.tornadovit.lab.measure;

/** How far logits are from those of the reference device. */
final class Parity {
    private Parity() {}

    /**
     * The greatest difference over the greatest logit.
     *
     * @param logits what is judged
     * @param reference what it is judged by, as many, not all zero
     * @return max |logits - reference| / max |reference|; infinite when a number is not finite
     */
    static double error(float[] logits, float[] reference) {
        if (logits.length != reference.length) {
            throw new IllegalArgumentException(
                    "%d logits cannot be judged by %d".formatted(logits.length, reference.length));
        }
        double greatest = 0;
        double difference = 0;
        for (int i = 0; i < logits.length; i++) {
            if (!Float.isFinite(logits[i]) || !Float.isFinite(reference[i])) {
                return Double.POSITIVE_INFINITY;
            }
            greatest = Math.max(greatest, Math.abs(reference[i]));
            difference = Math.max(difference, Math.abs((double) logits[i] - reference[i]));
        }
        return difference / greatest;
    }

    /** {@return whether every number is finite} */
    static boolean finite(float[] numbers) {
        for (float number : numbers) {
            if (!Float.isFinite(number)) {
                return false;
            }
        }
        return true;
    }

    /** {@return whether every number is zero, so that nothing can be told from them} */
    static boolean zero(float[] numbers) {
        for (float number : numbers) {
            if (number != 0) {
                return false;
            }
        }
        return true;
    }
}
