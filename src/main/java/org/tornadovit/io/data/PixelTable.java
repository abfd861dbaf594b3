package org.tornadovit.io.data;

import java.util.List;
import org.tornadovit.io.image.RgbImage;

/** Images of one size that are held in memory; the form of the small data sets. */
@SuppressWarnings("ArrayRecordComponent") // not compared
record PixelTable(
        String name, List<String> classes, int width, int height, byte[][] pixels, int[] labels)
        implements Dataset {

    @Override
    public int size() {
        return labels.length;
    }

    @Override
    public int label(int index) {
        return labels[index];
    }

    @Override
    public LabelledImage image(int index) {
        return new LabelledImage(new RgbImage(width, height, pixels[index]), labels[index]);
    }

    @Override
    public String contentHash() {
        ContentHash hash = new ContentHash();
        for (int i = 0; i < labels.length; i++) {
            hash.add(classes.get(labels[i])).add(pixels[i]);
        }
        return hash.hex();
    }
}
