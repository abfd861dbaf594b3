package org.tornadovit.lab.statistics;

import java.util.BitSet;
import org.apache.commons.statistics.distribution.BinomialDistribution;

/**
 * Whether two models that saw the same images are equally right, exactly: of the images on which
 * only one of them is right, half should fall to each.
 *
 * @param onlyFirst images only the first model has right
 * @param onlySecond images only the second model has right
 * @see <a href="https://doi.org/10.1007/BF02295996">McNemar 1947</a>
 */
public record McNemar(int onlyFirst, int onlySecond) {
    /** Checks the counts. */
    public McNemar {
        if (onlyFirst < 0 || onlySecond < 0) {
            throw new IllegalArgumentException("Counts must not be negative");
        }
    }

    /**
     * Counts the images on which two models differ.
     *
     * @param first bit i tells whether the first model has image i right
     * @param second the same of the second model
     * @return the counts
     */
    public static McNemar of(BitSet first, BitSet second) {
        BitSet onlyFirst = (BitSet) first.clone();
        onlyFirst.andNot(second);
        BitSet onlySecond = (BitSet) second.clone();
        onlySecond.andNot(first);
        return new McNemar(onlyFirst.cardinality(), onlySecond.cardinality());
    }

    /** {@return two-sided exact probability of a difference as large as this between equals} */
    public double probability() {
        int differing = onlyFirst + onlySecond;
        if (differing == 0) {
            return 1;
        }
        double tail =
                BinomialDistribution.of(differing, 0.5)
                        .cumulativeProbability(Math.min(onlyFirst, onlySecond));
        return Math.min(1, 2 * tail);
    }
}
