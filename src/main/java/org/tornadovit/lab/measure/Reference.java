package org.tornadovit.lab.measure;

import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.tornadovit.lab.experiment.Experiment;
import org.tornadovit.lab.experiment.Precision;

/**
 * Logits of the reference device, for each model and batch size, and the inputs they belong to;
 * both the same for every device.
 */
final class Reference {
    private record Key(String model, int batch) {}

    private final Experiment experiment;
    private final Map<Key, float[]> logits = new HashMap<>();

    Reference(Experiment experiment) {
        this.experiment = experiment;
    }

    /** {@return seeded normal inputs, float32 [batch, channels, height, width]} */
    float[] input(Candidate candidate, int batch) {
        SplittableRandom random = new SplittableRandom(experiment.seed());
        float[] input = new float[batch * candidate.inputLength()];
        for (int i = 0; i < input.length; i++) {
            input[i] = (float) random.nextGaussian();
        }
        return input;
    }

    /** Keeps logits that were computed on the reference device. */
    void keep(Candidate candidate, int batch, float[] computed) {
        logits.put(new Key(candidate.name(), batch), computed);
    }

    /** {@return the logits, computed on the reference device unless they are known} */
    float[] logits(Candidate candidate, int batch) {
        Key key = new Key(candidate.name(), batch);
        float[] known = logits.get(key);
        if (known != null) {
            return known;
        }
        try (Prepared prepared = candidate.prepare(experiment.reference(), batch, Precision.FP32)) {
            prepared.input(input(candidate, batch));
            prepared.run();
            float[] computed = prepared.logits();
            logits.put(key, computed);
            return computed;
        }
    }
}
