package org.tornadovit.lab.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SampleTest {
    private static final double[] ONE_TO_TEN =
            IntStream.rangeClosed(1, 10).mapToDouble(i -> 11 - i).toArray();

    @Test
    void quantilesAreThoseOfNumpy() {
        Sample sample = new Sample(ONE_TO_TEN);
        assertThat(sample.median()).isEqualTo(5.5);
        assertThat(sample.quantile(0.9)).isCloseTo(9.1, within(1e-12));
        assertThat(sample.quantile(0.99)).isCloseTo(9.91, within(1e-12));
        assertThat(sample.quantile(0)).isEqualTo(1);
        assertThat(sample.quantile(1)).isEqualTo(10);
        assertThat(sample.values()).startsWith(10, 9, 8);
    }

    @Test
    void coefficientOfVariationUsesTheUnbiasedVariance() {
        // standard deviation of 1..10 with n - 1 is 3.0276503540974917
        assertThat(new Sample(ONE_TO_TEN).coefficientOfVariation())
                .isCloseTo(3.0276503540974917 / 5.5, within(1e-12));
        assertThat(new Sample(7).coefficientOfVariation()).isZero();
    }

    @Test
    void intervalOfTheMedianIsTheTabulatedPairOfOrderStatistics() {
        // n = 10: ranks 2 and 9 cover 97.85 %, ranks 3 and 8 only 89.06 % (Conover 1999, table A3)
        Interval ten = new Sample(ONE_TO_TEN).medianInterval(0.95);
        assertThat(ten.low()).isEqualTo(2);
        assertThat(ten.high()).isEqualTo(9);
        assertThat(ten.level()).isCloseTo(0.97852, within(1e-5));
        // n = 20: ranks 6 and 15 cover 95.86 %
        Interval twenty =
                new Sample(IntStream.rangeClosed(1, 20).asDoubleStream().toArray())
                        .medianInterval(0.95);
        assertThat(twenty.low()).isEqualTo(6);
        assertThat(twenty.high()).isEqualTo(15);
    }

    @Test
    void tooSmallASampleSaysItsLowerLevel() {
        Interval three = new Sample(1, 2, 3).medianInterval(0.95);
        assertThat(three.low()).isEqualTo(1);
        assertThat(three.high()).isEqualTo(3);
        assertThat(three.level()).isCloseTo(0.75, within(1e-12));
    }

    @Test
    void intervalOfTheMedianCoversAtItsLevel() {
        SplittableRandom random = new SplittableRandom(5);
        int covered = 0;
        for (int trial = 0; trial < 2000; trial++) {
            double[] values = random.doubles(25).map(u -> -Math.log(1 - u)).toArray();
            if (new Sample(values).medianInterval(0.95).contains(Math.log(2))) {
                covered++;
            }
        }
        assertThat(covered / 2000.0).isBetween(0.94, 0.975);
    }

    @Test
    void nothingAndNaNAreRefused() {
        assertThatThrownBy(() -> new Sample()).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Sample(1, Double.NaN))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aTrendIsNotTakenForScatter() {
        double[] falling = new double[40];
        double[] scattering = new double[40];
        double[] rising = new double[40];
        for (int i = 0; i < 40; i++) {
            falling[i] = 100 - i + i % 3;
            scattering[i] = 100 + (i * 17) % 23;
            rising[i] = 100 + i;
        }
        assertThat(new Sample(falling).isFalling(0.95)).isTrue();
        assertThat(new Sample(scattering).isFalling(0.95)).isFalse();
        assertThat(new Sample(rising).isFalling(0.95)).isFalse();
        assertThat(new Sample(9, 8, 7, 3, 2, 1).isFalling(0.95)).as("too few").isFalse();
        assertThat(new Sample(1).isFalling(0.95)).isFalse();
    }
}
