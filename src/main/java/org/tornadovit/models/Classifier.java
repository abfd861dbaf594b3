package org.tornadovit.models;

import org.tornadovit.nn.Forward;
import org.tornadovit.nn.Linear;
import org.tornadovit.nn.LinearGradient;
import org.tornadovit.nn.Section;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** The linear layer from features to logits. */
final class Classifier {
    private Classifier() {}

    /**
     * {@return float32 [batch, classes]; the features themselves when there are no classes}
     *
     * @param prefix start of its weights' names
     * @param features float32 [batch, dim]
     */
    static FloatArray forward(
            Forward forward,
            Section section,
            String prefix,
            FloatArray features,
            int dim,
            int classes) {
        if (classes == 0) {
            return features;
        }
        FloatArray logits = forward.result("logits", classes);
        section.task(
                        "logits",
                        Linear::linear,
                        features,
                        forward.weights().get(prefix + ".weight"),
                        forward.weights().get(prefix + ".bias"),
                        logits,
                        forward.batch(),
                        dim,
                        classes)
                .macs(forward.batch(), dim, classes)
                .adjoint(
                        LinearGradient.linear(
                                features,
                                forward.weights().get(prefix + ".weight"),
                                forward.weights().get(prefix + ".bias"),
                                logits,
                                forward.batch(),
                                dim,
                                classes));
        return logits;
    }
}
