package org.tornadovit.nn;

import java.util.List;
import java.util.random.RandomGenerator;

/**
 * How a weight starts. Fans are taken of [out, in] and [out, in, height, width]: fan-in is the size
 * of one output's weights, fan-out the number of outputs times the window.
 */
public enum Initialization {
    /** Zeros: biases, shifts, class token. */
    ZEROS {
        @Override
        float sample(RandomGenerator random, Fans fans) {
            return 0.0f;
        }
    },
    /** Ones: the scales of normalisations. */
    ONES {
        @Override
        float sample(RandomGenerator random, Fans fans) {
            return 1.0f;
        }
    },
    /** Normal with deviation 0.02, cut at two deviations: position embeddings, classifiers. */
    TRUNCATED_NORMAL {
        @Override
        float sample(RandomGenerator random, Fans fans) {
            return (float) (0.02 * truncatedNormal(random));
        }
    },
    /** Uniform in ±√(6 / (fan-in + fan-out)) (Glorot and Bengio 2010): transformer blocks. */
    XAVIER_UNIFORM {
        @Override
        float sample(RandomGenerator random, Fans fans) {
            double bound = Math.sqrt(6.0 / (fans.in + fans.out));
            return (float) ((2.0 * random.nextFloat() - 1.0) * bound);
        }
    },
    /** Truncated normal of variance 1 / fan-in (LeCun 1998): patch embedding. */
    LECUN_NORMAL {
        @Override
        float sample(RandomGenerator random, Fans fans) {
            // 0.8796 is the deviation of a normal cut at two deviations
            return (float) (truncatedNormal(random) / 0.8796256610342398 / Math.sqrt(fans.in));
        }
    },
    /** Normal of variance 2 / fan-out (He et al. 2015): convolutions. */
    HE_NORMAL {
        @Override
        float sample(RandomGenerator random, Fans fans) {
            return (float) (random.nextGaussian() * Math.sqrt(2.0 / fans.out));
        }
    };

    /** Inputs and outputs that one weight of a tensor connects. */
    record Fans(int in, int out) {
        static Fans of(List<Integer> shape) {
            int window = 1;
            for (int extent : shape.subList(Math.min(2, shape.size()), shape.size())) {
                window *= extent;
            }
            int in = shape.size() > 1 ? shape.get(1) : 1;
            return new Fans(in * window, shape.getFirst() * window);
        }
    }

    abstract float sample(RandomGenerator random, Fans fans);

    private static double truncatedNormal(RandomGenerator random) {
        double value = random.nextGaussian();
        while (Math.abs(value) > 2.0) {
            value = random.nextGaussian();
        }
        return value;
    }
}
