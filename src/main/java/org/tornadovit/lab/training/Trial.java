package org.tornadovit.lab.training;

import java.util.ArrayList;
import java.util.List;
import org.tornadovit.lab.experiment.FineTuning;
import org.tornadovit.lab.experiment.TrainedModel;
import org.tornadovit.lab.experiment.TrainingTask;

/**
 * One run of training.
 *
 * @param model name of the model in the task
 * @param images number of images learned from; 0 for all
 * @param imageSize side of the images in pixels
 * @param seed of weights, order and augmentation
 * @param stage whether it begins from random weights
 */
public record Trial(String model, int images, int imageSize, long seed, Stage stage) {
    /** Where a run begins. */
    public enum Stage {
        /** From random weights. */
        TRAINING,
        /** From the weights of the run of the same model, images and seed. */
        FINE_TUNING
    }

    /** {@return what tables call the model: its name, with the size it was fine-tuned at} */
    public String variant() {
        return switch (stage) {
            case TRAINING -> model;
            case FINE_TUNING -> model + "@" + imageSize;
        };
    }

    /** {@return a name for files and journal lines, different for every run of a task} */
    public String key() {
        return variant() + (images == 0 ? "" : "-n" + images) + "-s" + seed;
    }

    /** {@return the run that this one takes its weights from, or itself} */
    Trial base(int trainedSize) {
        return new Trial(model, images, trainedSize, seed, Stage.TRAINING);
    }

    /**
     * {@return the runs of a task, all models of a seed before the next seed, so that what an early
     * end leaves can be compared}
     */
    public static List<Trial> of(TrainingTask task) {
        List<Trial> trials = new ArrayList<>();
        for (long seed : task.seeds()) {
            for (int images : task.images()) {
                for (TrainedModel model : task.models()) {
                    trials.add(
                            new Trial(
                                    model.name(), images, task.imageSize(), seed, Stage.TRAINING));
                    for (int size :
                            task.fineTuning().map(FineTuning::imageSizes).orElse(List.of())) {
                        trials.add(new Trial(model.name(), images, size, seed, Stage.FINE_TUNING));
                    }
                }
            }
        }
        return List.copyOf(trials);
    }
}
