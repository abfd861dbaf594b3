package org.tornadovit.train;

/**
 * What a batch did.
 *
 * @param batch its number, from 1
 * @param loss mean over the images that have targets
 * @param rate learning rate of the update that it belongs to
 * @param gradientLength length of all gradients before clipping; of several batches, so far
 * @param updated whether the weights changed
 */
public record TrainingStep(
        long batch, double loss, double rate, double gradientLength, boolean updated) {}
