package org.tornadovit.models;

import org.tornadovit.nn.Gelu;
import org.tornadovit.nn.WeightStandardization;

/**
 * The numeric conventions that differ between the code bases that published weights. A checkpoint
 * is right only with those it was trained with.
 *
 * @param layerNormEpsilon added to the variance of a token
 * @param gelu form of the activation
 * @param standardization form of weight standardisation
 * @param groupNormEpsilon added to the variance of a group
 * @param batchNormEpsilon added to the running variance of a channel
 * @param recipe what is done to images
 */
public record Numerics(
        float layerNormEpsilon,
        Gelu gelu,
        WeightStandardization standardization,
        float groupNormEpsilon,
        double batchNormEpsilon,
        Recipe recipe) {

    /** The official code of the paper, in JAX. */
    public static final Numerics JAX =
            new Numerics(1e-6f, Gelu.TANH, WeightStandardization.JAX, 1e-6f, 1e-5, Recipe.VIT);

    /** The official code of Big Transfer. */
    public static final Numerics BIT =
            new Numerics(1e-6f, Gelu.ERF, WeightStandardization.BIT, 1e-5f, 1e-5, Recipe.VIT);

    /** timm. */
    public static final Numerics TIMM =
            new Numerics(1e-6f, Gelu.ERF, WeightStandardization.TIMM, 1e-5f, 1e-5, Recipe.TIMM);

    /** Hugging Face's transformers. */
    public static final Numerics HUGGING_FACE =
            new Numerics(1e-12f, Gelu.ERF, WeightStandardization.TIMM, 1e-5f, 1e-5, Recipe.VIT);

    /** Swin, in all code bases: another epsilon, ImageNet's statistics. */
    public static final Numerics SWIN =
            new Numerics(
                    1e-5f, Gelu.ERF, WeightStandardization.TIMM, 1e-5f, 1e-5, Recipe.TIMM_IMAGENET);

    /** torchvision. */
    public static final Numerics TORCHVISION =
            new Numerics(
                    1e-6f, Gelu.ERF, WeightStandardization.TIMM, 1e-5f, 1e-5, Recipe.TORCHVISION);

    /** Checks that no epsilon is negative. */
    public Numerics {
        if (!(layerNormEpsilon >= 0 && groupNormEpsilon >= 0 && batchNormEpsilon >= 0)) {
            throw new IllegalArgumentException("An epsilon is negative or not a number.");
        }
    }

    /** {@return these with another recipe} */
    public Numerics with(Recipe other) {
        return new Numerics(
                layerNormEpsilon, gelu, standardization, groupNormEpsilon, batchNormEpsilon, other);
    }

    /** {@return these with another activation} */
    public Numerics with(Gelu other) {
        return new Numerics(
                layerNormEpsilon,
                other,
                standardization,
                groupNormEpsilon,
                batchNormEpsilon,
                recipe);
    }
}
