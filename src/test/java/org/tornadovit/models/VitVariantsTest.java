package org.tornadovit.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tornadovit.models.Golden.relativeError;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tornadovit.models.VitConfiguration.Pool;
import org.tornadovit.models.VitConfiguration.Position;
import org.tornadovit.models.VitConfiguration.Representation;
import org.tornadovit.nn.Noise;
import org.tornadovit.nn.Weights;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** Every variant of a ViT against one written down again in float64. */
class VitVariantsTest {

    @ParameterizedTest
    @CsvSource({
        "CLASS_TOKEN, LEARNED_1D, DIRECT, TIMM",
        "CLASS_TOKEN, LEARNED_2D, DIRECT, TIMM",
        "CLASS_TOKEN, RELATIVE, TANH, JAX",
        "CLASS_TOKEN, NONE, DIRECT, HUGGING_FACE",
        "AVERAGE, LEARNED_1D, TANH, JAX",
        "AVERAGE, LEARNED_2D, DIRECT, TORCHVISION",
        "AVERAGE, RELATIVE, DIRECT, TIMM",
    })
    void agreesWithFloat64(
            Pool pool, Position position, Representation representation, String conventions) {
        Numerics numerics =
                switch (conventions) {
                    case "JAX" -> Numerics.JAX;
                    case "HUGGING_FACE" -> Numerics.HUGGING_FACE;
                    case "TORCHVISION" -> Numerics.TORCHVISION;
                    default -> Numerics.TIMM;
                };
        VitConfiguration configuration =
                new VitConfiguration(
                        15, 3, new PatchStem(5), 12, 2, 3, 20, 7, pool, position, representation);
        Vit vit = new Vit("variant", configuration, numerics);
        Weights weights = livelyWeights(vit);
        BuiltModel built = vit.build(2, weights);
        fill(built.input(), 5);
        built.runInJava();
        double[] expected = new double[14];
        for (int n = 0; n < 2; n++) {
            double[] logits = logits(vit, weights, built.input(), n);
            System.arraycopy(logits, 0, expected, 7 * n, 7);
        }
        assertThat(relativeError(built.logits(), expected)).isLessThan(2e-6);
        assertThat(built.countedMacs()).isEqualTo(vit.macs());
    }

    /** R+Ti/16 in small: no stages, patches of 2 on the root's map, which is padded unevenly. */
    @ParameterizedTest
    @CsvSource({"TIMM", "JAX"})
    void aStemWithoutStagesAgreesWithFloat64(String conventions) {
        Numerics numerics = conventions.equals("JAX") ? Numerics.JAX : Numerics.TIMM;
        VitConfiguration configuration =
                new VitConfiguration(
                        16,
                        3,
                        new ResNetStem(32, List.of(), 2, 32),
                        8,
                        1,
                        2,
                        16,
                        5,
                        Pool.CLASS_TOKEN,
                        Position.LEARNED_1D,
                        Representation.DIRECT);
        Vit vit = new Vit("rooted", configuration, numerics);
        Weights weights = livelyWeights(vit);
        BuiltModel built = vit.build(1, weights);
        fill(built.input(), 8);
        built.runInJava();
        double[] expected = logits(vit, weights, built.input(), 0);
        assertThat(relativeError(built.logits(), expected)).isLessThan(1e-5);
        assertThat(built.countedMacs()).isEqualTo(vit.macs());
    }

    static double[] logits(Vit vit, Weights weights, FloatArray input, int image) {
        return logits(vit, weights, input, image, new NaiveNoise(Noise.NONE, 0, image));
    }

    static double[] logits(
            Vit vit, Weights weights, FloatArray input, int image, NaiveNoise noise) {
        VitConfiguration c = vit.configuration();
        NaiveNetworks naive = new NaiveNetworks(weights, vit.numerics());
        NaiveNetworks.Map3 pixels = NaiveNetworks.image(input, image, c.channels(), c.imageSize());
        NaiveNetworks.Map3 x =
                switch (c.stem()) {
                    case PatchStem stem ->
                            naive.convolution(
                                    pixels,
                                    "patch_embed.proj.weight",
                                    false,
                                    stem.patch(),
                                    0,
                                    c.side());
                    case ResNetStem stem -> rooted(naive, pixels, stem, c.side());
                };
        int first = c.leading();
        FloatArray bias = weights.get("patch_embed.proj.bias");
        double[][] z = new double[c.tokens()][c.dim()];
        for (int k = 0; k < c.dim(); k++) {
            for (int t = 0; t < c.tokens(); t++) {
                int p = t - first;
                z[t][k] =
                        t < first
                                ? weights.get("cls_token").get(k)
                                : x.v()[k][p / c.side()][p % c.side()] + bias.get(k);
                z[t][k] += position(c, weights, t, k);
            }
        }
        noise.elements(z);
        for (int i = 0; i < c.depth(); i++) {
            float skipped = noise.skipped(i, c.depth());
            z = naive.block(z, i, c.heads(), c.position() == Position.RELATIVE, noise, skipped);
        }
        z = naive.layerNorm(z, "norm");
        double[][] pooled = {z[0].clone()};
        if (c.pooling() == Pool.AVERAGE) {
            for (int k = 0; k < c.dim(); k++) {
                pooled[0][k] = 0;
                for (double[] token : z) {
                    pooled[0][k] += token[k] / z.length;
                }
            }
        }
        if (c.representation() == Representation.TANH) {
            pooled = naive.linear(pooled, "pre_logits.fc");
            for (int k = 0; k < c.dim(); k++) {
                pooled[0][k] = Math.tanh(pooled[0][k]);
            }
        }
        return naive.linear(pooled, "head")[0];
    }

    /** Everything is padded as TensorFlow does it. */
    private static NaiveNetworks.Map3 rooted(
            NaiveNetworks naive, NaiveNetworks.Map3 pixels, ResNetStem stem, int side) {
        String backbone = "patch_embed.backbone.";
        String root = backbone + (stem.stages().isEmpty() ? "" : "stem.");
        NaiveNetworks.Map3 x = same(naive, pixels, root + "conv", 7, 2);
        x = naive.groupNorm(x, root + "norm").relu();
        int out = (x.side() + 1) / 2;
        int before = Math.max((out - 1) * 2 + 3 - x.side(), 0) / 2;
        x = NaiveNetworks.maximum(x, 2, before, out, Double.NEGATIVE_INFINITY);
        for (int stage = 0; stage < stem.stages().size(); stage++) {
            for (int unit = 0; unit < stem.stages().get(stage); unit++) {
                String prefix = backbone + "stages.%d.blocks.%d.".formatted(stage, unit);
                x = unit(naive, x, prefix, stage > 0 && unit == 0 ? 2 : 1, unit == 0);
            }
        }
        return naive.convolution(x, "patch_embed.proj.weight", false, stem.patch(), 0, side);
    }

    private static NaiveNetworks.Map3 unit(
            NaiveNetworks naive,
            NaiveNetworks.Map3 x,
            String prefix,
            int stride,
            boolean projects) {
        NaiveNetworks.Map3 shortcut = x;
        if (projects) {
            shortcut = same(naive, x, prefix + "downsample.conv", 1, stride);
            shortcut = naive.groupNorm(shortcut, prefix + "downsample.norm");
        }
        NaiveNetworks.Map3 h = same(naive, x, prefix + "conv1", 1, 1);
        h = naive.groupNorm(h, prefix + "norm1").relu();
        h = same(naive, h, prefix + "conv2", 3, stride);
        h = naive.groupNorm(h, prefix + "norm2").relu();
        h = same(naive, h, prefix + "conv3", 1, 1);
        return naive.groupNorm(h, prefix + "norm3").plus(shortcut).relu();
    }

    private static NaiveNetworks.Map3 same(
            NaiveNetworks naive, NaiveNetworks.Map3 x, String conv, int kernel, int stride) {
        int out = (x.side() + stride - 1) / stride;
        int before = Math.max((out - 1) * stride + kernel - x.side(), 0) / 2;
        return naive.convolution(x, conv + ".weight", true, stride, before, out);
    }

    private static double position(VitConfiguration c, Weights weights, int token, int k) {
        int p = token - c.leading();
        return switch (c.position()) {
            case NONE, RELATIVE -> 0;
            case LEARNED_1D -> weights.get("pos_embed").get(token * c.dim() + k);
            case LEARNED_2D -> {
                int half = c.dim() / 2;
                if (p < 0) {
                    yield 0;
                }
                yield k < half
                        ? weights.get("pos_embed.columns").get(p % c.side() * half + k)
                        : weights.get("pos_embed.rows").get(p / c.side() * half + k - half);
            }
        };
    }

    /** Weights of which none is zero or one, so that each one shows. */
    static Weights livelyWeights(Model model) {
        Weights weights = model.randomWeights(3);
        Random random = new Random(4);
        for (var spec : weights.specs()) {
            FloatArray values = weights.get(spec.name());
            for (int i = 0; i < values.getSize(); i++) {
                values.set(i, values.get(i) + 0.2f * (float) random.nextGaussian());
            }
        }
        return weights;
    }

    static void fill(FloatArray input, long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < input.getSize(); i++) {
            input.set(i, (float) random.nextGaussian());
        }
    }
}
