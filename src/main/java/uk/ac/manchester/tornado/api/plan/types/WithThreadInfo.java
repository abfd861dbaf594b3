package uk.ac.manchester.tornado.api.plan.types;

import uk.ac.manchester.tornado.api.ExecutionPlanType;
import uk.ac.manchester.tornado.api.TornadoExecutionPlan;

/** Prints work sizes. A node of a plan's chain of options. */
public final class WithThreadInfo extends ExecutionPlanType {
    /** Hangs the option below {@code parent}. */
    public WithThreadInfo(TornadoExecutionPlan parent) {
        super(parent);
    }

    @Override
    public String toString() {
        return "\n -> withThreadInfo";
    }
}
