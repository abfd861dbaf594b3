package uk.ac.manchester.tornado.api;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Work sizes by task: {@code "graph.task"} to a {@link WorkerGrid}.
 *
 * <p>Safe to read and extend from several threads.
 */
public class GridScheduler {
    private final ConcurrentHashMap<String, WorkerGrid> grids = new ConcurrentHashMap<>();

    /** Makes an empty scheduler. */
    public GridScheduler() {}

    /** Makes a scheduler for one task. */
    public GridScheduler(String taskName, WorkerGrid workerGrid) {
        addWorkerGrid(taskName, workerGrid);
    }

    /**
     * Gives a task's work sizes.
     *
     * @param taskName {@code "graph.task"}
     */
    public void addWorkerGrid(String taskName, WorkerGrid workerGrid) {
        grids.put(taskName, workerGrid);
    }

    /** {@return the work sizes of {@code "graph.task"}, null if there are none} */
    public @Nullable WorkerGrid get(String taskName) {
        return grids.get(taskName);
    }

    /** {@return whether there are work sizes for a task of a graph} */
    public boolean contains(String taskScheduleName, String taskName) {
        return grids.containsKey(taskScheduleName + "." + taskName);
    }

    /** {@return the names of the tasks with work sizes} */
    public Set<String> keySet() {
        return grids.keySet();
    }

    @Override
    public String toString() {
        return "GridScheduler" + new java.util.TreeSet<>(grids.keySet());
    }
}
