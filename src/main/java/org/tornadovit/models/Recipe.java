package org.tornadovit.models;

import java.util.function.IntFunction;
import org.tornadovit.io.image.Filter;
import org.tornadovit.io.image.Normalisation;
import org.tornadovit.io.image.Preprocessing;

/** How the code bases prepare an image of their models. */
public enum Recipe {
    /** The official ViT code's and Hugging Face's: stretched, bilinear, to [-1, 1]. */
    VIT(Preprocessing::vit),
    /** timm's of ViTs and hybrids: bicubic, central 0.9 below 384 px, to [-1, 1]. */
    TIMM(Preprocessing::timm),
    /** timm's of BiT: bicubic, central 0.875, to [-1, 1]. */
    TIMM_BIT(size -> Preprocessing.timm(size, 0.875)),
    /** timm's of Swin: as {@link #TIMM}, with ImageNet's statistics. */
    TIMM_IMAGENET(size -> Preprocessing.timm(size).with(Normalisation.IMAGENET)),
    /** torchvision's: bilinear, central 0.875, ImageNet's statistics. */
    TORCHVISION(size ->
            new Preprocessing(
                    size,
                    Filter.BILINEAR,
                    new Preprocessing.CentreCrop(0.875),
                    Normalisation.IMAGENET));

    private final IntFunction<Preprocessing> preprocessing;

    Recipe(IntFunction<Preprocessing> preprocessing) {
        this.preprocessing = preprocessing;
    }

    /** {@return the recipe for square inputs of {@code imageSize} pixels} */
    public Preprocessing at(int imageSize) {
        return preprocessing.apply(imageSize);
    }
}
