package uk.ac.manchester.tornado.api.plan.types;

import uk.ac.manchester.tornado.api.ExecutionPlanType;
import uk.ac.manchester.tornado.api.TornadoExecutionPlan;

/** Lifts the limit of device memory. A node of a plan's chain of options. */
public final class OffMemoryLimit extends ExecutionPlanType {
    /** Hangs the option below {@code parent}. */
    public OffMemoryLimit(TornadoExecutionPlan parent) {
        super(parent);
    }

    @Override
    public String toString() {
        return "\n -> withoutMemoryLimit";
    }
}
