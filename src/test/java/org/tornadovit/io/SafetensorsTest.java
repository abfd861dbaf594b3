package org.tornadovit.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SafetensorsTest {
    private static final String TWO =
            """
            {"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},\
            "b":{"dtype":"U8","shape":[1,3],"data_offsets":[8,11]}}   \
            """;
    private static final byte[] DATA = {0, 0, -128, 63, 0, 0, 0, -64, 1, 2, -1};

    @TempDir Path folder;

    @Test
    void readsAHandMadeFile() {
        try (Checkpoint checkpoint = open(Fixture.safetensors(TWO, DATA))) {
            assertThat(checkpoint.names()).containsExactly("a", "b");
            assertThat(checkpoint.tensor("a", 2).toFloats()).containsExactly(1f, -2f);
            assertThat(checkpoint.tensor("b").dtype()).isEqualTo(DType.U8);
            assertThat(checkpoint.tensor("b").toFloats()).containsExactly(1f, 2f, 255f);
            assertThat(checkpoint.metadata()).isEmpty();
        }
    }

    @Test
    void bytesInTheFileOutliveTheCheckpoint() {
        MemorySegment bytes;
        try (Checkpoint checkpoint = open(Fixture.safetensors(TWO, DATA))) {
            checkpoint.tensor("a").rest();
            bytes = checkpoint.inFile("a", 16).orElseThrow();
            assertThat(checkpoint.inFile("a", 1 << 20)).isEmpty();
        }
        assertThat(bytes.byteSize()).isEqualTo(16 + 8);
        assertThat(bytes.isReadOnly()).isTrue();
        assertThat(bytes.get(ValueLayout.JAVA_FLOAT_UNALIGNED, 20)).isEqualTo(-2f);
    }

    @Test
    void readsScalarsEmptyArraysAndMetadata() {
        String header =
                """
                {"__metadata__":{"format":"pt"},\
                "empty":{"dtype":"F32","shape":[4,0,9223372036854775807],"data_offsets":[8,8]},\
                "count":{"dtype":"I64","shape":[],"data_offsets":[0,8]}}\
                """;
        try (Checkpoint c =
                open(Fixture.safetensors(header, new byte[] {7, 0, 0, 0, 0, 0, 0, 0}))) {
            assertThat(c.metadata()).containsExactly(Map.entry("format", "pt"));
            assertThat(c.tensor("count").toDoubles()).containsExactly(7.0);
            assertThat(c.tensor("empty").toFloats()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void roundTripsEveryType(DType dtype) {
        byte[] bytes = new byte[6 * dtype.bytes()];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (dtype == DType.BOOL ? i & 1 : 31 * i + 5);
        }
        Path file = folder.resolve("x.safetensors");
        Tensor odd = Tensor.of("odd \"näme\"", DType.U8, new byte[] {1, 2, 3}, 3);
        Safetensors.write(file, List.of(odd, Tensor.of("t", dtype, bytes, 2, 3)), Map.of("k", "v"));
        try (Checkpoint checkpoint = Checkpoint.open(file)) {
            assertThat(checkpoint.tensor("t", 2, 3).toBytes()).isEqualTo(bytes);
            assertThat(checkpoint.dtype("t")).isEqualTo(dtype);
            assertThat(checkpoint.tensor(odd.name()).toBytes()).containsExactly(1, 2, 3);
            assertThat(checkpoint.metadata()).containsEntry("k", "v");
        }
    }

    @Test
    void writesTheSameBytesForTheSameTensors() throws IOException {
        Tensor a = Tensor.of("a", new float[] {1, 2, 3}, 3);
        Tensor b = Tensor.of("b", DType.U8, new byte[] {1}, 1);
        Path first = folder.resolve("1.safetensors");
        Path second = folder.resolve("2.safetensors");
        Safetensors.write(first, List.of(a, b), Map.of());
        Safetensors.write(second, List.of(b, a), Map.of());
        assertThat(first).hasSameBinaryContentAs(second);
        assertThat(Files.readAllBytes(first)[0] % 8).isZero();
        assertThatThrownBy(() -> Safetensors.write(first, List.of(a, a), Map.of()))
                .hasMessageContaining("the key 'a' is taken");
    }

    @Test
    void namesKeyAndShapesOfWhatIsNotThere() {
        try (Checkpoint checkpoint = open(Fixture.safetensors(TWO, DATA))) {
            assertThatThrownBy(() -> checkpoint.tensor("b", 3, 1))
                    .isInstanceOf(CheckpointException.class)
                    .hasMessageEndingWith("x.safetensors: b has shape [1, 3], expected [3, 1].");
            assertThatThrownBy(() -> checkpoint.tensor("bb"))
                    .hasMessageEndingWith("has no key 'bb' among its 2; the closest are b, a.");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    [0,8]    | [1,8]    | hole between the header and a
                    [8,11]   | [7,11]   | overlap between a and b
                    [8,11]   | [9,11]   | hole between a and b
                    [8,11]   | [7,10]   | overlap between a and b
                    [8,11]   | [8,12]   | b ends at byte 12 of the data, but only 11
                    [8,11]   | [8,10]   | 1 bytes follow the last array, b
                    [8,11]   | [11,8]   | b has the impossible offsets
                    [8,11]   | [8]      | two data_offsets
                    [8,11]   | [-8,11]  | data_offsets holds -8
                    [8,11]   | [8.0,11] | expected integers
                    [8,11]   | [8,99999999999999999999] | out of range
                    [1,3]    | [1,4]    | takes 4 bytes, but its offsets [8, 11] span 3
                    [1,3]    | [4294967296,4294967296] | impossible shape
                    [1,3]    | "3"      | expected an array at b.shape
                    "b"      | "a"      | Duplicate
                    "U8"     | 8        | expected a dtype in b
                    "dtype":"U8" | "dtype":"U8","x":1 | unknown field 'x'
                    "dtype":"U8",|      | needs dtype, shape
                    }}       | }}}      | broken safetensors header
                    }}       | }        | broken safetensors header
                    }}       | }}x      | broken safetensors header
                    {"a"     | {"__metadata__":{"a":1},"a" | expected text in __metadata__
                    """)
    void refusesLyingHeaders(String from, String to, String reason) {
        String header = TWO.replace(from, to == null ? "" : to);
        assertThat(header).isNotEqualTo(TWO);
        assertThatThrownBy(() -> open(Fixture.safetensors(header, DATA)).close())
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("x.safetensors")
                .hasMessageContaining(reason);
    }

    @Test
    void refusesTruncatedFilesAtEveryLength() {
        byte[] whole = Fixture.safetensors(TWO, DATA);
        for (int length = 0; length < whole.length; length++) {
            byte[] part = java.util.Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> open(part).close())
                    .as("first %d bytes", length)
                    .isInstanceOf(CheckpointException.class);
        }
    }

    @Test
    void refusesHugeHeadersAndBrokenText() {
        byte[] bytes = Fixture.safetensors(TWO, DATA);
        bytes[7] = -1;
        assertThatThrownBy(() -> open(bytes)).hasMessageContaining("its header would take 18374");
        byte[] latin = "{\"\u00e4\":1}".getBytes(StandardCharsets.ISO_8859_1);
        byte[] file = Fixture.safetensors("{\"x\":1}");
        System.arraycopy(latin, 0, file, 8, latin.length);
        assertThatThrownBy(() -> open(file)).hasMessageContaining("no UTF-8");
    }

    @Test
    void keepsArraysOfUnknownTypesOutOfTheWay() {
        String header = TWO.replace("U8", "F8_E4M3");
        try (Checkpoint checkpoint = open(Fixture.safetensors(header, DATA))) {
            assertThat(checkpoint.names()).containsExactly("a");
            assertThatThrownBy(() -> checkpoint.tensor("b"))
                    .hasMessageContaining("b has the unsupported type F8_E4M3");
        }
    }

    private Checkpoint open(byte[] bytes) {
        return Checkpoint.open(Fixture.write(folder, "x.safetensors", bytes));
    }
}
