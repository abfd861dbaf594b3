package org.tornadovit.runtime;

import org.jspecify.annotations.Nullable;
import uk.ac.manchester.tornado.api.GridScheduler;

/** A graph of a plan on its devices. Used by one thread at a time. */
sealed interface Execution permits GraphExecution, BatchExecution {
    /** {@return what holds the arrays that stay on devices between executions} */
    GraphExecution resident();

    /** Compiles what is not compiled yet. */
    void prepare(@Nullable GridScheduler scheduler);

    /**
     * Gives the steps of an execution to the queues.
     *
     * @param before the graph that the plan executed before, whose arrays may be consumed
     */
    void start(@Nullable GridScheduler scheduler, @Nullable GraphExecution before);

    /** Waits for the steps that were started. */
    void finish();

    /** Drops what was started after a failure, so that the queues are usable again. */
    RuntimeException failed(RuntimeException failure);

    /** {@return bytes of device memory that are reserved} */
    long deviceBytes();

    /** Releases the device memory; this execution must not be used any more. */
    void close();
}
