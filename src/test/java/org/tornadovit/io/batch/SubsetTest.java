package org.tornadovit.io.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.tornadovit.io.data.Dataset;
import org.tornadovit.io.data.DatasetException;
import org.tornadovit.io.data.Split;

class SubsetTest {
    private final Dataset digits = Dataset.open("digits", Split.TRAIN);

    private static Set<Integer> indices(Subset subset) {
        Set<Integer> indices = new HashSet<>();
        IntStream.range(0, subset.size()).forEach(i -> indices.add(subset.indexInWhole(i)));
        return indices;
    }

    @Test
    void smallerSubsetsArePartsOfLargerOnesAndClassesAreEven() {
        Subset small = Subset.first(digits, 55, 1);
        Subset large = Subset.first(digits, 300, 1);
        assertThat(indices(large)).hasSize(300).containsAll(indices(small));
        int[] counts = new int[10];
        IntStream.range(0, 55).forEach(i -> counts[small.label(i)]++);
        assertThat(IntStream.of(counts).boxed().toList())
                .allSatisfy(count -> assertThat(count).isBetween(5, 6));
        assertThat(indices(Subset.first(digits, 55, 2))).isNotEqualTo(indices(small));
        assertThat(small.label(3)).isEqualTo(small.image(3).label());
        assertThat(small.contentHash()).isNotEqualTo(large.contentHash());
    }

    @Test
    void whatIsHeldOutIsNotLearnedFrom() {
        Subset.Halves halves = Subset.holdOut(digits, 200, 1);
        Set<Integer> all = indices(halves.learning());
        assertThat(indices(halves.heldOut())).hasSize(200).doesNotContainAnyElementsOf(all);
        all.addAll(indices(halves.heldOut()));
        assertThat(all).hasSize(digits.size());
    }

    @Test
    void impossibleSizesAreRefused() {
        assertThatThrownBy(() -> Subset.first(digits, digits.size() + 1, 1))
                .isInstanceOf(DatasetException.class)
                .hasMessage(
                        "A subset of %d images of digits:train, which has %d, is impossible."
                                .formatted(digits.size() + 1, digits.size()));
        assertThatThrownBy(() -> Subset.holdOut(digits, digits.size(), 1))
                .hasMessageContaining("leaves none to learn from");
    }
}
