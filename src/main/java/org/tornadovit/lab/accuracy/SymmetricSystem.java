package org.tornadovit.lab.accuracy;

import java.util.Optional;

/** Solves symmetric positive-definite systems in float64 by Cholesky's factorisation. */
final class SymmetricSystem {
    private final double[][] factor;

    private SymmetricSystem(double[][] factor) {
        this.factor = factor;
    }

    /**
     * Factors {@code matrix + shift I = L L^T}.
     *
     * @param matrix symmetric, float64 [n, n]; only its lower triangle is read
     * @param shift what is added to the diagonal
     * @return the factored system; empty when the matrix is not positive-definite in float64
     */
    static Optional<SymmetricSystem> factor(double[][] matrix, double shift) {
        int n = matrix.length;
        double[][] l = new double[n][];
        for (int i = 0; i < n; i++) {
            l[i] = new double[i + 1];
            for (int j = 0; j <= i; j++) {
                double sum = matrix[i][j] + (i == j ? shift : 0);
                for (int k = 0; k < j; k++) {
                    sum -= l[i][k] * l[j][k];
                }
                if (i != j) {
                    l[i][j] = sum / l[j][j];
                } else if (sum > 0) {
                    l[i][i] = Math.sqrt(sum);
                } else {
                    return Optional.empty();
                }
            }
        }
        return Optional.of(new SymmetricSystem(l));
    }

    /**
     * Solves for several right-hand sides.
     *
     * @param right float64 [n, columns]
     * @return the solution, float64 [n, columns]
     */
    double[][] solve(double[][] right) {
        int n = factor.length;
        int columns = right[0].length;
        double[][] solution = new double[n][];
        for (int i = 0; i < n; i++) {
            solution[i] = right[i].clone();
        }
        for (int c = 0; c < columns; c++) {
            for (int i = 0; i < n; i++) {
                double sum = solution[i][c];
                for (int k = 0; k < i; k++) {
                    sum -= factor[i][k] * solution[k][c];
                }
                solution[i][c] = sum / factor[i][i];
            }
            for (int i = n - 1; i >= 0; i--) {
                double sum = solution[i][c];
                for (int k = i + 1; k < n; k++) {
                    sum -= factor[k][i] * solution[k][c];
                }
                solution[i][c] = sum / factor[i][i];
            }
        }
        return solution;
    }
}
