package org.tornadovit.runtime;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tornadovit.ir.Array;
import org.tornadovit.runtime.Moves.Move;

/**
 * How the iterations of a graph's tasks are processed a batch at a time: all tasks have one
 * parallel loop of equal length, and iteration i of a task depends on iteration i of those before.
 *
 * @param plans the tasks
 * @param slices their cuts
 * @param moves how the tasks' arrays move
 * @param shares the arrays that are cut, with the elements of an iteration
 * @param trips iterations in all
 * @param count iterations of a batch
 */
record Batches(
        List<MethodPlan> plans,
        List<Slices> slices,
        Moves moves,
        Map<Object, Long> shares,
        long trips,
        long count) {

    /**
     * {@return the batches of a graph, or nothing when it fits into one}
     *
     * @throws UncutException when the graph cannot be cut
     */
    static Optional<Batches> of(GraphDefinition definition, GraphOptions options) {
        List<TaskPlan> all = Compilation.translate(definition, options);
        Moves moves = new Moves(definition, all);
        if (moves.all().stream().allMatch(move -> bytes(move) <= options.batchBytes())) {
            return Optional.empty();
        }
        if (!moves.overlaps().shared().isEmpty()) {
            throw refused(all.getFirst(), "two of the graph's arrays have elements in common");
        }
        List<MethodPlan> plans = new ArrayList<>();
        List<Slices> slices = new ArrayList<>();
        for (TaskPlan plan : all) {
            if (!(plan instanceof MethodPlan method)) {
                throw refused(plan, "its code is no Java method");
            }
            plans.add(method);
            slices.add(
                    Slices.of(method)
                            .orElseThrow(() ->
                                    refused(
                                            plan,
                                            "its code is not a single @Parallel loop that counts"
                                                    + " up from 0 in steps of 1")));
        }
        long trips = slices.isEmpty() ? 0 : slices.getFirst().slice().trips();
        for (int i = 0; i < slices.size(); i++) {
            if (slices.get(i).slice().trips() != trips) {
                throw refused(
                        plans.get(i),
                        "its loop has "
                                + slices.get(i).slice().trips()
                                + " iterations and that of the first task "
                                + trips);
            }
        }
        Map<Object, Long> shares = new Cuts(plans, slices, moves).shares();
        long count = Math.min(trips, count(shares, options.batchBytes()));
        return Optional.of(
                new Batches(plans, slices, moves, shares, trips, count).withWholeLasting());
    }

    /**
     * An array that never moves keeps its contents on the device from one execution to the next,
     * and so stays there whole, unless the tasks fill their part of it before they read it.
     */
    private Batches withWholeLasting() {
        Map<Object, Long> cut = new IdentityHashMap<>(shares);
        for (Move move : moves.all()) {
            boolean lasts =
                    move.in() == GraphDefinition.In.NEVER
                            && move.out() == GraphDefinition.Out.NEVER
                            && !isFilled(move.array());
            if (lasts) {
                cut.remove(move.array());
            }
        }
        return new Batches(plans, slices, moves, cut, trips, count);
    }

    /** {@return whether the tasks write every element of an array that is cut before any reads} */
    boolean isFilled(Object array) {
        boolean filled = false;
        for (Slices task : slices) {
            for (Map.Entry<Array, Object> use : task.arrays().entrySet()) {
                if (use.getValue() == array && !filled) {
                    if (task.slice().accesses().reads().contains(use.getKey())) {
                        return false;
                    }
                    filled = task.slice().fills(use.getKey());
                }
            }
        }
        return filled && shares.getOrDefault(array, 0L) * trips == HostArray.of(array).length();
    }

    private static long bytes(Move move) {
        return HostArray.of(move.array()).deviceBytes();
    }

    private static long count(Map<Object, Long> shares, long bytes) {
        long count = Long.MAX_VALUE;
        for (Map.Entry<Object, Long> cut : shares.entrySet()) {
            long size = cut.getValue() * HostArray.of(cut.getKey()).element().bytes();
            count = Math.min(count, Math.max(1, bytes / size));
        }
        return count;
    }

    private static UncutException refused(TaskPlan plan, String why) {
        return new UncutException(plan.task().name(), why);
    }

    /** Which arrays are cut: those that all tasks cut in the same way. */
    private record Cuts(List<MethodPlan> plans, List<Slices> slices, Moves moves) {
        Map<Object, Long> shares() {
            Map<Object, Long> shares = new IdentityHashMap<>();
            Map<Object, Integer> users = new IdentityHashMap<>();
            for (Slices task : slices) {
                task.cutsOf()
                        .forEach((array, share) -> {
                            users.merge(array, 1, Integer::sum);
                            shares.merge(array, share, (a, b) -> a.equals(b) ? a : 0L);
                        });
            }
            for (Move move : moves.all()) {
                if (move.consumed()) {
                    shares.replace(move.array(), 0L);
                }
            }
            check(shares, users);
            shares.values().removeIf(share -> share == 0);
            return shares;
        }

        private void check(Map<Object, Long> shares, Map<Object, Integer> users) {
            for (int i = 0; i < plans.size(); i++) {
                MethodPlan plan = plans.get(i);
                for (Object array : plan.written()) {
                    Move move = moves.of(array);
                    boolean whole = shares.getOrDefault(array, 0L) == 0;
                    if (whole && users.getOrDefault(array, 0) > 1) {
                        throw refused(
                                plan,
                                "another task uses other elements of the "
                                        + array.getClass().getSimpleName()
                                        + " that it writes than those of the same iteration");
                    }
                    if (!whole && move.out() == GraphDefinition.Out.DEMAND) {
                        throw refused(
                                plan,
                                "the device holds a part of the "
                                        + array.getClass().getSimpleName()
                                        + " only, which stays there after the execution");
                    }
                }
            }
        }
    }
}
