package org.tornadovit.nn;

import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * Sums over rows, for the gradients of what was added to every row, in two steps: of chunks of rows
 * in parallel, then of the chunks.
 *
 * <p>Error of the two: |y - float64 reference| &lt;= (rows / chunks + chunks) · 2⁻²⁴ · Σ|x|
 * (LinearGradientTest).
 */
public final class Sums {
    private Sums() {}

    /**
     * Sums each chunk of rows.
     *
     * @param x float32 [chunks, size, columns]
     * @param partial float32 [chunks, columns]
     */
    public static void chunks(FloatArray x, FloatArray partial, int chunks, int size, int columns) {
        for (@Parallel int c = 0; c < chunks; c++) {
            for (@Parallel int k = 0; k < columns; k++) {
                float sum = 0.0f;
                for (int i = 0; i < size; i++) {
                    sum += x.get((c * size + i) * columns + k);
                }
                partial.set(c * columns + k, sum);
            }
        }
    }

    /**
     * Sums the chunks.
     *
     * @param partial float32 [chunks, columns]
     * @param y float32 [columns]
     */
    public static void total(FloatArray partial, FloatArray y, int chunks, int columns) {
        for (@Parallel int k = 0; k < columns; k++) {
            float sum = 0.0f;
            for (int c = 0; c < chunks; c++) {
                sum += partial.get(c * columns + k);
            }
            y.set(k, sum);
        }
    }

    /** {@code y += x}, float32 [count]. */
    public static void add(FloatArray x, FloatArray y, int count) {
        for (@Parallel int i = 0; i < count; i++) {
            y.set(i, y.get(i) + x.get(i));
        }
    }

    /** Adds tasks for {@code y[k] = Σ x[i, k]}. */
    static void write(
            Gradients gradients,
            Section section,
            String id,
            FloatArray x,
            FloatArray y,
            int rows,
            int columns) {
        int chunks = chunksOf(rows);
        FloatArray partial = gradients.scratch(chunks * columns);
        section.task(id + "_chunks", Sums::chunks, x, partial, chunks, rows / chunks, columns);
        section.task(id + "_total", Sums::total, partial, y, chunks, columns);
    }

    /** {@return the divisor of {@code rows} that is closest to its root from below} */
    static int chunksOf(int rows) {
        int chunks = Math.max((int) Math.sqrt(rows), 1);
        while (rows % chunks != 0) {
            chunks--;
        }
        return chunks;
    }
}
