package org.tornadovit.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearestTest {
    private static final List<String> KNOWN = List.of("ViT-B/16", "ViT-B/32", "R50+B/16", "toy");

    @Test
    void theClosestComeFirst() {
        assertThat(Nearest.of("vit-b16", KNOWN, 2)).containsExactly("ViT-B/16", "ViT-B/32");
        assertThat(Nearest.of("anything", List.of(), 3)).isEmpty();
    }

    @Test
    void onlyACloseNameIsAskedFor() {
        assertThat(Nearest.question("ViT-B16", KNOWN)).isEqualTo(" Did you mean ViT-B/16?");
        assertThat(Nearest.question("tay", KNOWN)).isEqualTo(" Did you mean toy?");
        assertThat(Nearest.question("convnext", KNOWN)).isEmpty();
        assertThat(Nearest.question("", KNOWN)).isEmpty();
    }
}
