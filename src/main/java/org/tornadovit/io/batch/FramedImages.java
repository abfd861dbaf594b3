package org.tornadovit.io.batch;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.tornadovit.io.data.Dataset;
import org.tornadovit.io.image.Normalisation;
import org.tornadovit.io.image.Preprocessing;
import org.tornadovit.io.image.RgbImage;

/**
 * The images of a data set in the size of a model, kept as bytes once they were decoded: an epoch
 * after the first reads no files. For use by several threads.
 */
final class FramedImages {
    private final Dataset data;
    private final Preprocessing preprocessing;
    private final AtomicReferenceArray<RgbImage> framed;

    FramedImages(Dataset data, Preprocessing preprocessing) {
        this.data = data;
        this.preprocessing = preprocessing;
        framed = new AtomicReferenceArray<>(data.size());
    }

    int size() {
        return data.size();
    }

    int classes() {
        return data.classes().size();
    }

    int label(int index) {
        return data.label(index);
    }

    int side() {
        return preprocessing.size();
    }

    Normalisation normalisation() {
        return preprocessing.normalisation();
    }

    /** {@return image {@code index}, square; several threads may decode it and find the same} */
    RgbImage image(int index) {
        RgbImage found = framed.get(index);
        if (found == null) {
            found = preprocessing.frame(data.image(index).image());
            framed.set(index, found);
        }
        return found;
    }
}
