package org.tornadovit.lab.training;

import java.util.BitSet;
import java.util.HexFormat;
import java.util.Optional;
import org.tornadovit.lab.statistics.Interval;
import org.tornadovit.lab.statistics.Proportion;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What came of a run.
 *
 * @param trial the run
 * @param family pure, hybrid or resnet
 * @param parameters trained values
 * @param macs multiply-adds of one image forward, by formula
 * @param learned images learned from
 * @param steps steps made
 * @param trainingFlop operations of the training by the paper's convention, earlier stages included
 * @param seconds wall time of the training
 * @param loss mean loss of the last tenth of the steps
 * @param scores how right it is on the test images
 * @param failure why it ended early; empty when it did not
 */
public record TrialResult(
        Trial trial,
        String family,
        long parameters,
        long macs,
        int learned,
        long steps,
        double trainingFlop,
        double seconds,
        double loss,
        Scores scores,
        String failure) {

    private static final double LEVEL = 0.95;

    /**
     * Two operations a multiply-add, and three times the forward pass for forward and backward, as
     * the paper's exaFLOP are counted.
     *
     * @param macs of one image
     * @param images seen in training, again for each epoch
     * @return operations
     */
    public static double flop(long macs, long images) {
        return 2.0 * 3.0 * macs * images;
    }

    /** {@return whether the run ended as it should} */
    public boolean isWhole() {
        return failure.isEmpty();
    }

    /** {@return the share of test images whose class is found} */
    public Proportion top1() {
        return scores.top1();
    }

    /** {@return the exact binomial interval of the share} */
    public Interval interval() {
        return top1().clopperPearson(LEVEL);
    }

    ObjectNode json() {
        ObjectNode node = JsonLines.node().put("kind", "result");
        node.put("model", trial.model()).put("images", trial.images());
        node.put("image_size", trial.imageSize()).put("seed", trial.seed());
        node.put("stage", trial.stage().name()).put("family", family);
        node.put("parameters", parameters).put("macs", macs).put("learned", learned);
        node.put("steps", steps).put("training_flop", trainingFlop).put("seconds", seconds);
        node.put("loss", loss).put("test_images", scores.images());
        scores.fewShot().ifPresent(share -> node.put("few_shot", share));
        scores.probe().ifPresent(share -> node.put("linear_probe", share));
        node.put("correct", HexFormat.of().formatHex(scores.correct().toByteArray()));
        return node.put("failure", failure);
    }

    static TrialResult of(JsonNode node) {
        return new TrialResult(
                new Trial(
                        node.required("model").stringValue(),
                        node.required("images").intValue(),
                        node.required("image_size").intValue(),
                        node.required("seed").longValue(),
                        Trial.Stage.valueOf(node.required("stage").stringValue())),
                node.required("family").stringValue(),
                node.required("parameters").longValue(),
                node.required("macs").longValue(),
                node.required("learned").intValue(),
                node.required("steps").longValue(),
                node.required("training_flop").doubleValue(),
                node.required("seconds").doubleValue(),
                node.required("loss").doubleValue(),
                new Scores(
                        node.required("test_images").intValue(),
                        BitSet.valueOf(
                                HexFormat.of().parseHex(node.required("correct").stringValue())),
                        share(node, "few_shot"),
                        share(node, "linear_probe")),
                node.required("failure").stringValue());
    }

    private static Optional<Double> share(JsonNode node, String key) {
        return node.has(key) ? Optional.of(node.required(key).doubleValue()) : Optional.empty();
    }
}
