package org.tornadovit.runtime;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.tornadovit.device.Range;
import uk.ac.manchester.tornado.api.GridScheduler;
import uk.ac.manchester.tornado.api.WorkerGrid;
import uk.ac.manchester.tornado.api.exceptions.TornadoRuntimeException;

/** The work sizes that the user gave a task, as they were when its kernel was bound. */
final class WorkSize {
    private static final int AXES = 3;

    private final String task;
    private final WorkerGrid grid;
    private final long[] global;
    private final long[] local;
    private final long[] offset;

    private WorkSize(String task, WorkerGrid grid) {
        this.task = task;
        this.grid = grid;
        this.global = axes(grid.getGlobalWork(), 1);
        this.local = axes(grid.getLocalWork(), 0);
        this.offset = axes(grid.getGlobalOffset(), 0);
    }

    /**
     * {@return the work sizes of a task}
     *
     * @throws TornadoRuntimeException when there are none
     */
    static WorkSize of(String task, @Nullable GridScheduler scheduler) {
        WorkerGrid grid = scheduler == null ? null : scheduler.get(task);
        if (grid == null) {
            throw new TornadoRuntimeException(
                    "task "
                            + task
                            + " is the code of one work-item but has no work sizes; pass a"
                            + " GridScheduler with a WorkerGrid for \""
                            + task
                            + "\" to withGridScheduler");
        }
        return new WorkSize(task, grid);
    }

    /** {@return whether the user gave a task its work sizes} */
    static boolean isGiven(String task, @Nullable GridScheduler scheduler) {
        return scheduler != null && scheduler.get(task) != null;
    }

    /** {@return the sizes along all axes; groups of size 0 are the device's choice} */
    private static long[] axes(long @Nullable [] sizes, long absent) {
        long[] axes = new long[AXES];
        Arrays.fill(axes, absent);
        if (sizes != null) {
            System.arraycopy(sizes, 0, axes, 0, Math.min(AXES, sizes.length));
        }
        return axes;
    }

    Range range() {
        try {
            return new Range(global[0], global[1], global[2], local[0], local[1], local[2]);
        } catch (IllegalArgumentException e) {
            throw new TornadoRuntimeException("task " + task + ": " + e.getMessage());
        }
    }

    TaskPlan.Offset offset() {
        return new TaskPlan.Offset(offset[0], offset[1], offset[2]);
    }

    /** {@return whether the scheduler still gives these sizes} */
    boolean isCurrent(@Nullable GridScheduler scheduler) {
        return scheduler != null
                && scheduler.get(task) == grid
                && same(grid.getGlobalWork(), global, 1)
                && same(grid.getLocalWork(), local, 0)
                && same(grid.getGlobalOffset(), offset, 0);
    }

    private static boolean same(long @Nullable [] sizes, long[] before, long absent) {
        for (int i = 0; i < AXES; i++) {
            long size = sizes == null || i >= sizes.length ? absent : sizes[i];
            if (size != before[i]) {
                return false;
            }
        }
        return true;
    }
}
