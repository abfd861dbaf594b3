package org.tornadovit.lab.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.tornadovit.lab.results.RowFixtures.ceiling;
import static org.tornadovit.lab.results.RowFixtures.pair;
import static org.tornadovit.lab.results.RowFixtures.row;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tornadovit.lab.LabException;
import org.tornadovit.lab.experiment.Cell;
import org.tornadovit.lab.experiment.Precision;

class JournalTest {
    private static final List<Entry> ENTRIES =
            List.of(
                    ceiling("jvm"),
                    row("jvm", "S/16", "pure", 1, 12.5),
                    pair("jvm", 1, 13, 12),
                    new RowBuilder(new Cell("jvm", "S/32", 1, Precision.FP32))
                            .failed("The device has no memory left."));

    @TempDir Path directory;
    private Path file;

    @BeforeEach
    void write() {
        file = directory.resolve("run.jsonl");
        try (Journal journal = Journal.open(file)) {
            ENTRIES.forEach(journal::append);
        }
    }

    @Test
    void whatIsWrittenIsRead() {
        try (Journal journal = Journal.open(file)) {
            assertThat(journal.entries()).containsExactlyElementsOf(ENTRIES);
            assertThat(journal.find("row", new Cell("jvm", "S/16", 1, Precision.FP32)))
                    .contains(ENTRIES.get(1));
            assertThat(journal.find("row", new Cell("jvm", "S/16", 2, Precision.FP32))).isEmpty();
            assertThat(journal.all(Row.class)).hasSize(2);
        }
    }

    @Test
    void aTornLastLineIsDroppedAndWrittenAnew() throws IOException {
        String whole = Files.readString(file);
        for (int cut : new int[] {1, 2, 40, 100}) {
            Files.writeString(file, whole.substring(0, whole.length() - cut));
            try (Journal journal = Journal.open(file)) {
                assertThat(journal.entries()).containsExactlyElementsOf(ENTRIES.subList(0, 3));
                journal.append(ENTRIES.getLast());
            }
            assertThat(Files.readString(file)).isEqualTo(whole);
        }
    }

    @Test
    void aChangedLineIsRefused() throws IOException {
        Files.writeString(file, Files.readString(file).replace("12.5", "11.5"));
        assertThatThrownBy(() -> Journal.open(file))
                .isInstanceOf(LabException.class)
                .hasMessageContaining("run.jsonl:2")
                .hasMessageContaining("digest");
    }

    @Test
    void aLineOfSomethingElseIsRefused() throws IOException {
        for (String line : List.of("{}", "", "not json", "{\"sha256\":\"\",\"entry\":{}}")) {
            Path other = directory.resolve("other.jsonl");
            Files.writeString(other, line + "\n");
            assertThatThrownBy(() -> Journal.open(other))
                    .isInstanceOf(LabException.class)
                    .hasMessageContaining("other.jsonl:1");
        }
    }

    @Test
    void aCellMeasuredTwiceIsRefused() throws IOException {
        String second = Files.readAllLines(file).get(1);
        Files.writeString(file, second + "\n", StandardOpenOption.APPEND);
        assertThatThrownBy(() -> Journal.open(file))
                .isInstanceOf(LabException.class)
                .hasMessageContaining("second time");
    }

    @Test
    void whatFailedMayBeTriedAgainAndAgain() throws IOException {
        Cell cell = ENTRIES.getLast().cell();
        Row second = new RowBuilder(cell).failed("Another reason.");
        Row third = row("jvm", "S/32", "pure", 1, 7);
        try (Journal journal = Journal.open(file)) {
            journal.append(second);
            journal.append(third);
            assertThatThrownBy(() -> journal.append(second))
                    .isInstanceOf(LabException.class)
                    .hasMessageContaining("second time");
        }
        assertThat(Files.readAllLines(file)).hasSize(6);
        try (Journal journal = Journal.open(file)) {
            assertThat(journal.find("row", cell)).contains(third);
            assertThat(journal.entries())
                    .containsExactly(ENTRIES.get(0), ENTRIES.get(1), ENTRIES.get(2), third);
        }
    }

    @Test
    void aJournalInUseIsRefused() {
        try (Journal journal = Journal.open(file)) {
            assertThatThrownBy(() -> Journal.open(file))
                    .isInstanceOf(LabException.class)
                    .hasMessageContaining("being written");
            assertThat(journal.entries()).hasSize(ENTRIES.size());
        }
    }

    @Test
    void aJournalThatCannotBeOpenedIsNamed() {
        assertThatThrownBy(() -> Journal.open(directory.resolve("none/run.jsonl")))
                .isInstanceOf(LabException.class)
                .hasMessageContaining("run.jsonl");
    }

    @Test
    void aRowAccountsForEveryColumn() {
        assertThatThrownBy(() -> new RowBuilder(new Cell("jvm", "m", 1, Precision.FP32)).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("device_name");
    }
}
