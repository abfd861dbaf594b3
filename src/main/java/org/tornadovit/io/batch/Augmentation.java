package org.tornadovit.io.batch;

import org.tornadovit.io.InputException;

/**
 * What is done to images of training at random.
 *
 * @param padding black pixels added on every side before a square of the old size is cut out
 * @param flip probability that left and right are exchanged
 * @param mixup parameter of the beta distribution of shares; 0 for no mixtures
 * @param smoothing share of the target that is spread evenly over all classes
 * @see <a href="https://arxiv.org/abs/1710.09412">Zhang et al. 2017, mixup</a>
 */
public record Augmentation(int padding, double flip, double mixup, double smoothing) {
    /** Images as they are. */
    public static final Augmentation NONE = new Augmentation(0, 0, 0, 0);

    private static final double STRONGEST_MIXUP = 4;

    /** Checks the ranges. */
    public Augmentation {
        require(padding >= 0, "padding", "at least 0", padding);
        require(flip >= 0 && flip <= 1, "flip", "a probability", flip);
        require(mixup >= 0 && mixup <= STRONGEST_MIXUP, "mixup", "0 to 4", mixup);
        require(
                smoothing >= 0 && smoothing < 1,
                "label-smoothing",
                "at least 0 and below 1",
                smoothing);
    }

    private static void require(boolean holds, String key, String bound, Number value) {
        if (!holds) {
            throw new InputException("%s must be %s, not %s.".formatted(key, bound, value));
        }
    }
}
