package org.tornadovit.io.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OrderTest {
    private static final int[] SEED_42 = {2, 6, 3, 1, 4, 0, 7, 5};

    @Test
    void aSeedFixesTheOrder() {
        // computed apart from the JDK by the specified generator
        assertThat(Order.shuffled(8, 42)).containsExactly(SEED_42);
        assertThat(Order.shuffled(1000, 1)).isNotEqualTo(Order.shuffled(1000, 2));
        assertThat(Order.shuffled(1000, 1))
                .containsExactlyInAnyOrder(IntStream.range(0, 1000).toArray());
    }

    @Test
    void batchesCoverEverythingInOrder() {
        List<int[]> batches = Order.batches(new int[] {4, 3, 2, 1, 0}, 2);
        assertThat(batches).containsExactly(new int[] {4, 3}, new int[] {2, 1}, new int[] {0});
        assertThat(Order.batches(new int[0], 2)).isEmpty();
        assertThatThrownBy(() -> Order.batches(new int[1], 0))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void choosesTheSameNumberOfEachClass() {
        try (Dataset digits = Dataset.open("digits", Split.TRAIN)) {
            int[] chosen = Order.perClass(digits, 7, 3);
            assertThat(chosen).hasSize(70).doesNotHaveDuplicates();
            for (int i = 0; i < chosen.length; i++) {
                assertThat(digits.label(chosen[i])).isEqualTo(i / 7);
            }
            assertThat(Order.perClass(digits, 7, 3)).isEqualTo(chosen);
            assertThat(Order.perClass(digits, 7, 4)).isNotEqualTo(chosen);
            assertThatThrownBy(() -> Order.perClass(digits, 150, 3))
                    .hasMessage("digits:train has 143 images of class 0; 150 are needed.");
        }
    }
}
