package org.tornadovit.train;

import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * Kernels that change weights. {@code control} holds what differs from step to step, see the
 * constants; {@code length} what {@link #clip} left.
 *
 * <p>Error of an update: 12 · 2⁻²⁴ relative to the sum of its terms' magnitudes, none of them
 * subnormal; of a sum of squares: (size + 2 · chunks) · 2⁻²⁴ relative (UpdatesTest).
 */
public final class Updates {
    /** Index of the learning rate. */
    public static final int RATE = 0;

    /** Index of {@code 1 - beta1^t}. */
    public static final int CORRECTION_1 = 1;

    /** Index of {@code 1 - beta2^t}. */
    public static final int CORRECTION_2 = 2;

    /** Index of the share of the old value in the moving average of weights. */
    public static final int AVERAGE = 3;

    /** Index of 0 at the first batch of an update, else 1. */
    public static final int KEEP = 4;

    /** Number of values that a step is given. */
    public static final int CONTROLS = 5;

    private Updates() {}

    /** {@code y = keep y + x}, float32 [count]. */
    public static void accumulate(FloatArray x, FloatArray y, FloatArray control, int count) {
        for (@Parallel int i = 0; i < count; i++) {
            y.set(i, control.get(4) * y.get(i) + x.get(i));
        }
    }

    /**
     * Sums of squares over chunks.
     *
     * @param x float32 [count]
     * @param partial float32 [chunks]; each of {@code size} elements, the last of what remains
     */
    public static void squares(FloatArray x, FloatArray partial, int chunks, int size, int count) {
        for (@Parallel int c = 0; c < chunks; c++) {
            float sum = 0.0f;
            for (int i = c * size; i < TornadoMath.min(c * size + size, count); i++) {
                sum += x.get(i) * x.get(i);
            }
            partial.set(c, sum);
        }
    }

    /** {@code length[0] = Σ partial}, float32 [chunks], or added. */
    public static void collect(FloatArray partial, FloatArray length, int chunks, int adds) {
        for (@Parallel int i = 0; i < 1; i++) {
            float sum = adds == 0 ? 0.0f : length.get(i);
            for (int c = 0; c < chunks; c++) {
                sum += partial.get(c);
            }
            length.set(i, sum);
        }
    }

    /**
     * The length of all gradients and the factor that brings it to at most {@code most}, where that
     * is positive.
     *
     * @param length float32 [3]: sum of squares on entry; then also the length and the factor
     */
    public static void clip(FloatArray length, float most, int one) {
        for (@Parallel int i = 0; i < one; i++) {
            float norm = TornadoMath.sqrt(length.get(i));
            length.set(i + 1, norm);
            length.set(i + 2, most > 0.0f && norm > most ? most / norm : 1.0f);
        }
    }

    /** {@link Optimizer.Sgd}; all but {@code length} and {@code control} float32 [count]. */
    public static void sgd(
            FloatArray weight,
            FloatArray gradient,
            FloatArray velocity,
            FloatArray length,
            FloatArray control,
            int count,
            float momentum,
            float decay) {
        for (@Parallel int i = 0; i < count; i++) {
            float g = gradient.get(i) * length.get(2) + decay * weight.get(i);
            float v = momentum * velocity.get(i) + g;
            velocity.set(i, v);
            weight.set(i, weight.get(i) - control.get(0) * v);
        }
    }

    /** {@link Optimizer.AdamW}; all but {@code length} and {@code control} float32 [count]. */
    public static void adamW(
            FloatArray weight,
            FloatArray gradient,
            FloatArray first,
            FloatArray second,
            FloatArray length,
            FloatArray control,
            int count,
            float beta1,
            float beta2,
            float epsilon,
            float decay) {
        for (@Parallel int i = 0; i < count; i++) {
            float g = gradient.get(i) * length.get(2);
            float m = beta1 * first.get(i) + (1.0f - beta1) * g;
            float v = beta2 * second.get(i) + (1.0f - beta2) * g * g;
            first.set(i, m);
            second.set(i, v);
            float direction = m / control.get(1) / (TornadoMath.sqrt(v / control.get(2)) + epsilon);
            float w = weight.get(i);
            weight.set(i, w - control.get(0) * (direction + decay * w));
        }
    }

    /** {@code average = share · average + (1 - share) · weight}, float32 [count]. */
    public static void average(
            FloatArray weight, FloatArray average, FloatArray control, int count) {
        for (@Parallel int i = 0; i < count; i++) {
            float share = control.get(3);
            average.set(i, share * average.get(i) + (1.0f - share) * weight.get(i));
        }
    }
}
