package org.tornadovit.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NpyTest {
    @TempDir Path folder;

    /** {@return what NumPy wrote into the fixtures: 24 elements from -11.5 up, [2, 3, 4]} */
    static float[] ramp() {
        float[] ramp = new float[24];
        for (int i = 0; i < ramp.length; i++) {
            ramp[i] = i - 11.5f;
        }
        return ramp;
    }

    @ParameterizedTest
    @ValueSource(strings = {"c_order", "fortran", "big_endian", "version2", "version3"})
    void readsWhatNumPyWrote(String name) {
        Tensor tensor = Npy.read(Fixture.file(name + ".npy")).requireShape(2, 3, 4);
        assertThat(tensor.toFloats()).containsExactly(ramp());
    }

    @Test
    void readsScalarsVectorsAndEmptyArrays() {
        assertThat(Npy.read(Fixture.file("scalar.npy")).requireShape().toDoubles())
                .containsExactly(2.5);
        assertThat(Npy.read(Fixture.file("empty.npy")).requireShape(3, 0, 2).toFloats()).isEmpty();
        assertThat(Npy.read(Fixture.file("vector.npy")).requireShape(5).toFloats())
                .containsExactly(-2, -1, 0, 1, 2);
    }

    @Test
    void writesTheBytesThatNumPyWrites() throws IOException {
        for (String name : new String[] {"c_order", "scalar", "empty", "vector"}) {
            Path original = Fixture.file(name + ".npy");
            Path copy = folder.resolve("copy.npy");
            Npy.write(copy, Npy.read(original));
            assertThat(Files.readAllBytes(copy)).isEqualTo(Files.readAllBytes(original));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    (2, 3, 4)    | (2, 3, 5)    | [2, 3, 5] takes 120 bytes, but 96 follow
                    (2, 3, 4)    | (2, 3, 3)    | takes 72 bytes
                    (2, 3, 4)    | (2,-3, 4)    | broken NumPy header
                    (2, 3, 4)    | (2  3, 4)    | broken NumPy header
                    (2, 3, 4)    | (2, 3, 4     | broken NumPy header
                    False        | Maybe        | broken NumPy header
                    'descr'      | 'descs'      | broken NumPy header
                    'shape'      | 'descr'      | broken NumPy header
                    '<f4'        | '<O4'        | unsupported NumPy type <O4
                    '<f4'        | '<c8'        | unsupported NumPy type <c8
                    {            | [            | broken NumPy header at character 0
                    }            | ]            | broken NumPy header
                    NUMPY        | NUMPS        | is not a NumPy array
                    """)
    void refusesLyingHeaders(String from, String to, String reason) throws IOException {
        byte[] bytes = Files.readAllBytes(Fixture.file("c_order.npy"));
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        String padded = (to + " ".repeat(from.length())).substring(0, from.length());
        byte[] changed = text.replace(from, padded).getBytes(StandardCharsets.ISO_8859_1);
        assertThat(changed).isNotEqualTo(bytes);
        Path file = Fixture.write(folder, "x.npy", changed);
        assertThatThrownBy(() -> Npy.read(file))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("x.npy")
                .hasMessageContaining(reason);
    }

    @Test
    void refusesTruncatedFilesAtEveryLength() throws IOException {
        byte[] whole = Files.readAllBytes(Fixture.file("version2.npy"));
        for (int length = 0; length < whole.length; length++) {
            Path file = Fixture.write(folder, "x.npy", Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> Npy.read(file))
                    .as("first %d bytes", length)
                    .isInstanceOf(CheckpointException.class);
        }
    }
}
