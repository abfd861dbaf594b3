package org.tornadovit.nn;

import java.util.List;
import org.tornadovit.io.onnx.OnnxGraph;
import uk.ac.manchester.tornado.api.math.TornadoMath;

/**
 * The Gaussian error linear unit {@code x Φ(x)} of <a
 * href="https://arxiv.org/abs/1606.08415">Hendrycks and Gimpel 2016</a>, called from kernels.
 */
public enum Gelu {
    /** The definition, {@code x (1 + erf(x / √2)) / 2}: timm, Hugging Face, torchvision. */
    ERF,
    /** The approximation by tanh: the official JAX code. It differs by up to 4.73e-4. */
    TANH;

    private static final float HALF_SQRT_2 = 0.70710678f;
    private static final float SQRT_2_OVER_PI = 0.79788456f;

    /** Writes the function as ONNX operations. */
    String onnx(OnnxLayers layers, String name, String x) {
        OnnxGraph graph = layers.graph();
        String one = graph.scalar("one", 1.0f);
        String half = graph.scalar("half", 0.5f);
        String inner =
                switch (this) {
                    case ERF -> {
                        String root = graph.scalar("sqrt_2", (float) Math.sqrt(2));
                        String scaled = graph.add("Div", name + ".scaled", List.of(x, root));
                        yield graph.add("Erf", name + ".erf", List.of(scaled));
                    }
                    case TANH -> {
                        String cubic = graph.scalar("gelu_cubic", 0.044715f);
                        String root = graph.scalar("sqrt_2_over_pi", SQRT_2_OVER_PI);
                        String square = graph.add("Mul", name + ".square", List.of(x, x));
                        String cube = graph.add("Mul", name + ".cube", List.of(square, x));
                        String small = graph.add("Mul", name + ".small", List.of(cube, cubic));
                        String sum = layers.add(name + ".sum", x, small);
                        String scaled = graph.add("Mul", name + ".scaled", List.of(sum, root));
                        yield graph.add("Tanh", name + ".tanh", List.of(scaled));
                    }
                };
        String outer = layers.add(name + ".outer", inner, one);
        String product = graph.add("Mul", name + ".product", List.of(x, outer));
        return graph.add("Mul", name, List.of(product, half));
    }

    /** {@return {@code x (1 + erf(x / √2)) / 2}; |error| <= 1.5e-7 · max(|x|, 1) (GeluTest)} */
    public static float gelu(float x) {
        return 0.5f * x * (1.0f + erf(x * HALF_SQRT_2));
    }

    /**
     * {@return {@code x (1 + tanh(√(2/π) (x + 0.044715 x³))) / 2}; |error| <= 3e-7 · max(|x|, 1)
     * (GeluTest)}
     */
    public static float geluTanh(float x) {
        return 0.5f * x * (1.0f + TornadoMath.tanh(SQRT_2_OVER_PI * (x + 0.044715f * x * x * x)));
    }

    /**
     * {@return the error function {@code 2/√π ∫₀ˣ exp(-t²) dt}; |error| <= 1e-7, and exactly ±1
     * from |x| = 4 on (GeluTest)}
     *
     * <p>Below 1, {@code x + x P(x²)}; from there, {@code 1 - Q(|x| - 0.75)⁴}: the fourth root of
     * {@code erfc} is smooth, and what is small is subtracted last. P and Q are minimax fits to
     * {@code (erf(x) - x) / x} on [0, 1] and to {@code erfc^(1/4)} on [1, 4], weighted for the
     * absolute error of the result. Both are computed and one is selected, so that there is no
     * branch.
     */
    public static float erf(float x) {
        float a = TornadoMath.min(TornadoMath.abs(x), 4.0f);
        float t = a * a;
        float p = -0.0005462928675f;
        p = p * t + 0.004870703444f;
        p = p * t - 0.02666381001f;
        p = p * t + 0.1127806455f;
        p = p * t - 0.3761194050f;
        p = p * t + 0.1283789277f;
        float near = a + a * p;
        float u = a - 0.75f;
        float q = -2.205714190e-05f;
        q = q * u + 4.246001117e-05f;
        q = q * u + 0.001366136945f;
        q = q * u - 0.007694984786f;
        q = q * u + 0.004692710005f;
        q = q * u + 0.05044899136f;
        q = q * u - 0.03414035589f;
        q = q * u - 0.4080264270f;
        q = q * u + 0.7331104875f;
        float square = q * q;
        float far = 1.0f - square * square;
        float magnitude = a < 1.0f ? near : far;
        return x < 0.0f ? -magnitude : magnitude;
    }
}
