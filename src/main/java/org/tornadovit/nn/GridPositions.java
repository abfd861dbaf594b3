package org.tornadovit.nn;

import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * Two-dimensional position embeddings while they are learned (Dosovitskiy et al. 2021, appendix
 * D.4), and the way back from them. At inference the table is made once.
 */
public final class GridPositions {
    private GridPositions() {}

    /**
     * The table of positions of {@code side · side} patches from one of rows and one of columns;
     * the leading tokens have none. Exact.
     *
     * @param rows float32 [side, half]
     * @param columns float32 [side, half]
     * @param table float32 [first + side · side, 2 · half]: the column's half, then the row's
     */
    public static void table(
            FloatArray rows, FloatArray columns, FloatArray table, int side, int first, int half) {
        for (@Parallel int t = 0; t < first + side * side; t++) {
            for (@Parallel int k = 0; k < half; k++) {
                int p = t - first;
                float column = 0.0f;
                float row = 0.0f;
                if (p >= 0) {
                    column = columns.get(p % side * half + k);
                    row = rows.get(p / side * half + k);
                }
                table.set(t * 2 * half + k, column);
                table.set(t * 2 * half + half + k, row);
            }
        }
    }

    /** The way back from {@link #table} to the rows. Shapes as there. */
    public static void rows(FloatArray dtable, FloatArray drows, int side, int first, int half) {
        for (@Parallel int i = 0; i < side; i++) {
            for (@Parallel int k = 0; k < half; k++) {
                float sum = 0.0f;
                for (int j = 0; j < side; j++) {
                    sum += dtable.get((first + i * side + j) * 2 * half + half + k);
                }
                drows.set(i * half + k, sum);
            }
        }
    }

    /** The way back from {@link #table} to the columns. Shapes as there. */
    public static void columns(
            FloatArray dtable, FloatArray dcolumns, int side, int first, int half) {
        for (@Parallel int j = 0; j < side; j++) {
            for (@Parallel int k = 0; k < half; k++) {
                float sum = 0.0f;
                for (int i = 0; i < side; i++) {
                    sum += dtable.get((first + i * side + j) * 2 * half + k);
                }
                dcolumns.set(j * half + k, sum);
            }
        }
    }

    /** {@return the adjoint of {@link #table}} */
    public static Adjoint gradient(
            FloatArray rows, FloatArray columns, FloatArray table, int side, int first, int half) {
        return (gradients, section, id) -> {
            FloatArray dtable = gradients.of(table);
            if (gradients.needs(rows)) {
                FloatArray drows = gradients.only(rows);
                section.task(id + "_drows", GridPositions::rows, dtable, drows, side, first, half);
            }
            if (gradients.needs(columns)) {
                FloatArray dcolumns = gradients.only(columns);
                section.task(
                        id + "_dcolumns",
                        GridPositions::columns,
                        dtable,
                        dcolumns,
                        side,
                        first,
                        half);
            }
        };
    }
}
