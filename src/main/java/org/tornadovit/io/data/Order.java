package org.tornadovit.io.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Orders of images, determined by a seed alone: {@link Random}'s generator is fixed by its
 * specification, so every JDK gives the same.
 */
public final class Order {
    private Order() {}

    /** {@return the numbers 0 to {@code size - 1}, shuffled} */
    public static int[] shuffled(int size, long seed) {
        int[] order = new int[size];
        for (int i = 0; i < size; i++) {
            order[i] = i;
        }
        shuffle(order, new Random(seed));
        return order;
    }

    /**
     * {@return {@code order} cut into pieces of {@code batchSize}, the last of which may be
     * shorter}
     */
    public static List<int[]> batches(int[] order, int batchSize) {
        if (batchSize < 1) {
            throw new IllegalArgumentException("a batch has at least one image");
        }
        List<int[]> batches = new ArrayList<>();
        for (int from = 0; from < order.length; from += batchSize) {
            batches.add(Arrays.copyOfRange(order, from, Math.min(from + batchSize, order.length)));
        }
        return batches;
    }

    /**
     * {@return {@code count} images of every class, chosen by {@code seed}, class by class}
     *
     * @throws DatasetException when a class has fewer
     */
    public static int[] perClass(Dataset data, int count, long seed) {
        int classes = data.classes().size();
        int[] chosen = new int[classes * count];
        int[] found = new int[classes];
        for (int index : shuffled(data.size(), seed)) {
            int label = data.label(index);
            if (found[label] < count) {
                chosen[label * count + found[label]++] = index;
            }
        }
        for (int label = 0; label < classes; label++) {
            if (found[label] < count) {
                throw new DatasetException(
                        "%s has %d images of class %s; %d are needed."
                                .formatted(
                                        data.name(),
                                        found[label],
                                        data.classes().get(label),
                                        count));
            }
        }
        return chosen;
    }

    /** Fisher and Yates' shuffle. */
    private static void shuffle(int[] order, Random random) {
        for (int i = order.length - 1; i > 0; i--) {
            int other = random.nextInt(i + 1);
            int swap = order[i];
            order[i] = order[other];
            order[other] = swap;
        }
    }
}
