package uk.ac.manchester.tornado.api.plan.types;

import uk.ac.manchester.tornado.api.ExecutionPlanType;
import uk.ac.manchester.tornado.api.TornadoExecutionPlan;

/** Runs the devices of the plan one after the other. A node of a plan's chain of options. */
public final class OffConcurrentDevices extends ExecutionPlanType {
    /** Hangs the option below {@code parent}. */
    public OffConcurrentDevices(TornadoExecutionPlan parent) {
        super(parent);
    }

    @Override
    public String toString() {
        return "\n -> withoutConcurrentDevices";
    }
}
