package org.tornadovit.lab.accuracy;

import java.util.BitSet;
import java.util.Optional;
import org.tornadovit.lab.LabException;
import org.tornadovit.lab.statistics.Proportion;

/**
 * Few-shot linear accuracy of frozen features: the strength of regularisation is swept over 2^-10
 * to 2^20 and chosen on held-out images, the accuracy is counted on test images; the three sets
 * share no image.
 */
public final class FewShot {
    private static final int LEAST = -10;
    private static final int GREATEST = 20;

    /**
     * An accuracy.
     *
     * @param l2 the strength chosen; the smallest of those equally good on the held-out images
     * @param correct bit i tells whether test image i was classified correctly
     * @param accuracy share of test images classified correctly
     */
    public record Result(double l2, BitSet correct, Proportion accuracy) {
        /** Copies the bits. */
        public Result {
            correct = (BitSet) correct.clone();
        }
    }

    private FewShot() {}

    /**
     * Measures the accuracy.
     *
     * @param training images the layer is fitted to
     * @param heldOut images that choose the strength
     * @param test images that are counted
     * @param classes number of classes
     * @return the accuracy
     * @throws LabException when the system can be solved at no strength
     */
    public static Result evaluate(Features training, Features heldOut, Features test, int classes) {
        LeastSquares squares = new LeastSquares(training, classes);
        int best = -1;
        double chosen = 0;
        Optional<LeastSquares.Classifier> classifier = Optional.empty();
        for (int power = LEAST; power <= GREATEST; power++) {
            double l2 = Math.pow(2, power);
            Optional<LeastSquares.Classifier> fitted = squares.fit(l2);
            if (fitted.isPresent()) {
                int correct = correct(fitted.get(), heldOut).cardinality();
                if (correct > best) {
                    best = correct;
                    chosen = l2;
                    classifier = fitted;
                }
            }
        }
        BitSet correct =
                correct(
                        classifier.orElseThrow(() ->
                                new LabException(
                                        "The features are too large for least squares: no"
                                                + " regularisation up to 2^"
                                                + GREATEST
                                                + " helps.")),
                        test);
        return new Result(chosen, correct, new Proportion(correct.cardinality(), test.size()));
    }

    private static BitSet correct(LeastSquares.Classifier classifier, Features images) {
        BitSet correct = new BitSet(images.size());
        for (int i = 0; i < images.size(); i++) {
            correct.set(i, classifier.classify(images.values()[i]) == images.labels()[i]);
        }
        return correct;
    }
}
