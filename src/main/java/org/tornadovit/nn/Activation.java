package org.tornadovit.nn;

import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * Activations as tasks of their own, and the ways back through them. Inference has them fused into
 * {@link Linear} and {@link Convolution}; a gradient needs what went in.
 */
public final class Activation {
    private static final float INVERSE_SQRT_2_PI = 0.39894228f;
    private static final float SQRT_2_OVER_PI = 0.79788456f;

    private Activation() {}

    /** {@code y = gelu(x)}, float32 [count], with {@link Gelu#erf}. */
    public static void gelu(FloatArray x, FloatArray y, int count) {
        for (@Parallel int i = 0; i < count; i++) {
            y.set(i, Gelu.gelu(x.get(i)));
        }
    }

    /** {@code y = gelu(x)}, float32 [count], with the tanh form. */
    public static void geluTanh(FloatArray x, FloatArray y, int count) {
        for (@Parallel int i = 0; i < count; i++) {
            y.set(i, Gelu.geluTanh(x.get(i)));
        }
    }

    /**
     * {@code dx = dy (Φ(x) + x φ(x))}, float32 [count]; {@code dx} may be {@code dy}.
     *
     * <p>Error: |dx - float64 reference| &lt;= 3e-7 · |dy| · max(|x|, 1) (ActivationTest).
     */
    public static void geluGradient(FloatArray x, FloatArray dy, FloatArray dx, int count) {
        for (@Parallel int i = 0; i < count; i++) {
            float value = x.get(i);
            float cumulative = 0.5f * (1.0f + Gelu.erf(value * 0.70710678f));
            float density = TornadoMath.exp(-0.5f * value * value) * INVERSE_SQRT_2_PI;
            dx.set(i, dy.get(i) * (cumulative + value * density));
        }
    }

    /**
     * The derivative of the tanh form, {@code (1 + t) / 2 + x (1 - t²) u' / 2} with {@code t =
     * tanh(u(x))}; shapes and error as {@link #geluGradient}.
     */
    public static void geluTanhGradient(FloatArray x, FloatArray dy, FloatArray dx, int count) {
        for (@Parallel int i = 0; i < count; i++) {
            float value = x.get(i);
            float square = value * value;
            float t = TornadoMath.tanh(SQRT_2_OVER_PI * (value + 0.044715f * square * value));
            float slope = SQRT_2_OVER_PI * (1.0f + 3.0f * 0.044715f * square);
            float derivative = 0.5f * (1.0f + t) + 0.5f * value * (1.0f - t * t) * slope;
            dx.set(i, dy.get(i) * derivative);
        }
    }

    /** {@code dy *= 1 - y²}, the way back through {@code y = tanh(x)}, float32 [count]. */
    public static void tanhGradient(FloatArray y, FloatArray dy, int count) {
        for (@Parallel int i = 0; i < count; i++) {
            dy.set(i, dy.get(i) * (1.0f - y.get(i) * y.get(i)));
        }
    }

    /** {@code dy = 0 where y = 0}, the way back through {@code y = max(x, 0)}, float32 [count]. */
    public static void reluGradient(FloatArray y, FloatArray dy, int count) {
        for (@Parallel int i = 0; i < count; i++) {
            dy.set(i, y.get(i) > 0.0f ? dy.get(i) : 0.0f);
        }
    }

    /** {@return the adjoint of {@code y = gelu(x)}} */
    static Adjoint gradient(Gelu form, FloatArray x, FloatArray y) {
        return (gradients, section, id) -> {
            FloatArray dy = gradients.of(y);
            FloatArray dx = gradients.only(x);
            int count = x.getSize();
            switch (form) {
                case ERF -> section.task(id + "_dx", Activation::geluGradient, x, dy, dx, count);
                case TANH ->
                        section.task(id + "_dx", Activation::geluTanhGradient, x, dy, dx, count);
            }
        };
    }
}
