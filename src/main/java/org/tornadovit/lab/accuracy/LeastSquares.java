package org.tornadovit.lab.accuracy;

import java.util.Optional;

/**
 * Regularised least squares from features to {-1, 1}^classes, in closed form and float64.
 *
 * <p>Features are whitened one by one with the mean and deviation of the training images and get a
 * constant one for the bias; the smaller of the primal and the dual system is solved. Source:
 * Dosovitskiy et al. 2020, section 4.1, "few-shot accuracies are obtained by solving a regularized
 * least-squares regression problem that maps the (frozen) representation of a subset of training
 * images to {-1, 1}^K target vectors".
 */
public final class LeastSquares {
    private static final double BIAS = 100;
    private static final double LEAST_DEVIATION = 1e-5;

    private final double[] mean;
    private final double[] deviation;
    private final double[][] inputs;
    private final double[][] targets;
    private final double[][] system;
    private final boolean dual;

    /**
     * Prepares the fit.
     *
     * @param training features of the training images
     * @param classes number of classes
     */
    public LeastSquares(Features training, int classes) {
        int n = training.size();
        int d = training.dimension();
        mean = new double[d];
        deviation = new double[d];
        for (int j = 0; j < d; j++) {
            for (float[] image : training.values()) {
                mean[j] += image[j] / n;
            }
            double squares = 0;
            for (float[] image : training.values()) {
                squares += (image[j] - mean[j]) * (image[j] - mean[j]);
            }
            deviation[j] = Math.sqrt(squares / n) + LEAST_DEVIATION;
        }
        inputs = new double[n][];
        targets = new double[n][classes];
        for (int i = 0; i < n; i++) {
            inputs[i] = whitened(training.values()[i]);
            for (int k = 0; k < classes; k++) {
                targets[i][k] = training.labels()[i] == k ? 1 : -1;
            }
        }
        dual = n <= d;
        system = dual ? rowProducts(inputs) : columnProducts(inputs);
    }

    /**
     * Fits the linear layer.
     *
     * @param l2 strength of regularisation, above 0
     * @return the layer; empty when the system cannot be solved in float64 at that strength
     */
    public Optional<Classifier> fit(double l2) {
        return SymmetricSystem.factor(system, l2).map(solved -> new Classifier(weights(solved)));
    }

    private double[][] weights(SymmetricSystem solved) {
        // dual: w = X^T (X X^T + l2 I)^-1 Y; primal: w = (X^T X + l2 I)^-1 X^T Y
        return dual
                ? transposedTimes(inputs, solved.solve(targets))
                : solved.solve(transposedTimes(inputs, targets));
    }

    /** A linear layer on whitened features. */
    public final class Classifier {
        private final double[][] weights;

        private Classifier(double[][] weights) {
            this.weights = weights;
        }

        /**
         * Classifies an image.
         *
         * @param features float32 [dimension]
         * @return the class with the greatest output, the first of equals
         */
        public int classify(float[] features) {
            double[] input = whitened(features);
            int classes = weights[0].length;
            int best = 0;
            double greatest = Double.NEGATIVE_INFINITY;
            for (int k = 0; k < classes; k++) {
                double sum = 0;
                for (int j = 0; j < input.length; j++) {
                    sum += input[j] * weights[j][k];
                }
                if (sum > greatest) {
                    greatest = sum;
                    best = k;
                }
            }
            return best;
        }

        /** {@return the weights, float64 [dimension + 1, classes], the last row the bias} */
        double[][] weights() {
            return weights;
        }
    }

    /** {@return whitened features and the constant} */
    double[] whitened(float[] features) {
        double[] input = new double[mean.length + 1];
        for (int j = 0; j < mean.length; j++) {
            input[j] = (features[j] - mean[j]) / deviation[j];
        }
        input[mean.length] = BIAS;
        return input;
    }

    private static double[][] rowProducts(double[][] x) {
        double[][] products = new double[x.length][x.length];
        for (int i = 0; i < x.length; i++) {
            for (int j = 0; j <= i; j++) {
                double sum = 0;
                for (int k = 0; k < x[i].length; k++) {
                    sum += x[i][k] * x[j][k];
                }
                products[i][j] = sum;
            }
        }
        return products;
    }

    private static double[][] columnProducts(double[][] x) {
        return transposedTimes(x, x);
    }

    /** {@return a^T b} */
    private static double[][] transposedTimes(double[][] a, double[][] b) {
        double[][] product = new double[a[0].length][b[0].length];
        for (int i = 0; i < a.length; i++) {
            for (int j = 0; j < product.length; j++) {
                double factor = a[i][j];
                for (int k = 0; k < product[j].length; k++) {
                    product[j][k] += factor * b[i][k];
                }
            }
        }
        return product;
    }
}
