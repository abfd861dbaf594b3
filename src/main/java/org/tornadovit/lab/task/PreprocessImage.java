package org.tornadovit.lab.task;

import java.nio.file.Path;
import org.tornadovit.io.Npy;
import org.tornadovit.io.image.Preprocessing;
import org.tornadovit.io.image.RgbImage;

/** Brings an image to a model's size, as a file that others can compare. */
public final class PreprocessImage {
    private PreprocessImage() {}

    /**
     * Resizes and crops an image, before normalisation.
     *
     * @param recipe as {@link Preprocessing#named} knows it
     * @param size side of the result in pixels
     * @param image an image file
     * @param output where uint8 [size, size, 3] goes, as {@code .npy}
     * @throws org.tornadovit.io.InputException when the recipe is unknown, the image is broken or
     *     the result cannot be written
     */
    public static void run(String recipe, int size, Path image, Path output) {
        RgbImage framed = Preprocessing.named(recipe, size).frame(RgbImage.read(image));
        Npy.write(output, framed.toTensor("image"));
    }
}
