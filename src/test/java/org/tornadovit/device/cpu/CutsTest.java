package org.tornadovit.device.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CutsTest {

    @ParameterizedTest
    @CsvSource({"396, 33, 2", "1, 1, 2", "5, 1, 2", "7, 7, 16", "2364, 12, 3", "100000, 1, 64"})
    void coverAllUnitsOnceInShrinkingChunks(long units, long row, int threads) {
        long[] cuts = Cuts.guided(units, row, threads);
        assertThat(cuts[0]).isZero();
        assertThat(cuts[cuts.length - 1]).isEqualTo(units);
        assertThat(cuts).isSorted().doesNotHaveDuplicates();
        long least = Math.max(1, units / (threads * 32L));
        assertThat(cuts[1]).as("the first chunk").isLessThanOrEqualTo(units / threads + row);
        assertThat(cuts[cuts.length - 1] - cuts[cuts.length - 2])
                .as("the last chunk")
                .isLessThanOrEqualTo(Math.max(least, row));
    }

    @ParameterizedTest
    @CsvSource({"396, 33, 2", "2364, 12, 2"})
    void chunksOfMoreThanARowAreWholeRows(long units, long row, int threads) {
        long[] cuts = Cuts.guided(units, row, threads);
        for (int i = 0; i + 1 < cuts.length; i++) {
            long size = cuts[i + 1] - cuts[i];
            assertThat(size < row || size % row == 0).as("chunk %d of %d units", i, size).isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 1, 2"})
    void noUnitsAreNoChunks(long units, long row, int threads) {
        assertThat(Cuts.guided(units, row, threads)).containsExactly(0);
    }
}
