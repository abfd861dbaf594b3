package org.tornadovit.lab.task;

import org.tornadovit.lab.experiment.Accuracy;
import org.tornadovit.lab.experiment.Precision;
import org.tornadovit.lab.measure.DatasetImages;
import org.tornadovit.lab.measure.Evaluator;
import org.tornadovit.lab.measure.ModelCandidate;
import org.tornadovit.lab.measure.Prepared;

/** Counts how often a checkpoint is right. */
public final class Evaluate {
    private Evaluate() {}

    /**
     * Measures accuracy.
     *
     * @param candidate the model with its checkpoint
     * @param accuracy protocol and data
     * @param batch images a forward pass
     * @param device full name of the device
     * @param precision how the device stores weights and activations
     * @return the accuracy
     */
    public static Evaluator.Result run(
            ModelCandidate candidate,
            Accuracy accuracy,
            int batch,
            String device,
            Precision precision) {
        try (DatasetImages images = DatasetImages.open(accuracy.data());
                Prepared prepared = candidate.prepare(device, batch, precision)) {
            return new Evaluator(accuracy, images).measure(candidate, prepared);
        }
    }
}
