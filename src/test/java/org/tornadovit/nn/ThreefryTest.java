package org.tornadovit.nn;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ThreefryTest {
    /** Known answers of the authors' library Random123, threefry2x32 of 20 rounds. */
    @ParameterizedTest
    @CsvSource({
        "00000000, 00000000, 00000000, 00000000, 6b200159",
        "ffffffff, ffffffff, ffffffff, ffffffff, 1cb996fc",
        "13198a2e, 03707344, 243f6a88, 85a308d3, c4923a9c",
    })
    void knownAnswers(String key0, String key1, String counter0, String counter1, String word) {
        assertThat(Threefry.bits(hex(key0), hex(key1), hex(counter0), hex(counter1)))
                .isEqualTo(hex(word));
    }

    private static int hex(String word) {
        return Integer.parseUnsignedInt(word, 16);
    }

    @Test
    void everyArgumentMatters() {
        int bits = Threefry.bits(1, 2, 3, 4);
        assertThat(
                        new int[] {
                            Threefry.bits(0, 2, 3, 4),
                            Threefry.bits(1, 0, 3, 4),
                            Threefry.bits(1, 2, 0, 4),
                            Threefry.bits(1, 2, 3, 0)
                        })
                .doesNotContain(bits)
                .doesNotHaveDuplicates();
    }
}
