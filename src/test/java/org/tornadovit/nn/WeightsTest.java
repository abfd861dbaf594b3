package org.tornadovit.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

class WeightsTest {

    @ParameterizedTest
    @CsvSource({
        // of [out 64, in 32, 3, 3]: fan-in 288, fan-out 576
        "ZEROS, 0, 0, 0",
        "ONES, 1, 0, 1",
        "TRUNCATED_NORMAL, 0, 0.017593, 0.04",
        "XAVIER_UNIFORM, 0, 0.048113, 0.083334",
        "LECUN_NORMAL, 0, 0.058926, 0.133979",
        "HE_NORMAL, 0, 0.058926, 1",
    })
    void initialValuesAreDistributedAsNamed(
            Initialization initialization, double mean, double deviation, double largest) {
        WeightSpec spec = WeightSpec.parameter("w", initialization, 64, 32, 3, 3);
        FloatArray values = Weights.random(List.of(spec), 1).get("w");
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < values.getSize(); i++) {
            sum += values.get(i);
            squares += Math.pow(values.get(i) - mean, 2);
            assertThat((double) Math.abs(values.get(i))).isLessThanOrEqualTo(largest + 1e-6);
        }
        assertThat(sum / values.getSize()).isEqualTo(mean, within(0.02 * deviation + 1e-12));
        assertThat(Math.sqrt(squares / values.getSize()))
                .isEqualTo(deviation, within(0.02 * deviation));
    }

    @Test
    void aSeedGivesTheSameValuesWhateverElseThereIs() {
        WeightSpec a = WeightSpec.parameter("a", Initialization.HE_NORMAL, 5, 7);
        WeightSpec b = WeightSpec.parameter("b", Initialization.HE_NORMAL, 5, 7);
        float[] alone = Weights.random(List.of(a), 9).get("a").toHeapArray();
        Weights both = Weights.random(List.of(b, a), 9);
        assertThat(both.get("a").toHeapArray()).isEqualTo(alone);
        assertThat(both.get("b").toHeapArray()).isNotEqualTo(alone);
        assertThat(Weights.random(List.of(a), 10).get("a").toHeapArray()).isNotEqualTo(alone);
        // SplitMix64 is written out, so the first value is the same on every JDK
        WeightSpec u = WeightSpec.parameter("u", Initialization.XAVIER_UNIFORM, 1, 1);
        assertThat(Weights.random(List.of(u), 0).get("u").get(0))
                .isEqualTo(Weights.random(List.of(u), 0).get("u").get(0));
    }

    @Test
    void derivedFormsAreMadeOnce() {
        Weights weights =
                Weights.random(List.of(WeightSpec.parameter("a", Initialization.ONES, 3)), 1);
        FloatArray first = weights.derived("twice", () -> new FloatArray(6));
        assertThat(weights.derived("twice", () -> new FloatArray(7))).isSameAs(first);
        assertThat(weights.bytes()).isEqualTo(4 * (3 + 6));
    }

    @Test
    void missingAndMisshapenWeightsAreRefused() {
        WeightSpec spec = WeightSpec.parameter("a", Initialization.ONES, 3);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Weights.of(List.of(spec), Map.of()))
                .withMessageContaining("a needs 3 values for shape [3], got none");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Weights.of(List.of(spec), Map.of("a", new FloatArray(4))))
                .withMessageContaining("got 4");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Weights.random(List.of(spec), 1).get("b"))
                .withMessageContaining("no weight b");
    }

    @Test
    void standardizationIsExactInBothForms() {
        WeightSpec spec = WeightSpec.parameter("w", Initialization.ZEROS, 1, 4, 1, 1);
        FloatArray values = FloatArray.fromElements(1, 2, 3, 6);
        Weights weights = Weights.of(List.of(spec), Map.of("w", values));
        double deviation = Math.sqrt(3.5); // mean 3
        FloatArray timm = ConvolutionWeights.standardized(weights, "w", WeightStandardization.TIMM);
        FloatArray jax = ConvolutionWeights.standardized(weights, "w", WeightStandardization.JAX);
        for (int i = 0; i < 4; i++) {
            double centred = values.get(i) - 3;
            assertThat(timm.get(i)).isEqualTo((float) (centred / Math.sqrt(3.5 + 1e-8)));
            assertThat(jax.get(i)).isEqualTo((float) (centred / (deviation + 1e-5)));
        }
    }

    @Test
    void kernelsAreReadWithChannelsLast() {
        WeightSpec spec = WeightSpec.parameter("w", Initialization.ZEROS, 1, 2, 1, 3);
        Weights weights =
                Weights.of(
                        List.of(spec), Map.of("w", FloatArray.fromElements(1, 2, 3, 10, 20, 30)));
        assertThat(ConvolutionWeights.plain(weights, "w").toHeapArray())
                .containsExactly(1, 10, 2, 20, 3, 30);
    }
}
