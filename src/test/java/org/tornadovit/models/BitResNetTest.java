package org.tornadovit.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tornadovit.models.Golden.relativeError;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tornadovit.models.NaiveNetworks.Map3;
import org.tornadovit.nn.Weights;

/** BiT's ResNet against one written down again in float64. */
class BitResNetTest {

    @ParameterizedTest
    @CsvSource({"32, TIMM, 32, 32", "27, BIT, 32, 32", "32, TIMM, 8, 4"})
    void agreesWithFloat64(int imageSize, String conventions, int width, int groups) {
        Numerics numerics = conventions.equals("BIT") ? Numerics.BIT : Numerics.TIMM;
        BitResNet model =
                new BitResNet("tiny", imageSize, 3, List.of(1, 2), width, groups, 6, numerics);
        Weights weights = VitVariantsTest.livelyWeights(model);
        BuiltModel built = model.build(2, weights);
        VitVariantsTest.fill(built.input(), 9);
        built.runInJava();
        double[] expected = new double[12];
        for (int n = 0; n < 2; n++) {
            double[] logits = logits(model, weights, built, n);
            System.arraycopy(logits, 0, expected, 6 * n, 6);
        }
        assertThat(relativeError(built.logits(), expected)).isLessThan(1e-5);
        assertThat(built.countedMacs()).isEqualTo(model.macs());
    }

    static double[] logits(BitResNet model, Weights weights, BuiltModel built, int image) {
        NaiveNetworks naive = new NaiveNetworks(weights, model.numerics(), model.groups());
        int half = (model.imageSize() + 1) / 2;
        Map3 x = NaiveNetworks.image(built.input(), image, 3, model.imageSize());
        x = naive.convolution(x, "stem.conv.weight", true, 2, 3, half);
        x = NaiveNetworks.maximum(x, 2, 1, (half + 1) / 2, 0); // zeros around, not minus infinity
        x = unit(naive, x, "stages.0.blocks.0", 1, true);
        x = unit(naive, x, "stages.1.blocks.0", 2, true);
        x = unit(naive, x, "stages.1.blocks.1", 1, false);
        double[][] pooled = {naive.groupNorm(x, "norm").relu().means()};
        return naive.linear(pooled, "head.fc")[0];
    }

    private static Map3 unit(
            NaiveNetworks naive, Map3 x, String prefix, int stride, boolean projects) {
        int out = (x.side() + stride - 1) / stride;
        Map3 active = naive.groupNorm(x, prefix + ".norm1").relu();
        Map3 shortcut =
                projects
                        ? naive.convolution(
                                active, prefix + ".downsample.conv.weight", true, stride, 0, out)
                        : x;
        Map3 h = naive.convolution(active, prefix + ".conv1.weight", true, 1, 0, x.side());
        h = naive.groupNorm(h, prefix + ".norm2").relu();
        h = naive.convolution(h, prefix + ".conv2.weight", true, stride, 1, out);
        h = naive.groupNorm(h, prefix + ".norm3").relu();
        return naive.convolution(h, prefix + ".conv3.weight", true, 1, 0, out).plus(shortcut);
    }
}
