package uk.ac.manchester.tornado.api.runtime;

import org.jspecify.annotations.Nullable;
import uk.ac.manchester.tornado.api.GridScheduler;
import uk.ac.manchester.tornado.api.enums.ProfilerMode;

/**
 * What a plan hands to every graph it executes: the plan's number, work sizes and profiler mode.
 *
 * <p>The frame is shared by the plan's threads; each value is read and written atomically.
 */
public class ExecutorFrame {
    private final long id;
    private volatile @Nullable GridScheduler gridScheduler;
    private volatile @Nullable ProfilerMode profilerMode;

    /** Makes the frame of a plan. */
    public ExecutorFrame(long id) {
        this.id = id;
    }

    /** {@return the plan's number} */
    public long getExecutionPlanId() {
        return id;
    }

    /** {@return the work sizes, null if the runtime chooses} */
    public @Nullable GridScheduler getGridScheduler() {
        return gridScheduler;
    }

    /** Gives work sizes; null lets the runtime choose. */
    public ExecutorFrame setGridScheduler(@Nullable GridScheduler gridScheduler) {
        this.gridScheduler = gridScheduler;
        return this;
    }

    /** {@return how executions are measured, null if they are not} */
    public @Nullable ProfilerMode getProfilerMode() {
        return profilerMode;
    }

    /** Measures executions. */
    public void setProfilerMode(@Nullable ProfilerMode profilerMode) {
        this.profilerMode = profilerMode;
    }

    /** Measures executions no longer. */
    public void setProfilerOff() {
        this.profilerMode = null;
    }
}
