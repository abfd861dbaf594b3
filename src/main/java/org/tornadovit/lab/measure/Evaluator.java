package org.tornadovit.lab.measure;

import java.util.Arrays;
import java.util.BitSet;
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
final class Evaluator {
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

    /** What a pass gives of an image. */
    private enum Output {
        FEATURES,
        LOGITS
    }

    private final Accuracy accuracy;
    private final LabelledImages images;

    Evaluator(Accuracy accuracy, LabelledImages images) {
        this.accuracy = accuracy;
        this.images = images;
    }

    /** Fills a row's columns of accuracy. */
    void evaluate(Candidate candidate, Prepared prepared, RowBuilder row) {
        switch (accuracy.method()) {
            case NONE -> row.missing("the experiment asks for no accuracy", COLUMNS);
            case FEW_SHOT -> fewShot(candidate, prepared, row);
            case TOP_K -> topK(candidate, prepared, row);
        }
    }

    private void fewShot(Candidate candidate, Prepared prepared, RowBuilder row) {
        Split split =
                Split.of(
                        images.labels(Part.TRAIN),
                        images.classes(),
                        accuracy.shots(),
                        accuracy.heldOut(),
                        accuracy.seed());
        int[] test = testImages();
        FewShot.Result result =
                FewShot.evaluate(
                        features(candidate, prepared, Part.TRAIN, split.training()),
                        features(candidate, prepared, Part.TRAIN, split.heldOut()),
                        features(candidate, prepared, Part.TEST, test),
                        images.classes());
        row.text(Column.ACCURACY_METHOD, accuracy.method().key() + ":" + accuracy.shots());
        row.number(Column.L2, result.l2());
        row.missing(Column.TOP5, "few-shot counts the first class only");
        top1(row, result.accuracy(), result.correct());
    }

    private void topK(Candidate candidate, Prepared prepared, RowBuilder row) {
        int[] labels = images.labels(Part.TEST);
        int[] test = testImages();
        float[][] logits = outputs(candidate, prepared, Part.TEST, test, Output.LOGITS);
        if (logits[0].length != images.classes()) {
            throw new LabException(
                    "%s tells %d classes apart, the data has %d; take other data or a checkpoint for it."
                            .formatted(candidate.name(), logits[0].length, images.classes()));
        }
        BitSet correct = new BitSet(test.length);
        int top5 = 0;
        for (int i = 0; i < test.length; i++) {
            int rank = TopK.rank(logits[i], labels[test[i]]);
            correct.set(i, rank == 0);
            top5 += rank < TOP ? 1 : 0;
        }
        row.text(Column.ACCURACY_METHOD, accuracy.method().key());
        row.number(Column.TOP5, (double) top5 / test.length);
        row.missing(Column.L2, "top-k fits nothing");
        top1(row, new Proportion(correct.cardinality(), test.length), correct);
    }

    private static void top1(RowBuilder row, Proportion share, BitSet correct) {
        Interval interval = share.clopperPearson(LEVEL);
        row.number(Column.TOP1, share.value());
        row.number(Column.TOP1_LOW, interval.low()).number(Column.TOP1_HIGH, interval.high());
        row.count(Column.TEST_IMAGES, share.trials()).correct(correct);
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
                    .forEach(
                            b -> {
                                int index = chosen[Math.min(from + b, chosen.length - 1)];
                                candidate
                                        .recipe()
                                        .apply(images.image(part, index), input, b * length);
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
