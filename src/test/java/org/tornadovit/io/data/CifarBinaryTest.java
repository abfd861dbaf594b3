package org.tornadovit.io.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CifarBinaryTest {
    @TempDir Path folder;

    @Test
    void readsPlanesAndLabels() throws IOException {
        Path root = cifar10();
        for (Path path : new Path[] {folder, root}) {
            try (Dataset train = Dataset.open(path.toString(), Split.TRAIN);
                    Dataset test = Dataset.open(path.toString(), Split.TEST)) {
                assertThat(train.size()).isEqualTo(10);
                assertThat(test.size()).isEqualTo(2);
                assertThat(train.classes()).containsExactly("airplane", "bird");
                assertThat(train.labels(new int[] {2, 3})).containsExactly(0, 1);
                byte[] pixels = train.image(2).image().pixels();
                assertThat(Arrays.copyOf(pixels, 6)).containsExactly(2, 102, -1, 3, 103, -1);
            }
        }
    }

    @Test
    void readsTheFineLabelsOfCifar100() throws IOException {
        Files.writeString(folder.resolve("fine_label_names.txt"), "apple\nbaby\n");
        byte[] record = new byte[3074];
        record[0] = 19;
        record[1] = 1;
        record[2] = 77;
        Files.write(folder.resolve("train.bin"), record);
        try (Dataset train = Dataset.open(folder.toString(), Split.TRAIN)) {
            assertThat(train.label(0)).isEqualTo(1);
            assertThat(train.image(0).image().pixels()[0]).isEqualTo((byte) 77);
        }
    }

    @Test
    void refusesTruncatedAndLyingFiles() throws IOException {
        Path file = cifar10().resolve("test_batch.bin");
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(whole, whole.length - 1));
        assertThatThrownBy(() -> Dataset.open(folder.toString(), Split.TEST))
                .isInstanceOf(DatasetException.class)
                .hasMessageContaining("test_batch.bin is truncated: 6145 bytes");
        whole[3073] = 2;
        Files.write(file, whole);
        assertThatThrownBy(() -> Dataset.open(folder.toString(), Split.TEST))
                .hasMessageContaining("record 1 has label 2, but there are 2 classes");
        Files.delete(file);
        assertThatThrownBy(() -> Dataset.open(folder.toString(), Split.TEST))
                .isInstanceOf(DatasetException.class);
    }

    /** Two records a file; red counts up from the record's number, green from 100 more. */
    private Path cifar10() throws IOException {
        Path root = Files.createDirectories(folder.resolve("cifar-10-batches-bin"));
        Files.writeString(root.resolve("batches.meta.txt"), "airplane\nbird\n\n");
        for (int batch = 0; batch < 6; batch++) {
            byte[] records = new byte[2 * 3073];
            for (int i = 0; i < 2; i++) {
                records[i * 3073] = (byte) i;
                for (int pixel = 0; pixel < 1024; pixel++) {
                    records[i * 3073 + 1 + pixel] = (byte) (2 * batch + i + pixel);
                    records[i * 3073 + 1025 + pixel] = (byte) (2 * batch + i + pixel + 100);
                    records[i * 3073 + 2049 + pixel] = -1;
                }
            }
            String name = batch == 5 ? "test_batch.bin" : "data_batch_" + (batch + 1) + ".bin";
            Files.write(root.resolve(name), records);
        }
        return root;
    }
}
