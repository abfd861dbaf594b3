package org.tornadovit.lab.measure;

import java.util.SplittableRandom;
import org.tornadovit.io.image.RgbImage;

/** Images of three classes told apart by which values are large. */
final class FakeImages implements LabelledImages {
    @Override
    public String digest() {
        return "sha256:d";
    }

    @Override
    public int classes() {
        return FakeBench.CLASSES;
    }

    @Override
    public int[] labels(Part part) {
        int[] labels = new int[90];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = i % FakeBench.CLASSES;
        }
        return labels;
    }

    @Override
    public RgbImage image(Part part, int index) {
        SplittableRandom random = new SplittableRandom(index + 1000 * part.ordinal());
        byte[] pixels = new byte[FakeBench.LENGTH];
        for (int i = 0; i < pixels.length; i++) {
            boolean large = i % FakeBench.CLASSES == index % FakeBench.CLASSES;
            pixels[i] = (byte) (random.nextInt(20) + (large ? 15 : 0));
        }
        return new RgbImage(2, 2, pixels);
    }
}
