package uk.ac.manchester.tornado.api.plan.types;

import uk.ac.manchester.tornado.api.ExecutionPlanType;
import uk.ac.manchester.tornado.api.TornadoExecutionPlan;

/** Prints work sizes no longer. A node of a plan's chain of options. */
public final class OffThreadInfo extends ExecutionPlanType {
    /** Hangs the option below {@code parent}. */
    public OffThreadInfo(TornadoExecutionPlan parent) {
        super(parent);
    }

    @Override
    public String toString() {
        return "\n -> withoutThreadInfo";
    }
}
