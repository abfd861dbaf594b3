package org.tornadovit.lab.measure;

import org.tornadovit.io.image.RgbImage;

/** Images with classes, one set to learn from and one to be tested on. */
public interface LabelledImages {
    /** Which set. */
    enum Part {
        TRAIN,
        TEST
    }

    /** {@return digest of all images and labels} */
    String digest();

    /** {@return number of classes} */
    int classes();

    /** {@return class of each image of a set} */
    int[] labels(Part part);

    /** {@return an image of a set} */
    RgbImage image(Part part, int index);
}
