package org.tornadovit.models;

import java.util.List;

/**
 * What a model expects to have been done to an image.
 *
 * @param fit how the photo becomes a square
 * @param interpolation how it is resized, always with antialias
 * @param crop side of the square as a fraction of the resized photo's shorter side; 1 unless cropped
 * @param mean subtracted from each channel, on a scale where white is 1
 * @param deviation each channel is divided by it afterwards
 */
public record Preprocessing(
        Fit fit,
        Interpolation interpolation,
        double crop,
        List<Double> mean,
        List<Double> deviation) {

    /** How a photo becomes a square. */
    public enum Fit {
        /** Resized straight to the square. */
        STRETCH,
        /** Shorter side resized to {@code side / crop}, then the centre is cut out. */
        CROP
    }

    /** Resampling filters. */
    public enum Interpolation {
        /** Triangle. */
        BILINEAR,
        /** Cubic with a = -0.5, as Pillow's. */
        BICUBIC
    }

    private static final List<Double> HALF = List.of(0.5, 0.5, 0.5);
    private static final List<Double> IMAGENET_MEAN = List.of(0.485, 0.456, 0.406);
    private static final List<Double> IMAGENET_DEVIATION = List.of(0.229, 0.224, 0.225);

    /** The official ViT code's and Hugging Face's: stretched, bilinear, to -1 … 1. */
    public static final Preprocessing VIT =
            new Preprocessing(Fit.STRETCH, Interpolation.BILINEAR, 1.0, HALF, HALF);

    /** timm's for ViTs and hybrids at 224 px: 248, bicubic, centre crop, to -1 … 1. */
    public static final Preprocessing TIMM =
            new Preprocessing(Fit.CROP, Interpolation.BICUBIC, 0.9, HALF, HALF);

    /** torchvision's for ResNets at 224 px: 256, bilinear, centre crop, ImageNet's statistics. */
    public static final Preprocessing TORCHVISION =
            new Preprocessing(
                    Fit.CROP, Interpolation.BILINEAR, 0.875, IMAGENET_MEAN, IMAGENET_DEVIATION);

    /** Copies the lists and checks the ranges. */
    public Preprocessing {
        mean = List.copyOf(mean);
        deviation = List.copyOf(deviation);
        if (!(crop > 0 && crop <= 1) || mean.size() != deviation.size()) {
            throw new IllegalArgumentException(
                    "Preprocessing needs a crop in (0, 1] and as many means as deviations, not "
                            + "%s, %s and %s.".formatted(crop, mean, deviation));
        }
    }

    /** {@return this for images of another size: timm crops nothing from 384 px on} */
    public Preprocessing atSize(int imageSize) {
        return equals(TIMM) && imageSize >= 384
                ? new Preprocessing(fit, interpolation, 1.0, mean, deviation)
                : this;
    }
}
