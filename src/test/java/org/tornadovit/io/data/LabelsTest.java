package org.tornadovit.io.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LabelsTest {
    @TempDir Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tench\n goldfish \r\nshark\n",
                "[\"tench\", \"goldfish\", \"shark\"]",
                " {\"1\": \"goldfish\", \"0\": \"tench\", \"2\": \"shark\"}",
                "{\"0\": [\"n01440764\", \"tench\"], \"1\": [\"n1\", \"goldfish\"],"
                        + " \"2\": [\"n2\", \"shark\"]}",
            })
    void readsLinesAndJson(String text) throws IOException {
        assertThat(read(text).names()).containsExactly("tench", "goldfish", "shark");
    }

    @Test
    void namesClassesWithoutNameByIndex() throws IOException {
        assertThat(Labels.NONE.name(3)).isEqualTo("class 3");
        assertThat(read("a\n\nc").name(1)).isEqualTo("class 1");
        assertThat(read("a\n\nc").name(2)).isEqualTo("c");
    }

    @Test
    void refusesOtherForms() {
        assertThatThrownBy(() -> read("[1, 2]")).hasMessageContaining("no name for class 0 of 2");
        assertThatThrownBy(() -> read("{\"0\": \"a\", \"2\": \"b\"}"))
                .hasMessageContaining("no name for class 1 of 2");
        assertThatThrownBy(() -> read("[\"a\"")).hasMessageContaining("broken JSON");
        assertThatThrownBy(() -> Labels.read(Path.of("none.txt")))
                .isInstanceOf(DatasetException.class)
                .hasMessageContaining("there is no such file");
    }

    private Labels read(String text) throws IOException {
        return Labels.read(Files.writeString(folder.resolve("labels"), text));
    }
}
