package org.tornadovit.lab.measure;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import org.tornadovit.lab.LabException;
import org.tornadovit.lab.accuracy.Features;
import org.tornadovit.lab.accuracy.FewShot;
import org.tornadovit.lab.accuracy.Split;
import org.tornadovit.lab.accuracy.TopK;
import org.tornadovit.lab.experiment.Accuracy;
import org.tornadovit.lab.measure.LabelledImages.Part;
import org.tornadovit.lab.results.Column;
import org.tornadovit.lab.results.RowBuilder;
import org.tornadovit.lab.statistics.Interval;
import org.tornadovit.lab.statistics.Proportion;

/** Measures the accuracy of a model on a device, on images that every model sees alike. */
public final class Evaluator {
    private static final double LEVEL = 0.95;
    private static final int TOP = 5;

    /** Every column that an evaluation fills or leaves empty. */
    static final Column[] COLUMNS = {
        Column.ACCURACY_METHOD,
        Column.TOP1,
        Column.TOP1_LOW,
        Column.TOP1_HIGH,
        Column.TOP5,
        Column.TEST_IMAGES,
        Column.L2
    };

    /**
     * An accuracy.
     *
     * @param method few-shot with its shots, or top-k
     * @param images test images
     * @param top1 share whose class is found
     * @param top1Low lower end of the exact 95 % interval of top1
     * @param top1High upper end of the exact 95 % interval of top1
     * @param top5 share whose class is among the five best; empty of few-shot
     * @param l2 regularisation chosen; empty of top-k
     * @param correct bit i tells whether test image i was classified correctly
     */
    public record Result(
            String method,
            int images,
            double top1,
            double top1Low,
            double top1High,
            List<Double> top5,
            List<Double> l2,
            BitSet correct) {

        /** What a user is told of a result. */
        public record Summary(
                String method,
                int images,
                double top1,
                double low,
                double high,
                List<Double> top5) {}

        /** {@return the result without the single images} */
        public Summary summary() {
            return new Summary(method, images, top1, top1Low, top1High, top5);
        }

        private static Result of(
                String method,
                Proportion share,
                List<Double> top5,
                List<Double> l2,
                BitSet correct) {
            Interval interval = share.clopperPearson(LEVEL);
            return new Result(
                    method,
                    share.trials(),
                    share.value(),
                    interval.low(),
                    interval.high(),
                    top5,
                    l2,
                    correct);
        }
    }

    /** What a pass gives of an image. */
    private enum Output {
        FEATURES,
        LOGITS
    }

    private final Accuracy accuracy;
    private final LabelledImages images;

    /**
     * Prepares evaluations.
     *
     * @param accuracy the protocol
     * @param images the images
     */
    public Evaluator(Accuracy accuracy, LabelledImages images) {
        this.accuracy = accuracy;
        this.images = images;
    }

    /**
     * Measures the accuracy of a model on a device.
     *
     * @param candidate the model
     * @param prepared the same on a device
     * @return the accuracy
     * @throws LabException when the images do not suffice or do not fit the model
     */
    public Result measure(Candidate candidate, Prepared prepared) {
        return switch (accuracy.method()) {
            case NONE -> throw new LabException("The experiment asks for no accuracy.");
            case FEW_SHOT -> fewShot(candidate, prepared);
            case TOP_K -> topK(candidate, prepared);
        };
    }

    /** Fills a row's columns of accuracy. */
    void evaluate(Candidate candidate, Prepared prepared, RowBuilder row) {
        if (accuracy.method() == Accuracy.Method.NONE) {
            row.missing("the experiment asks for no accuracy", COLUMNS);
            return;
        }
        Result result = measure(candidate, prepared);
        row.text(Column.ACCURACY_METHOD, result.method());
        row.number(Column.TOP1, result.top1());
        row.number(Column.TOP1_LOW, result.top1Low()).number(Column.TOP1_HIGH, result.top1High());
        row.count(Column.TEST_IMAGES, result.images()).correct(result.correct());
        optional(row, Column.TOP5, result.top5(), "few-shot counts the first class only");
        optional(row, Column.L2, result.l2(), "top-k fits nothing");
    }

    private static void optional(
            RowBuilder row, Column column, List<Double> value, String otherwise) {
        if (value.isEmpty()) {
            row.missing(column, otherwise);
        } else {
            row.number(column, value.getFirst());
        }
    }

    private Result fewShot(Candidate candidate, Prepared prepared) {
        Split split =
                Split.of(
                        images.labels(Part.TRAIN),
                        images.classes(),
                        accuracy.shots(),
                        accuracy.heldOut(),
                        accuracy.seed());
        FewShot.Result result =
                FewShot.evaluate(
                        features(candidate, prepared, Part.TRAIN, split.training()),
                        features(candidate, prepared, Part.TRAIN, split.heldOut()),
                        features(candidate, prepared, Part.TEST, testImages()),
                        images.classes());
        return Result.of(
                accuracy.method().key() + ":" + accuracy.shots(),
                result.accuracy(),
                List.of(),
                List.of(result.l2()),
                result.correct());
    }

    private Result topK(Candidate candidate, Prepared prepared) {
        int[] labels = images.labels(Part.TEST);
        int[] test = testImages();
        float[][] logits = outputs(candidate, prepared, Part.TEST, test, Output.LOGITS);
        if (logits[0].length != images.classes()) {
            throw new LabException(
                    ("%s tells %d classes apart, the data has %d; take other data or a checkpoint"
                                    + " for it.")
                            .formatted(candidate.name(), logits[0].length, images.classes()));
        }
        BitSet correct = new BitSet(test.length);
        int top5 = 0;
        for (int i = 0; i < test.length; i++) {
            int rank = TopK.rank(logits[i], labels[test[i]]);
            correct.set(i, rank == 0);
            top5 += rank < TOP ? 1 : 0;
        }
        return Result.of(
                accuracy.method().key(),
                new Proportion(correct.cardinality(), test.length),
                List.of((double) top5 / test.length),
                List.of(),
                correct);
    }

    private int[] testImages() {
        int[] order = Split.shuffled(images.labels(Part.TEST).length, accuracy.seed());
        if (order.length == 0) {
            throw new LabException("The data has no images to test on.");
        }
        return Arrays.copyOf(order, Math.min(accuracy.test(), order.length));
    }

    private Features features(Candidate candidate, Prepared prepared, Part part, int[] chosen) {
        int[] labels = images.labels(part);
        return new Features(
                outputs(candidate, prepared, part, chosen, Output.FEATURES),
                Arrays.stream(chosen).map(i -> labels[i]).toArray());
    }

    /** A last batch that is not full is filled up with its last image. */
    private float[][] outputs(
            Candidate candidate, Prepared prepared, Part part, int[] chosen, Output output) {
        int batch = prepared.batch();
        int length = candidate.inputLength();
        float[] input = new float[batch * length];
        float[][] outputs = new float[chosen.length][];
        for (int start = 0; start < chosen.length; start += batch) {
            int from = start;
            IntStream.range(0, batch)
                    .parallel()
                    .forEach(b -> {
                        int index = chosen[Math.min(from + b, chosen.length - 1)];
                        candidate.recipe().apply(images.image(part, index), input, b * length);
                    });
            prepared.input(input);
            prepared.run();
            float[] all =
                    switch (output) {
                        case FEATURES -> prepared.features();
                        case LOGITS -> prepared.logits();
                    };
            int width = all.length / batch;
            for (int b = 0; b < batch && start + b < chosen.length; b++) {
                outputs[start + b] = Arrays.copyOfRange(all, b * width, (b + 1) * width);
            }
        }
        return outputs;
    }
}
