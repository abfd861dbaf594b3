package org.tornadovit.lab.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.tornadovit.lab.results.EnvironmentFixtures.environment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tornadovit.lab.LabException;

class RunFolderTest {
    @TempDir Path results;

    @Test
    void aRunIsNamedByItsTimeAndTheLatestIsFound() throws IOException {
        Path early = RunFolder.named(results, "demo", Instant.parse("2026-01-02T03:04:05Z"));
        assertThat(early).isEqualTo(results.resolve("demo").resolve("20260102-030405"));
        assertThat(RunFolder.latest(results, "demo")).isEmpty();
        RunFolder.begin(early, environment("abc")).close();
        Path late = RunFolder.named(results, "demo", Instant.parse("2026-01-03T00:00:00Z"));
        RunFolder.begin(late, environment("abc")).close();
        Files.createDirectories(results.resolve("demo").resolve("99999999-empty"));
        assertThat(RunFolder.latest(results, "demo")).contains(late);
    }

    @Test
    void anInterruptedRunResumesWithWhatItHas() {
        Path path = results.resolve("run");
        try (RunFolder run = RunFolder.begin(path, environment("abc"))) {
            run.journal().append(RowFixtures.ceiling("jvm"));
        }
        try (RunFolder run = RunFolder.resume(path, environment("abc"))) {
            assertThat(run.journal().entries()).containsExactly(RowFixtures.ceiling("jvm"));
            assertThat(run.environment()).isEqualTo(environment("abc"));
        }
    }

    @Test
    void aRunIsNotOverwritten() {
        RunFolder.begin(results, environment("abc")).close();
        assertThatThrownBy(() -> RunFolder.begin(results, environment("abc")))
                .isInstanceOf(LabException.class)
                .hasMessageContaining("--resume");
    }

    @Test
    void whatWasBegunWithSomethingElseIsNotResumed() {
        RunFolder.begin(results, environment("abc")).close();
        assertThatThrownBy(() -> RunFolder.resume(results, environment("def")))
                .isInstanceOf(LabException.class)
                .hasMessageContaining("the program (abc)")
                .hasMessageNotContaining("JDK");
    }

    @Test
    void whereThereIsNoRunNoneIsResumed() throws IOException {
        assertThatThrownBy(() -> RunFolder.resume(results, environment("abc")))
                .isInstanceOf(LabException.class)
                .hasMessageContaining("no run to resume");
        Files.writeString(results.resolve("env.json"), "{broken");
        assertThatThrownBy(() -> RunFolder.resume(results, environment("abc")))
                .isInstanceOf(LabException.class)
                .hasMessageContaining("env.json");
    }
}
