package uk.ac.manchester.tornado.api.plan.types;

import uk.ac.manchester.tornado.api.ExecutionPlanType;
import uk.ac.manchester.tornado.api.TornadoExecutionPlan;

/** Transfers through staging buffers. A node of a plan's chain of options. */
public final class WithStagedTransfers extends ExecutionPlanType {
    /** Hangs the option below {@code parent}. */
    public WithStagedTransfers(TornadoExecutionPlan parent) {
        super(parent);
    }

    @Override
    public String toString() {
        return "\n -> withStagedTransfers";
    }
}
