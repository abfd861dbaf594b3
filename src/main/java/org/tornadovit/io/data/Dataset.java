package org.tornadovit.io.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.tornadovit.io.image.Preprocessing;

/**
 * Labelled images in a fixed order. Implementations decode an image when it is asked for, keep
 * none, and may be used by several threads.
 */
public interface Dataset extends AutoCloseable {
    /** The name of the embedded handwritten digits. */
    String DIGITS = "digits";

    /**
     * Opens a part of a data set.
     *
     * <p>{@code nameOrPath} is {@value #DIGITS}, or a folder or zip file with one folder a class
     * ({@code [train|test|val/]CLASS/*.jpg}), or a folder of CIFAR's binary files.
     *
     * @throws DatasetException when there is nothing of that name, or no such part
     */
    static Dataset open(String nameOrPath, Split split) {
        if (nameOrPath.equals(DIGITS)) {
            return HandwrittenDigits.load(split);
        }
        Path path = Path.of(nameOrPath);
        if (CifarBinary.isAt(path)) {
            return CifarBinary.open(path, split);
        }
        if (Files.isDirectory(path)) {
            return ImageFolder.open(nameOrPath, new FolderFiles(path), split);
        }
        if (Files.isRegularFile(path)) {
            return ImageFolder.open(nameOrPath, ZipFiles.open(path), split);
        }
        throw new DatasetException(
                "There is no data set '%s': it is neither '%s' nor a folder or zip file."
                        .formatted(nameOrPath, DIGITS));
    }

    /** {@return what the user called it, with the part} */
    String name();

    /** {@return the names of the classes; labels are indices into them} */
    List<String> classes();

    /** {@return the number of images} */
    int size();

    /** {@return the class of image {@code index}, without decoding it} */
    int label(int index);

    /**
     * {@return image {@code index} and its class}
     *
     * @throws org.tornadovit.io.InputException when the image is broken; it is named
     */
    LabelledImage image(int index);

    /**
     * {@return a SHA-256, in hexadecimal, of all names and contents of this part; equal data give
     * equal hashes wherever they lie}
     *
     * <p>The first call may read all files.
     */
    String contentHash();

    /**
     * Decodes and preprocesses the images {@code indices}, in parallel.
     *
     * @param target receives float32 [indices.length, 3, size, size] from its start
     */
    default void load(int[] indices, Preprocessing preprocessing, float[] target) {
        int length = preprocessing.length();
        if ((long) indices.length * length > target.length) {
            throw new IllegalArgumentException(
                    "%d images of %d floats do not fit %d"
                            .formatted(indices.length, length, target.length));
        }
        IntStream.range(0, indices.length)
                .parallel()
                .forEach(i -> {
                    var labelled = image(indices[i]);
                    preprocessing.apply(labelled.image(), target, i * length);
                });
    }

    /** {@return the classes of the images {@code indices}} */
    default int[] labels(int[] indices) {
        return IntStream.of(indices).map(this::label).toArray();
    }

    /** Ends the use of the underlying file, if there is one. */
    @Override
    default void close() {}
}
