package uk.ac.manchester.tornado.api;

/**
 * The handle of an execution: its profile, and the results that are copied to the host on demand.
 *
 * <p>A handle speaks of the latest execution of the graphs it covers.
 */
public class TornadoExecutionResult {
    private final TornadoExecutor executor;
    private final TornadoProfilerResult profilerResult;
    private final int selection;

    TornadoExecutionResult(TornadoExecutor executor, TornadoExecutionPlan plan, int selection) {
        this.executor = executor;
        this.selection = selection;
        this.profilerResult = new TornadoProfilerResult(executor, plan, selection);
    }

    /** {@return whether this handle is of a choice of graphs} */
    boolean covers(int chosen) {
        return selection == chosen;
    }

    /** {@return times and sizes of the execution} */
    public TornadoProfilerResult getProfilerResult() {
        return profilerResult;
    }

    /**
     * Copies objects to the host.
     *
     * @param objects objects of the graphs, transferred {@code UNDER_DEMAND} or persisted
     */
    public TornadoExecutionResult transferToHost(Object... objects) {
        executor.transferToHost(selection, objects);
        return this;
    }

    /** Copies a part of an array to the host. */
    public TornadoExecutionResult transferToHost(DataRange dataRange) {
        executor.transferToHost(selection, dataRange);
        return this;
    }

    /** {@return whether the execution has finished} */
    public boolean isReady() {
        return executor.isFinished(selection);
    }
}
