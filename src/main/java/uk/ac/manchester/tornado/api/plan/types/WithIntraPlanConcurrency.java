package uk.ac.manchester.tornado.api.plan.types;

import uk.ac.manchester.tornado.api.ExecutionPlanType;
import uk.ac.manchester.tornado.api.TornadoExecutionPlan;

/** Runs independent tasks at once. A node of a plan's chain of options. */
public final class WithIntraPlanConcurrency extends ExecutionPlanType {
    /** Hangs the option below {@code parent}. */
    public WithIntraPlanConcurrency(TornadoExecutionPlan parent) {
        super(parent);
    }

    @Override
    public String toString() {
        return "\n -> withIntraPlanConcurrency";
    }
}
