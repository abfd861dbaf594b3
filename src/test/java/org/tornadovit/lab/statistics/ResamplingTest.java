package org.tornadovit.lab.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tornadovit.lab.statistics.CurveCrossing.Point;

class ResamplingTest {
    private static BitSet bits(int from, int to) {
        BitSet bits = new BitSet();
        bits.set(from, to);
        return bits;
    }

    @Test
    void aMeanHasStudentsInterval() {
        Mean mean = Mean.of(new double[] {1, 2, 3, 4}, 0.95);
        assertThat(mean.value()).isEqualTo(2.5);
        // t(3, 0.975) = 3.182446, standard error sqrt(5/3)/2
        double half = 3.182446305284263 * Math.sqrt(5.0 / 3) / 2;
        assertThat(mean.interval().low()).isCloseTo(2.5 - half, within(1e-9));
        assertThat(mean.interval().high()).isCloseTo(2.5 + half, within(1e-9));
        assertThat(Mean.of(new double[] {0.5}, 0.95).interval())
                .isEqualTo(new Interval(0.5, 0.5, 0));
    }

    @Test
    void aFrontHasWhatNothingBeatsAtNoMoreCost() {
        List<ParetoFront.Point> front =
                ParetoFront.of(
                        List.of(
                                new ParetoFront.Point("dear", 4, 0.9),
                                new ParetoFront.Point("cheap", 1, 0.5),
                                new ParetoFront.Point("beaten", 2, 0.5),
                                new ParetoFront.Point("equal", 1, 0.5),
                                new ParetoFront.Point("middle", 2, 0.7)));
        assertThat(front)
                .extracting(ParetoFront.Point::name)
                .containsExactly("cheap", "equal", "middle", "dear");
    }

    @Test
    void theBootstrapOfOneSeedScattersAsTheBinomial() {
        Resampling resampling = new Resampling(400, 2000, 1);
        var model = new Resampling.Answers("a", List.of(bits(0, 300)));
        assertThat(resampling.measured(s -> s.accuracy(model))).isEqualTo(0.75);
        double[] values = resampling.resampled(s -> s.accuracy(model));
        double mean = java.util.Arrays.stream(values).average().orElseThrow();
        double variance =
                java.util.Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum() / 2000;
        assertThat(mean).isCloseTo(0.75, within(0.003));
        assertThat(Math.sqrt(variance)).isCloseTo(Math.sqrt(0.75 * 0.25 / 400), within(0.002));
        assertThat(Resampling.percentile(values, 0.95).low()).isCloseTo(0.7075, within(0.01));
    }

    @Test
    void whatTwoModelsHaveInCommonCancelsAndSeedsAddScatter() {
        Resampling resampling = new Resampling(400, 500, 1);
        var first = new Resampling.Answers("a", List.of(bits(0, 300)));
        var second = new Resampling.Answers("b", List.of(bits(0, 290)));
        double[] differences = resampling.resampled(s -> s.accuracy(first) - s.accuracy(second));
        assertThat(Resampling.percentile(differences, 0.95).low()).isPositive();
        var wild = new Resampling.Answers("c", List.of(bits(0, 300), bits(0, 200)));
        Interval interval =
                Resampling.percentile(resampling.resampled(s -> s.accuracy(wild)), 0.95);
        assertThat(interval.low()).isLessThan(0.52);
        assertThat(interval.high()).isGreaterThan(0.73);
        assertThatThrownBy(() -> Resampling.percentile(new double[] {Double.NaN}, 0.95))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void curvesCrossWhereTheLeadEnds() {
        List<Point> steep = List.of(new Point(1, 0.2), new Point(100, 0.8));
        List<Point> flat = List.of(new Point(1, 0.4), new Point(100, 0.6));
        assertThat(CurveCrossing.find(flat, steep).orElseThrow()).isCloseTo(10, within(1e-9));
        assertThat(CurveCrossing.find(steep, flat)).isEmpty();
        assertThat(CurveCrossing.find(flat, List.of(new Point(1, 0.3), new Point(100, 0.5))))
                .isEmpty();
        assertThat(CurveCrossing.find(flat, List.of(new Point(200, 0.1), new Point(300, 0.9))))
                .isEmpty();
        // only where both are known: the first begins at 10, where it is behind already
        assertThat(
                        CurveCrossing.find(
                                List.of(new Point(10, 0.45), new Point(100, 0.6)),
                                List.of(new Point(1, 0.2), new Point(100, 0.8))))
                .isEmpty();
        assertThat(CurveCrossing.lead(flat, steep, 10)).isCloseTo(0, within(1e-12));
    }
}
