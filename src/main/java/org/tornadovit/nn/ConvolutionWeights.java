package org.tornadovit.nn;

import java.util.List;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * The forms of convolution weights that kernels read, made once of what a checkpoint holds: from
 * [out, in, height, width] to [out, height, width, in], standardised or with a normalisation folded
 * in. Computed in float64 and rounded once.
 */
public final class ConvolutionWeights {
    private ConvolutionWeights() {}

    /** A convolution and what follows it, in one. */
    public record Folded(FloatArray weight, FloatArray bias) {}

    /** {@return weight {@code name} with channels last} */
    public static FloatArray plain(Weights weights, String name) {
        return weights.derived(
                name + " channels last",
                () -> channelsLast(doubles(weights.get(name)), shape(weights, name)));
    }

    /** {@return weight {@code name}, standardised, with channels last} */
    public static FloatArray standardized(
            Weights weights, String name, WeightStandardization standardization) {
        return weights.derived(
                name + " " + standardization,
                () -> {
                    List<Integer> shape = shape(weights, name);
                    return channelsLast(standardized(weights, name, standardization, shape), shape);
                });
    }

    /** {@return {@link #plain} for a pass; in training, made by a task of {@code section}} */
    public static FloatArray plain(Forward forward, Section section, String name) {
        Weights weights = forward.weights();
        if (!forward.isTraining()) {
            return plain(weights, name);
        }
        FloatArray w = weights.get(name);
        FloatArray y = forward.own(w.getSize());
        int out = shape(weights, name).getFirst();
        int in = shape(weights, name).get(1);
        int window = w.getSize() / out / in;
        section.task(task(name), StandardizedWeights::channelsLast, w, y, out, in, window)
                .adjoint(StandardizedWeights.channelsLastGradient(w, y, out, in, window));
        return y;
    }

    /**
     * {@return {@link #standardized} for a pass; in training, made by a task of {@code section}}
     */
    public static FloatArray standardized(
            Forward forward, Section section, String name, WeightStandardization form) {
        Weights weights = forward.weights();
        if (!forward.isTraining()) {
            return standardized(weights, name, form);
        }
        FloatArray w = weights.get(name);
        FloatArray y = forward.own(w.getSize());
        int out = shape(weights, name).getFirst();
        int in = shape(weights, name).get(1);
        int window = w.getSize() / out / in;
        float epsilon = (float) form.epsilon();
        int deviation =
                switch (form.form()) {
                    case VARIANCE -> 0;
                    case DEVIATION -> 1;
                };
        section.task(
                        task(name),
                        StandardizedWeights::standardize,
                        w,
                        y,
                        out,
                        in,
                        window,
                        epsilon,
                        deviation)
                .adjoint(
                        StandardizedWeights.standardizeGradient(
                                w, y, out, in, window, epsilon, deviation));
        return y;
    }

    private static String task(String name) {
        return name.replace('.', '_');
    }

    /** {@return weight {@code name}, standardised, float32 [out, in, height, width]} */
    public static float[] standardizedChannelsFirst(
            Weights weights, String name, WeightStandardization standardization) {
        double[] values = standardized(weights, name, standardization, shape(weights, name));
        float[] rounded = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            rounded[i] = (float) values[i];
        }
        return rounded;
    }

    private static double[] standardized(
            Weights weights,
            String name,
            WeightStandardization standardization,
            List<Integer> shape) {
        double[] values = doubles(weights.get(name));
        int size = values.length / shape.getFirst();
        for (int o = 0; o < shape.getFirst(); o++) {
            standardization.apply(values, o * size, size);
        }
        return values;
    }

    /**
     * {@return weight {@code name} with the batch normalisation {@code norm} folded in}
     *
     * <p>With running statistics, {@code γ (w * x - μ) / √(σ² + ε) + β} is a convolution with
     * {@code w γ / √(σ² + ε)} and the bias {@code β - μ γ / √(σ² + ε)}.
     */
    public static Folded folded(Weights weights, String name, String norm, double epsilon) {
        FloatArray weight =
                weights.derived(
                        name + " folded " + epsilon,
                        () -> {
                            List<Integer> shape = shape(weights, name);
                            double[] values = doubles(weights.get(name));
                            double[] factors = factors(weights, norm, epsilon);
                            int size = values.length / shape.getFirst();
                            for (int i = 0; i < values.length; i++) {
                                values[i] *= factors[i / size];
                            }
                            return channelsLast(values, shape);
                        });
        FloatArray bias =
                weights.derived(
                        norm + " folded " + epsilon,
                        () -> {
                            double[] factors = factors(weights, norm, epsilon);
                            float[] values = new float[factors.length];
                            FloatArray beta = weights.get(norm + ".bias");
                            FloatArray mean = weights.get(norm + ".running_mean");
                            for (int o = 0; o < values.length; o++) {
                                values[o] = (float) (beta.get(o) - mean.get(o) * factors[o]);
                            }
                            return Weights.array(values);
                        });
        return new Folded(weight, bias);
    }

    private static double[] factors(Weights weights, String norm, double epsilon) {
        FloatArray gamma = weights.get(norm + ".weight");
        FloatArray variance = weights.get(norm + ".running_var");
        double[] factors = new double[gamma.getSize()];
        for (int o = 0; o < factors.length; o++) {
            factors[o] = gamma.get(o) / Math.sqrt(variance.get(o) + epsilon);
        }
        return factors;
    }

    private static List<Integer> shape(Weights weights, String name) {
        return weights.spec(name).shape();
    }

    private static double[] doubles(FloatArray array) {
        double[] values = new double[array.getSize()];
        for (int i = 0; i < values.length; i++) {
            values[i] = array.get(i);
        }
        return values;
    }

    private static FloatArray channelsLast(double[] values, List<Integer> shape) {
        int in = shape.get(1);
        int window = shape.get(2) * shape.get(3);
        float[] moved = new float[values.length];
        for (int o = 0; o < shape.getFirst(); o++) {
            for (int c = 0; c < in; c++) {
                for (int p = 0; p < window; p++) {
                    moved[(o * window + p) * in + c] = (float) values[(o * in + c) * window + p];
                }
            }
        }
        return Weights.array(moved);
    }
}
