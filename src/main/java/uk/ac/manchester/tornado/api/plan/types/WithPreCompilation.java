package uk.ac.manchester.tornado.api.plan.types;

import uk.ac.manchester.tornado.api.ExecutionPlanType;
import uk.ac.manchester.tornado.api.TornadoExecutionPlan;

/** Compiles before the first execution. A node of a plan's chain of options. */
public final class WithPreCompilation extends ExecutionPlanType {
    /** Hangs the option below {@code parent}. */
    public WithPreCompilation(TornadoExecutionPlan parent) {
        super(parent);
    }

    @Override
    public String toString() {
        return "\n -> withPreCompilation";
    }
}
