package org.tornadovit.nn;

import java.util.List;

/**
 * A tensor that a layer needs, declared where the layer is.
 *
 * @param name canonical name, which is timm's
 * @param shape extents, outermost first; never empty
 * @param kind whether training would change it
 * @param initialization how it starts when there is no checkpoint
 */
public record WeightSpec(
        String name, List<Integer> shape, Kind kind, Initialization initialization) {

    /** What counts as a parameter. */
    public enum Kind {
        /** Learned by gradient descent; counted in a model's parameters. */
        PARAMETER,
        /** Gathered while training, such as a running mean; not counted. */
        STATISTIC
    }

    /** Checks that there is at least one element and that an array can hold them all. */
    public WeightSpec {
        shape = List.copyOf(shape);
        long size = 1;
        for (int extent : shape) {
            size *= extent;
            if (extent < 1 || size > Integer.MAX_VALUE) {
                throw new IllegalArgumentException(
                        "Weight %s cannot have shape %s.".formatted(name, shape));
            }
        }
    }

    /** A learned tensor. */
    public static WeightSpec parameter(
            String name, Initialization initialization, Integer... shape) {
        return new WeightSpec(name, List.of(shape), Kind.PARAMETER, initialization);
    }

    /** A statistic gathered in training. */
    public static WeightSpec statistic(
            String name, Initialization initialization, Integer... shape) {
        return new WeightSpec(name, List.of(shape), Kind.STATISTIC, initialization);
    }

    /** {@return the number of elements} */
    public int size() {
        int size = 1;
        for (int extent : shape) {
            size *= extent;
        }
        return size;
    }
}
