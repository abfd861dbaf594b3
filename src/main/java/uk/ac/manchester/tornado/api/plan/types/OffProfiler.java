package uk.ac.manchester.tornado.api.plan.types;

import uk.ac.manchester.tornado.api.ExecutionPlanType;
import uk.ac.manchester.tornado.api.TornadoExecutionPlan;

/** Measures no longer. A node of a plan's chain of options. */
public final class OffProfiler extends ExecutionPlanType {
    /** Hangs the option below {@code parent}. */
    public OffProfiler(TornadoExecutionPlan parent) {
        super(parent);
    }

    @Override
    public String toString() {
        return "\n -> withoutProfiler";
    }
}
