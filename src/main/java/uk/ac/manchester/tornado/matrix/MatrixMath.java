package uk.ac.manchester.tornado.matrix;

import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.types.matrix.Matrix2DDouble;
import uk.ac.manchester.tornado.api.types.matrix.Matrix2DFloat;
import uk.ac.manchester.tornado.api.types.matrix.Matrix4x4Float;

/** Products of matrices, {@code c = a b}; usable on the JVM and as tasks. No argument may be c. */
public final class MatrixMath {
    private MatrixMath() {}

    /** Multiplies two transformations. */
    public static void sgemm(Matrix4x4Float a, Matrix4x4Float b, Matrix4x4Float c) {
        for (@Parallel int row = 0; row < c.getNumRows(); row++) {
            for (@Parallel int col = 0; col < c.getNumColumns(); col++) {
                float sum = 0;
                for (int k = 0; k < b.getNumRows(); k++) {
                    sum += a.get(row, k) * b.get(k, col);
                }
                c.set(row, col, sum);
            }
        }
    }

    /** Multiplies two matrices of floats. */
    public static void sgemm(Matrix2DFloat a, Matrix2DFloat b, Matrix2DFloat c) {
        for (@Parallel int row = 0; row < c.getNumRows(); row++) {
            for (@Parallel int col = 0; col < c.getNumColumns(); col++) {
                float sum = 0;
                for (int k = 0; k < b.getNumRows(); k++) {
                    sum += a.get(row, k) * b.get(k, col);
                }
                c.set(row, col, sum);
            }
        }
    }

    /** Multiplies two matrices of doubles. */
    public static void dgemm(Matrix2DDouble a, Matrix2DDouble b, Matrix2DDouble c) {
        for (@Parallel int row = 0; row < c.getNumRows(); row++) {
            for (@Parallel int col = 0; col < c.getNumColumns(); col++) {
                double sum = 0;
                for (int k = 0; k < b.getNumRows(); k++) {
                    sum += a.get(row, k) * b.get(k, col);
                }
                c.set(row, col, sum);
            }
        }
    }
}
