package org.tornadovit.io.batch;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.tornadovit.io.data.Dataset;
import org.tornadovit.io.data.DatasetException;
import org.tornadovit.io.data.LabelledImage;
import org.tornadovit.io.data.Order;

/**
 * Some images of a data set, chosen by a seed. Closing it leaves the data set open.
 *
 * <p>All choices are prefixes and suffixes of one order in which the classes take turns: a smaller
 * subset is part of each larger one, and classes are as even as the data allow.
 */
public final class Subset implements Dataset {
    /**
     * Images to learn from and others to decide on.
     *
     * @param learning what is learned from
     * @param heldOut what is kept back
     */
    public record Halves(Subset learning, Subset heldOut) {}

    private final Dataset whole;
    private final int[] indices;
    private final String name;

    private Subset(Dataset whole, int[] indices, String name) {
        this.whole = whole;
        this.indices = indices;
        this.name = name;
    }

    /**
     * {@return the first {@code count} images of the seed's order}
     *
     * @throws DatasetException when there are fewer, or none is asked for
     */
    public static Subset first(Dataset whole, int count, long seed) {
        if (count < 1 || count > whole.size()) {
            throw new DatasetException(
                    "A subset of %d images of %s, which has %d, is impossible."
                            .formatted(count, whole.name(), whole.size()));
        }
        return new Subset(
                whole,
                Arrays.copyOf(turns(whole, seed), count),
                "%s[%d]".formatted(whole.name(), count));
    }

    /**
     * {@return the last {@code count} images of the seed's order, held out, and all others}
     *
     * @throws DatasetException when nothing would be left to learn from
     */
    public static Halves holdOut(Dataset whole, int count, long seed) {
        if (count < 0 || count >= whole.size()) {
            throw new DatasetException(
                    "Holding out %d of the %d images of %s leaves none to learn from."
                            .formatted(count, whole.size(), whole.name()));
        }
        int[] order = turns(whole, seed);
        int kept = order.length - count;
        return new Halves(
                new Subset(whole, Arrays.copyOf(order, kept), whole.name() + ":learning"),
                new Subset(
                        whole,
                        Arrays.copyOfRange(order, kept, order.length),
                        whole.name() + ":held-out"));
    }

    /** An order in which every class comes once before any comes again. */
    private static int[] turns(Dataset whole, long seed) {
        int[] order = Order.shuffled(whole.size(), seed);
        int[] seen = new int[whole.classes().size()];
        int[] turn = new int[order.length];
        for (int index : order) {
            turn[index] = seen[whole.label(index)]++;
        }
        return IntStream.of(order)
                .boxed()
                .sorted(Comparator.comparingInt(index -> turn[index]))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public List<String> classes() {
        return whole.classes();
    }

    @Override
    public int size() {
        return indices.length;
    }

    @Override
    public int label(int index) {
        return whole.label(indices[index]);
    }

    @Override
    public LabelledImage image(int index) {
        return whole.image(indices[index]);
    }

    /** {@return the index in the whole data set of image {@code index}} */
    public int indexInWhole(int index) {
        return indices[index];
    }

    @Override
    public String contentHash() {
        return "%s of %s"
                .formatted(Integer.toHexString(Arrays.hashCode(indices)), whole.contentHash());
    }
}
