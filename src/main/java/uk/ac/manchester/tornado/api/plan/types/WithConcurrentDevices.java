package uk.ac.manchester.tornado.api.plan.types;

import uk.ac.manchester.tornado.api.ExecutionPlanType;
import uk.ac.manchester.tornado.api.TornadoExecutionPlan;

/** Runs the tasks of several devices at once. A node of a plan's chain of options. */
public final class WithConcurrentDevices extends ExecutionPlanType {
    /** Hangs the option below {@code parent}. */
    public WithConcurrentDevices(TornadoExecutionPlan parent) {
        super(parent);
    }

    @Override
    public String toString() {
        return "\n -> withConcurrentDevices";
    }
}
