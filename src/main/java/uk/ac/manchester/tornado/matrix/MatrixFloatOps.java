package uk.ac.manchester.tornado.matrix;

import uk.ac.manchester.tornado.api.types.matrix.Matrix4x4Float;

/** Operations on matrices of floats, computed in double on the JVM. */
public final class MatrixFloatOps {
    private static final int SIZE = 4;

    private MatrixFloatOps() {}

    /**
     * Replaces a matrix by its inverse, by elimination with row pivots.
     *
     * @throws ArithmeticException if the matrix is singular
     */
    public static void inverse(Matrix4x4Float m) {
        double[][] rows = new double[SIZE][2 * SIZE];
        for (int i = 0; i < SIZE; i++) {
            for (int j = 0; j < SIZE; j++) {
                rows[i][j] = m.get(i, j);
            }
            rows[i][SIZE + i] = 1;
        }
        for (int pivot = 0; pivot < SIZE; pivot++) {
            eliminate(rows, pivot);
        }
        for (int i = 0; i < SIZE; i++) {
            for (int j = 0; j < SIZE; j++) {
                m.set(i, j, (float) rows[i][SIZE + j]);
            }
        }
    }

    private static void eliminate(double[][] rows, int pivot) {
        int best = pivot;
        for (int i = pivot + 1; i < SIZE; i++) {
            if (Math.abs(rows[i][pivot]) > Math.abs(rows[best][pivot])) {
                best = i;
            }
        }
        double[] row = rows[best];
        rows[best] = rows[pivot];
        rows[pivot] = row;
        double value = row[pivot];
        if (value == 0) {
            throw new ArithmeticException("the matrix has no inverse");
        }
        for (int j = 0; j < 2 * SIZE; j++) {
            row[j] /= value;
        }
        for (int i = 0; i < SIZE; i++) {
            double factor = rows[i][pivot];
            for (int j = 0; i != pivot && j < 2 * SIZE; j++) {
                rows[i][j] -= factor * row[j];
            }
        }
    }
}
