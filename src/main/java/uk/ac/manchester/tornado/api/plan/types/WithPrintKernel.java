package uk.ac.manchester.tornado.api.plan.types;

import uk.ac.manchester.tornado.api.ExecutionPlanType;
import uk.ac.manchester.tornado.api.TornadoExecutionPlan;

/** Prints generated kernels. A node of a plan's chain of options. */
public final class WithPrintKernel extends ExecutionPlanType {
    /** Hangs the option below {@code parent}. */
    public WithPrintKernel(TornadoExecutionPlan parent) {
        super(parent);
    }

    @Override
    public String toString() {
        return "\n -> withPrintKernel";
    }
}
