package org.tornadovit.lab.experiment;

import org.tornadovit.lab.LabException;

/**
 * How accuracy is measured.
 *
 * @param method the protocol
 * @param data {@code digits} for the embedded set, or the path of a folder or zip file of images by
 *     class, or of CIFAR's binary files
 * @param shots labelled images a class that the linear layer is fitted to (few-shot only)
 * @param heldOut labelled images a class that choose the regularisation (few-shot only)
 * @param test images the accuracy is counted on
 * @param seed seed of the choice of images
 */
public record Accuracy(Method method, String data, int shots, int heldOut, int test, long seed) {

    /** A protocol. */
    public enum Method {
        /** Accuracy is not measured; its columns stay empty. */
        NONE("none"),
        /** Regularised least squares on frozen features. */
        FEW_SHOT("few-shot"),
        /** Top-1 and top-5 of the checkpoint's own classes. */
        TOP_K("top-k");

        private final String key;

        Method(String key) {
            this.key = key;
        }

        /** {@return the word that stands for the protocol in an experiment file} */
        public String key() {
            return key;
        }

        /**
         * Finds a protocol by its word.
         *
         * @param key such as {@code few-shot}
         * @return the protocol
         * @throws LabException when there is none of that name
         */
        public static Method of(String key) {
            for (Method method : values()) {
                if (method.key.equals(key)) {
                    return method;
                }
            }
            throw new LabException(
                    "accuracy.method '" + key + "' is unknown; it is none, few-shot or top-k.");
        }
    }

    /** No accuracy. */
    public static final Accuracy NONE = new Accuracy(Method.NONE, "digits", 10, 5, 1, 1);

    /** Checks the bounds. */
    public Accuracy {
        if (shots < 1 || heldOut < 1 || test < 1) {
            throw new LabException(
                    "accuracy.shots, held-out and test must be at least 1, not %d, %d and %d."
                            .formatted(shots, heldOut, test));
        }
    }
}
