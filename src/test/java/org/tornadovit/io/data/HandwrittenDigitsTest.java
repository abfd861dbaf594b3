package org.tornadovit.io.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HandwrittenDigitsTest {

    @Test
    void hasThePublishedNumbersOfEachDigit() {
        try (Dataset all = Dataset.open("digits", Split.ALL)) {
            assertThat(all.size()).isEqualTo(1797);
            assertThat(counts(all))
                    .containsExactly(178, 182, 177, 183, 181, 182, 181, 179, 174, 180);
        }
    }

    @Test
    void splitsEachDigitFourToOne() {
        try (Dataset train = Dataset.open("digits", Split.TRAIN);
                Dataset test = Dataset.open("digits", Split.TEST)) {
            assertThat(train.size() + test.size()).isEqualTo(1797);
            assertThat(counts(test)).containsExactly(35, 36, 35, 36, 36, 36, 36, 35, 34, 36);
            assertThat(train.contentHash()).isNotEqualTo(test.contentHash());
        }
    }

    @Test
    void theFirstImageIsTheFirstLine() {
        try (Dataset all = Dataset.open("digits", Split.ALL)) {
            LabelledImage first = all.image(0);
            assertThat(first.label()).isZero();
            assertThat(first.image().width()).isEqualTo(8);
            // levels 0 0 5 13 9 1 0 0 of 16
            int[] row =
                    IntStream.range(0, 8)
                            .map(x -> first.image().pixels()[3 * x + 1] & 255)
                            .toArray();
            assertThat(row).containsExactly(0, 0, 80, 207, 143, 16, 0, 0);
        }
    }

    private static int[] counts(Dataset data) {
        int[] counts = new int[data.classes().size()];
        IntStream.range(0, data.size()).forEach(i -> counts[data.label(i)]++);
        return counts;
    }
}
