package org.tornadovit.runtime;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;
import org.tornadovit.device.Queue;

/**
 * The steps of an execution for several devices at once: a list of phases, in each of which every
 * device has a lane of steps. Devices only meet between phases, where one copies from another and
 * before results go to the host.
 */
record Lanes(List<List<List<Integer>>> phases) {
    static Lanes of(Step[] steps) {
        List<List<List<Integer>>> phases = new ArrayList<>();
        Map<Queue, List<Integer>> lanes = new LinkedHashMap<>();
        boolean results = false;
        for (int i = 0; i < steps.length; i++) {
            boolean meets = steps[i] instanceof Step.CopyAcross;
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
            List<RuntimeException> failures = new ArrayList<>();
            List<Thread> others = new ArrayList<>();
            for (List<Integer> lane : phase.subList(1, phase.size())) {
                others.add(Thread.ofVirtual().start(() -> run(lane, step, failures)));
            }
            run(phase.getFirst(), step, failures);
            others.forEach(Lanes::join);
            if (!failures.isEmpty()) {
                RuntimeException failure = failures.removeFirst();
                failures.forEach(failure::addSuppressed);
                throw failure;
            }
        }
    }

    private static void run(List<Integer> lane, IntConsumer step, List<RuntimeException> failures) {
        try {
            lane.forEach(step::accept);
        } catch (RuntimeException e) {
            synchronized (failures) {
                failures.add(e);
            }
        }
    }

    /** Commands use the arrays until the lane has ended, so an interrupt has to wait. */
    private static void join(Thread lane) {
        boolean interrupted = false;
        while (lane.isAlive()) {
            try {
                lane.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
