package org.tornadovit.nn;

import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * Linear layers: {@code y = epilogue(x wᵀ + b)}.
 *
 * <p>Shapes everywhere: {@code x} float32 [rows, in], {@code w} float32 [out, in], {@code b}
 * float32 [out], {@code y} and {@code residual} float32 [rows, out]. {@code y} aliases no other
 * argument.
 *
 * <p>Error: |y - float64 reference| &lt;= (in + 4) · 2⁻²⁴ · (Σ|x w| + |b| + |residual|) before the
 * epilogue's function (LinearTest).
 */
public final class Linear {
    private Linear() {}

    /** {@code y = x wᵀ}. */
    public static void product(
            FloatArray x, FloatArray w, FloatArray y, int rows, int in, int out) {
        for (@Parallel int i = 0; i < rows; i++) {
            for (@Parallel int j = 0; j < out; j++) {
                float sum = 0.0f;
                for (int k = 0; k < in; k++) {
                    sum += x.get(i * in + k) * w.get(j * in + k);
                }
                y.set(i * out + j, sum);
            }
        }
    }

    /** {@code y = x wᵀ + residual}. */
    public static void productAdd(
            FloatArray x,
            FloatArray w,
            FloatArray residual,
            FloatArray y,
            int rows,
            int in,
            int out) {
        for (@Parallel int i = 0; i < rows; i++) {
            for (@Parallel int j = 0; j < out; j++) {
                float sum = 0.0f;
                for (int k = 0; k < in; k++) {
                    sum += x.get(i * in + k) * w.get(j * in + k);
                }
                y.set(i * out + j, sum + residual.get(i * out + j));
            }
        }
    }

    /** {@code y = x wᵀ + b}. */
    public static void linear(
            FloatArray x, FloatArray w, FloatArray b, FloatArray y, int rows, int in, int out) {
        for (@Parallel int i = 0; i < rows; i++) {
            for (@Parallel int j = 0; j < out; j++) {
                float sum = 0.0f;
                for (int k = 0; k < in; k++) {
                    sum += x.get(i * in + k) * w.get(j * in + k);
                }
                y.set(i * out + j, sum + b.get(j));
            }
        }
    }

    /** {@code y = residual + (x wᵀ + b)}. */
    public static void linearAdd(
            FloatArray x,
            FloatArray w,
            FloatArray b,
            FloatArray residual,
            FloatArray y,
            int rows,
            int in,
            int out) {
        for (@Parallel int i = 0; i < rows; i++) {
            for (@Parallel int j = 0; j < out; j++) {
                float sum = 0.0f;
                for (int k = 0; k < in; k++) {
                    sum += x.get(i * in + k) * w.get(j * in + k);
                }
                y.set(i * out + j, residual.get(i * out + j) + (sum + b.get(j)));
            }
        }
    }

    /** {@code y = gelu(x wᵀ + b)}, with {@link Gelu#erf}. */
    public static void linearGelu(
            FloatArray x, FloatArray w, FloatArray b, FloatArray y, int rows, int in, int out) {
        for (@Parallel int i = 0; i < rows; i++) {
            for (@Parallel int j = 0; j < out; j++) {
                float sum = 0.0f;
                for (int k = 0; k < in; k++) {
                    sum += x.get(i * in + k) * w.get(j * in + k);
                }
                y.set(i * out + j, Gelu.gelu(sum + b.get(j)));
            }
        }
    }

    /** {@code y = gelu(x wᵀ + b)}, with the tanh form of {@link Gelu#geluTanh}. */
    public static void linearGeluTanh(
            FloatArray x, FloatArray w, FloatArray b, FloatArray y, int rows, int in, int out) {
        for (@Parallel int i = 0; i < rows; i++) {
            for (@Parallel int j = 0; j < out; j++) {
                float sum = 0.0f;
                for (int k = 0; k < in; k++) {
                    sum += x.get(i * in + k) * w.get(j * in + k);
                }
                y.set(i * out + j, Gelu.geluTanh(sum + b.get(j)));
            }
        }
    }

    /** {@code y = tanh(x wᵀ + b)}. */
    public static void linearTanh(
            FloatArray x, FloatArray w, FloatArray b, FloatArray y, int rows, int in, int out) {
        for (@Parallel int i = 0; i < rows; i++) {
            for (@Parallel int j = 0; j < out; j++) {
                float sum = 0.0f;
                for (int k = 0; k < in; k++) {
                    sum += x.get(i * in + k) * w.get(j * in + k);
                }
                y.set(i * out + j, TornadoMath.tanh(sum + b.get(j)));
            }
        }
    }

    /** {@code y = max(x wᵀ + b, 0)}. */
    public static void linearRelu(
            FloatArray x, FloatArray w, FloatArray b, FloatArray y, int rows, int in, int out) {
        for (@Parallel int i = 0; i < rows; i++) {
            for (@Parallel int j = 0; j < out; j++) {
                float sum = 0.0f;
                for (int k = 0; k < in; k++) {
                    sum += x.get(i * in + k) * w.get(j * in + k);
                }
                y.set(i * out + j, TornadoMath.max(sum + b.get(j), 0.0f));
            }
        }
    }

    /** {@code y = max(residual + (x wᵀ + b), 0)}. */
    public static void linearAddRelu(
            FloatArray x,
            FloatArray w,
            FloatArray b,
            FloatArray residual,
            FloatArray y,
            int rows,
            int in,
            int out) {
        for (@Parallel int i = 0; i < rows; i++) {
            for (@Parallel int j = 0; j < out; j++) {
                float sum = 0.0f;
                for (int k = 0; k < in; k++) {
                    sum += x.get(i * in + k) * w.get(j * in + k);
                }
                float value = residual.get(i * out + j) + (sum + b.get(j));
                y.set(i * out + j, TornadoMath.max(value, 0.0f));
            }
        }
    }
}
