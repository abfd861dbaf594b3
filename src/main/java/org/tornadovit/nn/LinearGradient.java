package org.tornadovit.nn;

import java.util.Optional;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * The way back through {@code y = x wᵀ + b}: {@code dx = dy w}, {@code dw = dyᵀ x}, {@code db = Σ
 * dy}.
 *
 * <p>Shapes: {@code x}, {@code dx} float32 [rows, in], {@code w}, {@code dw} float32 [out, in],
 * {@code y}, {@code dy} float32 [rows, out].
 *
 * <p>Error: |dx - float64 reference| &lt;= (out + 4) · 2⁻²⁴ · Σ|dy w|, and likewise for {@code dw}
 * with rows (LinearGradientTest).
 *
 * @param x input
 * @param w weights
 * @param bias where there is one
 * @param residual what is added to the result, where there is something
 * @param y result
 */
public record LinearGradient(
        FloatArray x,
        FloatArray w,
        Optional<FloatArray> bias,
        Optional<FloatArray> residual,
        FloatArray y,
        int rows,
        int in,
        int out)
        implements Adjoint {

    /** Of {@link Linear#linear}. */
    public static LinearGradient linear(
            FloatArray x, FloatArray w, FloatArray b, FloatArray y, int rows, int in, int out) {
        return new LinearGradient(x, w, Optional.of(b), Optional.empty(), y, rows, in, out);
    }

    /** Of {@link Linear#linearAdd}. */
    public static LinearGradient linearAdd(
            FloatArray x,
            FloatArray w,
            FloatArray b,
            FloatArray residual,
            FloatArray y,
            int rows,
            int in,
            int out) {
        return new LinearGradient(x, w, Optional.of(b), Optional.of(residual), y, rows, in, out);
    }

    /** Of {@link Linear#linearTanh}. */
    public static Adjoint linearTanh(
            FloatArray x, FloatArray w, FloatArray b, FloatArray y, int rows, int in, int out) {
        LinearGradient linear = linear(x, w, b, y, rows, in, out);
        return (gradients, section, id) -> {
            FloatArray dy = gradients.of(y);
            section.task(id + "_dtanh", Activation::tanhGradient, y, dy, rows * out);
            linear.write(gradients, section, id);
        };
    }

    /** {@code dx = dy w}, or added to {@code dx}. */
    public static void input(
            FloatArray dy, FloatArray w, FloatArray dx, int rows, int in, int out, int adds) {
        for (@Parallel int i = 0; i < rows; i++) {
            for (@Parallel int k = 0; k < in; k++) {
                float sum = 0.0f;
                for (int j = 0; j < out; j++) {
                    sum += dy.get(i * out + j) * w.get(j * in + k);
                }
                dx.set(i * in + k, adds == 0 ? sum : dx.get(i * in + k) + sum);
            }
        }
    }

    /** {@code dw = dyᵀ x}. */
    public static void weight(
            FloatArray dy, FloatArray x, FloatArray dw, int rows, int in, int out) {
        for (@Parallel int j = 0; j < out; j++) {
            for (@Parallel int k = 0; k < in; k++) {
                float sum = 0.0f;
                for (int i = 0; i < rows; i++) {
                    sum += dy.get(i * out + j) * x.get(i * in + k);
                }
                dw.set(j * in + k, sum);
            }
        }
    }

    /**
     * {@code dw} of each chunk of rows: with many rows, those of a chunk stay in a cache while all
     * their products are taken.
     *
     * @param dy float32 [chunks, size, out]
     * @param x float32 [chunks, size, in]
     * @param partial float32 [chunks, out, in]
     */
    public static void weightChunks(
            FloatArray dy,
            FloatArray x,
            FloatArray partial,
            int chunks,
            int size,
            int in,
            int out) {
        for (@Parallel int c = 0; c < chunks; c++) {
            for (@Parallel int j = 0; j < out; j++) {
                for (@Parallel int k = 0; k < in; k++) {
                    float sum = 0.0f;
                    for (int i = 0; i < size; i++) {
                        sum += dy.get((c * size + i) * out + j) * x.get((c * size + i) * in + k);
                    }
                    partial.set((c * out + j) * in + k, sum);
                }
            }
        }
    }

    /** Rows of a chunk at most, and at least, where the number of rows has such a divisor. */
    private static final int LARGEST_CHUNK = 384;

    private static final int SMALLEST_CHUNK = 96;

    /** Elements of all chunks' products at most. */
    private static final int MOST_PARTIAL = 1 << 23;

    /** {@return into how many chunks the rows go; 1 for a product in one piece} */
    static int weightChunksOf(int rows, int in, int out) {
        for (int size = LARGEST_CHUNK; size >= SMALLEST_CHUNK; size--) {
            if (rows % size == 0 && (long) rows / size * in * out <= MOST_PARTIAL) {
                return rows / size;
            }
        }
        return 1;
    }

    @Override
    public void write(Gradients gradients, Section section, String id) {
        FloatArray dy = gradients.of(y);
        if (gradients.needs(w)) {
            weight(gradients, section, id, dy);
        }
        bias.filter(gradients::needs)
                .ifPresent(b -> {
                    FloatArray db = gradients.only(b);
                    Sums.write(gradients, section, id + "_db", dy, db, rows, out);
                });
        if (gradients.needs(x)) {
            Gradients.Target dx = gradients.into(x);
            section.task(
                            id + "_dx",
                            LinearGradient::input,
                            dy,
                            w,
                            dx.array(),
                            rows,
                            in,
                            out,
                            dx.adds())
                    .macs(rows, in, out);
        }
        residual.ifPresent(r -> gradients.pass(section, id + "_dresidual", y, r));
    }

    private void weight(Gradients gradients, Section section, String id, FloatArray dy) {
        FloatArray dw = gradients.only(w);
        int chunks = weightChunksOf(rows, in, out);
        if (chunks == 1) {
            section.task(id + "_dw", LinearGradient::weight, dy, x, dw, rows, in, out)
                    .macs(rows, in, out);
            return;
        }
        FloatArray partial = gradients.scratch(chunks * in * out);
        int size = rows / chunks;
        section.task(
                        id + "_dw_chunks",
                        LinearGradient::weightChunks,
                        dy,
                        x,
                        partial,
                        chunks,
                        size,
                        in,
                        out)
                .macs(rows, in, out);
        section.task(id + "_dw", Sums::total, partial, dw, chunks, in * out);
    }
}
