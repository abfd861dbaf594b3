package org.tornadovit.lab.statistics;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.tornadovit.io.batch.CounterRandom;

/**
 * The bootstrap over test images, which all models share, and over the seeds of each model.
 *
 * @param images number of test images
 * @param count number of resamples
 * @param seed of the choice
 * @see <a href="https://doi.org/10.1214/aos/1176344552">Efron 1979</a>
 */
public record Resampling(int images, int count, long seed) {
    /** A model, with the test images that each of its seeds has right. */
    public record Answers(String name, List<BitSet> seeds) {
        /** Copies the list. */
        public Answers {
            seeds = List.copyOf(seeds);
            if (seeds.isEmpty()) {
                throw new IllegalArgumentException(name + " has no seed");
            }
        }
    }

    /** A choice of images and seeds, the same for all models that are asked about it. */
    public final class Sample {
        private final int number;
        private final int[] times;

        /** Sample 0 is what was measured; the others are drawn. */
        private Sample(int number) {
            this.number = number;
            times = new int[images];
            if (number == 0) {
                Arrays.fill(times, 1);
                return;
            }
            CounterRandom random = new CounterRandom(seed);
            for (int i = 0; i < images; i++) {
                times[random.below(images, number, i)]++;
            }
        }

        /** {@return the share of the sample's images that the sample's seeds have right} */
        public double accuracy(Answers answers) {
            List<BitSet> seeds = answers.seeds();
            CounterRandom random = new CounterRandom(seed ^ answers.name().hashCode());
            long right = 0;
            for (int s = 0; s < seeds.size(); s++) {
                int chosen = number == 0 ? s : random.below(seeds.size(), number, s);
                BitSet correct = seeds.get(chosen);
                for (int i = correct.nextSetBit(0); i >= 0; i = correct.nextSetBit(i + 1)) {
                    right += times[i];
                }
            }
            return (double) right / images / seeds.size();
        }
    }

    /** Checks the counts. */
    public Resampling {
        if (images < 1 || count < 1) {
            throw new IllegalArgumentException("There is nothing to draw from");
        }
    }

    /** {@return a number of what was measured} */
    public double measured(ToDoubleFunction<Sample> number) {
        return number.applyAsDouble(new Sample(0));
    }

    /** {@return the same number of each resample, NaN where it has none, in no order} */
    public double[] resampled(ToDoubleFunction<Sample> number) {
        double[] values = new double[count];
        for (int i = 0; i < count; i++) {
            values[i] = number.applyAsDouble(new Sample(i + 1));
        }
        return values;
    }

    /**
     * {@return the interval between the quantiles of resampled numbers}
     *
     * @param values at least one; those that are NaN are left out
     * @param level wanted coverage
     */
    public static Interval percentile(double[] values, double level) {
        double[] sorted = Arrays.stream(values).filter(v -> !Double.isNaN(v)).sorted().toArray();
        if (sorted.length == 0) {
            throw new IllegalArgumentException("There is no number");
        }
        double tail = (1 - level) / 2;
        return new Interval(
                sorted[(int) Math.floor(tail * (sorted.length - 1))],
                sorted[(int) Math.ceil((1 - tail) * (sorted.length - 1))],
                level);
    }
}
