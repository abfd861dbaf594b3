package org.tornadovit.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class WindowTest {

    @Test
    void samePaddingOfAnEvenMapIsAllAfterIt() {
        Window window = Window.same(224, 3, 2);
        assertThat(window.output()).isEqualTo(112);
        assertThat(window.before()).isZero();
        assertThat(window.padded()).isEqualTo(225);
        assertThat(window.needsBorder()).isTrue();
    }

    @Test
    void samePaddingOfTheRootIsTwoBeforeAndThreeAfter() {
        Window window = Window.same(224, 7, 2);
        assertThat(window.before()).isEqualTo(2);
        assertThat(window.padded()).isEqualTo(224 + 5);
    }

    @Test
    void samePaddingOfAnOddMapIsEven() {
        Window window = Window.same(7, 3, 2);
        assertThat(window.output()).isEqualTo(4);
        assertThat(window.before()).isEqualTo(1);
        assertThat(window.padded()).isEqualTo(9);
    }

    @Test
    void symmetricPaddingIsTorchs() {
        Window window = Window.symmetric(224, 7, 2, 3);
        assertThat(window.output()).isEqualTo(112);
        assertThat(window.before()).isEqualTo(3);
        assertThat(window.padded()).isEqualTo(229); // torch's last row of padding is never read
    }

    @Test
    void aStridedPointNeedsNoBorder() {
        assertThat(Window.same(56, 1, 2).needsBorder()).isFalse();
        assertThat(Window.symmetric(56, 1, 2, 0).needsBorder()).isFalse();
    }

    @Test
    void aWindowLargerThanTheMapIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Window.symmetric(2, 7, 2, 1))
                .withMessageContaining("larger image");
    }
}
