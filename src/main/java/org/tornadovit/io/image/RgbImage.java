package org.tornadovit.io.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.tornadovit.io.DType;
import org.tornadovit.io.Tensor;

/**
 * An 8-bit RGB image.
 *
 * @param width columns, at least 1
 * @param height rows, at least 1
 * @param pixels uint8 [height, width, 3], row-major; not copied, so to be left alone by both sides
 */
@SuppressWarnings("ArrayRecordComponent") // images are not compared; copying each would be waste
public record RgbImage(int width, int height, byte[] pixels) {
    /** Bytes of a pixel. */
    public static final int CHANNELS = 3;

    /** Checks that {@code pixels} has the length that the extents need. */
    public RgbImage {
        if (width < 1 || height < 1 || (long) CHANNELS * width * height != pixels.length) {
            throw new IllegalArgumentException(
                    "%d bytes are not an RGB image of %d x %d"
                            .formatted(pixels.length, width, height));
        }
    }

    /**
     * {@return the image in {@code file}: JPEG, PNG, GIF (first frame), BMP or TIFF}
     *
     * <p>As in Pillow, colour profiles and the EXIF orientation are not applied, transparency is
     * dropped, 16-bit colour keeps its upper byte and 16-bit grey is clipped at 255.
     *
     * @throws ImageException when the file is missing, broken or of another format
     */
    public static RgbImage read(Path file) {
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            throw new ImageException("Cannot read %s: there is no such file.".formatted(file), e);
        } catch (IOException e) {
            String reason = Files.isDirectory(file) ? "it is a folder" : e.getMessage();
            throw new ImageException("Cannot read %s: %s.".formatted(file, reason), e);
        }
        return decode(file.toString(), bytes);
    }

    /**
     * {@return the image in {@code bytes}; see {@link #read}}
     *
     * @param source names the image in messages
     */
    public static RgbImage decode(String source, byte[] bytes) {
        return ImageDecoder.decode(source, bytes);
    }

    /** {@return the image in a uint8 tensor [height, width, 3]} */
    public static RgbImage of(Tensor tensor) {
        long[] shape = tensor.shape();
        if (tensor.dtype() != DType.U8 || shape.length != 3 || shape[2] != CHANNELS) {
            throw new ImageException(
                    "%s: %s is no image; an image is U8 [height, width, 3]."
                            .formatted(tensor.source(), tensor));
        }
        return new RgbImage(Math.toIntExact(shape[1]), Math.toIntExact(shape[0]), tensor.toBytes());
    }

    /** {@return this image as a uint8 tensor [height, width, 3] over the same bytes} */
    public Tensor toTensor(String name) {
        return Tensor.of(name, DType.U8, pixels, height, width, CHANNELS);
    }

    /**
     * {@return this image resized by {@code filter}; itself when the size is the same}
     *
     * @throws ImageException when an array cannot hold the result
     */
    public RgbImage resize(int newWidth, int newHeight, Filter filter) {
        long rows = Math.max(height, newHeight);
        if ((long) CHANNELS * newWidth * rows > Integer.MAX_VALUE) {
            throw new ImageException(
                    "An image of %d x %d pixels is too long to be resized to %d x %d."
                            .formatted(width, height, newWidth, newHeight));
        }
        return Resampling.resize(this, newWidth, newHeight, filter);
    }

    /** {@return a copy of the rectangle that starts at column {@code left}, row {@code top}} */
    public RgbImage crop(int left, int top, int newWidth, int newHeight) {
        byte[] result = new byte[CHANNELS * newWidth * newHeight];
        for (int y = 0; y < newHeight; y++) {
            int from = CHANNELS * ((top + y) * width + left);
            System.arraycopy(pixels, from, result, CHANNELS * y * newWidth, CHANNELS * newWidth);
        }
        return new RgbImage(newWidth, newHeight, result);
    }
}
