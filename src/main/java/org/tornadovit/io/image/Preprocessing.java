package org.tornadovit.io.image;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntFunction;
import org.tornadovit.io.InputException;
import org.tornadovit.io.Nearest;

/**
 * From an image to a model's input: framing to {@code size} x {@code size} pixels, then
 * normalisation.
 *
 * @param size side of the result in pixels
 * @param filter the kernel of resizing
 * @param framing how the image is brought to a square
 * @param normalisation from levels to floats
 */
public record Preprocessing(int size, Filter filter, Framing framing, Normalisation normalisation) {

    /** How an image is brought to a square. */
    public sealed interface Framing {}

    /** Resized straight to the square; the aspect ratio is not kept. */
    public record Stretch() implements Framing {}

    /**
     * The shorter side resized to {@code floor(size / fraction)}, the longer in proportion (cut to
     * a whole number), then the central square.
     *
     * @param fraction of the shorter side that remains, in (0, 1]
     */
    public record CentreCrop(double fraction) implements Framing {
        /** Checks the range of {@code fraction}. */
        public CentreCrop {
            if (!(fraction > 0 && fraction <= 1)) {
                throw new IllegalArgumentException("a crop keeps (0, 1], not " + fraction);
            }
        }
    }

    /** From here on timm's configurations of ViTs keep the whole shorter side: crop_pct is 1. */
    private static final int WHOLE_FROM = 384;

    private static final Map<String, IntFunction<Preprocessing>> RECIPES =
            new TreeMap<>(
                    Map.of(
                            "vit",
                            Preprocessing::vit,
                            "timm",
                            Preprocessing::timm,
                            "timm-center",
                            Preprocessing::timmCentre,
                            "timm-squash",
                            Preprocessing::timmSquash));

    /** Far above any model's, and small enough for arrays of long strips in between. */
    private static final int LARGEST = 8192;

    /** Checks the range of {@code size}. */
    public Preprocessing {
        if (size < 1 || size > LARGEST) {
            throw new InputException(
                    "An image of %d pixels a side is impossible; take 1 to %d."
                            .formatted(size, LARGEST));
        }
    }

    /** {@return the recipe of the official ViT code: stretch, bilinear, to [-1, 1]} */
    public static Preprocessing vit(int size) {
        return new Preprocessing(size, Filter.BILINEAR, new Stretch(), Normalisation.HALF);
    }

    /**
     * {@return timm's recipe of its ViTs: bicubic, to [-1, 1]; below 384 pixels the central 0.9 of
     * the shorter side, from there on the whole image (crop_pct 1) brought to the square}
     *
     * <p>With crop_pct 1 timm's crop mode {@code center}, its default, keeps the aspect ratio and
     * cuts what sticks out of the square, and its mode {@code squash} stretches. This stretches;
     * {@link #timmCentre} and {@link #timmSquash} do the one or the other at every size.
     */
    public static Preprocessing timm(int size) {
        return size < WHOLE_FROM ? timmCentre(size) : timmSquash(size);
    }

    /**
     * {@return timm's recipe in its crop mode {@code center}: crop_pct 0.9, from 384 pixels on 1}
     */
    public static Preprocessing timmCentre(int size) {
        return timm(size, size < WHOLE_FROM ? 0.9 : 1);
    }

    /** {@return timm's recipe in its crop mode {@code squash}: stretched, whatever the crop_pct} */
    public static Preprocessing timmSquash(int size) {
        return new Preprocessing(size, Filter.BICUBIC, new Stretch(), Normalisation.HALF);
    }

    /** {@return timm's recipe with {@code crop_pct = fraction}} */
    public static Preprocessing timm(int size, double fraction) {
        return new Preprocessing(
                size, Filter.BICUBIC, new CentreCrop(fraction), Normalisation.HALF);
    }

    /**
     * {@return the recipe called {@code name}: {@code vit}, {@code timm}, {@code timm-center} or
     * {@code timm-squash}}
     *
     * @throws InputException when there is none of that name
     */
    public static Preprocessing named(String name, int size) {
        IntFunction<Preprocessing> recipe = RECIPES.get(name.toLowerCase(Locale.ROOT));
        if (recipe == null) {
            throw new InputException(
                    "There is no preprocessing recipe '%s'; there are %s.%s"
                            .formatted(
                                    name,
                                    String.join(", ", RECIPES.keySet()),
                                    Nearest.question(name, RECIPES.keySet())));
        }
        return recipe.apply(size);
    }

    /** {@return this recipe with another normalisation} */
    public Preprocessing with(Normalisation other) {
        return new Preprocessing(size, filter, framing, other);
    }

    /** {@return the square before normalisation} */
    public RgbImage frame(RgbImage image) {
        return switch (framing) {
            case Stretch() -> image.resize(size, size, filter);
            case CentreCrop(double fraction) -> centre(image, fraction);
        };
    }

    /** {@return float32 [3, size, size], normalised} */
    public float[] apply(RgbImage image) {
        float[] result = new float[length()];
        apply(image, result, 0);
        return result;
    }

    /** Writes float32 [3, size, size] to {@code target} from {@code offset} on. */
    public void apply(RgbImage image, float[] target, int offset) {
        normalisation.apply(frame(image), target, offset);
    }

    /** {@return the number of floats of one input} */
    public int length() {
        return RgbImage.CHANNELS * size * size;
    }

    private RgbImage centre(RgbImage image, double fraction) {
        int shorter = (int) Math.floor(size / fraction);
        int width = image.width();
        int height = image.height();
        RgbImage resized =
                width <= height
                        ? image.resize(shorter, proportion(shorter, height, width), filter)
                        : image.resize(proportion(shorter, width, height), shorter, filter);
        int left = margin(resized.width());
        int top = margin(resized.height());
        return resized.crop(left, top, size, size);
    }

    private static int proportion(int shorter, int longSide, int shortSide) {
        return (int) ((long) shorter * longSide / shortSide);
    }

    /** Halves are rounded to even, as Python's {@code round} does. */
    private int margin(int length) {
        return (int) Math.rint((length - size) / 2.0);
    }
}
