package org.tornadovit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tornadovit.io.Npy;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The program as a user runs it, with models small enough for a test. */
class EndToEndTest {
    private static final String TASK =
            """
            name: tiny
            models: [testing@32, "testing@32[pool=average]"]
            batches: [1, 2]
            timing: {warm-up: 1, warm-up-seconds: 1, min-repetitions: 3, max-repetitions: 6,
                     max-seconds: 0.5}
            accuracy: {method: few-shot, data: digits, shots: 3, held-out: 2, test: 20}
            """;
    private static final Path GOLDEN = Path.of("src/test/resources/golden-models");

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    @TempDir Path directory;

    private int run(Object... arguments) {
        String[] words = new String[arguments.length];
        for (int i = 0; i < words.length; i++) {
            words[i] = arguments[i].toString();
        }
        return Main.run(new PrintWriter(out), new PrintWriter(err), words);
    }

    @Test
    void compareMeasuresAndResumes() throws IOException {
        Path task = Files.writeString(directory.resolve("tiny.yaml"), TASK);
        Path run = directory.resolve("run");
        assertThat(run("compare", task, "--device", "jvm", "--out", run))
                .as(err.toString())
                .isZero();
        assertThat(out.toString()).contains("| jvm | testing@32 | pure | 1 | fp32 | 32 |");
        List<String> lines = Files.readAllLines(run.resolve("run.jsonl"));
        assertThat(lines).hasSize(1 + 4);
        assertThat(run.resolve("accuracy-latency.svg")).exists();

        // the last line torn by a crash: that cell alone is measured again
        Files.write(run.resolve("run.jsonl"), lines.subList(0, 4));
        Files.writeString(
                run.resolve("run.jsonl"),
                lines.get(4).substring(0, 50),
                java.nio.file.StandardOpenOption.APPEND);
        assertThat(run("compare", task, "--device", "jvm", "--out", run, "--resume")).isZero();
        assertThat(err.toString()).contains("1 steps to measure");
        assertThat(Files.readAllLines(run.resolve("run.jsonl")))
                .hasSize(5)
                .startsWith(lines.subList(0, 4).toArray(String[]::new));

        assertThat(run("compare", task, "--device", "jvm", "--out", run)).isEqualTo(1);
        assertThat(err.toString()).contains("already holds a run");
    }

    @Test
    void theJvmIsAlwaysFound() {
        assertThat(run("devices", "--json")).isZero();
        JsonNode devices = JsonMapper.shared().readTree(out.toString());
        assertThat(devices.get(0).get("name").stringValue()).isEqualTo("jvm");
        assertThat(devices).allMatch(device -> !device.get("name").stringValue().isEmpty());
        assertThat(devices.get(0).get("computeUnits").intValue()).isPositive();
    }

    @ParameterizedTest
    @ValueSource(strings = {"vit_tiny", "resnet18_w16", "hybrid_tiny", "swin_tiny", "bit_tiny"})
    void forwardGivesTheLogitsOfOthers(String fixture) {
        Path folder = GOLDEN.resolve(fixture);
        Path output = directory.resolve("logits.npy");
        assertThat(
                        run(
                                "forward",
                                "--config",
                                folder.resolve("config.json"),
                                "--weights",
                                folder.resolve("weights.safetensors"),
                                "--input",
                                folder.resolve("input.npy"),
                                "--output",
                                output))
                .as(err.toString())
                .isZero();
        double[] logits = Npy.read(output).toDoubles();
        double[] expected = Npy.read(folder.resolve("logits64.npy")).toDoubles();
        double greatest = 0;
        for (double value : expected) {
            greatest = Math.max(greatest, Math.abs(value));
        }
        assertThat(logits).hasSameSizeAs(expected);
        for (int i = 0; i < logits.length; i++) {
            assertThat(Math.abs(logits[i] - expected[i])).isLessThan(1e-4 * greatest);
        }
    }

    @Test
    void anUnknownDeviceModelOrInputIsOneSentence() throws IOException {
        Path task = Files.writeString(directory.resolve("tiny.yaml"), TASK);
        assertThat(run("compare", task, "--device", "tpu")).isEqualTo(1);
        assertThat(err.toString()).contains("no device 'tpu'");
        Path wrong =
                Files.writeString(
                        directory.resolve("wrong.yaml"), TASK.replace("testing", "tasting"));
        assertThat(run("compare", wrong, "--out", directory.resolve("none"))).isEqualTo(1);
        assertThat(err.toString()).contains("'tasting@32'");
        assertThat(directory.resolve("none")).doesNotExist();
        assertThat(run("classify", "--model", "ViT-B/16", "--weights", "no-such.npz", "x.jpg"))
                .isEqualTo(1);
        assertThat(err.toString()).contains("no-such.npz");
        assertThat(err.toString()).doesNotContain("\tat ");
    }
}
