package org.tornadovit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A comparison whose process is killed, in the middle of a line as far as the file can tell. */
class InterruptionTest {
    private static final String TASK =
            """
            name: killed
            devices: [jvm]
            models: [testing@32]
            batches: [1, 2, 3]
            timing: {warm-up: 1, warm-up-seconds: 1, min-repetitions: 3, max-repetitions: 6,
                     max-seconds: 0.5}
            """;

    @TempDir Path directory;

    @Test
    void aKilledRunIsFinishedAndWhatItHadStays() throws Exception {
        Path task = Files.writeString(directory.resolve("killed.yaml"), TASK);
        Path run = directory.resolve("run");
        Path journal = run.resolve("run.jsonl");
        Process process =
                Processes.program("compare", task, "--out", run)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
        while (process.isAlive() && (Files.notExists(journal) || wholeLines(journal) < 2)) {
            Thread.sleep(20);
        }
        process.destroyForcibly().waitFor();
        String kept = Files.readString(journal);
        kept = kept.substring(0, kept.lastIndexOf('\n') + 1);
        Files.writeString(journal, kept);
        Files.writeString(journal, "{\"sha256\":\"torn", StandardOpenOption.APPEND);

        StringWriter err = new StringWriter();
        int code =
                Main.run(
                        new PrintWriter(new StringWriter()),
                        new PrintWriter(err),
                        "compare",
                        task.toString(),
                        "--out",
                        run.toString(),
                        "--resume");
        assertThat(code).as(err.toString()).isZero();
        assertThat(Files.readString(journal)).startsWith(kept);
        List<String> lines = Files.readAllLines(journal);
        assertThat(lines).hasSize(1 + 3).doesNotHaveDuplicates();
        assertThat(lines)
                .extracting(InterruptionTest::cell)
                .doesNotHaveDuplicates()
                .contains("jvm testing@32 1", "jvm testing@32 3");
        assertThat(Files.readAllLines(run.resolve("table.csv"))).hasSize(1 + 3);
    }

    @Test
    void whoeverInterruptsIsToldHowToGoOn() throws Exception {
        Path task = Files.writeString(directory.resolve("killed.yaml"), TASK);
        Path run = directory.resolve("run");
        Path errors = directory.resolve("err.txt");
        Process process =
                Processes.program("compare", task, "--device", "jvm", "--out", run)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .redirectError(errors.toFile())
                        .start();
        while (process.isAlive() && Files.notExists(run.resolve("run.jsonl"))) {
            Thread.sleep(20);
        }
        process.destroy();
        assertThat(process.waitFor()).isNotZero();
        assertThat(Files.readString(errors))
                .contains(
                        "To go on: scripts/tornado-vit compare %s --device jvm --out %s --resume"
                                .formatted(task, run));
    }

    private static long wholeLines(Path journal) throws Exception {
        return Files.readString(journal).chars().filter(c -> c == '\n').count();
    }

    private static String cell(String line) {
        JsonNode entry = JsonMapper.shared().readTree(line).get("entry");
        return "%s %s %s"
                .formatted(
                        entry.get("device").asString(),
                        entry.path("model").asString(entry.get("kind").asString()),
                        entry.path("batch").asInt(0));
    }
}
