package org.tornadovit.io.batch;

/**
 * Random numbers that are a function of a seed and counters, so that any thread may draw any of
 * them in any order and the same numbers come out.
 *
 * <p>Each counter is added to the state and mixed in by the finaliser of SplitMix64, whose
 * avalanche is complete.
 *
 * @param seed the seed
 * @see <a href="https://doi.org/10.1145/2714064.2660195">Steele, Lea and Flood 2014, figure 14</a>
 */
public record CounterRandom(long seed) {
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;
    private static final double UNIT = 0x1p-53;

    /** {@return 64 bits for these counters} */
    public long bits(long... counters) {
        long state = mix(seed + GOLDEN);
        for (long counter : counters) {
            state = mix(state + GOLDEN * (counter + 1));
        }
        return state;
    }

    /** {@return a number in [0, 1) for these counters} */
    public double uniform(long... counters) {
        return (bits(counters) >>> 11) * UNIT;
    }

    /** {@return a number of 0 to {@code bound - 1} for these counters} */
    public int below(int bound, long... counters) {
        return (int) Math.multiplyHigh(bits(counters) >>> 1, (long) bound << 1);
    }

    /**
     * {@return a number of the symmetric beta distribution with both parameters {@code alpha}}
     *
     * <p>Jöhnk's method: powers of two uniform numbers, drawn anew until their sum is at most 1.
     *
     * @param alpha in (0, 4]; the greater, the more are drawn in vain
     */
    public double beta(double alpha, long first, long second) {
        for (long attempt = 0; ; attempt++) {
            double x = Math.pow(uniform(first, second, 2 * attempt), 1 / alpha);
            double y = Math.pow(uniform(first, second, 2 * attempt + 1), 1 / alpha);
            if (x + y > 0 && x + y <= 1) {
                return x / (x + y);
            }
        }
    }

    private static long mix(long state) {
        long z = (state ^ (state >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
