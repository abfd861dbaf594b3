package org.tornadovit.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tornadovit.lab.statistics.Sample;
import org.tornadovit.lab.statistics.WarmUp;

/**
 * Runs several things in turn, A B C A B C, so that the machine's noise hits all of them alike.
 *
 * @param seconds what each gets in all
 * @param rounds in how many slices
 */
record Race(double seconds, int rounds) {
    private static final int LEAST_WARM_UP_RUNS = 3;

    /** Worker threads of OpenMP go on spinning for 200 ms, on the next one's cores. */
    private static final long PAUSE_MILLISECONDS = 250;

    /**
     * In a slice of so many runs, the first, which finds the caches full of another's data, is left
     * out.
     */
    private static final int RUNS_OF_A_LONG_SLICE = 4;

    /**
     * Warms up and measures.
     *
     * @param runners what is run, by name
     * @return durations of single runs in ms, in the order of {@code runners}
     */
    Map<String, Sample> run(Map<String, Runnable> runners) {
        WarmUp warmUp = new WarmUp(LEAST_WARM_UP_RUNS, (long) (seconds * 1e9));
        Map<String, List<Double>> times = new LinkedHashMap<>();
        runners.forEach((name, runner) -> {
            warmUp.run(runner, System::nanoTime);
            times.put(name, new ArrayList<>());
        });
        for (int round = 0; round < rounds; round++) {
            runners.forEach((name, runner) -> slice(runner, times.get(name)));
        }
        Map<String, Sample> samples = new LinkedHashMap<>();
        times.forEach((name, list) ->
                samples.put(
                        name,
                        new Sample(list.stream().mapToDouble(Double::doubleValue).toArray())));
        return samples;
    }

    private void slice(Runnable runner, List<Double> times) {
        pause();
        double budget = seconds / rounds * 1e9;
        long begun = System.nanoTime();
        runner.run();
        double first = System.nanoTime() - begun;
        if (first * RUNS_OF_A_LONG_SLICE > budget) {
            times.add(first / 1e6);
        }
        while (System.nanoTime() - begun < budget) {
            long start = System.nanoTime();
            runner.run();
            times.add((System.nanoTime() - start) / 1e6);
        }
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE_MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PeerException("The race was interrupted", e);
        }
    }
}
