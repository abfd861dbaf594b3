package org.tornadovit.lab.experiment;

import java.util.List;
import org.tornadovit.lab.LabException;

/**
 * What follows training: the weights are taken on, position embeddings resized, and training
 * continues on images of other sizes, from the same weights for each.
 *
 * @param imageSizes sides of the images in pixels
 * @param recipe how it is done
 * @param head whether the classifier begins anew
 * @param frozen beginnings of names of weights that stay as they are
 */
public record FineTuning(
        List<Integer> imageSizes, TrainingSettings recipe, Head head, List<String> frozen) {

    /** What becomes of the classifier. */
    public enum Head {
        /** It goes on. */
        KEEP,
        /** It begins with zeros, as in the paper. */
        ZERO
    }

    /** Checks the sizes. */
    public FineTuning {
        imageSizes = List.copyOf(imageSizes);
        frozen = List.copyOf(frozen);
        if (imageSizes.isEmpty() || imageSizes.stream().anyMatch(size -> size < 1)) {
            throw new LabException(
                    "fine-tune.image-sizes must name sizes of at least 1, not %s."
                            .formatted(imageSizes));
        }
    }
}
