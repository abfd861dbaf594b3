package org.tornadovit.train;

import java.util.List;
import org.tornadovit.nn.Noise;
import org.tornadovit.nn.WeightSpec;

/**
 * Everything that a run does to weights, apart from the data.
 *
 * @param optimizer how weights follow their gradients
 * @param schedule the learning rate
 * @param decayed which weights decay
 * @param clip the greatest length of all gradients together; 0 for any
 * @param smoothing of labels, 0 to below 1
 * @param accumulation batches of one update
 * @param average share of the old value in the moving average of the weights; 0 for no average
 * @param noise what is left out at random; ViTs and hybrids only
 * @param frozen weights that stay as they are: names or starts of names up to a dot
 */
public record TrainingRecipe(
        Optimizer optimizer,
        Schedule schedule,
        Decayed decayed,
        float clip,
        float smoothing,
        int accumulation,
        float average,
        Noise noise,
        List<String> frozen) {

    /** Which weights decay. */
    public enum Decayed {
        /** Matrices and convolutions: not biases, scales, class token and positions. */
        KERNELS {
            @Override
            boolean holds(WeightSpec spec) {
                String name = spec.name();
                return spec.shape().size() > 1
                        && !name.startsWith("pos_embed")
                        && !name.equals("cls_token")
                        && !name.endsWith("rel_pos");
            }
        },
        /** All, as in the paper. */
        ALL {
            @Override
            boolean holds(WeightSpec spec) {
                return true;
            }
        };

        /** {@return whether a weight decays} */
        abstract boolean holds(WeightSpec spec);
    }

    /** Checks the ranges. */
    public TrainingRecipe {
        frozen = List.copyOf(frozen);
        if (!(clip >= 0)
                || !(smoothing >= 0 && smoothing < 1)
                || accumulation < 1
                || !(average >= 0 && average < 1)) {
            throw new IllegalArgumentException(
                    ("A recipe cannot have clip %s, smoothing %s, accumulation %d and average %s.")
                            .formatted(clip, smoothing, accumulation, average));
        }
    }

    /** A recipe without clipping, smoothing, accumulation and average; everything is learned. */
    public TrainingRecipe(Optimizer optimizer, Schedule schedule) {
        this(optimizer, schedule, Decayed.KERNELS, 0, 0, 1, 0, Noise.NONE, List.of());
    }

    /** {@return this with gradients of a length of at most {@code length}} */
    public TrainingRecipe withClip(float length) {
        return new TrainingRecipe(
                optimizer,
                schedule,
                decayed,
                length,
                smoothing,
                accumulation,
                average,
                noise,
                frozen);
    }

    /** {@return this with label smoothing} */
    public TrainingRecipe withSmoothing(float share) {
        return new TrainingRecipe(
                optimizer, schedule, decayed, clip, share, accumulation, average, noise, frozen);
    }

    /** {@return this with so many batches an update} */
    public TrainingRecipe withAccumulation(int batches) {
        return new TrainingRecipe(
                optimizer, schedule, decayed, clip, smoothing, batches, average, noise, frozen);
    }

    /** {@return this with a moving average of the weights} */
    public TrainingRecipe withAverage(float share) {
        return new TrainingRecipe(
                optimizer, schedule, decayed, clip, smoothing, accumulation, share, noise, frozen);
    }

    /** {@return this with noise} */
    public TrainingRecipe withNoise(Noise other) {
        return new TrainingRecipe(
                optimizer,
                schedule,
                decayed,
                clip,
                smoothing,
                accumulation,
                average,
                other,
                frozen);
    }

    /** {@return this with weights that stay as they are, by names or starts of names} */
    public TrainingRecipe withFrozen(List<String> names) {
        return new TrainingRecipe(
                optimizer, schedule, decayed, clip, smoothing, accumulation, average, noise, names);
    }

    /** {@return this with other weights that decay} */
    public TrainingRecipe withDecayed(Decayed other) {
        return new TrainingRecipe(
                optimizer, schedule, other, clip, smoothing, accumulation, average, noise, frozen);
    }

    /** {@return whether a weight is learned} */
    boolean learns(WeightSpec spec) {
        return spec.kind() == WeightSpec.Kind.PARAMETER
                && frozen.stream()
                        .noneMatch(name ->
                                spec.name().equals(name) || spec.name().startsWith(name + "."));
    }
}
