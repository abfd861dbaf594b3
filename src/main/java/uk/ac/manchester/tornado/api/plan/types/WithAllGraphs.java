package uk.ac.manchester.tornado.api.plan.types;

import uk.ac.manchester.tornado.api.ExecutionPlanType;
import uk.ac.manchester.tornado.api.TornadoExecutionPlan;

/** Selects all graphs of the plan. A node of a plan's chain of options. */
public final class WithAllGraphs extends ExecutionPlanType {
    /** Hangs the option below {@code parent}. */
    public WithAllGraphs(TornadoExecutionPlan parent) {
        super(parent);
    }

    @Override
    public String toString() {
        return "\n -> withAllGraphs";
    }
}
