package org.tornadovit.lab.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.tornadovit.io.data.Labels;

class ClassifyTest {
    @Test
    void aClassWithoutNameIsItsNumberOnce() {
        assertThat(new Classify.Guess(73, Labels.NONE.name(73), 0.5).text()).isEqualTo("class 73");
        Labels labels = new Labels(List.of("tench", "goldfish"));
        assertThat(new Classify.Guess(1, labels.name(1), 0.5).text()).isEqualTo("goldfish (1)");
    }
}
