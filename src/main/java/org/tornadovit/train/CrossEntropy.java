package org.tornadovit.train;

import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * The cross-entropy between the softmax of logits and a distribution over the classes.
 *
 * <p>Error: |loss - float64 reference| &lt;= 4e-6 · max(1, max|logit|), |gradient - float64
 * reference| &lt;= 2e-6 · scale (CrossEntropyTest).
 */
public final class CrossEntropy {
    private CrossEntropy() {}

    /**
     * Loss of each image, and the gradient of the sum of {@code scale} times the losses.
     *
     * <p>With label smoothing (<a href="https://arxiv.org/abs/1512.00567">Szegedy et al. 2016</a>)
     * the distribution is {@code (1 - smoothing) t + smoothing / classes}. An image whose targets
     * are all 0 counts nothing: its loss and gradient are 0.
     *
     * @param logits float32 [batch, classes]
     * @param targets float32 [batch, classes], each row of sum 1 or 0
     * @param losses float32 [batch]
     * @param gradient float32 [batch, classes]
     */
    public static void loss(
            FloatArray logits,
            FloatArray targets,
            FloatArray losses,
            FloatArray gradient,
            int batch,
            int classes,
            float smoothing,
            float scale) {
        for (@Parallel int n = 0; n < batch; n++) {
            float maximum = logits.get(n * classes);
            float mass = 0.0f;
            for (int c = 0; c < classes; c++) {
                maximum = TornadoMath.max(maximum, logits.get(n * classes + c));
                mass += targets.get(n * classes + c);
            }
            float sum = 0.0f;
            for (int c = 0; c < classes; c++) {
                sum += TornadoMath.exp(logits.get(n * classes + c) - maximum);
            }
            float logarithm = TornadoMath.log(sum);
            float loss = 0.0f;
            for (int c = 0; c < classes; c++) {
                float shifted = logits.get(n * classes + c) - maximum;
                float target =
                        targets.get(n * classes + c) * (1.0f - smoothing)
                                + mass * (smoothing / classes);
                float probability = TornadoMath.exp(shifted) / sum;
                loss += target * (logarithm - shifted);
                gradient.set(n * classes + c, (mass * probability - target) * scale);
            }
            losses.set(n, loss);
        }
    }
}
