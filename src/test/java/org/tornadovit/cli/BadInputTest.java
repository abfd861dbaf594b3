package org.tornadovit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tornadovit.io.DType;
import org.tornadovit.io.Npy;
import org.tornadovit.io.Tensor;

/** What users give wrongly: one sentence, a failing exit code, and no file that seems a result. */
class BadInputTest {
    private static final Path GOLDEN = Path.of("src/test/resources/golden-models/vit_tiny");
    private static final String TASK = "name: x\nmodels: [testing@32]\n";

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    @TempDir Path directory;

    @BeforeEach
    void copyInput() throws IOException {
        for (String name : new String[] {"config.json", "weights.safetensors", "input.npy"}) {
            Files.copy(GOLDEN.resolve(name), directory.resolve(name));
        }
        Files.createDirectory(directory.resolve("folder"));
        Files.writeString(directory.resolve("text.jpg"), "no image");
        Files.writeString(directory.resolve("empty.jpg"), "");
    }

    /** Runs a command line whose words that begin with {@code :} are files of the folder. */
    private String complaint(String line) {
        String[] words =
                Arrays.stream(line.split(" "))
                        .map(w -> w.startsWith(":") ? directory.resolve(w.substring(1)) + "" : w)
                        .toArray(String[]::new);
        assertThat(Main.run(new PrintWriter(out), new PrintWriter(err), words))
                .as(err.toString())
                .isEqualTo(1);
        assertThat(out.toString()).isEmpty();
        String text =
                err.toString()
                        .lines()
                        .filter(l -> !l.startsWith("Devices found") && !l.startsWith("No "))
                        .reduce("", (a, b) -> a + b);
        assertThat(text)
                .startsWith("tornado-vit: ")
                .doesNotContain("Exception")
                .matches("(?s).*[.?]");
        return text;
    }

    private String forward(Map<String, String> instead) {
        StringBuilder line = new StringBuilder("forward");
        Map.of(
                        "--config",
                        ":config.json",
                        "--weights",
                        ":weights.safetensors",
                        "--input",
                        ":input.npy",
                        "--output",
                        ":logits.npy",
                        "--device",
                        "jvm")
                .forEach((option, value) ->
                        line.append(' ')
                                .append(option)
                                .append(' ')
                                .append(instead.getOrDefault(option, value)));
        String complaint = complaint(line.toString());
        assertThat(directory.resolve("logits.npy")).doesNotExist();
        return complaint;
    }

    private String compare(String task) throws IOException {
        Files.writeString(directory.resolve("task.yaml"), task);
        String complaint = complaint("compare :task.yaml --device jvm --out :run");
        assertThat(directory.resolve("run")).doesNotExist();
        return complaint;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--weights | :none.safetensors | there is no such file",
                "--weights | :folder | is a folder",
                "--weights | :config.json | config.json",
                "--weights | :input.npy | input.npy",
                "--input | :none.npy | there is no such file",
                "--input | :folder | is a folder",
                "--input | :weights.safetensors | weights.safetensors",
                "--config | :folder | folder",
                "--config | :weights.safetensors | weights.safetensors",
                "--output | :folder | is a folder",
                "--device | tpu | There is no device 'tpu'; found: jvm",
                "--device | none | runs nothing"
            })
    void aWrongFileOrDeviceIsNamed(String option, String value, String sentence) {
        assertThat(forward(Map.of(option, value))).contains(sentence);
    }

    @Test
    void anInputOfAnotherTypeShapeOrLengthIsRefused() {
        Path input = directory.resolve("input.npy");
        byte[] values = new byte[3 * 32 * 32 * 8];
        Npy.write(input, tensor(DType.F64, values, 1, 3, 32, 32));
        assertThat(forward(Map.of())).contains("holds F64 [1, 3, 32, 32]", "takes F32");
        Npy.write(input, tensor(DType.F32, values, 2, 3, 16, 64));
        err.getBuffer().setLength(0);
        assertThat(forward(Map.of())).contains("[2, 3, 16, 64]", "[batch, 3, 32, 32]");
        Npy.write(input, tensor(DType.F32, new byte[0], 0, 3, 32, 32));
        err.getBuffer().setLength(0);
        assertThat(forward(Map.of())).contains("batch of 0 images is empty");
    }

    @Test
    void aValueThatIsNoNumberIsRefusedWithItsPosition() {
        Path input = directory.resolve("input.npy");
        float[] values = new float[2 * 3 * 32 * 32];
        values[((1 * 3 + 2) * 32 + 5) * 32 + 7] = Float.NaN;
        Npy.write(input, Tensor.of("input", values, 2, 3, 32, 32));
        assertThat(forward(Map.of())).contains("holds NaN at [1, 2, 5, 7]");
        values[0] = Float.NEGATIVE_INFINITY;
        Npy.write(input, Tensor.of("input", values, 2, 3, 32, 32));
        err.getBuffer().setLength(0);
        assertThat(forward(Map.of())).contains("holds -Infinity at [0, 0, 0, 0]");
    }

    private static Tensor tensor(DType type, byte[] values, long... shape) {
        return Tensor.of("input", type, values, shape);
    }

    @Test
    void damagedWeightsAreRefused() throws IOException {
        Path file = directory.resolve("weights.safetensors");
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(whole, whole.length / 2));
        assertThat(forward(Map.of())).contains("truncated");

        byte[] lying = whole.clone();
        ByteBuffer.wrap(lying).order(ByteOrder.LITTLE_ENDIAN).putLong(0, 1L << 40);
        Files.write(file, lying);
        err.getBuffer().setLength(0);
        assertThat(forward(Map.of())).contains("its header would take 1099511627776 bytes");

        String text = new String(whole, StandardCharsets.ISO_8859_1);
        Files.write(file, latin(text.replaceFirst("\"F32\"", "\"Q32\"")));
        err.getBuffer().setLength(0);
        assertThat(forward(Map.of())).contains("unsupported type Q32");

        byte[] broken = whole.clone();
        int header = (int) ByteBuffer.wrap(whole).order(ByteOrder.LITTLE_ENDIAN).getLong(0);
        ByteBuffer.wrap(broken)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putFloat(Long.BYTES + header, Float.NaN);
        Files.write(file, broken);
        err.getBuffer().setLength(0);
        assertThat(forward(Map.of())).contains("NaN", "damaged");
    }

    private static byte[] latin(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "batchs: [1] | Did you mean batches?",
                "batches: [0] | batches must be at least 1, not 0",
                "batches: [one] | whole number",
                "precisions: [fp31] | fp31",
                "precisions: [fp32, int8] | Precision 'int8' is not supported yet; fp32, fp16 and"
                        + " bf16 are",
                "reference: all | reference must name one device",
                "weights: {testing@32: .} | The weights of testing@32, ., cannot be read",
                "batches: [1, 2 | no valid YAML",
                "image-size: 100 | cannot be cut into patches of 16",
                "devices: [tpu] | There is no device 'tpu'",
                "devices: [none] | nothing to measure",
                "weights: {testing@32: none.npz} | The weights of testing@32, none.npz",
                "pairs: [{pure: a, hybrid: b}] | pairs names the model",
                "accuracy: {method: top-k, data: nowhere} | There is no data set 'nowhere'"
            })
    void aTaskIsCheckedBeforeAnythingIsMeasured(String line, String sentence) throws IOException {
        if (line.startsWith("devices")) {
            Files.writeString(directory.resolve("task.yaml"), TASK + line + "\n");
            assertThat(complaint("compare :task.yaml --out :run")).contains(sentence);
            assertThat(directory.resolve("run")).doesNotExist();
        } else {
            assertThat(compare(TASK + line + "\n")).contains(sentence);
        }
    }

    @Test
    void whoeverMistypesAModelIsToldTheNearest() throws IOException {
        assertThat(compare("name: x\nmodels: [ViT-B16@224]\n"))
                .contains("There is no model 'ViT-B16@224'. Did you mean ViT-B/16?");
        err.getBuffer().setLength(0);
        assertThat(compare("name: x\nmodels: [\"testing[poll=average]\"]\n"))
                .contains("Did you mean pool?");
    }

    @Test
    void aRunDoesNotTakeThePlaceOfAFile() throws IOException {
        Files.writeString(directory.resolve("task.yaml"), TASK);
        assertThat(complaint("compare :task.yaml --device jvm --out :text.jpg"))
                .contains("a file is there");
        assertThat(directory.resolve("text.jpg")).hasContent("no image");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "text.jpg | 8 | no image that can be read",
                "empty.jpg | 8 | no image that can be read",
                "folder | 8 | it is a folder",
                "none.jpg | 8 | there is no such file",
                "text.jpg | 0 | 1 to 8192",
                "text.jpg | 100000 | 1 to 8192"
            })
    void anImageThatIsNoneIsRefused(String image, int size, String sentence) {
        assertThat(
                        complaint(
                                "preprocess --recipe timm --size %d --output :o.npy :%s"
                                        .formatted(size, image)))
                .contains(sentence);
        assertThat(directory.resolve("o.npy")).doesNotExist();
    }
}
