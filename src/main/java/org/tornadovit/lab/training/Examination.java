package org.tornadovit.lab.training;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Optional;
import java.util.stream.IntStream;
import org.tornadovit.io.data.Dataset;
import org.tornadovit.io.image.Preprocessing;
import org.tornadovit.lab.accuracy.Features;
import org.tornadovit.lab.accuracy.FewShot;
import org.tornadovit.lab.accuracy.Split;
import org.tornadovit.lab.accuracy.TopK;
import org.tornadovit.lab.measure.Prepared;
import org.tornadovit.lab.training.TrainingBench.Exam;
import org.tornadovit.models.Model;

/**
 * Asks a model on a device about images: its own classifier, and linear layers fitted to its
 * features in closed form, to few images (few-shot) and to many (linear probe).
 */
final class Examination {
    private static final long SEED = 1;
    private static final int PROBED = 50;

    /** What a pass gives of images. */
    private record Outputs(float[][] logits, float[][] features) {}

    private final Prepared prepared;
    private final Preprocessing preprocessing;
    private final int classes;

    Examination(Model model, Prepared prepared) {
        this.prepared = prepared;
        preprocessing = model.numerics().recipe().at(model.imageSize());
        classes = model.classes();
    }

    Scores scores(Exam exam) {
        int[] order = Split.shuffled(exam.test().size(), SEED); // the same for every model
        int[] chosen = Arrays.copyOf(order, Math.min(exam.limit(), order.length));
        Outputs outputs = outputs(exam.test(), chosen);
        BitSet correct = new BitSet(chosen.length);
        for (int i = 0; i < chosen.length; i++) {
            int label = exam.test().label(chosen[i]);
            correct.set(i, TopK.rank(outputs.logits()[i], label) == 0);
        }
        Features test = features(exam.test(), chosen, outputs.features());
        return new Scores(
                chosen.length,
                correct,
                linear(exam, test, exam.shots()),
                linear(exam, test, exam.shots() == 0 ? 0 : PROBED));
    }

    /**
     * {@return the share that a linear layer fitted to some images a class has right; none when
     * none is asked for or there are too few images}
     */
    private Optional<Double> linear(Exam exam, Features test, int wanted) {
        Dataset learning = exam.learning();
        int[] labels = learning.labels(IntStream.range(0, learning.size()).toArray());
        int least = least(labels);
        int shots = Math.min(wanted, least * 2 / 3);
        if (shots < 1 || shots < wanted && wanted == exam.shots()) {
            return Optional.empty();
        }
        int held = Math.max(1, shots / 2);
        Split split = Split.of(labels, classes, shots, Math.min(held, least - shots), SEED);
        FewShot.Result result =
                FewShot.evaluate(
                        features(learning, split.training()),
                        features(learning, split.heldOut()),
                        test,
                        classes);
        return Optional.of(result.accuracy().value());
    }

    /** {@return the number of images of the rarest class} */
    private int least(int[] labels) {
        int[] counts = new int[classes];
        for (int label : labels) {
            counts[label]++;
        }
        return Arrays.stream(counts).min().orElse(0);
    }

    private Features features(Dataset data, int[] chosen) {
        return features(data, chosen, outputs(data, chosen).features());
    }

    private static Features features(Dataset data, int[] chosen, float[][] values) {
        return new Features(values, data.labels(chosen));
    }

    /** A last batch that is not full is filled up with its last image. */
    private Outputs outputs(Dataset data, int[] chosen) {
        int batch = prepared.batch();
        float[] input = new float[batch * preprocessing.length()];
        float[][] logits = new float[chosen.length][];
        float[][] features = new float[chosen.length][];
        for (int start = 0; start < chosen.length; start += batch) {
            int[] part = new int[batch];
            for (int b = 0; b < batch; b++) {
                part[b] = chosen[Math.min(start + b, chosen.length - 1)];
            }
            data.load(part, preprocessing, input);
            prepared.input(input);
            prepared.run();
            rows(prepared.logits(), logits, start, batch);
            rows(prepared.features(), features, start, batch);
        }
        return new Outputs(logits, features);
    }

    private static void rows(float[] all, float[][] rows, int start, int batch) {
        int width = all.length / batch;
        for (int b = 0; b < batch && start + b < rows.length; b++) {
            rows[start + b] = Arrays.copyOfRange(all, b * width, (b + 1) * width);
        }
    }
}
