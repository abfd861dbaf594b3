package org.tornadovit.runtime;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.IntConsumer;
import org.tornadovit.device.Queue;

/**
 * The steps of an execution for several devices at once: a list of phases, in each of which every
 * device has a lane of steps. Devices only meet between phases: where one copies from another,
 * where an array's memory is given back on all of them, and before results go to the host.
 */
record Lanes(List<List<List<Integer>>> phases) {
    static Lanes of(Step[] steps) {
        List<List<List<Integer>>> phases = new ArrayList<>();
        Map<Queue, List<Integer>> lanes = new LinkedHashMap<>();
        boolean results = false;
        for (int i = 0; i < steps.length; i++) {
            boolean meets = steps[i] instanceof Step.CopyAcross || steps[i] instanceof Step.Release;
            boolean first = !results && steps[i] instanceof Step.CopyOut;
            if (meets || first) {
                close(phases, lanes);
            }
            results |= first;
            lanes.computeIfAbsent(steps[i].queue(), _ -> new ArrayList<>()).add(i);
            if (meets) {
                close(phases, lanes);
            }
        }
        close(phases, lanes);
        return new Lanes(phases);
    }

    private static void close(List<List<List<Integer>>> phases, Map<Queue, List<Integer>> lanes) {
        if (!lanes.isEmpty()) {
            phases.add(List.copyOf(lanes.values()));
            lanes.clear();
        }
    }

    /**
     * Runs all steps.
     *
     * @param step runs the step of a number
     */
    void run(IntConsumer step) {
        for (List<List<Integer>> phase : phases) {
            List<FutureTask<Boolean>> lanes =
                    phase.stream().map(lane -> new FutureTask<>(() -> runAll(lane, step))).toList();
            lanes.stream().skip(1).forEach(Thread::startVirtualThread);
            lanes.getFirst().run();
            List<Throwable> failures =
                    lanes.stream().flatMap(lane -> failure(lane).stream()).toList();
            if (!failures.isEmpty()) {
                throw first(failures);
            }
        }
    }

    private static boolean runAll(List<Integer> lane, IntConsumer step) {
        lane.forEach(step::accept);
        return true;
    }

    /**
     * Waits for a lane, and through interrupts: commands use the arrays until it has ended.
     *
     * @return what it failed with
     */
    private static Optional<Throwable> failure(FutureTask<Boolean> lane) {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    lane.get();
                    return Optional.empty();
                } catch (InterruptedException e) {
                    interrupted = true;
                } catch (ExecutionException e) {
                    return Optional.of(Objects.requireNonNull(e.getCause()));
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** The first failure, with the others as suppressed; steps throw nothing checked. */
    private static RuntimeException first(List<Throwable> failures) {
        Throwable first = failures.getFirst();
        failures.stream().skip(1).filter(other -> other != first).forEach(first::addSuppressed);
        if (first instanceof Error error) {
            throw error;
        }
        return (RuntimeException) first;
    }
}
