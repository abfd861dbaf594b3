package org.tornadovit.io.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tornadovit.io.Checkpoint;
import org.tornadovit.io.Fixture;

/** Compares with what {@code Image.open(file).convert("RGB")} of Pillow 12.3 gave. */
class ImageDecoderTest {

    static Stream<String> files() {
        try (Checkpoint expected = Checkpoint.open(Fixture.file("image/expected.npz"))) {
            return expected.names().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void decodesAsPillow(String name) {
        RgbImage image = RgbImage.read(Fixture.file("image/" + name));
        try (Checkpoint expected = Checkpoint.open(Fixture.file("image/expected.npz"))) {
            RgbImage pillow = RgbImage.of(expected.tensor(name));
            assertThat(image.width()).isEqualTo(pillow.width());
            assertThat(image.height()).isEqualTo(pillow.height());
            assertThat(image.pixels()).isEqualTo(pillow.pixels());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jpeg420.jpg",
                "progressive.jpg",
                "rgb.png",
                "palette.gif",
                "rgb.bmp",
                "rgb.tiff"
            })
    void refusesTruncatedFiles(String name) throws IOException {
        byte[] whole = Files.readAllBytes(Fixture.file("image/" + name));
        for (int cut : new int[] {40, whole.length / 2, whole.length - 30}) {
            byte[] part = Arrays.copyOf(whole, whole.length - cut);
            assertThatThrownBy(() -> RgbImage.decode("cut.img", part))
                    .as("%s less %d bytes", name, cut)
                    .isInstanceOf(ImageException.class)
                    .hasMessageStartingWith("cut.img ");
        }
    }

    @Test
    void refusesWhatIsNoImage() {
        assertThatThrownBy(() -> RgbImage.decode("x.txt", "hello".getBytes()))
                .hasMessage(
                        "x.txt is no image that can be read; JPEG, PNG, GIF, BMP and TIFF can.");
        assertThatThrownBy(() -> RgbImage.decode("x", new byte[0]))
                .hasMessageContaining("no image");
        assertThatThrownBy(() -> RgbImage.read(Path.of("none.jpg")))
                .hasMessage("Cannot read none.jpg: there is no such file.");
        assertThatThrownBy(() -> RgbImage.read(Path.of(".")))
                .hasMessage("Cannot read .: it is a folder.");
    }

    @Test
    void refusesImagesOfImpossibleSize() throws IOException {
        byte[] jpeg = Files.readAllBytes(Fixture.file("image/jpeg444.jpg"));
        int frame = 0;
        while (jpeg[frame] != (byte) 0xff || jpeg[frame + 1] != (byte) 0xc0) {
            frame++;
        }
        Arrays.fill(jpeg, frame + 5, frame + 9, (byte) 0xee); // height and width
        assertThatThrownBy(() -> RgbImage.decode("big.jpg", jpeg))
                .isInstanceOf(ImageException.class)
                .hasMessageStartingWith("big.jpg claims 61166 x 61166 pixels");
    }

    @ParameterizedTest
    @ValueSource(strings = {"jpeg420.jpg", "cmyk.jpg", "rgba.png", "palette.gif", "rgb.tiff"})
    void damagedFilesAreReadOrRefusedInWords(String name) throws IOException {
        byte[] whole = Files.readAllBytes(Fixture.file("image/" + name));
        long seed = 977;
        Random random = new Random(seed);
        for (int round = 0; round < 150; round++) {
            byte[] bytes = whole.clone();
            for (int i = 0; i < 3; i++) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            try {
                RgbImage.decode("x", bytes);
            } catch (ImageException e) {
                assertThat(e).hasMessageStartingWith("x ");
            } catch (RuntimeException e) {
                throw new AssertionError("%s seed %d round %d".formatted(name, seed, round), e);
            }
        }
    }
}
