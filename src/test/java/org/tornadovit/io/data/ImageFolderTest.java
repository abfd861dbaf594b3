package org.tornadovit.io.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tornadovit.io.InputException;
import org.tornadovit.io.image.Preprocessing;

class ImageFolderTest {
    @TempDir Path folder;

    private static final List<String> WITH_PARTS =
            List.of(
                    "train/dog/1.png",
                    "train/dog/2.PNG",
                    "train/cat/9.png",
                    "test/dog/3.png",
                    "test/emu/deep/4.png");

    @Test
    void readsPartsWithCommonClasses() throws IOException {
        Path root = folder(WITH_PARTS);
        Files.writeString(root.resolve("README.md"), "x");
        Files.writeString(root.resolve("train/dog/.hidden.png"), "x");
        try (Dataset train = Dataset.open(root.toString(), Split.TRAIN);
                Dataset test = Dataset.open(root.toString(), Split.TEST);
                Dataset all = Dataset.open(root.toString(), Split.ALL)) {
            assertThat(train.classes()).containsExactly("cat", "dog", "emu");
            assertThat(test.classes()).isEqualTo(train.classes());
            assertThat(train.labels(new int[] {0, 1, 2})).containsExactly(0, 1, 1);
            assertThat(test.labels(new int[] {0, 1})).containsExactly(1, 2);
            assertThat(all.size()).isEqualTo(5);
            assertThat(train.name()).endsWith(":train");
            assertThat(red(train, 2)).isEqualTo(1); // the second of WITH_PARTS
            assertThat(train.contentHash()).isNotEqualTo(test.contentHash());
        }
    }

    @Test
    void aZipFileIsTheSameAsItsFolder() throws IOException {
        Path root = folder(WITH_PARTS);
        Path zip = zip("", WITH_PARTS);
        Path wrapped = zip("pets/", WITH_PARTS);
        for (Path file : List.of(zip, wrapped)) {
            try (Dataset packed = Dataset.open(file.toString(), Split.TRAIN);
                    Dataset plain = Dataset.open(root.toString(), Split.TRAIN)) {
                assertThat(packed.classes()).isEqualTo(plain.classes());
                assertThat(packed.contentHash()).isEqualTo(plain.contentHash()).hasSize(64);
                assertThat(packed.image(1).label()).isEqualTo(plain.image(1).label());
                assertThat(red(packed, 1)).isEqualTo(red(plain, 1));
            }
        }
    }

    @Test
    void splitsClassFoldersWithoutParts() throws IOException {
        List<String> files =
                java.util.stream.IntStream.range(0, 20)
                        .mapToObj(i -> (i < 10 ? "a/" : "b/") + i + ".png")
                        .toList();
        String root = folder(files).toString();
        try (Dataset train = Dataset.open(root, Split.TRAIN);
                Dataset test = Dataset.open(root, Split.TEST);
                Dataset all = Dataset.open(root, Split.ALL)) {
            assertThat(all.size()).isEqualTo(20);
            assertThat(train.size()).isEqualTo(16);
            assertThat(test.labels(new int[] {0, 1, 2, 3})).containsExactly(0, 0, 1, 1);
        }
    }

    @Test
    void loadsBatchesOfPlanes() throws IOException {
        try (Dataset data = Dataset.open(folder(WITH_PARTS).toString(), Split.TRAIN)) {
            float[] target = new float[2 * 3 * 4];
            data.load(new int[] {2, 0}, Preprocessing.vit(2), target);
            assertThat(target[0]).isEqualTo((1 - 127.5f) / 127.5f); // red of train/dog/2
            assertThat(target[4]).isEqualTo((200 - 127.5f) / 127.5f); // green of all
            assertThat(target[12]).isEqualTo((2 - 127.5f) / 127.5f); // red of train/cat/9
            assertThatThrownBy(() -> data.load(new int[3], Preprocessing.vit(2), target))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void refusesWhatHasNoClassesOrPart() throws IOException {
        String onlyTrain = folder(List.of("train/a/1.png")).toString();
        assertThatThrownBy(() -> Dataset.open(onlyTrain, Split.TEST))
                .isInstanceOf(DatasetException.class)
                .hasMessageEndingWith("has no test folder with images; it has [train].");
        Files.copy(Path.of(onlyTrain, "train/a/1.png"), folder.resolve("loose.png"));
        assertThatThrownBy(() -> Dataset.open(folder.toString(), Split.ALL))
                .hasMessageContaining("loose.png lies in no class folder");
        Path empty = Files.createDirectory(folder.resolve("empty"));
        assertThatThrownBy(() -> Dataset.open(empty.toString(), Split.ALL))
                .hasMessageContaining("holds no images (jpg,");
        assertThatThrownBy(() -> Dataset.open("nowhere", Split.ALL))
                .hasMessageContaining("There is no data set 'nowhere'");
        Path broken = Files.writeString(folder.resolve("broken.zip"), "PK");
        assertThatThrownBy(() -> Dataset.open(broken.toString(), Split.ALL))
                .hasMessageContaining("broken.zip cannot be read as a zip file");
    }

    @Test
    void namesABrokenImage() throws IOException {
        Path root = folder(WITH_PARTS);
        Files.writeString(root.resolve("train/cat/9.png"), "no image");
        try (Dataset data = Dataset.open(root.toString(), Split.TRAIN)) {
            assertThatThrownBy(() -> data.image(0))
                    .isInstanceOf(InputException.class)
                    .hasMessageStartingWith("train/cat/9.png is no image");
            assertThatThrownBy(() -> data.load(new int[3], Preprocessing.vit(2), new float[36]))
                    .isInstanceOf(InputException.class);
        }
    }

    private static int red(Dataset data, int index) {
        return data.image(index).image().pixels()[0] & 255;
    }

    /** Each image is flat, its red the number of its place in {@code paths}. */
    private static Map<String, byte[]> images(List<String> paths) throws IOException {
        Map<String, byte[]> images = new LinkedHashMap<>();
        for (String path : paths) {
            BufferedImage image = new BufferedImage(3, 2, BufferedImage.TYPE_INT_RGB);
            for (int i = 0; i < 6; i++) {
                image.setRGB(i % 3, i / 3, images.size() << 16 | 200 << 8);
            }
            ByteArrayOutputStream png = new ByteArrayOutputStream();
            ImageIO.write(image, "png", png);
            images.put(path, png.toByteArray());
        }
        return images;
    }

    private Path folder(List<String> paths) throws IOException {
        Path root = Files.createTempDirectory(folder, "root");
        for (Map.Entry<String, byte[]> image : images(paths).entrySet()) {
            Path file = root.resolve(image.getKey());
            Files.createDirectories(file.getParent());
            Files.write(file, image.getValue());
        }
        return root;
    }

    private Path zip(String prefix, List<String> paths) throws IOException {
        Path file = Files.createTempFile(folder, "data", ".zip");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            for (Map.Entry<String, byte[]> image : images(paths).entrySet()) {
                zip.putNextEntry(new ZipEntry(prefix + image.getKey()));
                zip.write(image.getValue());
            }
        }
        return file;
    }
}
