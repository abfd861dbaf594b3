package org.tornadovit.lab.task;

import java.nio.file.Path;
import org.tornadovit.lab.experiment.Accuracy;
import org.tornadovit.lab.experiment.Precision;
import org.tornadovit.lab.measure.DatasetImages;
import org.tornadovit.lab.measure.Devices;
import org.tornadovit.lab.measure.Evaluator;
import org.tornadovit.lab.measure.ModelCandidate;
import org.tornadovit.lab.measure.Prepared;
import org.tornadovit.models.Models;

/** Counts how often a checkpoint is right. */
public final class Evaluate {
    private Evaluate() {}

    /**
     * Measures accuracy.
     *
     * @param model name of a model
     * @param weights its checkpoint
     * @param accuracy protocol and data
     * @param batch images a forward pass
     * @param device full name of the device
     * @param devices the devices found
     * @return the accuracy
     */
    public static Evaluator.Result run(
            String model,
            Path weights,
            Accuracy accuracy,
            int batch,
            String device,
            Devices devices) {
        ModelCandidate candidate =
                ModelCandidate.load(model, Models.named(model), weights, devices);
        try (DatasetImages images = DatasetImages.open(accuracy.data());
                Prepared prepared = candidate.prepare(device, batch, Precision.FP32)) {
            return new Evaluator(accuracy, images).measure(candidate, prepared);
        }
    }
}
