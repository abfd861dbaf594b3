package org.tornadovit.io.data;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.tornadovit.io.image.RgbImage;

/**
 * The binary files of CIFAR-10 and CIFAR-100: records of label bytes and 32 x 32 pixels, plane by
 * plane.
 *
 * @see <a href="https://www.cs.toronto.edu/~kriz/cifar.html">the format's description</a>
 */
final class CifarBinary {
    private static final int SIDE = 32;
    private static final int AREA = SIDE * SIDE;

    /**
     * How one of the two sets lies in files.
     *
     * @param folder the name of the folder in the official archive
     * @param labelBytes bytes before the pixels; the last is the label
     * @param names the file of class names, one a line
     */
    private record Layout(
            String folder, int labelBytes, String names, List<String> train, List<String> test) {

        List<String> files(Split split) {
            return switch (split) {
                case TRAIN -> train;
                case TEST -> test;
                case ALL -> Stream.concat(train.stream(), test.stream()).toList();
            };
        }

        int recordBytes() {
            return labelBytes + RgbImage.CHANNELS * AREA;
        }
    }

    private static final List<Layout> LAYOUTS =
            List.of(
                    new Layout(
                            "cifar-10-batches-bin",
                            1,
                            "batches.meta.txt",
                            List.of(
                                    "data_batch_1.bin",
                                    "data_batch_2.bin",
                                    "data_batch_3.bin",
                                    "data_batch_4.bin",
                                    "data_batch_5.bin"),
                            List.of("test_batch.bin")),
                    new Layout(
                            "cifar-100-binary",
                            2,
                            "fine_label_names.txt",
                            List.of("train.bin"),
                            List.of("test.bin")));

    private record Found(Path folder, Layout layout) {}

    private CifarBinary() {}

    /** {@return whether {@code path} is such a folder, or holds one under its official name} */
    static boolean isAt(Path path) {
        return find(path).isPresent();
    }

    private static Optional<Found> find(Path path) {
        for (Layout layout : LAYOUTS) {
            for (Path folder : List.of(path, path.resolve(layout.folder()))) {
                if (Files.isRegularFile(folder.resolve(layout.names()))) {
                    return Optional.of(new Found(folder, layout));
                }
            }
        }
        return Optional.empty();
    }

    static Dataset open(Path path, Split split) {
        Found found =
                find(path)
                        .orElseThrow(
                                () -> new DatasetException(path + " holds no CIFAR binary files."));
        Layout layout = found.layout();
        List<byte[]> pixels = new ArrayList<>();
        List<Integer> labels = new ArrayList<>();
        try {
            List<String> classes =
                    Files.readAllLines(
                                    found.folder().resolve(layout.names()), StandardCharsets.UTF_8)
                            .stream()
                            .map(String::strip)
                            .filter(line -> !line.isEmpty())
                            .toList();
            for (String name : layout.files(split)) {
                read(found.folder().resolve(name), layout, classes.size(), pixels, labels);
            }
            return new PixelTable(
                    path + ":" + split.name().toLowerCase(Locale.ROOT),
                    classes,
                    SIDE,
                    SIDE,
                    pixels.toArray(byte[][]::new),
                    labels.stream().mapToInt(Integer::intValue).toArray());
        } catch (IOException e) {
            throw new DatasetException(
                    "Cannot read the CIFAR files in %s: %s: %s."
                            .formatted(
                                    found.folder(), e.getClass().getSimpleName(), e.getMessage()),
                    e);
        }
    }

    private static void read(
            Path file, Layout layout, int classes, List<byte[]> pixels, List<Integer> labels)
            throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        if (bytes.length == 0 || bytes.length % layout.recordBytes() != 0) {
            throw new DatasetException(
                    "%s is truncated: %d bytes are no whole number of records of %d."
                            .formatted(file, bytes.length, layout.recordBytes()));
        }
        for (int at = 0; at < bytes.length; at += layout.recordBytes()) {
            int label = bytes[at + layout.labelBytes() - 1] & 255;
            if (label >= classes) {
                throw new DatasetException(
                        "%s: record %d has label %d, but there are %d classes."
                                .formatted(file, at / layout.recordBytes(), label, classes));
            }
            labels.add(label);
            pixels.add(interleave(bytes, at + layout.labelBytes()));
        }
    }

    private static byte[] interleave(byte[] planes, int at) {
        byte[] pixels = new byte[RgbImage.CHANNELS * AREA];
        for (int i = 0; i < AREA; i++) {
            for (int channel = 0; channel < RgbImage.CHANNELS; channel++) {
                pixels[RgbImage.CHANNELS * i + channel] = planes[at + channel * AREA + i];
            }
        }
        return pixels;
    }
}
