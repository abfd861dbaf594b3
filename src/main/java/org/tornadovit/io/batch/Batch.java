package org.tornadovit.io.batch;

/**
 * Images and what is to be learned of them.
 *
 * @param step number of the batch, from 0
 * @param images float32 [size, 3, side, side], normalised
 * @param targets float32 [size, classes]; every row is a distribution over the classes
 */
@SuppressWarnings("ArrayRecordComponent") // not compared; a copy of each would be waste
public record Batch(long step, float[] images, float[] targets) {}
