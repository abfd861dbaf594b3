package org.tornadovit.lab.training;

import java.util.BitSet;
import java.util.Optional;
import org.tornadovit.lab.statistics.Proportion;

/**
 * How right a model is.
 *
 * @param images number of test images
 * @param correct bit i tells whether test image i was classified correctly
 * @param fewShot share that a linear layer fitted to the features of few images has right
 * @param probe share that a linear layer fitted to the features of many images has right
 */
public record Scores(int images, BitSet correct, Optional<Double> fewShot, Optional<Double> probe) {
    /** Copies the bits. */
    public Scores {
        correct = (BitSet) correct.clone();
    }

    /** {@return a copy of the bits} */
    @Override
    public BitSet correct() {
        return (BitSet) correct.clone();
    }

    /** {@return the share of test images whose class is found} */
    public Proportion top1() {
        return new Proportion(correct.cardinality(), images);
    }
}
