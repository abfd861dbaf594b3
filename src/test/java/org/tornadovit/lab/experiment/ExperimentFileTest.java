package org.tornadovit.lab.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.tornadovit.lab.LabException;

class ExperimentFileTest {
    private static final String FULL =
            """
            # a comment
            name: full
            question: Which is better?
            devices: [jvm, "opencl:0:0"]
            reference: jvm
            image-size: 64
            classes: 10
            seed: 7
            models: [ViT-S/32, R26+S/32]
            weights: {ViT-S/32: s32.safetensors}
            batches: [1, 8]
            precisions: [fp32]
            pairs:
              - {pure: ViT-S/32, hybrid: R26+S/32}
            timing: {warm-up: 2, warm-up-seconds: 30, min-repetitions: 5, max-repetitions: 9, max-seconds: 1,
                     interval: 0.01, unstable-above: 0.1}
            parity: 1.0e-3
            accuracy: {method: few-shot, data: digits, shots: 5, held-out: 3, test: 50, seed: 2}
            """;

    @Test
    void everyKeyIsRead() {
        Experiment e = ExperimentFile.parse("x.yaml", FULL);
        assertThat(e)
                .isEqualTo(
                        new Experiment(
                                "full",
                                "Which is better?",
                                List.of("jvm", "opencl:0:0"),
                                "jvm",
                                64,
                                10,
                                7,
                                List.of("ViT-S/32", "R26+S/32"),
                                java.util.Map.of("ViT-S/32", "s32.safetensors"),
                                List.of(1, 8),
                                List.of(Precision.FP32),
                                List.of(new Pair("ViT-S/32", "R26+S/32")),
                                new Timing(2, 30, 5, 9, 1.0, 0.01, 0.1),
                                1e-3,
                                new Accuracy(Accuracy.Method.FEW_SHOT, "digits", 5, 3, 50, 2)));
    }

    @Test
    void absentKeysTakeTheirDefaults() {
        Experiment e = ExperimentFile.parse("x.yaml", "name: a\nmodels: [ViT-B/16]\n");
        assertThat(e.devices()).containsExactly("all");
        assertThat(e.batches()).containsExactly(1);
        assertThat(e.precisions()).containsExactly(Precision.FP32);
        assertThat(e.timing()).isEqualTo(Timing.DEFAULT);
        assertThat(e.accuracy()).isEqualTo(Accuracy.NONE);
        assertThat(e.parity()).isEqualTo(1e-4);
    }

    @Test
    void cellsAreEveryCombinationInOrder() {
        Experiment e = ExperimentFile.parse("x.yaml", FULL);
        List<Cell> cells = e.cells(List.of("jvm", "none"));
        assertThat(cells).hasSize(2 * 2 * 2).doesNotHaveDuplicates();
        assertThat(cells.getFirst()).isEqualTo(new Cell("jvm", "ViT-S/32", 1, Precision.FP32));
        assertThat(cells.get(1)).isEqualTo(new Cell("jvm", "ViT-S/32", 8, Precision.FP32));
        assertThat(cells.getLast()).isEqualTo(new Cell("none", "R26+S/32", 8, Precision.FP32));
    }

    static Stream<Arguments> refused() {
        String head = "name: a\nmodels: [m, n]\n";
        return Stream.of(
                Arguments.of(head + "batchs: [1]\n", "x.yaml:3:", "unknown key 'batchs'"),
                Arguments.of(head + "timing: {warmup: 3}\n", "x.yaml:3:", "unknown key 'warmup'"),
                Arguments.of(head + "name: b\n", "x.yaml:3:", "Duplicate"),
                Arguments.of(head + "batches: [\"8\"]\n", "x.yaml:3:", "batches"),
                Arguments.of(head + "batches: [1.5]\n", "x.yaml:3:", "batches"),
                Arguments.of(head + "batches: 8\n", "x.yaml:3:", "batches"),
                Arguments.of(head + "image-size: '224'\n", "x.yaml:3:", "image-size"),
                Arguments.of(head + "parity: yes please\n", "x.yaml:3:", "parity"),
                Arguments.of(head + "question: 12\n", "x.yaml:3:", "question"),
                Arguments.of(head + "seed: true\n", "x.yaml:3:", "seed"),
                Arguments.of("models: [m]\n", "x.yaml", "name"),
                Arguments.of("name: a\n", "x.yaml", "models"),
                Arguments.of(head + "  broken: [\n", "x.yaml:", ""),
                Arguments.of(head + "---\nname: b\n", "x.yaml:", ""),
                Arguments.of("", "x.yaml", ""),
                Arguments.of("name: a/b\nmodels: [m]\n", "x.yaml", "'a/b'"),
                Arguments.of("name: a\nmodels: [m, m]\n", "x.yaml", "twice"),
                Arguments.of("name: a\nmodels: []\n", "x.yaml", "at least one"),
                Arguments.of("name: a\nmodels: [m, null]\n", "x.yaml:2:", "models"),
                Arguments.of(head + "batches: [0]\n", "x.yaml", "at least 1"),
                Arguments.of(head + "precisions: [fp31]\n", "x.yaml", "'fp31'"),
                Arguments.of(
                        head + "precisions: [int8]\n", "x.yaml", "'int8' is not supported yet"),
                Arguments.of(
                        head + "batches: [1, 2\nprecisions: [fp32]\n",
                        "x.yaml:4:",
                        "no valid YAML"),
                Arguments.of(head + "question: \"a\n", "x.yaml:", "no valid YAML"),
                Arguments.of(head + "pairs: [{pure: m, hybrid: q}]\n", "x.yaml", "'q'"),
                Arguments.of(head + "pairs: [{pure: m}]\n", "x.yaml:3:", "hybrid"),
                Arguments.of(head + "pairs: [{pure: m, hybrid: m}]\n", "x.yaml", "twice"),
                Arguments.of(head + "weights: {q: f}\n", "x.yaml", "'q'"),
                Arguments.of(head + "accuracy: {method: guess}\n", "x.yaml", "'guess'"),
                Arguments.of(head + "accuracy: {data: digits}\n", "x.yaml:3:", "method"),
                Arguments.of(
                        head + "timing: {min-repetitions: 9, max-repetitions: 3}\n",
                        "x.yaml",
                        "max-repetitions"));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void whatNoExperimentMaySayIsRefusedWithItsPlace(String yaml, String place, String what) {
        assertThatThrownBy(() -> ExperimentFile.parse("x.yaml", yaml))
                .isInstanceOf(LabException.class)
                .hasMessageStartingWith(place)
                .hasMessageContaining(what)
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n"));
    }

    @Test
    void aMissingFileIsNamed() {
        assertThatThrownBy(() -> ExperimentFile.read(Path.of("no-such-task.yaml")))
                .isInstanceOf(LabException.class)
                .hasMessageContaining("no-such-task.yaml");
    }
}
