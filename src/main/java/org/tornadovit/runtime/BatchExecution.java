package org.tornadovit.runtime;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tornadovit.ir.Array;
import org.tornadovit.runtime.GraphDefinition.In;
import org.tornadovit.runtime.GraphDefinition.Out;
import org.tornadovit.runtime.Moves.Move;
import uk.ac.manchester.tornado.api.GridScheduler;
import uk.ac.manchester.tornado.api.enums.DataTransferMode;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * A graph that processes its arrays a batch at a time: windows move along the arrays that are cut,
 * and the tasks run once for each place. What is not cut stays on the device for all batches.
 */
final class BatchExecution implements Execution {
    private final Batches batches;
    private final GraphMemory.Budget budget;
    private final GraphProfile profile;
    private final List<Execution> parts = new ArrayList<>();
    private final GraphExecution resident;
    private final GraphExecution results;
    private final List<Run> runs = new ArrayList<>();
    private final Map<Object, HostArray> hosts = new IdentityHashMap<>();
    private final Map<Object, Kept> kept = new IdentityHashMap<>();
    private GraphExecution current;

    /** Batches of equal size. */
    private record Run(
            GraphExecution execution, Map<Object, Window> windows, IntArray start, long count) {}

    BatchExecution(
            GraphDefinition definition,
            GraphOptions options,
            PlanMemory plan,
            GraphProfile profile,
            Batches batches) {
        this.batches = batches;
        this.profile = profile;
        this.budget = new GraphMemory.Budget(options.memoryLimit());
        for (Move move : batches.moves().all()) {
            boolean keeps = move.in() == In.NEVER && move.out() == Out.EVERY;
            if (keeps && isCut(move) && !batches.isFilled(move.array())) {
                kept.put(move.array(), new Kept(host(move.array())));
            }
        }
        try {
            this.resident = part(whole(definition.name()), options, plan);
            runs.add(run(definition.name(), batches.count(), options, plan));
            long rest = batches.trips() % batches.count();
            if (rest > 0) {
                runs.add(run(definition.name(), rest, options, plan));
            }
            this.results = part(results(definition.name()), options, plan);
        } catch (RuntimeException e) {
            parts.reversed().forEach(Execution::close);
            throw e;
        }
        this.current = resident;
    }

    private GraphExecution part(GraphDefinition graph, GraphOptions options, PlanMemory plan) {
        GraphExecution part = new GraphExecution(graph, options, plan, profile, budget);
        parts.add(part);
        return part;
    }

    /** The graph that holds the arrays that are not cut. */
    private GraphDefinition whole(String name) {
        GraphDefinition graph = new GraphDefinition(name);
        for (Move move : batches.moves().all()) {
            if (isCut(move)) {
                continue;
            }
            if (move.consumed()) {
                graph.consume(move.source(), move.array());
            } else {
                int mode =
                        move.in() == In.EVERY
                                ? DataTransferMode.EVERY_EXECUTION
                                : DataTransferMode.FIRST_EXECUTION;
                graph.toDevice(mode, move.array());
            }
        }
        return graph;
    }

    private boolean isCut(Move move) {
        return batches.shares().containsKey(move.array());
    }

    private GraphDefinition results(String name) {
        GraphDefinition graph = new GraphDefinition(name);
        for (Move move : batches.moves().all()) {
            if (!isCut(move) && move.out() == Out.EVERY) {
                graph.consume(name, move.array());
                graph.toHost(DataTransferMode.EVERY_EXECUTION, move.array());
            }
        }
        return graph;
    }

    private Run run(String name, long count, GraphOptions options, PlanMemory plan) {
        GraphDefinition graph = new GraphDefinition(name);
        Map<Object, Window> windows = new IdentityHashMap<>();
        IntArray start = new IntArray(1);
        for (int i = 0; i < batches.plans().size(); i++) {
            MethodPlan task = batches.plans().get(i);
            Slices slices = batches.slices().get(i);
            Set<Array> cut = new HashSet<>();
            slices.arrays()
                    .forEach((array, value) -> {
                        if (batches.shares().containsKey(value)) {
                            cut.add(array);
                        }
                    });
            var kernel = slices.piece(count, cut);
            List<Object> values = new ArrayList<>();
            for (Array array : kernel.arrays()) {
                Object value = slices.arrays().getOrDefault(array, start);
                Long share = batches.shares().get(value);
                values.add(
                        share == null
                                ? value
                                : windows.computeIfAbsent(
                                        value, v -> new Window(host(v), size(share, count))));
            }
            graph.add(new TaskDefinition.OfPlan(new SlicePlan(task, kernel, values)));
        }
        graph.toDevice(DataTransferMode.EVERY_EXECUTION, start);
        for (Move move : batches.moves().all()) {
            Window window = windows.get(move.array());
            if (window == null) {
                graph.consume(name, move.array());
                continue;
            }
            if (move.in() != In.NEVER || kept.containsKey(move.array())) {
                graph.toDevice(DataTransferMode.EVERY_EXECUTION, window);
            }
            if (move.out() == Out.EVERY) {
                graph.toHost(DataTransferMode.EVERY_EXECUTION, window);
            }
        }
        return new Run(part(graph, options, plan), windows, start, count);
    }

    /** All windows on an array share the bytes of its host array. */
    private HostArray host(Object array) {
        return hosts.computeIfAbsent(array, HostArray::of);
    }

    private static int size(long share, long count) {
        return Math.toIntExact(share * count);
    }

    @Override
    public GraphExecution resident() {
        return resident;
    }

    @Override
    public void prepare(@Nullable GridScheduler scheduler) {
        parts.forEach(part -> part.prepare(scheduler));
    }

    @Override
    public void start(@Nullable GridScheduler scheduler, @Nullable GraphExecution before) {
        if (profile.isOn()) {
            profile.start();
        }
        complete(resident, scheduler, before);
        kept.values().forEach(Kept::restore);
        for (long first = 0; first < batches.trips(); ) {
            Run run = first + batches.count() <= batches.trips() ? runs.getFirst() : runs.getLast();
            run.start().set(0, Math.toIntExact(first));
            for (Map.Entry<Object, Window> cut : run.windows().entrySet()) {
                cut.getValue().moveTo(first * batches.shares().getOrDefault(cut.getKey(), 0L));
            }
            complete(run.execution(), scheduler, resident);
            first += run.count();
        }
        kept.values().forEach(Kept::remember);
        current = results;
        results.start(scheduler, resident);
    }

    private void complete(
            GraphExecution part, @Nullable GridScheduler scheduler, @Nullable GraphExecution last) {
        current = part;
        part.start(scheduler, last);
        part.finish();
    }

    @Override
    public void finish() {
        results.finish();
        if (profile.isOn()) {
            profile.finished();
        }
    }

    @Override
    public RuntimeException failed(RuntimeException failure) {
        kept.values().forEach(Kept::forget);
        return current.failed(failure);
    }

    @Override
    public long deviceBytes() {
        return budget.bytes();
    }

    @Override
    public void close() {
        parts.reversed().forEach(Execution::close);
    }
}
