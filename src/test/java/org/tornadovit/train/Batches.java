package org.tornadovit.train;

import java.util.Random;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** Batches that can be learned: each class has a pattern, and noise on it. */
final class Batches {
    private Batches() {}

    /** Fills batch {@code number}, the same for the same number. */
    static void fill(FloatArray images, FloatArray targets, int batch, long number) {
        Random random = new Random(number);
        int classes = targets.getSize() / batch;
        int pixels = images.getSize() / batch;
        targets.clear();
        for (int n = 0; n < batch; n++) {
            int label = random.nextInt(classes);
            targets.set(n * classes + label, 1);
            for (int i = 0; i < pixels; i++) {
                double pattern = Math.sin(0.7 * i * (label + 1));
                images.set(n * pixels + i, (float) (pattern + 0.3 * random.nextGaussian()));
            }
        }
    }

    static void fill(Trainer trainer, long number) {
        fill(trainer.images(), trainer.targets(), trainer.batch(), number);
    }
}
