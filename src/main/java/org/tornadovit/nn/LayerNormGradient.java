package org.tornadovit.nn;

import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * The way back through {@link LayerNorm}. With {@code n = (x - μ) / s} and {@code g = γ dy} of a
 * row of {@code dim} features:
 *
 * <pre>
 * dx = (g - mean(g) - n mean(g n)) / s,   dγ = Σ dy n,   dβ = Σ dy
 * </pre>
 *
 * <p>Error: |dx - float64 reference| &lt;= 2e-5 · max|γ dy| / s · max(1, |μ| / s) for dim &lt;=
 * 1280, |dγ - float64 reference| &lt;= 2e-6 · Σ|dy| max(1, |n|, |μ| / s) for a few rows
 * (LayerNormGradientTest).
 *
 * @param x input, float32 [rows, dim]
 * @param gamma float32 [dim]
 * @param beta float32 [dim]
 * @param y result, float32 [rows, dim]
 */
public record LayerNormGradient(
        FloatArray x,
        FloatArray gamma,
        FloatArray beta,
        FloatArray y,
        int rows,
        int dim,
        float epsilon)
        implements Adjoint {

    /**
     * {@code dx}, or added to it, and what {@link #parameterChunks} needs.
     *
     * @param statistics float32 [rows, 2]: mean, 1 / s
     */
    public static void input(
            FloatArray x,
            FloatArray gamma,
            FloatArray dy,
            FloatArray dx,
            FloatArray statistics,
            int rows,
            int dim,
            float epsilon,
            int adds) {
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
            float total = 0.0f;
            for (int k = 0; k < dim; k++) {
                total += dy.get(i * dim + k) * gamma.get(k);
            }
            float product = 0.0f;
            for (int k = 0; k < dim; k++) {
                float g = dy.get(i * dim + k) * gamma.get(k);
                product += g * ((x.get(i * dim + k) - mean) * scale);
            }
            float meanGradient = total / dim;
            float meanProduct = product / dim;
            for (int k = 0; k < dim; k++) {
                float normal = (x.get(i * dim + k) - mean) * scale;
                float g = dy.get(i * dim + k) * gamma.get(k);
                float value = (g - meanGradient - normal * meanProduct) * scale;
                dx.set(i * dim + k, adds == 0 ? value : dx.get(i * dim + k) + value);
            }
            statistics.set(2 * i, mean);
            statistics.set(2 * i + 1, scale);
        }
    }

    /**
     * {@code Σ dy n} over chunks of rows.
     *
     * @param statistics float32 [chunks · size, 2] of {@link #input}
     * @param partial float32 [chunks, dim]
     */
    public static void gammaChunks(
            FloatArray x,
            FloatArray dy,
            FloatArray statistics,
            FloatArray partial,
            int chunks,
            int size,
            int dim) {
        for (@Parallel int c = 0; c < chunks; c++) {
            for (@Parallel int k = 0; k < dim; k++) {
                float sum = 0.0f;
                for (int i = 0; i < size; i++) {
                    int row = c * size + i;
                    float normal =
                            (x.get(row * dim + k) - statistics.get(2 * row))
                                    * statistics.get(2 * row + 1);
                    sum += dy.get(row * dim + k) * normal;
                }
                partial.set(c * dim + k, sum);
            }
        }
    }

    @Override
    public void write(Gradients gradients, Section section, String id) {
        FloatArray dy = gradients.of(y);
        FloatArray statistics = gradients.scratch(2 * rows);
        Gradients.Target dx =
                gradients.needs(x)
                        ? gradients.into(x)
                        : new Gradients.Target(gradients.scratch(rows * dim), 0);
        section.task(
                id + "_dx",
                LayerNormGradient::input,
                x,
                gamma,
                dy,
                dx.array(),
                statistics,
                rows,
                dim,
                epsilon,
                dx.adds());
        if (gradients.needs(gamma)) {
            int chunks = Sums.chunksOf(rows);
            FloatArray partial = gradients.scratch(chunks * dim);
            section.task(
                    id + "_dgamma_chunks",
                    LayerNormGradient::gammaChunks,
                    x,
                    dy,
                    statistics,
                    partial,
                    chunks,
                    rows / chunks,
                    dim);
            FloatArray dgamma = gradients.only(gamma);
            section.task(id + "_dgamma", Sums::total, partial, dgamma, chunks, dim);
        }
        if (gradients.needs(beta)) {
            FloatArray dbeta = gradients.only(beta);
            Sums.write(gradients, section, id + "_dbeta", dy, dbeta, rows, dim);
        }
    }
}
