package org.tornadovit.lab.training;

import java.nio.file.Path;
import org.tornadovit.io.batch.Batch;
import org.tornadovit.lab.LabException;
import org.tornadovit.nn.Weights;

/** A model that learns, on a device. Not for use by several threads at once. */
public interface Learner extends AutoCloseable {
    /**
     * What a step tells.
     *
     * @param loss mean cross-entropy of the batch, before the step
     * @param rate learning rate of the step
     */
    record Step(double loss, double rate) {}

    /** {@return the number of steps made, those before an interruption included} */
    long steps();

    /**
     * Makes a step.
     *
     * @param batch images and targets of step {@link #steps()}
     * @throws LabException when the loss or a gradient is no number: with the step, the learning
     *     rate and the place
     */
    Step step(Batch batch);

    /** {@return the weights to be evaluated, as they are now, in arrays of their own} */
    Weights weights();

    /** Writes all that is needed to go on to {@code file}, whole or not at all. */
    void save(Path file);

    @Override
    void close();
}
