package org.tornadovit.io.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.tornadovit.io.InputException;
import org.tornadovit.io.Npy;

class PreprocessingTest {
    /** Photos that may not be passed on, with Pillow's results; absent in most checkouts. */
    private static final Path PHOTOS = Path.of("../shared/golden/preprocess");

    private static List<Path> photos() throws IOException {
        assumeTrue(Files.isDirectory(PHOTOS), () -> "no photos in " + PHOTOS);
        try (Stream<Path> folders = Files.list(PHOTOS)) {
            return folders.sorted().toList();
        }
    }

    @Test
    void decodesPhotosAsLibjpegTurbo() throws IOException {
        for (Path photo : photos()) {
            RgbImage expected = RgbImage.of(Npy.read(photo.resolve("decoded.npy")));
            RgbImage decoded = RgbImage.read(photo.resolve("photo.jpg"));
            assertThat(decoded.pixels()).as("%s", photo).isEqualTo(expected.pixels());
        }
    }

    @Test
    void framesPhotosAsPillow() throws IOException {
        for (Path photo : photos()) {
            RgbImage image = RgbImage.read(photo.resolve("photo.jpg"));
            check(photo, "bilinear224", Preprocessing.vit(224).frame(image));
            check(photo, "bicubic248_crop224", Preprocessing.timm(224).frame(image));
            check(photo, "bicubic384", Preprocessing.timm(384).frame(image));
            check(photo, "bicubic384", Preprocessing.named("timm-squash", 384).frame(image));
            check(
                    photo,
                    "bicubic248_crop224",
                    Preprocessing.named("timm-center", 224).frame(image));
        }
    }

    private static void check(Path photo, String name, RgbImage framed) {
        RgbImage expected = RgbImage.of(Npy.read(photo.resolve(name + ".npy")));
        assertThat(framed.pixels()).as("%s %s", photo, name).isEqualTo(expected.pixels());
    }

    @Test
    void cropsTheCentreWithHalvesToEven() {
        // a ramp in x, 9 wide, 4 high: shorter side floor(4 / 1) = 4, so margins 2.5 -> 2 and 0
        byte[] pixels = new byte[3 * 9 * 4];
        for (int i = 0; i < 36; i++) {
            pixels[3 * i] = (byte) (i % 9);
        }
        RgbImage framed = Preprocessing.timm(4, 1).frame(new RgbImage(9, 4, pixels));
        assertThat(framed.width()).isEqualTo(4);
        assertThat(framed.pixels()[0]).isEqualTo((byte) 2);
        assertThat(framed.pixels()[9]).isEqualTo((byte) 5);
    }

    @Test
    void keepsTheLongerSideInProportion() {
        RgbImage image = new RgbImage(100, 333, new byte[3 * 33300]);
        RgbImage framed = Preprocessing.timm(224).frame(image);
        assertThat(framed.width()).isEqualTo(224);
        assertThat(framed.height()).isEqualTo(224);
    }

    @Test
    void timmsCropModesDifferInWhatTheyKeep() {
        // 800 wide, 400 high; red left of the central square, blue right of it, green within
        byte[] pixels = new byte[3 * 800 * 400];
        for (int i = 0; i < 800 * 400; i++) {
            int x = i % 800;
            pixels[3 * i + (x < 200 ? 0 : x < 600 ? 1 : 2)] = -1;
        }
        RgbImage image = new RgbImage(800, 400, pixels);
        RgbImage centre = Preprocessing.named("timm-center", 400).frame(image);
        RgbImage squash = Preprocessing.named("timm-squash", 400).frame(image);
        int row = 3 * 400 * 200;
        assertThat(centre.pixels()).isEqualTo(image.crop(200, 0, 400, 400).pixels());
        assertThat(squash.pixels()[row]).isEqualTo((byte) -1);
        assertThat(squash.pixels()[row + 3 * 399 + 2]).isEqualTo((byte) -1);
        assertThat(Preprocessing.timm(400)).isEqualTo(Preprocessing.timmSquash(400));
        assertThat(Preprocessing.timm(224)).isEqualTo(Preprocessing.timmCentre(224));
    }

    @Test
    void normalisesToPlanes() {
        RgbImage image = new RgbImage(2, 1, new byte[] {0, 51, -1, -1, 0, 102});
        float[] half = new float[7];
        Normalisation.HALF.apply(image, half, 1);
        assertThat(half)
                .containsExactly(new float[] {0, -1, 1, -0.6f, -1, 1, -0.2f}, within(1e-7f));
        float[] unit = new float[6];
        Normalisation.UNIT.apply(image, unit, 0);
        assertThat(unit).containsExactly(new float[] {0, 1, .2f, 0, 1, .4f}, within(1e-7f));
        float[] imagenet = new float[6];
        Normalisation.IMAGENET.apply(image, imagenet, 0);
        assertThat(imagenet[1]).isCloseTo((1 - .485f) / .229f, within(1e-6f));
        assertThat(imagenet[5]).isCloseTo((.4f - .406f) / .225f, within(1e-6f));
    }

    @Test
    void refusesUnknownRecipesAndImpossibleSizes() {
        assertThat(Preprocessing.named("vit", 224)).isEqualTo(Preprocessing.vit(224));
        assertThatThrownBy(() -> Preprocessing.named("foo", 224))
                .isInstanceOf(InputException.class)
                .hasMessage(
                        "There is no preprocessing recipe 'foo'; there are timm, timm-center,"
                                + " timm-squash, vit.");
        assertThatThrownBy(() -> Preprocessing.vit(0)).isInstanceOf(InputException.class);
    }
}
