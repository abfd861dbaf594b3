package uk.ac.manchester.tornado.api.plan.types;

import uk.ac.manchester.tornado.api.ExecutionPlanType;
import uk.ac.manchester.tornado.api.TornadoExecutionPlan;

/** Releases the plan's device memory. A node of a plan's chain of options. */
public final class WithFreeDeviceMemory extends ExecutionPlanType {
    /** Hangs the option below {@code parent}. */
    public WithFreeDeviceMemory(TornadoExecutionPlan parent) {
        super(parent);
    }

    @Override
    public String toString() {
        return "\n -> withFreeDeviceMemory";
    }
}
