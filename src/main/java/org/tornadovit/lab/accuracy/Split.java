package org.tornadovit.lab.accuracy;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.tornadovit.lab.LabException;

/**
 * A seeded choice of images: so many of each class to fit to, and others, so many of each class, to
 * choose the regularisation.
 *
 * @param training indices of the images to fit to
 * @param heldOut indices of the images that choose the regularisation
 */
public record Split(int[] training, int[] heldOut) {
    /**
     * Chooses images.
     *
     * @param labels class of each image
     * @param classes number of classes
     * @param shots training images a class
     * @param held held-out images a class
     * @param seed seed of the choice
     * @return disjoint indices, the same for the same arguments
     * @throws LabException when a class has too few images
     */
    public static Split of(int[] labels, int classes, int shots, int held, long seed) {
        List<Integer> training = new ArrayList<>();
        List<Integer> heldOut = new ArrayList<>();
        int[] seen = new int[classes];
        for (int image : shuffled(labels.length, seed)) {
            int place = seen[labels[image]]++;
            if (place < shots) {
                training.add(image);
            } else if (place < shots + held) {
                heldOut.add(image);
            }
        }
        for (int k = 0; k < classes; k++) {
            if (seen[k] < shots + held) {
                throw new LabException(
                        "Class %d has %d images, but accuracy.shots and held-out ask for %d + %d."
                                .formatted(k, seen[k], shots, held));
            }
        }
        return new Split(array(training), array(heldOut));
    }

    /**
     * A random order.
     *
     * @param size number of images
     * @param seed seed of the order
     * @return every index below {@code size} once
     */
    public static int[] shuffled(int size, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int[] order = IntStream.range(0, size).toArray();
        for (int i = size - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int kept = order[i];
            order[i] = order[j];
            order[j] = kept;
        }
        return order;
    }

    private static int[] array(List<Integer> list) {
        return list.stream().mapToInt(Integer::intValue).toArray();
    }
}
