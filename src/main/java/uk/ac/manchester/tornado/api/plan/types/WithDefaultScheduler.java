package uk.ac.manchester.tornado.api.plan.types;

import uk.ac.manchester.tornado.api.ExecutionPlanType;
import uk.ac.manchester.tornado.api.TornadoExecutionPlan;

/** Lets the runtime choose work sizes. A node of a plan's chain of options. */
public final class WithDefaultScheduler extends ExecutionPlanType {
    /** Hangs the option below {@code parent}. */
    public WithDefaultScheduler(TornadoExecutionPlan parent) {
        super(parent);
    }

    @Override
    public String toString() {
        return "\n -> withDefaultScheduler";
    }
}
