package org.tornadovit.nn;

import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** The ways back from a sequence of tokens to patches, positions and class token. */
public final class PatchesGradient {
    private PatchesGradient() {}

    /**
     * The gradient of the patches, which are behind the {@code first} leading tokens. Exact.
     *
     * @param dtokens float32 [batch, first + count, dim]
     * @param dpatches float32 [batch, count, dim]
     */
    public static void patches(
            FloatArray dtokens, FloatArray dpatches, int batch, int count, int first, int dim) {
        for (@Parallel int n = 0; n < batch; n++) {
            for (@Parallel int p = 0; p < count; p++) {
                for (@Parallel int k = 0; k < dim; k++) {
                    dpatches.set(
                            (n * count + p) * dim + k,
                            dtokens.get((n * (first + count) + first + p) * dim + k));
                }
            }
        }
    }

    /**
     * The gradient of what was added to tokens {@code first} to {@code first + count - 1} of every
     * image, summed over the images.
     *
     * <p>Error: |y - float64 reference| &lt;= batch · 2⁻²⁴ · Σ|dtokens| (PatchesGradientTest).
     *
     * @param dtokens float32 [batch, tokens, dim]
     * @param y float32 [rows, dim]; rows {@code first} to {@code first + count - 1} are written
     */
    public static void positions(
            FloatArray dtokens,
            FloatArray y,
            int batch,
            int tokens,
            int first,
            int count,
            int dim) {
        for (@Parallel int p = 0; p < count; p++) {
            for (@Parallel int k = 0; k < dim; k++) {
                float sum = 0.0f;
                for (int n = 0; n < batch; n++) {
                    sum += dtokens.get((n * tokens + first + p) * dim + k);
                }
                y.set((first + p) * dim + k, sum);
            }
        }
    }

    /** {@return the adjoint of {@link Patches#placePatches}} */
    public static Adjoint placePatches(
            FloatArray patches,
            FloatArray positions,
            FloatArray tokens,
            int batch,
            int count,
            int first,
            int dim) {
        return (gradients, section, id) -> {
            FloatArray dtokens = gradients.of(tokens);
            if (gradients.needs(positions)) {
                FloatArray dpositions = gradients.into(positions).array();
                section.task(
                        id + "_dpositions",
                        PatchesGradient::positions,
                        dtokens,
                        dpositions,
                        batch,
                        first + count,
                        first,
                        count,
                        dim);
            }
            if (gradients.needs(patches)) {
                FloatArray dpatches = gradients.into(patches).array();
                section.task(
                        id + "_dx",
                        PatchesGradient::patches,
                        dtokens,
                        dpatches,
                        batch,
                        count,
                        first,
                        dim);
            }
        };
    }

    /** {@return the adjoint of {@link Patches#placeClassToken}} */
    public static Adjoint placeClassToken(
            FloatArray classToken,
            FloatArray positions,
            FloatArray tokens,
            int batch,
            int count,
            int dim) {
        return (gradients, section, id) -> {
            FloatArray dtokens = gradients.of(tokens);
            if (gradients.needs(classToken)) {
                FloatArray dclass = gradients.into(classToken).array();
                section.task(
                        id + "_dclass",
                        PatchesGradient::positions,
                        dtokens,
                        dclass,
                        batch,
                        count,
                        0,
                        1,
                        dim);
            }
            if (gradients.needs(positions)) {
                FloatArray dpositions = gradients.into(positions).array();
                section.task(
                        id + "_dposition",
                        PatchesGradient::positions,
                        dtokens,
                        dpositions,
                        batch,
                        count,
                        0,
                        1,
                        dim);
            }
        };
    }
}
