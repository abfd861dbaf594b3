package uk.ac.manchester.tornado.api;

import java.util.Arrays;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.exceptions.TornadoRuntimeException;
import uk.ac.manchester.tornado.api.profiler.ProfilerInterface;
import uk.ac.manchester.tornado.api.runtime.ExecutorFrame;

/**
 * Runs the graphs of a plan: one executor is shared by the plan and all its options.
 *
 * <p>A selection is a graph's index or {@link #ALL}. Executions of one plan exclude each other,
 * because they read and write the same arrays; everything else may be called from any thread.
 */
final class TornadoExecutor {
    /** The selection of all graphs. */
    static final int ALL = -1;

    private final TornadoTaskGraphInterface[] graphs;
    private @Nullable TornadoTaskGraphInterface last;

    TornadoExecutor(ImmutableTaskGraph[] immutableTaskGraphs) {
        if (immutableTaskGraphs.length == 0) {
            throw new TornadoRuntimeException(
                    "an execution plan needs at least one graph; pass TaskGraph.snapshot()");
        }
        graphs = new TornadoTaskGraphInterface[immutableTaskGraphs.length];
        Arrays.setAll(graphs, i -> immutableTaskGraphs[i].instantiate());
    }

    int size() {
        return graphs.length;
    }

    /** Checks a graph's index. */
    int select(int index) {
        if (index < 0 || index >= graphs.length) {
            throw new TornadoRuntimeException(
                    "the plan has graphs 0 to " + (graphs.length - 1) + ", not " + index);
        }
        return index;
    }

    private int first(int selection) {
        return selection == ALL ? 0 : selection;
    }

    private int end(int selection) {
        return selection == ALL ? graphs.length : selection + 1;
    }

    synchronized void execute(ExecutorFrame frame, int selection) {
        int end = end(selection);
        for (int i = first(selection); i < end; i++) {
            TornadoTaskGraphInterface graph = graphs[i];
            follow(graph);
            graph.execute(frame);
            last = graph;
        }
        for (int i = first(selection); i < end; i++) {
            graphs[i].waitOn();
        }
    }

    /** Tells a graph which one ran before it, whose device objects it may consume. */
    private void follow(TornadoTaskGraphInterface graph) {
        TornadoTaskGraphInterface before = last;
        if (before != null && before != graph) {
            graph.setLastExecutedTaskGraph(before);
            graph.updatePersistedObjectState();
        }
    }

    synchronized void preCompile(ExecutorFrame frame, int selection) {
        for (int i = first(selection); i < end(selection); i++) {
            graphs[i].withPreCompilation(frame);
        }
    }

    /** Applies an option to the selected graphs. */
    synchronized void each(int selection, Consumer<TornadoTaskGraphInterface> option) {
        for (int i = first(selection); i < end(selection); i++) {
            option.accept(graphs[i]);
        }
    }

    /**
     * Gives the work sizes of tasks of some graphs.
     *
     * @throws TornadoRuntimeException when none of them is for a task of the plan
     */
    synchronized void setGrids(int selection, GridScheduler grids) {
        each(selection, graph -> graph.withGridScheduler(grids));
        boolean found = grids.keySet().isEmpty();
        for (int i = 0; i < graphs.length; i++) {
            boolean chosen = i >= first(selection) && i < end(selection);
            String prefix = graphs[i].getTaskGraphName() + ".";
            found |=
                    chosen
                            ? graphs[i].isGridRegistered()
                            : grids.keySet().stream().anyMatch(name -> name.startsWith(prefix));
        }
        if (!found) {
            each(selection, graph -> graph.useDefaultThreadScheduler(true));
            throw new TornadoRuntimeException(
                    grids + " names no task of the plan; name each as graph.task");
        }
    }

    /** Chooses a device for one task, named {@code "graph.task"}. */
    synchronized void setDevice(String taskName, TornadoDevice device) {
        int dot = taskName.lastIndexOf('.');
        String graphName = dot < 0 ? "" : taskName.substring(0, dot);
        boolean found = false;
        for (TornadoTaskGraphInterface graph : graphs) {
            if (graph.getTaskGraphName().equals(graphName)) {
                graph.setDevice(taskName, device);
                found = true;
            }
        }
        if (!found) {
            throw new TornadoRuntimeException(
                    "no graph of the plan has a task " + taskName + "; name it as graph.task");
        }
    }

    TornadoTaskGraphInterface graph(int index) {
        return graphs[select(index)];
    }

    synchronized void transferToHost(int selection, Object... objects) {
        for (Object object : objects) {
            owners(selection, object, graph -> graph.syncRuntimeTransferToHost(object));
        }
    }

    /** Calls the graphs that name an object. */
    private void owners(int selection, Object object, Consumer<TornadoTaskGraphInterface> action) {
        boolean found = false;
        for (int i = first(selection); i < end(selection); i++) {
            if (graphs[i].getArgumentsLookup().contains(object)) {
                action.accept(graphs[i]);
                found = true;
            }
        }
        if (!found) {
            throw new TornadoRuntimeException(
                    "no executed graph of the plan names the "
                            + object.getClass().getSimpleName()
                            + " that transferToHost was asked for");
        }
    }

    synchronized void transferToHost(int selection, DataRange range) {
        range.materialize();
        long bytes = range.getArray().getElementSize();
        owners(
                selection,
                range.getArray(),
                graph ->
                        graph.syncRuntimeTransferToHost(
                                range.getArray(),
                                range.getOffset() * bytes,
                                range.getPartialSize() * bytes));
    }

    synchronized boolean isFinished(int selection) {
        for (int i = first(selection); i < end(selection); i++) {
            if (!graphs[i].isFinished()) {
                return false;
            }
        }
        return true;
    }

    synchronized long sum(int selection, ToLongFunction<ProfilerInterface> value) {
        long sum = 0;
        for (int i = first(selection); i < end(selection); i++) {
            sum += value.applyAsLong(graphs[i]);
        }
        return sum;
    }

    synchronized String profileLog(int selection) {
        StringBuilder log = new StringBuilder();
        each(selection, graph -> log.append(graph.getProfileLog()));
        return log.toString();
    }

    void dumpProfiles(int selection) {
        each(selection, TornadoTaskGraphInterface::dumpProfiles);
    }

    long deviceMemory(int selection) {
        long[] sum = new long[1];
        each(selection, graph -> sum[0] += graph.getCurrentDeviceMemoryUsage());
        return sum[0];
    }

    synchronized void map(Object destination, Object source, long offset, int from, int to) {
        graph(to).mapOnDeviceMemoryRegion(destination, source, offset, graph(from));
    }

    /** {@return the names of the graphs} */
    String names(int selection) {
        StringBuilder names = new StringBuilder();
        each(
                selection,
                graph ->
                        names.append(names.isEmpty() ? "" : ", ").append(graph.getTaskGraphName()));
        return names.toString();
    }
}
