package org.tornadovit.nn;

import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * Layer normalisation of each token over its features (<a
 * href="https://arxiv.org/abs/1607.06450">Ba et al. 2016</a>).
 */
public final class LayerNorm {
    private LayerNorm() {}

    /**
     * {@code y = γ (x - μ) / √(σ² + ε) + β}, with mean and variance of a row taken in two passes.
     *
     * <p>Error: |y - float64 reference| &lt;= 4e-6 · max(|γ|) · max(1, |μ|/σ) for dim &lt;= 1280
     * (LayerNormTest).
     *
     * @param x float32 [rows, dim]
     * @param gamma float32 [dim]
     * @param beta float32 [dim]
     * @param y float32 [rows, dim]; not {@code x}
     */
    public static void layerNorm(
            FloatArray x,
            FloatArray gamma,
            FloatArray beta,
            FloatArray y,
            int rows,
            int dim,
            float epsilon) {
        for (@Parallel int i = 0; i < rows; i++) {
            float sum = 0.0f;
            for (int k = 0; k < dim; k++) {
                sum += x.get(i * dim + k);
            }
            float mean = sum / dim;
            float squares = 0.0f;
            for (int k = 0; k < dim; k++) {
                float difference = x.get(i * dim + k) - mean;
                squares += difference * difference;
            }
            float scale = 1.0f / TornadoMath.sqrt(squares / dim + epsilon);
            for (int k = 0; k < dim; k++) {
                float normal = (x.get(i * dim + k) - mean) * scale;
                y.set(i * dim + k, normal * gamma.get(k) + beta.get(k));
            }
        }
    }
}
