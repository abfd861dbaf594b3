package org.tornadovit.io.image;

import java.nio.charset.StandardCharsets;

/**
 * The colour spaces of JPEG files: how one is told from the markers (by libjpeg's documented
 * rules), and how its samples become RGB (JFIF 1.02 in 16-bit fixed point; CMYK as Pillow does,
 * which takes all such files as inverted).
 */
enum JpegColour {
    /** One component. */
    GREY(1, (row, x) -> ImageDecoder.grey(row[x])),
    /** Luminance and two colour differences, as in nearly all files. */
    YCBCR(3, (row, x) -> yccToRgb(row[3 * x], row[3 * x + 1], row[3 * x + 2])),
    /** Plain red, green and blue. */
    RGB(3, (row, x) -> ImageDecoder.rgb(row[3 * x], row[3 * x + 1], row[3 * x + 2])),
    /** Inverted cyan, magenta, yellow and black. */
    CMYK(4, (row, x) -> cmykToRgb(row[4 * x], row[4 * x + 1], row[4 * x + 2], row[4 * x + 3])),
    /** CMYK whose first three are stored as the colour differences of their complement. */
    YCCK(
            4,
            (row, x) -> {
                int rgb = yccToRgb(row[4 * x], row[4 * x + 1], row[4 * x + 2]);
                return cmykToRgb(
                        255 - (rgb >> 16),
                        255 - (rgb >> 8 & 255),
                        255 - (rgb & 255),
                        row[4 * x + 3]);
            });

    private static final int NO_ADOBE = -1;

    private final int bands;
    private final ImageDecoder.Conversion conversion;

    JpegColour(int bands, ImageDecoder.Conversion conversion) {
        this.bands = bands;
        this.conversion = conversion;
    }

    int bands() {
        return bands;
    }

    ImageDecoder.Conversion conversion() {
        return conversion;
    }

    /** {@return the colour space of the JPEG file in {@code bytes}} */
    static JpegColour of(String source, byte[] bytes) {
        boolean jfif = false;
        int adobe = NO_ADOBE;
        int at = 2;
        while (at + 4 <= bytes.length) {
            int marker = bytes[at + 1] & 255;
            if (bytes[at] != (byte) 0xff) {
                break;
            }
            if (marker == 0xff) { // fill byte
                at++;
                continue;
            }
            int length = (bytes[at + 2] & 255) << 8 | (bytes[at + 3] & 255);
            int body = at + 4;
            if (marker == 0xe0 && has(bytes, body, length, "JFIF\0")) {
                jfif = true;
            } else if (marker == 0xee && has(bytes, body, length, "Adobe") && length >= 14) {
                adobe = bytes[body + 11] & 255;
            } else if (isFrame(marker) && body + 5 < bytes.length) {
                return of(source, bytes, body + 5, jfif, adobe);
            }
            at += 2 + length;
        }
        throw new ImageException("%s is a broken image: it has no frame header.".formatted(source));
    }

    /** A frame header is SOF0 to SOF15, but for DHT, JPG and DAC, which lie between. */
    private static boolean isFrame(int marker) {
        return marker >= 0xc0
                && marker <= 0xcf
                && marker != 0xc4
                && marker != 0xc8
                && marker != 0xcc;
    }

    private static JpegColour of(
            String source, byte[] bytes, int components, boolean jfif, int adobe) {
        return switch (bytes[components]) {
            case 1 -> GREY;
            case 3 -> {
                if (jfif) {
                    yield YCBCR;
                }
                if (adobe != NO_ADOBE) {
                    yield adobe == 0 ? RGB : YCBCR;
                }
                boolean named = components + 7 < bytes.length;
                yield named
                                && bytes[components + 1] == 'R'
                                && bytes[components + 4] == 'G'
                                && bytes[components + 7] == 'B'
                        ? RGB
                        : YCBCR;
            }
            case 4 -> adobe == 0 || adobe == NO_ADOBE ? CMYK : YCCK;
            default ->
                    throw new ImageException(
                            "%s has %d colour components; 1, 3 and 4 can be read."
                                    .formatted(source, bytes[components]));
        };
    }

    private static boolean has(byte[] bytes, int at, int length, String name) {
        byte[] expected = name.getBytes(StandardCharsets.US_ASCII);
        return length >= 2 + expected.length
                && at + length - 2 <= bytes.length
                && java.util.Arrays.equals(
                        bytes, at, at + expected.length, expected, 0, expected.length);
    }

    private static int yccToRgb(int y, int cb, int cr) {
        int blue = cb - 128;
        int red = cr - 128;
        return ImageDecoder.rgb(
                clamp(y + ((91881 * red + 32768) >> 16)), // 1.402
                clamp(y + ((-22554 * blue - 46802 * red + 32768) >> 16)), // 0.344136, 0.714136
                clamp(y + ((116130 * blue + 32768) >> 16))); // 1.772
    }

    private static int cmykToRgb(int cyan, int magenta, int yellow, int black) {
        return ImageDecoder.rgb(
                product(cyan, black), product(magenta, black), product(yellow, black));
    }

    /** {@return a b / 255, rounded} */
    private static int product(int a, int b) {
        int scaled = a * b + 128;
        return (scaled + (scaled >> 8)) >> 8;
    }

    private static int clamp(int value) {
        return Math.clamp(value, 0, 255);
    }
}
