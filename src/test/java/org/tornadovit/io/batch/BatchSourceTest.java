package org.tornadovit.io.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.tornadovit.io.data.Dataset;
import org.tornadovit.io.data.Split;
import org.tornadovit.io.image.Preprocessing;

class BatchSourceTest {
    private static final Preprocessing EIGHT = Preprocessing.vit(8);
    private static final Augmentation ALL = new Augmentation(2, 0.5, 0.4, 0.1);
    private static final int LENGTH = 3 * 8 * 8;

    private final Dataset digits = Dataset.open("digits", Split.TEST);

    private BatchSource source(Augmentation augmentation, int batch, long seed) {
        return new BatchSource(digits, EIGHT, augmentation, batch, seed);
    }

    @Test
    void anEpochHasEveryImageOnceAcrossBatchesThatDoNotDivideIt() {
        int size = digits.size();
        BatchSource source = source(Augmentation.NONE, 7, 3);
        float[] sums = new float[2];
        double expected = 0;
        for (int i = 0; i < size; i++) {
            float[] pixels = EIGHT.apply(digits.image(i).image());
            expected += digits.label(i) * 7.0 + sum(pixels, 0, LENGTH);
        }
        for (int epoch = 0; epoch < 2; epoch++) {
            for (int p = epoch * size; p < (epoch + 1) * size; p++) {
                Batch batch = source.batch(p / 7);
                int i = p % 7;
                sums[epoch] += (float) sum(batch.images(), i * LENGTH, LENGTH);
                sums[epoch] += 7f * label(batch, i);
            }
            assertThat((double) sums[epoch]).isCloseTo(expected, within(1.0));
        }
    }

    @Test
    void epochsHaveOrdersOfTheirOwnAndASeedFixesThem() {
        BatchSource source = source(Augmentation.NONE, digits.size(), 3);
        assertThat(source.batch(0).targets()).isNotEqualTo(source.batch(1).targets());
        assertThat(source.batch(1).images())
                .isEqualTo(source(Augmentation.NONE, digits.size(), 3).batch(1).images());
        assertThat(source.batch(0).images())
                .isNotEqualTo(source(Augmentation.NONE, digits.size(), 4).batch(0).images());
    }

    @Test
    void theNumberOfThreadsChangesNothing() throws Exception {
        BatchSource source = source(ALL, 33, 5);
        Batch here = source.batch(11);
        try (ForkJoinPool one = new ForkJoinPool(1);
                ForkJoinPool five = new ForkJoinPool(5)) {
            for (ForkJoinPool pool : new ForkJoinPool[] {one, five}) {
                Batch there = pool.submit(() -> source(ALL, 33, 5).batch(11)).get();
                assertThat(there.images()).isEqualTo(here.images());
                assertThat(there.targets()).isEqualTo(here.targets());
            }
        }
    }

    @Test
    void cropsMoveTheImageByTheWholePaddingAtMost() {
        BatchSource plain = source(Augmentation.NONE, 64, 1);
        BatchSource cropped = source(new Augmentation(1, 0, 0, 0), 64, 1);
        int moved = 0;
        for (int i = 0; i < 64; i++) {
            float[] before = image(plain.batch(0), i);
            float[] after = image(cropped.batch(0), i);
            boolean found = false;
            for (int dy = -1; dy <= 1; dy++) {
                for (int dx = -1; dx <= 1; dx++) {
                    found |= Arrays.equals(shifted(before, dx, dy), after);
                }
            }
            assertThat(found).as("image %d is one of nine crops", i).isTrue();
            moved += Arrays.equals(before, after) ? 0 : 1;
        }
        assertThat(moved).isBetween(40, 63); // 8 of 9 crops move something
    }

    @Test
    void aFlipExchangesLeftAndRight() {
        float[] before = image(source(Augmentation.NONE, 4, 1).batch(0), 2);
        float[] after = image(source(new Augmentation(0, 1, 0, 0), 4, 1).batch(0), 2);
        for (int row = 0; row < 3 * 8; row++) {
            for (int x = 0; x < 8; x++) {
                assertThat(after[row * 8 + x]).isEqualTo(before[row * 8 + 7 - x]);
            }
        }
    }

    @Test
    void smoothedTargetsAreDistributions() {
        Batch batch = source(new Augmentation(0, 0, 0, 0.1), 4, 1).batch(0);
        float[] row = Arrays.copyOf(batch.targets(), 10);
        Arrays.sort(row);
        assertThat(row[9]).isCloseTo(0.91f, within(1e-6f));
        assertThat(row[0]).isCloseTo(0.01f, within(1e-6f));
    }

    @Test
    void mixturesHoldTheirSharesInImagesAndTargets() {
        Batch plain = source(Augmentation.NONE, 6, 2).batch(3);
        Batch mixed = source(new Augmentation(0, 0, 0.8, 0), 6, 2).batch(3);
        for (int i = 0; i < 6; i++) {
            int other = 5 - i;
            assertThat(sum(mixed.targets(), i * 10, 10)).isCloseTo(1, within(1e-6));
            if (label(plain, i) != label(plain, other)) {
                float share = mixed.targets()[i * 10 + label(plain, i)];
                float[] a = image(plain, i);
                float[] b = image(plain, other);
                float[] got = image(mixed, i);
                for (int k = 0; k < LENGTH; k++) {
                    assertThat(got[k]).isCloseTo(share * a[k] + (1 - share) * b[k], within(1e-5f));
                }
            }
        }
        assertThat(mixed.images()).isNotEqualTo(plain.images());
    }

    @Test
    void countersGiveUniformAndBetaNumbers() {
        CounterRandom random = new CounterRandom(9);
        double[] uniform = IntStream.range(0, 4000).mapToDouble(random::uniform).toArray();
        assertThat(Arrays.stream(uniform).average().orElseThrow()).isCloseTo(0.5, within(0.02));
        int[] counts = new int[5];
        IntStream.range(0, 5000).forEach(i -> counts[random.below(5, 1, i)]++);
        assertThat(IntStream.of(counts).boxed().toList())
                .allSatisfy(count -> assertThat(count).isBetween(880, 1120));
        double[] beta = IntStream.range(0, 4000).mapToDouble(i -> random.beta(0.5, 2, i)).toArray();
        double mean = Arrays.stream(beta).average().orElseThrow();
        double variance = Arrays.stream(beta).map(x -> (x - mean) * (x - mean)).sum() / 4000;
        assertThat(mean).isCloseTo(0.5, within(0.02));
        assertThat(variance).isCloseTo(0.125, within(0.008)); // 1 / (4 (2 a + 1))
    }

    @Test
    void stepsCountEpochs() {
        BatchSource source = source(Augmentation.NONE, 10, 1);
        assertThat(source.steps(2)).isEqualTo(Math.round(2.0 * digits.size() / 10));
        assertThat(source.steps(0.0001)).isEqualTo(1);
        assertThat(source.epoch(1)).isCloseTo(10.0 / digits.size(), within(1e-12));
    }

    private static float[] image(Batch batch, int i) {
        return Arrays.copyOfRange(batch.images(), i * LENGTH, (i + 1) * LENGTH);
    }

    private static int label(Batch batch, int i) {
        int best = 0;
        for (int k = 0; k < 10; k++) {
            best = batch.targets()[i * 10 + k] > batch.targets()[i * 10 + best] ? k : best;
        }
        return best;
    }

    /** Black where nothing comes from. */
    private static float[] shifted(float[] image, int dx, int dy) {
        float[] result = new float[LENGTH];
        Arrays.fill(result, -1);
        for (int c = 0; c < 3; c++) {
            for (int y = 0; y < 8; y++) {
                for (int x = 0; x < 8; x++) {
                    if (y - dy >= 0 && y - dy < 8 && x - dx >= 0 && x - dx < 8) {
                        result[(c * 8 + y) * 8 + x] = image[(c * 8 + y - dy) * 8 + x - dx];
                    }
                }
            }
        }
        return result;
    }

    private static double sum(float[] values, int from, int length) {
        double sum = 0;
        for (int i = from; i < from + length; i++) {
            sum += values[i];
        }
        return sum;
    }
}
