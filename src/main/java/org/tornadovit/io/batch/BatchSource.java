package org.tornadovit.io.batch;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.tornadovit.io.data.Dataset;
import org.tornadovit.io.data.Order;
import org.tornadovit.io.image.Preprocessing;
import org.tornadovit.io.image.RgbImage;

/**
 * The batches of a training run, each a function of the seed and its number: whoever goes on after
 * an interruption sees what an unbroken run sees.
 *
 * <p>The images of an epoch are all images in an order of its own; batches run on from one epoch to
 * the next, so that every image counts as often as every other.
 */
public final class BatchSource {
    /** What a random number is for; part of its counters. */
    private enum Draw {
        ORDER,
        LEFT,
        TOP,
        FLIP,
        MIXUP
    }

    private static final int EPOCHS_KEPT = 2;

    private final FramedImages images;
    private final Augmentation augmentation;
    private final int batch;
    private final CounterRandom random;

    @SuppressWarnings("serial") // never serialized
    private final Map<Long, int[]> orders =
            new LinkedHashMap<>() {
                @Override
                protected boolean removeEldestEntry(Map.Entry<Long, int[]> eldest) {
                    return size() > EPOCHS_KEPT;
                }
            };

    /**
     * Prepares batches.
     *
     * @param data what is learned from
     * @param preprocessing of the model
     * @param augmentation what is done at random
     * @param batch images a batch
     * @param seed of everything that is random
     */
    public BatchSource(
            Dataset data,
            Preprocessing preprocessing,
            Augmentation augmentation,
            int batch,
            long seed) {
        if (batch < 1 || data.size() < 1) {
            throw new IllegalArgumentException("a batch and its data have at least one image");
        }
        images = new FramedImages(data, preprocessing);
        this.augmentation = augmentation;
        this.batch = batch;
        random = new CounterRandom(seed);
    }

    /** {@return images a batch} */
    public int batch() {
        return batch;
    }

    /** {@return the number of batches that hold {@code epochs} times all images, at least 1} */
    public long steps(double epochs) {
        return Math.max(1, Math.round(epochs * images.size() / batch));
    }

    /** {@return the epoch that step {@code step} begins in, with the part that is over} */
    public double epoch(long step) {
        return (double) step * batch / images.size();
    }

    /** {@return an empty batch of the right lengths} */
    Batch empty() {
        int length = RgbImage.CHANNELS * images.side() * images.side();
        return new Batch(0, new float[batch * length], new float[batch * images.classes()]);
    }

    /** {@return batch {@code step}, in arrays of its own} */
    public Batch batch(long step) {
        return fill(step, empty());
    }

    /** {@return batch {@code step}, in the arrays of {@code target}} */
    Batch fill(long step, Batch target) {
        float[] pixels = target.images();
        float[] targets = target.targets();
        int length = pixels.length / batch;
        int classes = images.classes();
        int[] chosen = new int[batch];
        for (int i = 0; i < batch; i++) {
            chosen[i] = index(step * batch + i);
        }
        IntStream.range(0, batch)
                .parallel()
                .forEach(i -> {
                    RgbImage image = augment(images.image(chosen[i]), step * batch + i);
                    images.normalisation().apply(image, pixels, i * length);
                    target(images.label(chosen[i]), targets, i * classes, classes);
                });
        if (augmentation.mixup() > 0) {
            IntStream.range(0, batch / 2)
                    .parallel()
                    .forEach(pair -> {
                        int other = batch - 1 - pair;
                        double share =
                                random.beta(
                                        augmentation.mixup(),
                                        Draw.MIXUP.ordinal(),
                                        step * batch + pair);
                        mix(pixels, pair * length, other * length, length, (float) share);
                        mix(targets, pair * classes, other * classes, classes, (float) share);
                    });
        }
        return new Batch(step, pixels, targets);
    }

    /** {@return the image at a position of the endless sequence of epochs} */
    private int index(long position) {
        long epoch = position / images.size();
        int[] order;
        synchronized (orders) {
            order =
                    orders.computeIfAbsent(
                            epoch,
                            e ->
                                    Order.shuffled(
                                            images.size(), random.bits(Draw.ORDER.ordinal(), e)));
        }
        return order[(int) (position % images.size())];
    }

    private RgbImage augment(RgbImage image, long position) {
        int padding = augmentation.padding();
        int left = padding - random.below(2 * padding + 1, Draw.LEFT.ordinal(), position);
        int top = padding - random.below(2 * padding + 1, Draw.TOP.ordinal(), position);
        boolean flips = random.uniform(Draw.FLIP.ordinal(), position) < augmentation.flip();
        if (left == 0 && top == 0 && !flips) {
            return image;
        }
        int side = image.width();
        byte[] from = image.pixels();
        byte[] to = new byte[from.length];
        for (int y = Math.max(0, top); y < Math.min(side, side + top); y++) {
            for (int x = Math.max(0, left); x < Math.min(side, side + left); x++) {
                int column = flips ? side - 1 - x : x;
                int source = RgbImage.CHANNELS * ((y - top) * side + x - left);
                int sink = RgbImage.CHANNELS * (y * side + column);
                to[sink] = from[source];
                to[sink + 1] = from[source + 1];
                to[sink + 2] = from[source + 2];
            }
        }
        return new RgbImage(side, side, to);
    }

    private void target(int label, float[] targets, int at, int classes) {
        double spread = augmentation.smoothing() / classes;
        Arrays.fill(targets, at, at + classes, (float) spread);
        targets[at + label] = (float) (1 - augmentation.smoothing() + spread);
    }

    /** Makes each of two rows a mixture of both. */
    private static void mix(float[] rows, int first, int second, int length, float share) {
        for (int i = 0; i < length; i++) {
            float a = rows[first + i];
            float b = rows[second + i];
            rows[first + i] = share * a + (1 - share) * b;
            rows[second + i] = share * b + (1 - share) * a;
        }
    }
}
