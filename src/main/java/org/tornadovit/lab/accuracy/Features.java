package org.tornadovit.lab.accuracy;

/**
 * Frozen features of labelled images.
 *
 * @param values float32 [images, dimension]
 * @param labels class of each image
 */
public record Features(float[][] values, int[] labels) {
    /** Checks that each image has features and a label, and that no feature is NaN or infinite. */
    public Features {
        if (values.length == 0 || values.length != labels.length) {
            throw new IllegalArgumentException(
                    "%d images cannot have %d labels".formatted(values.length, labels.length));
        }
        for (int i = 0; i < values.length; i++) {
            for (float value : values[i]) {
                if (!Float.isFinite(value)) {
                    throw new IllegalArgumentException("a feature of image " + i + " is " + value);
                }
            }
        }
    }

    /** {@return the number of images} */
    public int size() {
        return values.length;
    }

    /** {@return the number of features an image} */
    public int dimension() {
        return values[0].length;
    }
}
