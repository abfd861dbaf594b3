package org.tornadovit.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reads archives that NumPy 2.4 wrote; {@code f32} holds -11.5, -10.5, ... as [2, 3, 4]. */
class NpzTest {
    @TempDir Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"stored.npz", "deflated.npz"})
    void readsEveryType(String name) {
        float[] ramp = NpyTest.ramp();
        try (Checkpoint c = Checkpoint.open(Fixture.file(name))) {
            for (String key : List.of("f32", "f16", "f64", "fortran", "big")) {
                assertThat(c.tensor(key, 2, 3, 4).toFloats()).as(key).containsExactly(ramp);
            }
            // the ramp's values have few bits, so the cut to bfloat16 loses nothing
            assertThat(c.tensor("bf16", 2, 3, 4).toFloats()).containsExactly(ramp);
            assertThat(c.tensor("i64", 2, 3).toFloats()).containsExactly(-3, -2, -1, 0, 1, 2);
            assertThat(c.tensor("i32").toDoubles()).containsExactly(-2147483648.0, 2147483647.0);
            assertThat(c.tensor("i16").toFloats()).containsExactly(-32768, 32767);
            assertThat(c.tensor("i8").toFloats()).containsExactly(-128, 127);
            assertThat(c.tensor("u8").toFloats()).containsExactly(0, 255);
            assertThat(c.tensor("u16").toFloats()).containsExactly(0, 65535);
            assertThat(c.tensor("u32").toDoubles()).containsExactly(0, 4294967295.0);
            assertThat(c.tensor("u64").toDoubles()).containsExactly(0, 0x1p63 + 2048);
            assertThat(c.tensor("flags").toFloats()).containsExactly(1, 0, 1);
            assertThat(c.contains("deep/path/kernel")).isTrue();
            assertThat(c.contains("words")).isFalse();
            assertThatThrownBy(() -> c.tensor("words"))
                    .hasMessageContaining("words has the unsupported NumPy type <U2");
        }
    }

    @Test
    void storedArraysAreViewsOfTheFileAndLoadedOnce() {
        try (Checkpoint checkpoint = Checkpoint.open(Fixture.file("stored.npz"))) {
            Tensor first = checkpoint.tensor("f32");
            assertThat(first.data().isMapped()).isTrue();
            assertThat(checkpoint.tensor("f32")).isSameAs(first);
            assertThat(checkpoint.tensor("fortran").data().isMapped()).isFalse();
        }
    }

    @Test
    void writesWhatItReads() throws IOException {
        Path file = folder.resolve("x.npz");
        List<Tensor> tensors =
                List.of(
                        Tensor.of("a/b", new float[] {1, 2, 3, 4, 5, 6}, 3, 2),
                        Tensor.of("n", DType.U8, new byte[] {9}, 1),
                        Tensor.of("big", DType.U8, new byte[200_000], 200, 1000));
        Npz.write(file, tensors);
        byte[] first = Files.readAllBytes(file);
        Npz.write(file, tensors);
        assertThat(Files.readAllBytes(file)).isEqualTo(first);
        try (Checkpoint checkpoint = Checkpoint.open(file)) {
            assertThat(checkpoint.names()).containsExactly("a/b", "n", "big");
            assertThat(checkpoint.tensor("a/b", 3, 2).toFloats()).containsExactly(1, 2, 3, 4, 5, 6);
            assertThat(checkpoint.tensor("big").size()).isEqualTo(200_000);
        }
    }

    @Test
    void refusesTruncatedArchives() throws IOException {
        byte[] whole = Files.readAllBytes(Fixture.file("stored.npz"));
        for (int length : new int[] {3, 30, 500, whole.length / 2, whole.length - 1}) {
            Path file = Fixture.write(folder, "cut.npz", Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> Checkpoint.open(file))
                    .as("first %d bytes", length)
                    .isInstanceOf(CheckpointException.class)
                    .hasMessageContaining("cut.npz");
        }
    }

    @Test
    void findsChangedDataByTheChecksum() throws IOException {
        byte[] bytes = Files.readAllBytes(Fixture.file("stored.npz"));
        int at = indexOf(bytes, "f32.npy".getBytes(StandardCharsets.US_ASCII)) + 180;
        bytes[at] ^= 1;
        try (Checkpoint c = Checkpoint.open(Fixture.write(folder, "flip.npz", bytes))) {
            assertThatThrownBy(() -> c.tensor("f32"))
                    .hasMessageContaining("flip.npz: f32 is damaged: its checksum");
        }
    }

    @Test
    void refusesPicklesWithTheWayToConvert() throws IOException {
        Path zip = Fixture.write(folder, "model.pth", zip("archive/data.pkl", new byte[9]));
        Path old = Fixture.write(folder, "old.bin", new byte[] {-128, 2, -118, 10, 1, 2, 3, 4, 5});
        for (Path file : List.of(zip, old)) {
            assertThatThrownBy(() -> Checkpoint.open(file))
                    .hasMessageContaining("is a PyTorch pickle")
                    .hasMessageContaining("save_file(");
        }
    }

    @Test
    void refusesOtherFilesByName() throws IOException {
        Path text = Fixture.write(folder, "notes.txt", "hello, world".getBytes(UTF));
        assertThatThrownBy(() -> Checkpoint.open(text)).hasMessageContaining("neither");
        Path stray =
                Fixture.write(folder, "x.npz", zip("readme.txt", "hello, world".getBytes(UTF)));
        assertThatThrownBy(() -> Checkpoint.open(stray))
                .hasMessageContaining("x.npz: readme.txt is not a NumPy array");
        assertThatThrownBy(() -> Checkpoint.open(folder)).hasMessageContaining("is a folder");
        assertThatThrownBy(() -> Checkpoint.open(folder.resolve("none.npz")))
                .hasMessageContaining("there is no such file");
        assertThatThrownBy(() -> Checkpoint.open(Fixture.file("vector.npy")))
                .hasMessageContaining("single NumPy array");
    }

    private static final java.nio.charset.Charset UTF = StandardCharsets.UTF_8;

    private static byte[] zip(String name, byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry(name));
            zip.write(content);
        }
        return bytes.toByteArray();
    }

    private static int indexOf(byte[] bytes, byte[] part) {
        for (int i = 0; ; i++) {
            if (Arrays.equals(bytes, i, i + part.length, part, 0, part.length)) {
                return i;
            }
        }
    }
}
