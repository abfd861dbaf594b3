package uk.ac.manchester.tornado.api.plan.types;

import uk.ac.manchester.tornado.api.ExecutionPlanType;
import uk.ac.manchester.tornado.api.TornadoExecutionPlan;

/** Executes for a time before. A node of a plan's chain of options. */
public final class WithWarmUpTime extends ExecutionPlanType {
    private final long milliseconds;

    /** Hangs the option below {@code parentNode}. */
    public WithWarmUpTime(TornadoExecutionPlan parentNode, long milliseconds) {
        super(parentNode);
        this.milliseconds = milliseconds;
    }

    @Override
    public String toString() {
        return "\n -> withWarmUpTime " + milliseconds;
    }
}
