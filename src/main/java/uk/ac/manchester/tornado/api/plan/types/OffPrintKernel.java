package uk.ac.manchester.tornado.api.plan.types;

import uk.ac.manchester.tornado.api.ExecutionPlanType;
import uk.ac.manchester.tornado.api.TornadoExecutionPlan;

/** Prints generated kernels no longer. A node of a plan's chain of options. */
public final class OffPrintKernel extends ExecutionPlanType {
    /** Hangs the option below {@code parent}. */
    public OffPrintKernel(TornadoExecutionPlan parent) {
        super(parent);
    }

    @Override
    public String toString() {
        return "\n -> withoutPrintKernel";
    }
}
