package org.tornadovit.nn;

/**
 * What a model leaves out at random while it learns. Where it does so, and by which counters, is
 * {@link Dropout}'s matter.
 *
 * @param dropout share of the elements that are set to 0 after each place that {@link Dropout}
 *     names, 0 to below 1
 * @param depth share of the images whose branch of the last block is skipped, 0 to below 1; the
 *     first block's is never, and the share grows by equal steps in between
 * @param seed of the choice
 * @see <a href="https://jmlr.org/papers/v15/srivastava14a.html">Srivastava et al. 2014</a>
 * @see <a href="https://arxiv.org/abs/1603.09382">Huang et al. 2016</a>, stochastic depth
 */
public record Noise(float dropout, float depth, long seed) {
    /** Nothing is left out. */
    public static final Noise NONE = new Noise(0, 0, 0);

    /** Checks the shares. */
    public Noise {
        if (!(dropout >= 0 && dropout < 1) || !(depth >= 0 && depth < 1)) {
            throw new IllegalArgumentException(
                    "Shares of dropout and of skipped branches are 0 to below 1, not %s and %s."
                            .formatted(dropout, depth));
        }
    }

    /** {@return whether anything is left out} */
    public boolean isPresent() {
        return dropout > 0 || depth > 0;
    }

    /** {@return the share of skipped branches of block {@code block} of {@code blocks}} */
    public float depth(int block, int blocks) {
        return blocks > 1 ? depth * block / (blocks - 1) : depth;
    }
}
