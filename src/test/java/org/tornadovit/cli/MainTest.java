package org.tornadovit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tornadovit.io.DType;
import org.tornadovit.io.Npy;
import org.tornadovit.io.Tensor;

class MainTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    @TempDir Path directory;

    @AfterEach
    void forgetTheDebugLevel() {
        System.clearProperty("tornadovit.debug");
    }

    private int run(String... arguments) {
        return Main.run(new PrintWriter(out), new PrintWriter(err), arguments);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "| Name a command.",
                "compair| Unmatched argument",
                "compare --devise jvm| Unknown option",
                "--debug 9 devices| 0 to 6",
                "preprocess --recipe vit x.jpg| --size",
                "preprocess --recipe vit --size big --output o x.jpg| big",
                "forward --weights w --input i --output o| --config",
                "forward --config c --model m --weights w --input i --output o| exclusive",
                "export --model testing| --output",
                "export --model testing --output o --weights w --seed 1| exclusive",
                "export --format pb --model testing --output o| ONNX",
                "classify --model ViT-B/16 --weights w| IMAGE",
                "classify --model ViT-B/16 --weights w --top 0 x.jpg| --top is at least 1, not 0",
                "classify --model ViT-B/16 --weights w --top -3 x.jpg| --top is at least 1, not -3"
            })
    void aMisuseIsOneSentenceAndExitCodeTwo(String line, String sentence) {
        assertThat(run(line == null ? new String[0] : line.split(" "))).isEqualTo(2);
        assertThat(err.toString())
                .startsWith("tornado-vit: ")
                .contains(sentence)
                .contains("--help")
                .doesNotContain("Exception")
                .doesNotContain("\tat ");
        assertThat(out.toString()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "compare no-such.yaml| no-such.yaml",
                "classify --model testing --weights w --device all x.jpg| and 'all' stands for"
                        + " every",
                "eval --model testing --weights w --device all --data digits| and 'all' stands for"
                        + " every",
                "preprocess --recipe pil --size 8 --output o.npy x.jpg| recipe 'pil'",
                "preprocess --recipe vit --size 8 --output o.npy no-such.jpg| no-such.jpg",
                "export --model toi --output o.onnx| 'toi'",
                "export --model testing --image-size 33 --output o.onnx| multiple",
                "export --model testing[position=relative] --output o.onnx| relative positions"
            })
    void aFailureIsOneSentenceAndExitCodeOne(String line, String sentence) {
        assertThat(run(line.split(" "))).isEqualTo(1);
        assertThat(err.toString()).startsWith("tornado-vit: ").contains(sentence);
        assertThat(err.toString().strip()).doesNotContain("\n").endsWith(".");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void debugShowsWhereAFailureArose() {
        assertThat(run("--debug", "1", "compare", "no-such.yaml")).isEqualTo(1);
        assertThat(err.toString()).contains("\tat org.tornadovit.lab");
        assertThat(run("compare", "no-such.yaml", "--debug=1")).isEqualTo(1);
    }

    @Test
    void helpNamesEveryCommand() {
        assertThat(run("--help")).isZero();
        assertThat(out.toString())
                .contains("compare", "devices", "classify", "eval", "inspect", "forward")
                .contains("train", "preprocess", "export", "generate-completion");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void completionIsAScript() {
        assertThat(run("generate-completion")).isZero();
        assertThat(out.toString()).contains("complete -F").contains("compare");
    }

    @Test
    void preprocessWritesTheResizedImage() throws IOException {
        BufferedImage image = new BufferedImage(20, 10, BufferedImage.TYPE_INT_RGB);
        for (int x = 0; x < 20; x++) {
            for (int y = 0; y < 10; y++) {
                image.setRGB(x, y, 0x102030);
            }
        }
        Path file = directory.resolve("image.png");
        Path output = directory.resolve("image.npy");
        ImageIO.write(image, "png", file.toFile());
        assertThat(
                        run(
                                "preprocess",
                                "--recipe",
                                "vit",
                                "--size",
                                "4",
                                file.toString(),
                                "--output",
                                output.toString()))
                .isZero();
        Tensor tensor = Npy.read(output);
        assertThat(tensor.dtype()).isEqualTo(DType.U8);
        assertThat(tensor.shape()).containsExactly(4, 4, 3);
        assertThat(tensor.toBytes()).startsWith(0x10, 0x20, 0x30).hasSize(48);
        assertThat(Files.list(directory)).hasSize(2);
    }
}
