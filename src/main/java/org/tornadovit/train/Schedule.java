package org.tornadovit.train;

/**
 * The learning rate of each update: linear warm-up to {@code rate}, then decay to 0.
 *
 * @param rate the highest
 * @param warmUp updates of the warm-up; 0 for none
 * @param total all updates, those of the warm-up included
 * @param decay how it falls
 */
public record Schedule(double rate, int warmUp, int total, Decay decay) {

    /** How the rate falls after the warm-up. */
    public enum Decay {
        /** Not at all. */
        CONSTANT {
            @Override
            double at(double progress) {
                return 1;
            }
        },
        /** Along a line to 0. */
        LINEAR {
            @Override
            double at(double progress) {
                return 1 - progress;
            }
        },
        /** Along half a cosine to 0 (Loshchilov and Hutter 2017). */
        COSINE {
            @Override
            double at(double progress) {
                return (1 + Math.cos(Math.PI * progress)) / 2;
            }
        };

        /** {@return the share of the highest rate} */
        abstract double at(double progress);
    }

    /** Checks the ranges. */
    public Schedule {
        if (!(rate > 0) || warmUp < 0 || total < 1 || warmUp > total) {
            throw new IllegalArgumentException(
                    ("A schedule needs a positive rate and a warm-up within its updates, not rate"
                                    + " %s, warm-up %d of %d.")
                            .formatted(rate, warmUp, total));
        }
    }

    /**
     * {@return the rate of update {@code update}, from 0}
     *
     * <p>The first of a warm-up of w has rate / w, the one after it {@code rate}; updates after the
     * last have the last one's.
     */
    public double at(long update) {
        if (update < warmUp) {
            return rate * (update + 1) / warmUp;
        }
        double span = Math.max(total - warmUp, 1);
        return rate * decay.at(Math.min((update - warmUp) / span, 1));
    }
}
