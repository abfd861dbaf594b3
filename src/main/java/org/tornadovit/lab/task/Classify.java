package org.tornadovit.lab.task;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.tornadovit.io.data.Labels;
import org.tornadovit.io.image.RgbImage;
import org.tornadovit.lab.LabException;
import org.tornadovit.lab.accuracy.TopK;
import org.tornadovit.lab.experiment.Precision;
import org.tornadovit.lab.measure.ModelCandidate;
import org.tornadovit.lab.measure.Prepared;

/** Names the classes that a model sees in images. */
public final class Classify {
    /**
     * A class that an image may be of.
     *
     * @param index number of the class
     * @param label its name
     * @param probability the model's
     */
    public record Guess(int index, String label, double probability) {
        /** {@return the name with the number, or the number alone where there is no name} */
        public String text() {
            return label.equals(Labels.NONE.name(index)) ? label : label + " (" + index + ")";
        }
    }

    /**
     * What a model sees in an image.
     *
     * @param image the file
     * @param guesses best first
     */
    public record Answer(String image, List<Guess> guesses) {
        /** Copies the guesses. */
        public Answer {
            guesses = List.copyOf(guesses);
        }
    }

    private Classify() {}

    /** {@return the names in the first of {@code files}, or none} */
    public static Labels labels(List<Path> files) {
        return files.isEmpty() ? Labels.NONE : Labels.read(files.getFirst());
    }

    /**
     * Classifies images one by one.
     *
     * @param candidate the model with its checkpoint
     * @param images image files
     * @param labels names of the classes
     * @param count guesses an image
     * @param device full name of the device
     * @return an answer an image
     */
    public static List<Answer> run(
            ModelCandidate candidate, List<Path> images, Labels labels, int count, String device) {
        int classes = candidate.model().classes();
        if (classes == 0) {
            throw new LabException(
                    candidate.name()
                            + " has no classifier with these weights; take a checkpoint with a"
                            + " head.");
        }
        if (!labels.names().isEmpty() && labels.names().size() != classes) {
            throw new LabException(
                    "There are %d labels, but %s tells %d classes apart."
                            .formatted(labels.names().size(), candidate.name(), classes));
        }
        List<Answer> answers = new ArrayList<>();
        float[] input = new float[candidate.inputLength()];
        try (Prepared prepared = candidate.prepare(device, 1, Precision.FP32)) {
            for (Path image : images) {
                candidate.recipe().apply(RgbImage.read(image), input, 0);
                prepared.input(input);
                prepared.run();
                answers.add(
                        new Answer(image.toString(), guesses(prepared.logits(), labels, count)));
            }
        }
        return answers;
    }

    private static List<Guess> guesses(float[] logits, Labels labels, int count) {
        double[] probabilities = TopK.softmax(logits);
        return Arrays.stream(TopK.best(logits, count))
                .mapToObj(k -> new Guess(k, labels.name(k), probabilities[k]))
                .toList();
    }
}
