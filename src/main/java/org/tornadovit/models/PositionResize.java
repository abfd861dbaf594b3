package org.tornadovit.models;

/**
 * How a grid of position embeddings is brought to another size (Dosovitskiy et al. 2021, section
 * 3.2). All are separable and computed in float64; leading positions are kept.
 */
public enum PositionResize {
    /**
     * Bilinear between corners that stay where they are: the official code ({@code
     * scipy.ndimage.zoom} of order 1).
     */
    ALIGN_CORNERS {
        @Override
        double[][] weights(int from, int to) {
            double[][] weights = new double[to][from];
            for (int i = 0; i < to; i++) {
                double at = to == 1 ? 0 : (double) i * (from - 1) / (to - 1);
                int low = Math.min((int) at, Math.max(from - 2, 0));
                weights[i][low] = 1 - (at - low);
                weights[i][Math.min(low + 1, from - 1)] += at - low;
            }
            return weights;
        }
    },
    /** Bilinear between centres of cells, the border repeated: torch without align_corners. */
    BILINEAR {
        @Override
        double[][] weights(int from, int to) {
            double[][] weights = new double[to][from];
            for (int i = 0; i < to; i++) {
                double at = Math.max((i + 0.5) * from / to - 0.5, 0);
                int low = (int) at;
                weights[i][Math.min(low, from - 1)] += 1 - (at - low);
                weights[i][Math.min(low + 1, from - 1)] += at - low;
            }
            return weights;
        }
    },
    /** Cubic with a = -0.75, the border repeated: torch without antialias, older timm. */
    BICUBIC {
        @Override
        double[][] weights(int from, int to) {
            double[][] weights = new double[to][from];
            for (int i = 0; i < to; i++) {
                double at = (i + 0.5) * from / to - 0.5;
                int low = (int) Math.floor(at);
                for (int tap = -1; tap <= 2; tap++) {
                    int source = Math.clamp(low + tap, 0, from - 1);
                    weights[i][source] += cubic(at - low - tap, -0.75);
                }
            }
            return weights;
        }
    },
    /** Cubic with a = -0.5, widened when shrinking, cut at the border: timm of today, Pillow. */
    BICUBIC_ANTIALIAS {
        @Override
        double[][] weights(int from, int to) {
            double[][] weights = new double[to][from];
            double scale = Math.max((double) from / to, 1);
            for (int i = 0; i < to; i++) {
                double centre = (i + 0.5) * from / to;
                double sum = 0;
                for (int j = 0; j < from; j++) {
                    weights[i][j] = cubic((j + 0.5 - centre) / scale, -0.5);
                    sum += weights[i][j];
                }
                for (int j = 0; j < from; j++) {
                    weights[i][j] /= sum;
                }
            }
            return weights;
        }
    };

    /** {@return what each of {@code to} positions takes of the {@code from} old ones} */
    abstract double[][] weights(int from, int to);

    /**
     * {@return {@code table} brought to the sizes of {@code grid}, float32 [leading + rows ·
     * columns, dim]}
     *
     * @param table float32 [leading + side · side, dim]
     * @param side rows, and columns, of the old grid
     */
    public float[] resize(float[] table, int side, PositionGrid grid) {
        int dim = grid.dim();
        double[][] vertical = weights(side, grid.rows());
        double[][] horizontal = weights(side, grid.columns());
        double[] wide = new double[side * grid.columns() * dim];
        for (int i = 0; i < side; i++) {
            for (int j = 0; j < grid.columns(); j++) {
                for (int s = 0; s < side; s++) {
                    double weight = horizontal[j][s];
                    int from = (grid.leading() + i * side + s) * dim;
                    for (int k = 0; weight != 0 && k < dim; k++) {
                        wide[(i * grid.columns() + j) * dim + k] += weight * table[from + k];
                    }
                }
            }
        }
        float[] resized = new float[(grid.leading() + grid.rows() * grid.columns()) * dim];
        System.arraycopy(table, 0, resized, 0, grid.leading() * dim);
        int row = grid.columns() * dim;
        for (int i = 0; i < grid.rows(); i++) {
            for (int k = 0; k < row; k++) {
                double sum = 0;
                for (int s = 0; s < side; s++) {
                    sum += vertical[i][s] * wide[s * row + k];
                }
                resized[grid.leading() * dim + i * row + k] = (float) sum;
            }
        }
        return resized;
    }

    /** Keys' cubic convolution kernel. */
    private static double cubic(double x, double a) {
        double d = Math.abs(x);
        if (d < 1) {
            return ((a + 2) * d - (a + 3)) * d * d + 1; // (a+2)|x|³ - (a+3)|x|² + 1
        }
        return d < 2 ? ((d - 5) * d + 8) * d * a - 4 * a : 0; // a|x|³ - 5a|x|² + 8a|x| - 4a
    }
}
