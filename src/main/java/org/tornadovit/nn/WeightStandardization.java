package org.tornadovit.nn;

/**
 * Weight standardisation (<a href="https://arxiv.org/abs/1903.10520">Qiao et al. 2019</a>): each
 * output channel's weights are brought to mean 0 and variance 1. Weights are constant at inference,
 * so this is done once.
 *
 * @param form where epsilon stands
 * @param epsilon keeps a constant channel finite
 */
public record WeightStandardization(Form form, double epsilon) {

    /** The two forms in use, which are not bit-identical. */
    public enum Form {
        /** {@code (w - mean) / √(variance + ε)}: timm, Hugging Face. */
        VARIANCE,
        /** {@code (w - mean) / (deviation + ε)}: the official JAX code. */
        DEVIATION
    }

    /** timm's and Hugging Face's, ε = 1e-8. */
    public static final WeightStandardization TIMM = new WeightStandardization(Form.VARIANCE, 1e-8);

    /** The official code's, ε = 1e-5. */
    public static final WeightStandardization JAX = new WeightStandardization(Form.DEVIATION, 1e-5);

    /** Big Transfer's own code's, ε = 1e-10. */
    public static final WeightStandardization BIT = new WeightStandardization(Form.VARIANCE, 1e-10);

    /** Standardises {@code count} values from {@code from} on, in float64, in place. */
    void apply(double[] values, int from, int count) {
        double sum = 0;
        for (int i = 0; i < count; i++) {
            sum += values[from + i];
        }
        double mean = sum / count;
        double squares = 0;
        for (int i = 0; i < count; i++) {
            squares += (values[from + i] - mean) * (values[from + i] - mean);
        }
        double variance = squares / count;
        double divisor =
                switch (form) {
                    case VARIANCE -> Math.sqrt(variance + epsilon);
                    case DEVIATION -> Math.sqrt(variance) + epsilon;
                };
        for (int i = 0; i < count; i++) {
            values[from + i] = (values[from + i] - mean) / divisor;
        }
    }
}
