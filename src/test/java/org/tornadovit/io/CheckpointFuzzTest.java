package org.tornadovit.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Damaged files are read or refused in words; they never surprise with another exception. */
class CheckpointFuzzTest {
    private static final int ROUNDS = 800;

    @TempDir Path folder;

    @Test
    void safetensors() throws IOException {
        Path file = folder.resolve("seed.safetensors");
        Safetensors.write(
                file,
                List.of(
                        Tensor.of("blocks.0.weight", new float[12], 3, 4),
                        Tensor.of("blocks.0.bias", new float[3], 3),
                        Tensor.of("steps", DType.I64, new byte[8])),
                Map.of("format", "pt"));
        fuzz(file, 20251);
    }

    @Test
    void storedArchive() throws IOException {
        fuzz(Fixture.file("stored.npz"), 20252);
    }

    @Test
    void deflatedArchive() throws IOException {
        fuzz(Fixture.file("deflated.npz"), 20253);
    }

    @Test
    void array() throws IOException {
        fuzz(Fixture.file("fortran.npy"), 20254);
    }

    private void fuzz(Path original, long seed) throws IOException {
        byte[] whole = Files.readAllBytes(original);
        Random random = new Random(seed);
        int refused = 0;
        for (int round = 0; round < ROUNDS; round++) {
            byte[] bytes = mutate(whole, random);
            Path file = Fixture.write(folder, original.getFileName() + "", bytes);
            try {
                use(file);
            } catch (CheckpointException e) {
                refused++;
                assertThat(e).hasMessageContaining(file.getFileName() + "");
            } catch (RuntimeException | Error e) {
                Path saved = Files.createTempFile("fuzz", ".bin");
                Files.write(saved, bytes);
                throw new AssertionError(
                        "seed %d round %d, reproducer %s".formatted(seed, round, saved), e);
            }
        }
        assertThat(refused).as("seed %d", seed).isGreaterThan(ROUNDS / 10);
    }

    private static void use(Path file) {
        if (file.toString().endsWith(".npy")) {
            Npy.read(file).toFloats();
            return;
        }
        try (Checkpoint checkpoint = Checkpoint.open(file)) {
            for (String name : checkpoint.names()) {
                checkpoint.tensor(name).toFloats();
            }
        }
    }

    private static byte[] mutate(byte[] whole, Random random) {
        byte[] bytes = whole.clone();
        int changes = 1 + random.nextInt(3);
        for (int i = 0; i < changes; i++) {
            int at = random.nextInt(bytes.length);
            switch (random.nextInt(5)) {
                case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                case 1 -> bytes[at] = (byte) random.nextInt(256);
                case 2 -> bytes[at] = (byte) "0123456789[]{}\",:-".charAt(random.nextInt(18));
                case 3 -> Arrays.fill(bytes, at, Math.min(at + 4, bytes.length), (byte) -1);
                default -> bytes = Arrays.copyOf(bytes, 1 + random.nextInt(bytes.length));
            }
        }
        return bytes;
    }
}
