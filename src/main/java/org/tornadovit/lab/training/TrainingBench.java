package org.tornadovit.lab.training;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.tornadovit.io.data.Dataset;
import org.tornadovit.lab.experiment.TrainingSettings;
import org.tornadovit.lab.results.DeviceFacts;
import org.tornadovit.models.Model;
import org.tornadovit.nn.Weights;

/** What trains models and measures how right they are. */
public interface TrainingBench {
    /**
     * What is to be learned.
     *
     * @param model the configuration
     * @param start weights at the beginning
     * @param recipe how
     * @param steps of the whole run
     * @param seed of what is left out at random
     * @param frozen beginnings of names of weights that stay as they are
     */
    record Lesson(
            Model model,
            Weights start,
            TrainingSettings recipe,
            long steps,
            long seed,
            List<String> frozen) {}

    /**
     * What is asked of a model.
     *
     * @param learning images that few-shot and linear probe learn from
     * @param test images that are counted
     * @param limit number of test images, at most
     * @param shots images a class for few-shot; 0 for neither few-shot nor linear probe
     */
    record Exam(Dataset learning, Dataset test, int limit, int shots) {}

    /** {@return the device that is trained on, as it describes itself} */
    DeviceFacts device();

    /**
     * Puts a model on the device.
     *
     * @param state what {@link Learner#save} wrote, to go on from
     */
    Learner learner(Lesson lesson, Optional<Path> state);

    /** {@return how right a model is} */
    Scores examine(Model model, Weights weights, Exam exam);
}
