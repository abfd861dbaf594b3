package org.tornadovit.lab.measure;

import java.util.concurrent.ForkJoinPool;
import java.util.stream.IntStream;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The rate of fused multiply-adds in registers, on all cores: what no kernel on this processor can
 * exceed. It uses nothing of the runtime whose kernels it judges. To be loaded only where the
 * module {@code jdk.incubator.vector} is.
 */
public final class VectorPeak {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int CHAINS = 12;
    private static final int SHORT = 500;
    private static final int LONG = 100_000;
    private static final long COMPILED_NANOSECONDS = 20_000;
    private static final long MOST_NANOSECONDS = 5_000_000_000L;
    private static final long SPENT_NANOSECONDS = 500_000_000;

    /** Keeps the compiler from leaving the loop out. */
    private static volatile float sink;

    private VectorPeak() {}

    /** {@return the best of several rounds, in GFLOP/s} */
    public static double gflopPerSecond() {
        warmUp();
        int threads = ForkJoinPool.getCommonPoolParallelism() + 1;
        double flop = 2.0 * CHAINS * SPECIES.length() * LONG * threads;
        double best = 0;
        long begun = System.nanoTime();
        while (System.nanoTime() - begun < SPENT_NANOSECONDS) {
            long start = System.nanoTime();
            IntStream.range(0, threads).parallel().forEach(thread -> sink = chains(thread, LONG));
            best = Math.max(best, flop / (System.nanoTime() - start));
        }
        return best;
    }

    /** Vectors are objects until the loop is compiled: a hundred times slower. */
    private static void warmUp() {
        long begun = System.nanoTime();
        long taken = Long.MAX_VALUE;
        while (taken > COMPILED_NANOSECONDS && System.nanoTime() - begun < MOST_NANOSECONDS) {
            long start = System.nanoTime();
            sink = chains(1, SHORT);
            taken = System.nanoTime() - start;
        }
    }

    /** Twelve independent chains hide the latency of 4-5 cycles at two units. */
    private static float chains(int seed, int steps) {
        FloatVector m = FloatVector.broadcast(SPECIES, 0.999f);
        FloatVector a = FloatVector.broadcast(SPECIES, 0.001f + seed);
        FloatVector x0 = a;
        FloatVector x1 = a.add(1);
        FloatVector x2 = a.add(2);
        FloatVector x3 = a.add(3);
        FloatVector x4 = a.add(4);
        FloatVector x5 = a.add(5);
        FloatVector x6 = a.add(6);
        FloatVector x7 = a.add(7);
        FloatVector x8 = a.add(8);
        FloatVector x9 = a.add(9);
        FloatVector x10 = a.add(10);
        FloatVector x11 = a.add(11);
        for (int i = 0; i < steps; i++) {
            x0 = x0.fma(m, a);
            x1 = x1.fma(m, a);
            x2 = x2.fma(m, a);
            x3 = x3.fma(m, a);
            x4 = x4.fma(m, a);
            x5 = x5.fma(m, a);
            x6 = x6.fma(m, a);
            x7 = x7.fma(m, a);
            x8 = x8.fma(m, a);
            x9 = x9.fma(m, a);
            x10 = x10.fma(m, a);
            x11 = x11.fma(m, a);
        }
        FloatVector low = x0.add(x1).add(x2).add(x3).add(x4).add(x5);
        FloatVector high = x6.add(x7).add(x8).add(x9).add(x10).add(x11);
        return low.add(high).reduceLanes(jdk.incubator.vector.VectorOperators.ADD);
    }
}
