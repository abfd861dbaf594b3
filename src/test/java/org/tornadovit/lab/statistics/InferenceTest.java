package org.tornadovit.lab.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.tornadovit.lab.statistics.Ratio.Verdict;

/** Intervals and tests against published and independently computed numbers. */
class InferenceTest {
    @Test
    void wilsonIntervalIsThatOfNewcombe() {
        // Newcombe 1998, table I: 81 of 263 and 0 of 20, 15 of 148
        close(new Proportion(81, 263).wilson(0.95), 0.2553, 0.3662, 5e-5);
        close(new Proportion(15, 148).wilson(0.95), 0.0624, 0.1605, 5e-5);
        close(new Proportion(0, 20).wilson(0.95), 0, 0.1611, 5e-5);
    }

    @Test
    void clopperPearsonIntervalIsThatOfNewcombe() {
        close(new Proportion(81, 263).clopperPearson(0.95), 0.2527, 0.3676, 5e-5);
        close(new Proportion(15, 148).clopperPearson(0.95), 0.0578, 0.1617, 5e-5);
        close(new Proportion(0, 20).clopperPearson(0.95), 0, 0.1684, 5e-5);
        close(new Proportion(1, 29).clopperPearson(0.95), 0.0009, 0.1776, 5e-5);
        assertThat(new Proportion(20, 20).clopperPearson(0.95).high()).isEqualTo(1);
    }

    @Test
    void exactIntervalsNeverCoverLessThanTheirLevel() {
        for (double p : new double[] {0.02, 0.3, 0.5, 0.97}) {
            double covered = 0;
            var law = org.apache.commons.statistics.distribution.BinomialDistribution.of(40, p);
            for (int k = 0; k <= 40; k++) {
                if (new Proportion(k, 40).clopperPearson(0.95).contains(p)) {
                    covered += law.probability(k);
                }
            }
            assertThat(covered).as("p = %s", p).isGreaterThanOrEqualTo(0.95);
        }
    }

    @Test
    void mcNemarIsTheExactBinomialTest() {
        // two-sided binomial tests of R: binom.test(1, 8), binom.test(10, 30), binom.test(5, 10)
        assertThat(new McNemar(1, 7).probability()).isCloseTo(0.0703125, within(1e-12));
        assertThat(new McNemar(20, 10).probability()).isCloseTo(0.09873715, within(1e-8));
        assertThat(new McNemar(5, 5).probability()).isEqualTo(1);
        assertThat(new McNemar(0, 0).probability()).isEqualTo(1);
    }

    @Test
    void mcNemarCountsWhereTheModelsDiffer() {
        BitSet first = BitSet.valueOf(new long[] {0b110110});
        BitSet second = BitSet.valueOf(new long[] {0b011100});
        assertThat(McNemar.of(first, second)).isEqualTo(new McNemar(2, 1));
        assertThat(first).isEqualTo(BitSet.valueOf(new long[] {0b110110}));
    }

    @Test
    void pairedRatioIsBlindToDriftThatHitsBoth() {
        SplittableRandom random = new SplittableRandom(3);
        double[] pure = new double[40];
        double[] hybrid = new double[40];
        for (int i = 0; i < 40; i++) {
            double drift = 1 + i;
            pure[i] = 10 * drift * (1 + 0.01 * random.nextDouble());
            hybrid[i] = 13 * drift * (1 + 0.01 * random.nextDouble());
        }
        Ratio ratio = Ratio.paired(hybrid, pure, 0.95);
        assertThat(ratio.value()).isCloseTo(1.3, within(0.01));
        assertThat(ratio.interval().halfWidth()).isLessThan(0.01);
        assertThat(ratio.interval().contains(ratio.value())).isTrue();
        assertThat(ratio.verdict()).isEqualTo(Verdict.DENOMINATOR);
        assertThat(Ratio.paired(pure, hybrid, 0.95).verdict()).isEqualTo(Verdict.NUMERATOR);
        assertThat(Ratio.paired(hybrid, pure, 0.95)).isEqualTo(ratio);
    }

    @Test
    void noiseAroundOneIsUndecided() {
        SplittableRandom random = new SplittableRandom(4);
        double[] first = random.doubles(30, 0.8, 1.25).toArray();
        double[] second = random.doubles(30, 0.8, 1.25).toArray();
        assertThat(Ratio.paired(first, second, 0.95).verdict()).isEqualTo(Verdict.UNDECIDED);
    }

    @Test
    void pairedRatioIsTheMedianOfTheRoundsWithItsOrderStatistics() {
        double[] ones = {1, 1, 1, 1, 1, 1, 1, 1, 1, 1};
        Ratio ratio = Ratio.paired(new double[] {5, 1, 4, 2, 3, 6, 10, 7, 9, 800}, ones, 0.95);
        assertThat(ratio.value()).isEqualTo(5.5);
        assertThat(ratio.interval().low()).isEqualTo(2);
        assertThat(ratio.interval().high()).isEqualTo(10);
        double level =
                Ratio.paired(new double[] {2, 3}, new double[] {1, 1}, 0.95).interval().level();
        assertThat(level).isCloseTo(0.5, within(1e-12));
    }

    @Test
    void pairedRatioNeedsPairs() {
        assertThatThrownBy(() -> Ratio.paired(new double[2], new double[3], 0.95))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aCrossoverIsFoundBetweenTheLastAndTheFirstDecidedPoint() {
        List<Crossover> found =
                Crossover.find(
                        List.of(
                                point(16, 1.5, 0.1),
                                point(1, 0.5, 0.1),
                                point(4, 0.8, 0.1),
                                point(8, 1.02, 0.1)));
        assertThat(found).hasSize(1);
        Crossover crossover = found.getFirst();
        assertThat(crossover.below()).isEqualTo(4);
        assertThat(crossover.above()).isEqualTo(16);
        assertThat(crossover.from()).isEqualTo(Verdict.NUMERATOR);
        assertThat(crossover.at())
                .isCloseTo(4 + 12 * Math.log(0.8) / (Math.log(0.8) - Math.log(1.5)), within(1e-12));
    }

    @Test
    void noCrossoverWithoutDecidedPointsOnBothSides() {
        assertThat(Crossover.find(List.of(point(1, 0.9, 0.2), point(8, 1.5, 0.1)))).isEmpty();
        assertThat(Crossover.find(List.of(point(1, 0.5, 0.1), point(8, 0.6, 0.1)))).isEmpty();
        assertThat(Crossover.find(List.of())).isEmpty();
    }

    private static Crossover.Point point(double position, double ratio, double half) {
        return new Crossover.Point(
                position, new Ratio(ratio, new Interval(ratio - half, ratio + half, 0.95)));
    }

    private static void close(Interval interval, double low, double high, double tolerance) {
        assertThat(interval.low()).isCloseTo(low, within(tolerance));
        assertThat(interval.high()).isCloseTo(high, within(tolerance));
    }
}
