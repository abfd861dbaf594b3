package org.tornadovit.io.image;

import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.awt.image.SinglePixelPackedSampleModel;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/** Decodes image files by ImageIO, taking raw samples so that no colour profile is applied. */
final class ImageDecoder {
    /** Above this a small file is more likely an attack than a photo; Pillow's own limit. */
    private static final long MAX_PIXELS = 178_956_970;

    /** What readers say in warnings when samples are missing or wrong. */
    private static final List<String> DAMAGE =
            List.of("truncated", "premature", "unsupported marker", "out-of-sequence");

    private ImageDecoder() {}

    static RgbImage decode(String source, byte[] bytes) {
        try (ImageInputStream stream =
                new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes))) {
            Iterator<ImageReader> readers = ImageIO.getImageReaders(stream);
            if (!readers.hasNext()) {
                throw new ImageException(
                        "%s is no image that can be read; JPEG, PNG, GIF, BMP and TIFF can."
                                .formatted(source));
            }
            ImageReader reader = readers.next();
            try {
                reader.setInput(stream, true, true);
                return decode(source, bytes, reader);
            } finally {
                reader.dispose();
            }
        } catch (ImageException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw broken(source, String.valueOf(e.getMessage()), e);
        }
    }

    private static RgbImage decode(String source, byte[] bytes, ImageReader reader)
            throws IOException {
        long pixels = (long) reader.getWidth(0) * reader.getHeight(0);
        if (pixels > MAX_PIXELS) {
            throw new ImageException(
                    "%s claims %d x %d pixels, more than the %d that are read."
                            .formatted(
                                    source, reader.getWidth(0), reader.getHeight(0), MAX_PIXELS));
        }
        List<String> warnings = new ArrayList<>();
        reader.addIIOReadWarningListener((from, warning) -> warnings.add(warning));
        RgbImage image =
                reader.getFormatName().equalsIgnoreCase("jpeg")
                        ? jpeg(source, bytes, reader.readRaster(0, null))
                        : other(source, reader.read(0));
        for (String warning : warnings) {
            String lower = warning.toLowerCase(Locale.ROOT);
            if (DAMAGE.stream().anyMatch(lower::contains)) {
                throw broken(source, warning, new IOException(warning));
            }
        }
        return image;
    }

    private static RgbImage jpeg(String source, byte[] bytes, Raster raster) {
        JpegColour colour = JpegColour.of(source, bytes);
        if (raster.getNumBands() != colour.bands()) {
            throw new ImageException(
                    "%s is broken: it decodes to %d channels, but its header says %s."
                            .formatted(source, raster.getNumBands(), colour));
        }
        return convert(raster, colour.conversion());
    }

    private static RgbImage other(String source, BufferedImage image) {
        Raster raster = image.getRaster();
        if (image.getColorModel() instanceof IndexColorModel palette) {
            return convert(raster, palette(palette));
        }
        if (raster.getSampleModel() instanceof SinglePixelPackedSampleModel) {
            return packed(image);
        }
        int bits = raster.getSampleModel().getSampleSize(0);
        int type = raster.getTransferType();
        boolean wide = bits == 16 && type == DataBuffer.TYPE_USHORT;
        if (!wide && (bits != 8 || type != DataBuffer.TYPE_BYTE)) {
            throw new ImageException(
                    "%s has samples of %d bits; 8 and 16 can be read.".formatted(source, bits));
        }
        return switch (raster.getNumBands()) {
            case 1 -> convert(raster, (row, x) -> grey(Math.min(row[x], 255)));
            case 2 -> convert(raster, (row, x) -> grey(row[2 * x] >> (bits - 8)));
            case 3, 4 -> {
                int bands = raster.getNumBands();
                yield convert(
                        raster,
                        (row, x) ->
                                rgb(
                                        row[bands * x] >> (bits - 8),
                                        row[bands * x + 1] >> (bits - 8),
                                        row[bands * x + 2] >> (bits - 8)));
            }
            default ->
                    throw new ImageException(
                            "%s has %d channels; 1 to 4 can be read."
                                    .formatted(source, raster.getNumBands()));
        };
    }

    /** Gives pixel {@code x} of a row of interleaved samples as 0xRRGGBB. */
    @FunctionalInterface
    interface Conversion {
        int pixel(int[] row, int x);
    }

    static int rgb(int red, int green, int blue) {
        return red << 16 | green << 8 | blue;
    }

    static int grey(int level) {
        return rgb(level, level, level);
    }

    private static Conversion palette(IndexColorModel palette) {
        int[] colours = new int[palette.getMapSize()];
        palette.getRGBs(colours);
        return (row, x) -> row[x] < colours.length ? colours[row[x]] : 0;
    }

    private static RgbImage convert(Raster raster, Conversion conversion) {
        int width = raster.getWidth();
        int height = raster.getHeight();
        int[] row = new int[width * raster.getNumBands()];
        byte[] pixels = new byte[RgbImage.CHANNELS * width * height];
        int at = 0;
        for (int y = 0; y < height; y++) {
            raster.getPixels(raster.getMinX(), raster.getMinY() + y, width, 1, row);
            for (int x = 0; x < width; x++) {
                at = put(conversion.pixel(row, x), pixels, at);
            }
        }
        return new RgbImage(width, height, pixels);
    }

    private static RgbImage packed(BufferedImage image) {
        byte[] pixels = new byte[RgbImage.CHANNELS * image.getWidth() * image.getHeight()];
        int at = 0;
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                at = put(image.getRGB(x, y), pixels, at);
            }
        }
        return new RgbImage(image.getWidth(), image.getHeight(), pixels);
    }

    private static int put(int rgb, byte[] pixels, int at) {
        pixels[at] = (byte) (rgb >> 16);
        pixels[at + 1] = (byte) (rgb >> 8);
        pixels[at + 2] = (byte) rgb;
        return at + RgbImage.CHANNELS;
    }

    private static ImageException broken(String source, String reason, Exception cause) {
        String clause = reason.strip().replaceFirst("\\.+$", "");
        return new ImageException("%s is a broken image: %s.".formatted(source, clause), cause);
    }
}
