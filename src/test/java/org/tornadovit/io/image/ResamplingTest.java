package org.tornadovit.io.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.tornadovit.io.Checkpoint;
import org.tornadovit.io.Fixture;

/** Compares with what {@code Image.resize} of Pillow 12.3 gave; keys are FILTER/WIDTHxHEIGHT. */
class ResamplingTest {

    static Stream<String> cases() {
        try (Checkpoint results = Checkpoint.open(Fixture.file("image/resampled.npz"))) {
            return results.names().stream().filter(name -> !name.equals("source"));
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void equalsPillow(String name) {
        try (Checkpoint results = Checkpoint.open(Fixture.file("image/resampled.npz"))) {
            RgbImage source = RgbImage.of(results.tensor("source"));
            RgbImage pillow = RgbImage.of(results.tensor(name));
            Filter filter = Filter.valueOf(name.split("/")[0].toUpperCase(Locale.ROOT));
            RgbImage resized = source.resize(pillow.width(), pillow.height(), filter);
            assertThat(resized.pixels()).isEqualTo(pillow.pixels());
        }
    }

    @ParameterizedTest
    @EnumSource
    void keepsFlatImagesFlat(Filter filter) {
        byte[] flat = new byte[3 * 17 * 5];
        Arrays.fill(flat, (byte) 201);
        byte[] resized = new RgbImage(17, 5, flat).resize(8, 31, filter).pixels();
        assertThat(resized).containsOnly(201);
    }

    @Test
    void theSameSizeIsTheSameImage() {
        RgbImage image = new RgbImage(2, 2, new byte[12]);
        assertThat(image.resize(2, 2, Filter.BICUBIC)).isSameAs(image);
    }
}
