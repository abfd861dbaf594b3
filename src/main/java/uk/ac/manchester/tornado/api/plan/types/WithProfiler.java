package uk.ac.manchester.tornado.api.plan.types;

import uk.ac.manchester.tornado.api.ExecutionPlanType;
import uk.ac.manchester.tornado.api.TornadoExecutionPlan;
import uk.ac.manchester.tornado.api.enums.ProfilerMode;

/** Measures executions. A node of a plan's chain of options. */
public final class WithProfiler extends ExecutionPlanType {
    private final ProfilerMode profilerMode;

    /** Hangs the option below {@code parent}. */
    public WithProfiler(TornadoExecutionPlan parent, ProfilerMode profilerMode) {
        super(parent);
        this.profilerMode = profilerMode;
    }

    @Override
    public String toString() {
        return "\n -> withProfiler " + profilerMode;
    }
}
