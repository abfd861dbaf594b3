package uk.ac.manchester.tornado.api.plan.types;

import uk.ac.manchester.tornado.api.ExecutionPlanType;
import uk.ac.manchester.tornado.api.TornadoExecutionPlan;

/** Resets the device. A node of a plan's chain of options. */
public final class WithResetDevice extends ExecutionPlanType {
    /** Hangs the option below {@code parent}. */
    public WithResetDevice(TornadoExecutionPlan parent) {
        super(parent);
    }

    @Override
    public String toString() {
        return "\n -> withResetDevice";
    }
}
