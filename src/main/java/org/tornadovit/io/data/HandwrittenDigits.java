package org.tornadovit.io.data;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import org.tornadovit.io.image.RgbImage;

/**
 * The embedded data set: 1,797 handwritten digits of 8 x 8 pixels and 17 grey levels, here as RGB
 * with white ink on black.
 *
 * @see <a href="https://doi.org/10.24432/C50P49">E. Alpaydin, C. Kaynak: Optical Recognition of
 *     Handwritten Digits, UCI Machine Learning Repository, CC BY 4.0</a>
 */
final class HandwrittenDigits {
    private static final String RESOURCE = "digits.csv.gz";
    private static final int SIDE = 8;
    private static final int MAX_LEVEL = 16;
    private static final List<String> CLASSES =
            List.of("0", "1", "2", "3", "4", "5", "6", "7", "8", "9");

    private HandwrittenDigits() {}

    static Dataset load(Split split) {
        List<byte[]> pixels = new ArrayList<>();
        List<Integer> labels = new ArrayList<>();
        try (InputStream in = HandwrittenDigits.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new DatasetException("This build lacks its resource " + RESOURCE + ".");
            }
            BufferedReader lines =
                    new BufferedReader(
                            new InputStreamReader(
                                    new GZIPInputStream(in), StandardCharsets.US_ASCII));
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] fields = line.split(",");
                pixels.add(pixels(fields));
                labels.add(Integer.parseInt(fields[SIDE * SIDE]));
            }
        } catch (IOException e) {
            throw new DatasetException(
                    "This build's resource %s is damaged: %s.".formatted(RESOURCE, e.getMessage()),
                    e);
        }
        int[] chosen = split.of(labels);
        byte[][] chosenPixels = new byte[chosen.length][];
        int[] chosenLabels = new int[chosen.length];
        for (int i = 0; i < chosen.length; i++) {
            chosenPixels[i] = pixels.get(chosen[i]);
            chosenLabels[i] = labels.get(chosen[i]);
        }
        String name = Dataset.DIGITS + ":" + split.name().toLowerCase(Locale.ROOT);
        return new PixelTable(name, CLASSES, SIDE, SIDE, chosenPixels, chosenLabels);
    }

    private static byte[] pixels(String[] fields) {
        byte[] pixels = new byte[RgbImage.CHANNELS * SIDE * SIDE];
        for (int i = 0; i < pixels.length; i++) {
            int level = Integer.parseInt(fields[i / RgbImage.CHANNELS]);
            pixels[i] = (byte) ((level * 255 + MAX_LEVEL / 2) / MAX_LEVEL);
        }
        return pixels;
    }
}
