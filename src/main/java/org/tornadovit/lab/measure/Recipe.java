package org.tornadovit.lab.measure;

import org.tornadovit.io.image.RgbImage;

/** How an image becomes the input of a model. */
@FunctionalInterface
public interface Recipe {
    /**
     * Writes the input of one image.
     *
     * @param image the image as decoded
     * @param target where the values go, float32 [3, size, size] an image
     * @param offset index of the first value
     */
    void apply(RgbImage image, float[] target, int offset);
}
