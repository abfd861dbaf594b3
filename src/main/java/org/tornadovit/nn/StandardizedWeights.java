package org.tornadovit.nn;

import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * {@link ConvolutionWeights} while they are learned: made anew from the parameters at every step,
 * as tasks.
 *
 * <p>Shapes: {@code w}, {@code dw} float32 [out, in, window] as in checkpoints, {@code y}, {@code
 * dy} float32 [out, window, in] as convolutions read them.
 *
 * <p>Error: |y - float64 reference| &lt;= 4e-6 · max|y|, |dw - float64 reference| &lt;= 2e-5 ·
 * max|dw| (StandardizedWeightsTest).
 */
public final class StandardizedWeights {
    /** Keeps the derivative of a root finite where a channel's weights are all equal. */
    private static final float TINY = 1e-12f;

    private StandardizedWeights() {}

    /** Moves channels last. Exact. */
    public static void channelsLast(FloatArray w, FloatArray y, int out, int in, int window) {
        for (@Parallel int o = 0; o < out; o++) {
            for (@Parallel int p = 0; p < window; p++) {
                for (@Parallel int c = 0; c < in; c++) {
                    y.set((o * window + p) * in + c, w.get((o * in + c) * window + p));
                }
            }
        }
    }

    /** The way back from {@link #channelsLast}. Exact. */
    public static void channelsFirst(FloatArray dy, FloatArray dw, int out, int in, int window) {
        for (@Parallel int o = 0; o < out; o++) {
            for (@Parallel int c = 0; c < in; c++) {
                for (@Parallel int p = 0; p < window; p++) {
                    dw.set((o * in + c) * window + p, dy.get((o * window + p) * in + c));
                }
            }
        }
    }

    /**
     * {@code (w - μ) / s} of each output channel, channels last.
     *
     * @param deviation 0 for {@code s = √(σ² + ε)}, 1 for {@code s = σ + ε}
     */
    public static void standardize(
            FloatArray w, FloatArray y, int out, int in, int window, float epsilon, int deviation) {
        int size = in * window;
        for (@Parallel int o = 0; o < out; o++) {
            float sum = 0.0f;
            for (int i = 0; i < size; i++) {
                sum += w.get(o * size + i);
            }
            float mean = sum / size;
            float squares = 0.0f;
            for (int i = 0; i < size; i++) {
                float difference = w.get(o * size + i) - mean;
                squares += difference * difference;
            }
            float variance = squares / size;
            float divisor =
                    deviation == 0
                            ? TornadoMath.sqrt(variance + epsilon)
                            : TornadoMath.sqrt(variance) + epsilon;
            float scale = 1.0f / divisor;
            for (int p = 0; p < window; p++) {
                for (int c = 0; c < in; c++) {
                    float value = w.get((o * in + c) * window + p);
                    y.set((o * window + p) * in + c, (value - mean) * scale);
                }
            }
        }
    }

    /**
     * The way back from {@link #standardize}: with {@code n = y}, {@code dw = (dy - mean(dy)) / s -
     * n mean(dy n) σ² / (s² σ′)}, where σ′ is {@code s} or {@code σ}.
     */
    public static void gradient(
            FloatArray w,
            FloatArray dy,
            FloatArray dw,
            int out,
            int in,
            int window,
            float epsilon,
            int deviation) {
        int size = in * window;
        for (@Parallel int o = 0; o < out; o++) {
            float sum = 0.0f;
            float total = 0.0f;
            for (int i = 0; i < size; i++) {
                sum += w.get(o * size + i);
                total += dy.get(o * size + i);
            }
            float mean = sum / size;
            float meanGradient = total / size;
            float squares = 0.0f;
            float product = 0.0f;
            for (int p = 0; p < window; p++) {
                for (int c = 0; c < in; c++) {
                    float difference = w.get((o * in + c) * window + p) - mean;
                    squares += difference * difference;
                    product += difference * dy.get((o * window + p) * in + c);
                }
            }
            float variance = squares / size;
            float root = TornadoMath.sqrt(variance);
            float divisor = deviation == 0 ? TornadoMath.sqrt(variance + epsilon) : root + epsilon;
            float scale = 1.0f / divisor;
            // d(1/s)/dσ² = -1 / (2 s² σ'), and dσ²/dw = 2 (w - μ) / size
            float slope = deviation == 0 ? divisor : TornadoMath.max(root, TINY);
            float factor = product / size * scale * scale / slope;
            for (int c = 0; c < in; c++) {
                for (int p = 0; p < window; p++) {
                    float difference = w.get((o * in + c) * window + p) - mean;
                    float direct = dy.get((o * window + p) * in + c) - meanGradient;
                    dw.set((o * in + c) * window + p, direct * scale - difference * factor);
                }
            }
        }
    }

    /** {@return the adjoint of {@link #channelsLast}} */
    static Adjoint channelsLastGradient(FloatArray w, FloatArray y, int out, int in, int window) {
        return (gradients, section, id) -> {
            if (gradients.needs(w)) {
                FloatArray dw = gradients.only(w);
                FloatArray dy = gradients.of(y);
                section.task(
                        id + "_dw", StandardizedWeights::channelsFirst, dy, dw, out, in, window);
            }
        };
    }

    /** {@return the adjoint of {@link #standardize}} */
    static Adjoint standardizeGradient(
            FloatArray w, FloatArray y, int out, int in, int window, float epsilon, int deviation) {
        return (gradients, section, id) -> {
            if (gradients.needs(w)) {
                FloatArray dw = gradients.only(w);
                FloatArray dy = gradients.of(y);
                section.task(
                        id + "_dw",
                        StandardizedWeights::gradient,
                        w,
                        dy,
                        dw,
                        out,
                        in,
                        window,
                        epsilon,
                        deviation);
            }
        };
    }
}
