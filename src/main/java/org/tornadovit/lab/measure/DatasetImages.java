package org.tornadovit.lab.measure;

import java.util.stream.IntStream;
import org.tornadovit.io.data.Dataset;
import org.tornadovit.io.data.Split;
import org.tornadovit.io.image.RgbImage;

/** The training and the test part of a data set. */
public final class DatasetImages implements LabelledImages, AutoCloseable {
    private final Dataset train;
    private final Dataset test;

    private DatasetImages(Dataset train, Dataset test) {
        this.train = train;
        this.test = test;
    }

    /**
     * Opens a data set.
     *
     * @param nameOrPath {@code digits}, a folder or zip file of images by class, or CIFAR's files
     * @return the images
     * @throws org.tornadovit.io.InputException when there is no such data set
     */
    public static DatasetImages open(String nameOrPath) {
        return new DatasetImages(
                Dataset.open(nameOrPath, Split.TRAIN), Dataset.open(nameOrPath, Split.TEST));
    }

    private Dataset part(Part part) {
        return switch (part) {
            case TRAIN -> train;
            case TEST -> test;
        };
    }

    @Override
    public String digest() {
        return "sha256:" + train.contentHash() + "+" + test.contentHash();
    }

    @Override
    public int classes() {
        return train.classes().size();
    }

    @Override
    public int[] labels(Part part) {
        Dataset images = part(part);
        return images.labels(IntStream.range(0, images.size()).toArray());
    }

    @Override
    public RgbImage image(Part part, int index) {
        return part(part).image(index).image();
    }

    @Override
    public void close() {
        train.close();
        test.close();
    }
}
