package org.tornadovit.lab.accuracy;

/** Ranks of classes by their logits. */
public final class TopK {
    private TopK() {}

    /**
     * The place of a class when logits are sorted, greatest first, equals by index.
     *
     * @param logits one a class
     * @param label the class
     * @return 0 for the greatest
     * @throws IllegalArgumentException when a logit is NaN
     */
    public static int rank(float[] logits, int label) {
        int rank = 0;
        for (int k = 0; k < logits.length; k++) {
            if (Float.isNaN(logits[k])) {
                throw new IllegalArgumentException("the logit of class " + k + " is NaN");
            }
            if (logits[k] > logits[label] || (logits[k] == logits[label] && k < label)) {
                rank++;
            }
        }
        return rank;
    }

    /**
     * The classes with the greatest logits.
     *
     * @param logits one a class
     * @param count number of classes wanted
     * @return their indices, best first; fewer when there are fewer classes
     */
    public static int[] best(float[] logits, int count) {
        int[] best = new int[Math.min(count, logits.length)];
        for (int k = 0; k < logits.length; k++) {
            int rank = rank(logits, k);
            if (rank < best.length) {
                best[rank] = k;
            }
        }
        return best;
    }

    /**
     * Probabilities of classes.
     *
     * @param logits one a class
     * @return exp(logit) over the sum of all, computed from the greatest downwards
     */
    public static double[] softmax(float[] logits) {
        double greatest = Double.NEGATIVE_INFINITY;
        for (float logit : logits) {
            greatest = Math.max(greatest, logit);
        }
        double[] probabilities = new double[logits.length];
        double sum = 0;
        for (int k = 0; k < logits.length; k++) {
            probabilities[k] = Math.exp(logits[k] - greatest);
            sum += probabilities[k];
        }
        for (int k = 0; k < logits.length; k++) {
            probabilities[k] /= sum;
        }
        return probabilities;
    }
}
