package org.tornadovit.lab.accuracy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tornadovit.lab.LabException;

class FewShotTest {
    /** Clusters around random centres: separable when {@code noise} is small. */
    private static Features clusters(int perClass, int classes, int d, double noise, long seed) {
        SplittableRandom centres = new SplittableRandom(99);
        float[][] centre = new float[classes][d];
        for (float[] c : centre) {
            for (int j = 0; j < d; j++) {
                c[j] = (float) centres.nextGaussian();
            }
        }
        SplittableRandom random = new SplittableRandom(seed);
        float[][] values = new float[perClass * classes][d];
        int[] labels = new int[values.length];
        for (int i = 0; i < values.length; i++) {
            labels[i] = i % classes;
            for (int j = 0; j < d; j++) {
                values[i][j] = (float) (centre[labels[i]][j] + noise * random.nextGaussian());
            }
        }
        return new Features(values, labels);
    }

    @ParameterizedTest
    @CsvSource({"30, 5, 0.5", "8, 40, 0.5", "8, 40, 1024"})
    void theFitSatisfiesTheNormalEquations(int perClass, int dimension, double l2) {
        Features training = clusters(perClass, 3, dimension, 1, 1);
        LeastSquares squares = new LeastSquares(training, 3);
        double[][] w = squares.fit(l2).orElseThrow().weights();
        // gradient of |X w - Y|^2 + l2 |w|^2 is zero: X^T (X w - Y) + l2 w = 0
        double[][] gradient = new double[dimension + 1][3];
        double scale = 0;
        for (int i = 0; i < training.size(); i++) {
            double[] x = squares.whitened(training.values()[i]);
            for (int k = 0; k < 3; k++) {
                double residual = training.labels()[i] == k ? -1 : 1;
                for (int j = 0; j <= dimension; j++) {
                    residual += x[j] * w[j][k];
                }
                for (int j = 0; j <= dimension; j++) {
                    gradient[j][k] += x[j] * residual;
                    scale = Math.max(scale, Math.abs(x[j] * residual));
                }
            }
        }
        for (int j = 0; j <= dimension; j++) {
            for (int k = 0; k < 3; k++) {
                assertThat(gradient[j][k] + l2 * w[j][k]).isCloseTo(0, within(1e-9 * scale));
            }
        }
    }

    @Test
    void separableClassesAreFoundAndNoiseIsChance() {
        FewShot.Result separable =
                FewShot.evaluate(
                        clusters(10, 4, 16, 0.1, 1),
                        clusters(5, 4, 16, 0.1, 2),
                        clusters(50, 4, 16, 0.1, 3),
                        4);
        assertThat(separable.accuracy().value()).isEqualTo(1);
        assertThat(separable.correct().cardinality()).isEqualTo(200);
        FewShot.Result noise =
                FewShot.evaluate(
                        clusters(10, 4, 16, 100, 1),
                        clusters(5, 4, 16, 100, 2),
                        clusters(250, 4, 16, 100, 3),
                        4);
        assertThat(noise.accuracy().clopperPearson(0.999).contains(0.25)).isTrue();
    }

    @Test
    void regularisationIsChosenOnTheHeldOutImages() {
        Features training = clusters(6, 4, 64, 2.5, 1);
        Features test = clusters(100, 4, 64, 2.5, 3);
        FewShot.Result result = FewShot.evaluate(training, clusters(100, 4, 64, 2.5, 2), test, 4);
        assertThat(result.l2()).isGreaterThan(Math.pow(2, -10));
        LeastSquares.Classifier chosen =
                new LeastSquares(training, 4).fit(result.l2()).orElseThrow();
        for (int i = 0; i < test.size(); i++) {
            assertThat(chosen.classify(test.values()[i]) == test.labels()[i])
                    .isEqualTo(result.correct().get(i));
        }
    }

    @Test
    void constantFeaturesAndNaN() {
        float[][] constant = new float[20][3];
        int[] labels = IntStream.range(0, 20).map(i -> i % 2).toArray();
        Features flat = new Features(constant, labels);
        assertThat(FewShot.evaluate(flat, flat, flat, 2).accuracy().value()).isEqualTo(0.5);
        constant[3][1] = Float.NaN;
        assertThatThrownBy(() -> new Features(constant, labels)).hasMessageContaining("image 3");
    }

    @Test
    void aSystemThatIsNotPositiveDefiniteIsNotSolved() {
        assertThat(SymmetricSystem.factor(new double[][] {{1, 2}, {2, 1}}, 0)).isEmpty();
        double[][] solution =
                SymmetricSystem.factor(new double[][] {{3, 0}, {2, 1}}, 1)
                        .orElseThrow()
                        .solve(new double[][] {{8}, {6}});
        // [[4, 2], [2, 2]] x = [8, 6]
        assertThat(solution[0][0]).isCloseTo(1, within(1e-12));
        assertThat(solution[1][0]).isCloseTo(2, within(1e-12));
    }

    @Test
    void aSplitIsDisjointBalancedAndSeeded() {
        int[] labels = IntStream.range(0, 100).map(i -> (i * i) % 4 == 0 ? 0 : 1).toArray();
        Split split = Split.of(labels, 2, 10, 5, 7);
        assertThat(split.training()).hasSize(20);
        assertThat(split.heldOut()).hasSize(10);
        assertThat(
                        IntStream.concat(
                                        Arrays.stream(split.training()),
                                        Arrays.stream(split.heldOut()))
                                .distinct())
                .hasSize(30);
        assertThat(Arrays.stream(split.training()).filter(i -> labels[i] == 0).count())
                .isEqualTo(10);
        assertThat(Split.of(labels, 2, 10, 5, 7).training()).isEqualTo(split.training());
        assertThat(Split.of(labels, 2, 10, 5, 8).training()).isNotEqualTo(split.training());
        assertThatThrownBy(() -> Split.of(labels, 2, 48, 5, 7))
                .isInstanceOf(LabException.class)
                .hasMessageContaining("Class 0 has 50 images");
    }

    @Test
    void ranksBreakTiesByIndex() {
        float[] logits = {1, 5, 5, -2, 0};
        assertThat(TopK.best(logits, 3)).containsExactly(1, 2, 0);
        assertThat(TopK.best(logits, 9)).containsExactly(1, 2, 0, 4, 3);
        assertThat(TopK.rank(logits, 2)).isEqualTo(1);
        assertThatThrownBy(() -> TopK.rank(new float[] {0, Float.NaN}, 0))
                .isInstanceOf(IllegalArgumentException.class);
        double[] p = TopK.softmax(new float[] {1000, 1000, 0});
        assertThat(p).containsExactly(0.5, 0.5, 0);
    }
}
