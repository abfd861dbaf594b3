package uk.ac.manchester.tornado.api.plan.types;

import uk.ac.manchester.tornado.api.ExecutionPlanType;
import uk.ac.manchester.tornado.api.GridScheduler;
import uk.ac.manchester.tornado.api.TornadoExecutionPlan;

/** Gives work sizes. A node of a plan's chain of options. */
public final class WithGridScheduler extends ExecutionPlanType {
    private final GridScheduler gridScheduler;

    /** Hangs the option below {@code parent}. */
    public WithGridScheduler(TornadoExecutionPlan parent, GridScheduler gridScheduler) {
        super(parent);
        this.gridScheduler = gridScheduler;
    }

    @Override
    public String toString() {
        return "\n -> withGridScheduler " + gridScheduler;
    }
}
