package org.tornadovit.lab.experiment;

import org.tornadovit.io.batch.Augmentation;
import org.tornadovit.lab.LabException;

/**
 * How a model is trained.
 *
 * @param optimizer what makes a step of a gradient
 * @param learningRate greatest learning rate
 * @param schedule how the rate falls
 * @param warmUp share of the steps in which the rate rises linearly from 0
 * @param weightDecay of matrices and kernels; biases, norms and embeddings are left alone
 * @param momentum of SGD
 * @param clip greatest norm of all gradients together; 0 for any
 * @param batch images a step
 * @param epochs passes over the images
 * @param steps steps of a run, however many images there are; 0 for those of the epochs
 * @param ema decay of the average of the weights that is evaluated; 0 for the weights themselves
 * @param dropout share of the elements that a ViT or a hybrid drops at each of its places; none in
 *     a ResNet
 * @param stochasticDepth share of the images that skip the last block's branches, less and less
 *     towards the first block's; none in a ResNet
 * @param augmentation what is done to images and targets
 */
public record TrainingSettings(
        Optimizer optimizer,
        double learningRate,
        Schedule schedule,
        double warmUp,
        double weightDecay,
        double momentum,
        double clip,
        int batch,
        double epochs,
        int steps,
        double ema,
        double dropout,
        double stochasticDepth,
        Augmentation augmentation) {

    /** What makes a step of a gradient. */
    public enum Optimizer {
        /** Adam with decoupled weight decay. */
        ADAMW,
        /** Gradient descent with momentum. */
        SGD
    }

    /** How the learning rate falls after the warm-up. */
    public enum Schedule {
        /** To 0 as the cosine of half a turn. */
        COSINE,
        /** To 0 in proportion to the steps. */
        LINEAR,
        /** Not at all. */
        CONSTANT
    }

    /** What a task means when it says nothing. */
    public static final TrainingSettings DEFAULT =
            new TrainingSettings(
                    Optimizer.ADAMW,
                    0.001,
                    Schedule.COSINE,
                    0.1,
                    0.05,
                    0.9,
                    1,
                    64,
                    10,
                    0,
                    0,
                    0,
                    0,
                    Augmentation.NONE);

    /** Checks the ranges. */
    public TrainingSettings {
        require(learningRate > 0 && learningRate < 100, "learning-rate", "above 0", learningRate);
        require(warmUp >= 0 && warmUp < 1, "warm-up", "a share of the steps below 1", warmUp);
        require(weightDecay >= 0, "weight-decay", "at least 0", weightDecay);
        requireShare("momentum", momentum);
        require(clip >= 0, "clip", "at least 0", clip);
        require(batch >= 1, "batch", "at least 1", batch);
        require(epochs > 0, "epochs", "above 0", epochs);
        require(steps >= 0, "steps", "at least 0", steps);
        requireShare("ema", ema);
        requireShare("dropout", dropout);
        requireShare("stochastic-depth", stochasticDepth);
    }

    private static void requireShare(String key, double value) {
        require(value >= 0 && value < 1, key, "at least 0 and below 1", value);
    }

    private static void require(boolean holds, String key, String bound, Number value) {
        if (!holds) {
            throw new LabException("recipe." + key + " must be " + bound + ", not " + value + ".");
        }
    }
}
