package org.tornadovit.models;

import java.util.function.DoubleUnaryOperator;
import org.tornadovit.nn.Gelu;
import org.tornadovit.nn.WeightStandardization;
import org.tornadovit.nn.Weights;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * Networks for one image in float64, written from the papers in channels-first order, without
 * anything of the kernels: the other opinion.
 */
final class NaiveNetworks {
    private final Weights weights;
    private final Numerics numerics;
    private final int groups;

    NaiveNetworks(Weights weights, Numerics numerics) {
        this(weights, numerics, 32);
    }

    NaiveNetworks(Weights weights, Numerics numerics, int groups) {
        this.weights = weights;
        this.numerics = numerics;
        this.groups = groups;
    }

    /** A map [channels][rows][columns]. */
    record Map3(double[][][] v) {
        int channels() {
            return v.length;
        }

        int side() {
            return v[0].length;
        }

        Map3 each(DoubleUnaryOperator f) {
            double[][][] out = new double[channels()][side()][side()];
            for (int c = 0; c < channels(); c++) {
                for (int i = 0; i < side(); i++) {
                    for (int j = 0; j < side(); j++) {
                        out[c][i][j] = f.applyAsDouble(v[c][i][j]);
                    }
                }
            }
            return new Map3(out);
        }

        Map3 relu() {
            return each(x -> Math.max(x, 0));
        }

        Map3 plus(Map3 other) {
            double[][][] out = new double[channels()][side()][side()];
            for (int c = 0; c < channels(); c++) {
                for (int i = 0; i < side(); i++) {
                    for (int j = 0; j < side(); j++) {
                        out[c][i][j] = v[c][i][j] + other.v[c][i][j];
                    }
                }
            }
            return new Map3(out);
        }

        double get(int c, int i, int j, double outside) {
            return i < 0 || j < 0 || i >= side() || j >= side() ? outside : v[c][i][j];
        }

        double[] means() {
            double[] means = new double[channels()];
            for (int c = 0; c < channels(); c++) {
                for (double[] row : v[c]) {
                    for (double x : row) {
                        means[c] += x / side() / side();
                    }
                }
            }
            return means;
        }
    }

    static Map3 image(FloatArray input, int index, int channels, int side) {
        double[][][] v = new double[channels][side][side];
        for (int c = 0; c < channels; c++) {
            for (int i = 0; i < side; i++) {
                for (int j = 0; j < side; j++) {
                    v[c][i][j] = input.get(((index * channels + c) * side + i) * side + j);
                }
            }
        }
        return new Map3(v);
    }

    /** Convolution with an explicit border before the map; {@code out} rows and columns. */
    Map3 convolution(Map3 x, String name, boolean standardize, int stride, int before, int out) {
        FloatArray w = weights.get(name);
        int outs = weights.spec(name).shape().get(0);
        int ins = weights.spec(name).shape().get(1);
        int kernel = weights.spec(name).shape().get(2);
        int size = ins * kernel * kernel;
        double[][][] y = new double[outs][out][out];
        for (int o = 0; o < outs; o++) {
            double mean = 0;
            double scale = 1;
            if (standardize) {
                double square = 0;
                for (int k = 0; k < size; k++) {
                    mean += w.get(o * size + k) / (double) size;
                }
                for (int k = 0; k < size; k++) {
                    square += Math.pow(w.get(o * size + k) - mean, 2) / size;
                }
                WeightStandardization s = numerics.standardization();
                scale =
                        s.form() == WeightStandardization.Form.DEVIATION
                                ? Math.sqrt(square) + s.epsilon()
                                : Math.sqrt(square + s.epsilon());
            }
            for (int i = 0; i < out; i++) {
                for (int j = 0; j < out; j++) {
                    for (int k = 0; k < size; k++) {
                        int c = k / kernel / kernel;
                        int u = k / kernel % kernel;
                        int v = k % kernel;
                        y[o][i][j] +=
                                x.get(c, i * stride + u - before, j * stride + v - before, 0)
                                        * (w.get(o * size + k) - mean)
                                        / scale;
                    }
                }
            }
        }
        return new Map3(y);
    }

    Map3 groupNorm(Map3 x, String name) {
        FloatArray gamma = weights.get(name + ".weight");
        FloatArray beta = weights.get(name + ".bias");
        int size = x.channels() / groups;
        int count = size * x.side() * x.side();
        double[][][] y = new double[x.channels()][x.side()][x.side()];
        for (int g = 0; g < groups; g++) {
            double mean = 0;
            double variance = 0;
            for (int c = g * size; c < (g + 1) * size; c++) {
                for (double[] row : x.v[c]) {
                    for (double value : row) {
                        mean += value / count;
                    }
                }
            }
            for (int c = g * size; c < (g + 1) * size; c++) {
                for (double[] row : x.v[c]) {
                    for (double value : row) {
                        variance += (value - mean) * (value - mean) / count;
                    }
                }
            }
            for (int c = g * size; c < (g + 1) * size; c++) {
                for (int i = 0; i < x.side(); i++) {
                    for (int j = 0; j < x.side(); j++) {
                        y[c][i][j] =
                                (x.v[c][i][j] - mean)
                                                / Math.sqrt(variance + numerics.groupNormEpsilon())
                                                * gamma.get(c)
                                        + beta.get(c);
                    }
                }
            }
        }
        return new Map3(y);
    }

    static Map3 maximum(Map3 x, int stride, int before, int out, double outside) {
        double[][][] y = new double[x.channels()][out][out];
        for (int c = 0; c < x.channels(); c++) {
            for (int i = 0; i < out; i++) {
                for (int j = 0; j < out; j++) {
                    y[c][i][j] = Double.NEGATIVE_INFINITY;
                    for (int k = 0; k < 9; k++) {
                        y[c][i][j] =
                                Math.max(
                                        y[c][i][j],
                                        x.get(
                                                c,
                                                i * stride + k / 3 - before,
                                                j * stride + k % 3 - before,
                                                outside));
                    }
                }
            }
        }
        return new Map3(y);
    }

    /** {@code x wᵀ + b} for each row. */
    double[][] linear(double[][] x, String name) {
        FloatArray w = weights.get(name + ".weight");
        FloatArray b = weights.get(name + ".bias");
        int ins = x[0].length;
        double[][] y = new double[x.length][b.getSize()];
        for (int i = 0; i < x.length; i++) {
            for (int o = 0; o < b.getSize(); o++) {
                y[i][o] = b.get(o);
                for (int k = 0; k < ins; k++) {
                    y[i][o] += x[i][k] * w.get(o * ins + k);
                }
            }
        }
        return y;
    }

    double[][] layerNorm(double[][] x, String name) {
        FloatArray gamma = weights.get(name + ".weight");
        FloatArray beta = weights.get(name + ".bias");
        int dim = x[0].length;
        double[][] y = new double[x.length][dim];
        for (int i = 0; i < x.length; i++) {
            double mean = 0;
            double variance = 0;
            for (double value : x[i]) {
                mean += value / dim;
            }
            for (double value : x[i]) {
                variance += (value - mean) * (value - mean) / dim;
            }
            for (int k = 0; k < dim; k++) {
                y[i][k] =
                        (x[i][k] - mean)
                                        / Math.sqrt(variance + numerics.layerNormEpsilon())
                                        * gamma.get(k)
                                + beta.get(k);
            }
        }
        return y;
    }

    double[][] block(
            double[][] z, int index, int heads, boolean relative, NaiveNoise noise, float skipped) {
        String prefix = "blocks." + index;
        int tokens = z.length;
        int dim = z[0].length;
        int headDim = dim / heads;
        double[][] qkv = linear(layerNorm(z, prefix + ".norm1"), prefix + ".attn.qkv");
        double[][] mixed = new double[tokens][dim];
        for (int h = 0; h < heads; h++) {
            for (int i = 0; i < tokens; i++) {
                double[] p = new double[tokens];
                double total = 0;
                for (int j = 0; j < tokens; j++) {
                    double dot = 0;
                    for (int d = h * headDim; d < (h + 1) * headDim; d++) {
                        double key = qkv[j][dim + d];
                        if (relative) {
                            FloatArray table = weights.get(prefix + ".attn.rel_pos");
                            key += table.get((i - j + tokens - 1) * dim + d);
                        }
                        dot += qkv[i][d] * key;
                    }
                    p[j] = Math.exp(dot / Math.sqrt(headDim));
                    total += p[j];
                }
                for (int j = 0; j < tokens; j++) {
                    for (int d = h * headDim; d < (h + 1) * headDim; d++) {
                        mixed[i][d] += p[j] / total * qkv[j][2 * dim + d];
                    }
                }
            }
        }
        double[][] attended = sum(z, noise.branch(linear(mixed, prefix + ".attn.proj"), skipped));
        double[][] hidden = linear(layerNorm(attended, prefix + ".norm2"), prefix + ".mlp.fc1");
        for (double[] row : hidden) {
            for (int k = 0; k < row.length; k++) {
                row[k] = gelu(row[k]);
            }
        }
        noise.elements(hidden);
        return sum(attended, noise.branch(linear(hidden, prefix + ".mlp.fc2"), skipped));
    }

    private double gelu(double x) {
        if (numerics.gelu() == Gelu.TANH) {
            return 0.5 * x * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x * x * x)));
        }
        double term = x / Math.sqrt(2); // Maclaurin, for |x| < 5
        double z = term;
        double erf = term;
        for (int n = 1; n < 100; n++) {
            term *= -z * z / n;
            erf += term / (2 * n + 1);
        }
        return 0.5 * x * (1 + 2 / Math.sqrt(Math.PI) * erf);
    }

    static double[][] sum(double[][] a, double[][] b) {
        double[][] y = new double[a.length][a[0].length];
        for (int i = 0; i < a.length; i++) {
            for (int k = 0; k < a[i].length; k++) {
                y[i][k] = a[i][k] + b[i][k];
            }
        }
        return y;
    }
}
